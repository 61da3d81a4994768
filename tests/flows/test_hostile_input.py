"""Whatever comes in has a row and stops nothing: odd folders, mailboxes and files at the desk itself."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import making
from app.bootstrap.opened import OpenDesk
from app.domain.errors import Unavailable
from app.sandbox.sandbox import Sandbox
from tests.support.desks import CHEAP, PASSPHRASE, Clock, fails, mail, new_folder, opened
from tests.support.hostile_inputs import hostile_inputs

KEYS = {"path", "part", "status", "class", "token", "message", "message_id", "reason", "attachments"}
FILE_KEYS = {"name", "media_type", "bytes", "sha256", "read", "reason", "text"}
FROM = b"From ana@writers.example Mon Nov 23 09:00:00 2026\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    folder = new_folder(tmp_path_factory.mktemp("hostile") / "desk")
    with Sandbox() as sandbox, opened(folder, Clock(), sandbox) as desk:
        yield desk


def settled(desk: OpenDesk, rows: list[dict[str, Any]], given: dict[str, bytes]) -> None:
    """Each file has its rows with every key, its bytes come back, and the desk is sound."""
    json.dumps(rows).encode("ascii")
    assert {row["path"] for row in rows} == set(given)
    for row in rows:
        assert row.keys() == KEYS and all(file.keys() == FILE_KEYS for file in row["attachments"])
        data = given[row["path"]]
        if row["message"] and row["part"] is None:
            assert desk.showing.raw(row["message"]) == data
        elif not row["message"]:
            (file,) = row["attachments"]
            assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert all(check.ok for check in desk.verifying.verify())


def received(desk: OpenDesk, *paths: Path) -> list[dict[str, Any]]:
    return [receipt.as_json() for receipt in desk.intake.receive([str(path) for path in paths])]


def test_hundreds_of_hostile_files_at_once(desk: OpenDesk, tmp_path: Path, long: bool) -> None:
    found = list(hostile_inputs(20 if long else 1))
    given = {str(tmp_path / "in" / name): data for name, data in (found if long else found[::2])}
    (tmp_path / "in").mkdir()
    for path, data in given.items():
        Path(path).write_bytes(data)
    before = set(os.listdir())
    rows = received(desk, tmp_path / "in")
    settled(desk, rows, given)
    for row in rows if long else rows[::8]:
        if row["token"]:
            json.dumps(desk.showing.show(row["token"]))
            desk.showing.text(row["token"], None, "text")
    assert os.listdir(tmp_path) == ["in"] and set(os.listdir()) == before
    assert not list(Path("/tmp").glob("escaped*"))


def test_folders_deeper_in_each_other_than_calls_may_be(desk: OpenDesk, tmp_path: Path) -> None:
    folders = [str(tmp_path) + "/d" * depth for depth in range(1, 1100)]
    for folder in folders:
        os.mkdir(folder)
    letter = Path(folders[-1], "letter.eml")
    letter.write_bytes(mail(id="<deep@writers.example>"))
    try:
        (row,) = received(desk, tmp_path)
    finally:
        # Here, since what clears up after tests calls itself for each folder.
        letter.unlink()
        for folder in reversed(folders):
            os.rmdir(folder)
    assert (row["status"], row["path"]) == ("received", str(letter))


def test_a_mailbox_without_a_message_is_kept_as_a_file(desk: OpenDesk, tmp_path: Path) -> None:
    (tmp_path / "in.mbox").write_bytes(FROM)
    (row,) = received(desk, tmp_path / "in.mbox")
    assert (row["status"], row["message"], row["part"]) == ("received", None, None)
    assert row["token"]


def test_a_desk_that_could_not_be_made_leaves_its_folder_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unavailable("disk.full")

    with monkeypatch.context() as patch, fails("disk.full"):
        patch.setattr(OpenDesk, "__init__", full)
        making.new_desk(tmp_path / "desk", "neutral", PASSPHRASE, CHEAP)
    assert list((tmp_path / "desk").iterdir()) == []
    assert making.new_desk(tmp_path / "desk", "neutral", PASSPHRASE, CHEAP).recovery_code
