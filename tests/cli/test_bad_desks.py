"""Desks that are not what they should be: each has its own message and status, and nothing of them is changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.bootstrap import unlocking
from app.bootstrap.places import Place
from app.cli.main import main
from app.storage.connect import open_plainly
from app.storage.lock import DeskLock
from app.vault.working_keys import WorkingKeys
from tests.support.desks import PASSPHRASE

Run = Callable[..., tuple[int, str, str]]


def no_keys(desk: Path) -> None:
    for path in desk.glob("keys.json*"):
        path.unlink()


def damaged_keys(desk: Path) -> None:
    for path in desk.glob("keys.json*"):
        path.write_bytes(path.read_bytes()[:100])


def newer_keys(desk: Path) -> None:
    for path in desk.glob("keys.json*"):
        kept = json.loads(path.read_bytes())
        kept.pop("sha256")
        kept["format"] = 99
        plain = json.dumps(kept, sort_keys=True, indent=1).encode() + b"\n"
        kept["sha256"] = hashlib.sha256(plain).hexdigest()
        path.write_bytes(json.dumps(kept, sort_keys=True, indent=1).encode() + b"\n")


def no_database(desk: Path) -> None:
    (desk / "desk.db").unlink()


def empty_database(desk: Path) -> None:
    (desk / "desk.db").write_bytes(b"")


def plain_database(desk: Path) -> None:
    no_database(desk)
    with sqlite3.connect(desk / "desk.db") as plain:
        plain.execute("CREATE TABLE piece (id TEXT)")
    plain.close()


def random_database(desk: Path) -> None:
    (desk / "desk.db").write_bytes(os.urandom(65536))


def newer_desk(desk: Path) -> None:
    keys = unlocking.keys_by_passphrase(Place(desk), PASSPHRASE)
    raw = open_plainly(desk / "desk.db", WorkingKeys(keys).database_key())
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()


def kept(folder: Path) -> dict[str, bytes]:
    """Every file but those that SQLite and the lock make as they come and go."""
    passing = ("-shm", "-wal", ".lock")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(passing)
    }


@pytest.mark.parametrize(
    ("harm", "status", "said"),
    [
        (no_keys, 3, "keys of the desk are gone"),
        (damaged_keys, 4, "keys.json is damaged, and so is its copy"),
        (newer_keys, 3, "keys.json was made by a newer version"),
        (no_database, 4, "keys but no database"),
        (empty_database, 4, "database is damaged"),
        (plain_database, 4, "not encrypted where an encrypted one should be"),
        (random_database, 4, "database is damaged"),
        (newer_desk, 3, "made by a newer version of the program"),
    ],
)
def test_each_has_its_own_message_and_stays_as_it_is(
    run: Run, folder: Path, letter: bytes, harm: Callable[[Path], None], status: int, said: str
) -> None:
    harm(folder)
    before = kept(folder)
    (folder.parent / "new.eml").write_bytes(letter.replace(b"seventeen", b"eighteen!"))
    for verb in (("list",), ("receive", str(folder.parent / "new.eml")), ("piece", "--title", "x")):
        code, out, err = run(*verb)
        assert (code, out) == (status, "") and said in err and "Traceback" not in err, verb
    code, out, err = run("verify", "--json")
    found = json.loads(out)
    assert code == status and found["ok"] is False and said in found["checks"][0]["detail"]
    assert kept(folder) == before


def test_a_wrong_passphrase_is_a_message_of_its_own(
    folder: Path, cheap: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = kept(folder)
    monkeypatch.setenv("TRANSOM_PASSPHRASE", "not this one")
    assert main(["--desk", str(folder), "piece", "--title", "x"]) == 3
    assert "This is not the passphrase of the desk" in capsys.readouterr().err
    assert kept(folder) == before


def test_a_second_program_is_told_who_holds_the_desk_and_may_read(run: Run, folder: Path) -> None:
    lock = DeskLock(folder, "marta, process 7", "2026-11-23 09:00 UTC")
    code, out, err = run("piece", "--title", "x")
    assert (code, out) == (3, "") and "marta, process 7" in err and "2026-11-23 09:00 UTC" in err
    assert run("list")[0] == 0 and run("verify")[0] == 0
    lock.release()
    assert run("piece", "--title", "x")[0] == 0


def test_a_folder_in_the_place_of_a_blob_is_damage(run: Run, folder: Path) -> None:
    blob = sorted((folder / "blobs").iterdir())[0]
    blob.unlink()
    blob.mkdir()
    code, out, err = run("verify", "--json")
    assert code == 4 and "blob.missing" in out and "Traceback" not in err


def test_blobs_that_are_gone_cost_no_more_than_themselves(run: Run, folder: Path, token: str) -> None:
    shutil.rmtree(folder / "blobs")
    assert run("list")[0] == 0 and run("show", token)[0] == 0 and run("text", token)[0] == 0
    assert run("verify")[0] == 4


@pytest.mark.parametrize("place", ["a file", "a folder that is no desk", "nothing"])
def test_where_there_is_no_desk_none_is_made(run: Run, tmp_path: Path, place: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    if place == "a file":
        elsewhere.write_text("x")
    elif place != "nothing":
        elsewhere.mkdir()
    for verb in ("list", "verify", "audit"):
        code, out, err = run("--desk", str(elsewhere), verb)
        assert (code, out) == (3, "") and "There is no desk" in err
    assert elsewhere.exists() is (place != "nothing")
    assert not elsewhere.is_dir() or list(elsewhere.iterdir()) == []
