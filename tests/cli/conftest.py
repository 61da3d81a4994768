from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.bootstrap import making, unlocking
from app.cli import passphrases
from app.cli.main import main
from app.sandbox.sandbox import Sandbox
from tests.support.desks import CHEAP, PASSPHRASE, WORD, Clock, copied, mail, manuscript, new_folder, opened

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def one_mail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that has received one mail, which lies beside it, with a text and a large photograph."""
    folder = tmp_path_factory.mktemp("template")
    letter = folder / "in.eml"
    noise = random.Random(1).randbytes(400 * 300 * 3)
    large = io.BytesIO()
    Image.frombytes("RGB", (400, 300), noise).save(large, "JPEG", quality=95)
    files = (("text.docx", manuscript(), WORD), ("hall.jpg", large.getvalue(), "image/jpeg"))
    letter.write_bytes(mail("My article is attached.", files=files))
    with Sandbox() as sandbox, opened(new_folder(folder / "desk"), Clock(), sandbox) as desk:
        assert [receipt.token for receipt in desk.intake.receive([str(letter)])] == ["ED-2026-0001"]
    return folder


@pytest.fixture
def letter(one_mail: Path) -> bytes:
    """The mail that the desk has received."""
    return (one_mail / "in.eml").read_bytes()


@pytest.fixture
def folder(one_mail: Path, tmp_path: Path) -> Path:
    return copied(one_mail / "desk", tmp_path / "desk")


@pytest.fixture
def token() -> str:
    """The number of the piece that the desk has."""
    return "ED-2026-0001"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passphrases that cost nothing to guess, and none left over from another test."""
    monkeypatch.setattr(unlocking, "keys_by_passphrase", partial(unlocking.keys_by_passphrase, floor=CHEAP))
    monkeypatch.setattr(making, "new_desk", partial(making.new_desk, cost=CHEAP))
    yield
    passphrases._environment.clear()


@pytest.fixture
def run(
    folder: Path, cheap: None, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Run one verb: its exit status, what it printed, and what it complained of."""
    monkeypatch.setenv("TRANSOM_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("TRANSOM_DESK", str(folder))
    capfdbinary.readouterr()

    def verb(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setenv("TRANSOM_PASSPHRASE", PASSPHRASE)
        status = main(list(arguments))
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return verb


@pytest.fixture
def ask(run: Run) -> Callable[..., Any]:
    """Run a verb with --json that must succeed; gives its one document."""

    def verb(*arguments: str) -> Any:
        status, out, err = run(*arguments, "--json")
        assert (status, err) == (0, "")
        assert out.isascii()
        return json.loads(out)

    return verb
