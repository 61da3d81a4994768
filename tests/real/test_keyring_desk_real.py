"""A desk that the system's keyring opened works, and while it knows somebody protected nothing leaves it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.real.secret_service import PROGRAMS, secret_service
from tests.support.desks import mail
from tests.support.secrets import ADDRESS, NAME, PHONE

pytestmark = pytest.mark.real
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _programs(need: Callable[..., None]) -> None:
    need(*PROGRAMS)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Runs a verb as a program of its own, on a bus with a keyring; with ``phrase`` by the passphrase."""
    with tempfile.TemporaryDirectory(prefix="bus") as folder, secret_service(Path(folder)) as environment:

        def verb(*arguments: str, phrase: bool = False) -> tuple[int, str, str]:
            more = {"TRANSOM_PASSPHRASE": "four words of mine"} if phrase else {}
            done = subprocess.run(
                [sys.executable, "-m", "app", "--desk", str(tmp_path / "desk"), *arguments],
                env=environment | more,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            return done.returncode, done.stdout, done.stderr

        yield verb


def test_a_desk_opened_by_the_keyring_lets_nothing_out_while_it_protects_somebody(
    run: Run, tmp_path: Path
) -> None:
    def receive(name: str, letter: bytes, *, phrase: bool = False) -> dict[str, Any]:
        (tmp_path / name).write_bytes(letter)
        status, said, _ = run("receive", str(tmp_path / name), "--json", phrase=phrase)
        assert status == 0
        return dict(json.loads(said)[0])

    status, _, told = run("new", str(tmp_path / "desk"), phrase=True)
    assert (status, told) == (0, "")
    token = receive("1.eml", mail(sender=f"{NAME} <{ADDRESS}>"))["token"]
    preview = ("export", token, "--to", "preview", "--out", str(tmp_path / "out"))
    assert run(*preview)[0] == 0
    (tmp_path / "who.toml").write_text(f'real_name = "{NAME}"\nphones = ["{PHONE}"]\n')
    code = json.loads(run("contributor", "list", "--json")[1])[0]["code"]
    protect = (
        "contributor",
        "protect",
        code,
        "--pen-name",
        "Lin Mu",
        "--identity",
        str(tmp_path / "who.toml"),
    )
    assert run(*protect)[0] == 0, "protecting needs no open vault"
    assert json.loads(run("vault", "status", "--json")[1])["checking"] is False

    (tmp_path / "out").rename(tmp_path / "before")
    status, said, told = run(*preview)
    assert (status, said) == (3, "") and NAME not in told
    assert not (tmp_path / "out").exists()
    letter = json.loads(run("show", token, "--json")[1])["messages"][0]["id"]
    for verb in (("vault", "read", code), ("message", letter, "--raw"), ("vault", "settle", code, "1")):
        status, said, told = run(*verb, "--reason", "to see")
        assert (status, said) == (3, "") and NAME not in told
    assert run("text", token)[0] == run("verify")[0] == 0

    night = receive("2.eml", mail(f"We sang. Ring {PHONE}.", sender=ADDRESS.upper(), id="<2@x.example>"))
    shown = run("show", night["token"], "--json")[1]
    assert json.loads(shown)["messages"][0]["text"] == "[in the vault]"
    receive("3.eml", mail("More.", id="<3@x.example>", sender="Bo <bo@w.example>"), phrase=True)
    shown = run("show", night["token"], "--json")[1]
    assert json.loads(shown)["messages"][0]["text"].startswith("We sang.") and PHONE not in shown
    assert run(*preview, phrase=True)[0] == 0
