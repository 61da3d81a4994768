"""What verify finds, and how it says so."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main

Run = Callable[..., tuple[int, str, str]]
Ask = Callable[..., Any]


@pytest.mark.parametrize("what", ["page", "cut", "blob", "gone", "database", "keys"])
def test_verify_finds_damage_and_says_so_as_json(run: Run, token: str, folder: Path, what: str) -> None:
    status, out, _ = run("verify", "--json")
    assert status == 0 and json.loads(out)["ok"] is True
    database, blobs = folder / "desk.db", sorted((folder / "blobs").iterdir())
    if what == "page":
        data = bytearray(database.read_bytes())
        data[len(data) // 2] ^= 1
        database.write_bytes(data)
    elif what == "cut":
        database.write_bytes(database.read_bytes()[: -16384 * 3])
    elif what == "database":
        database.write_bytes(os.urandom(65536))
    elif what == "keys":
        for path in folder.glob("keys*"):
            path.write_text("{}")
    elif what == "blob":
        blobs[0].write_bytes(blobs[0].read_bytes()[:-1] + b"\0")
    else:
        blobs[0].unlink()
    status, out, err = run("verify", "--json")
    found = json.loads(out)
    assert found["ok"] is False and any(not check["ok"] for check in found["checks"])
    assert set(found["checks"][0]) == {"name", "ok", "detail"}
    assert status == 4 and "Traceback" not in err


def test_verify_prints_its_json_also_without_the_key(
    folder: Path, cheap: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRANSOM_DESK", str(folder))
    monkeypatch.setenv("TRANSOM_PASSPHRASE", "wrong")
    assert main(["verify", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["ok"] is False
    assert main(["--desk", str(folder / "nowhere"), "verify", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_verify_tells_what_is_no_damage(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "locked.pdf").write_bytes(b"")
    ask("receive", str(tmp_path / "locked.pdf"))
    found = {check["name"]: check for check in ask("verify")["checks"]}
    assert all(check["ok"] for check in found.values())
    assert "1 could not be read" in found["arrivals"]["detail"]
    assert "passphrase or recovery code alone" in found["keyring"]["detail"]
    assert "Files from outside" in found["sandbox"]["detail"]
