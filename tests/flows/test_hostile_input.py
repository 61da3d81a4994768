"""Whatever comes in has a row and stops nothing: odd folders, mailboxes and files at the desk itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap.opened import OpenDesk
from app.sandbox.sandbox import Sandbox
from tests.support.desks import Clock, mail, new_folder, opened

FROM = b"From ana@writers.example Mon Nov 23 09:00:00 2026\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    folder = new_folder(tmp_path_factory.mktemp("hostile") / "desk")
    with Sandbox() as sandbox, opened(folder, Clock(), sandbox) as desk:
        yield desk


def received(desk: OpenDesk, *paths: Path) -> list[dict[str, object]]:
    return [receipt.as_json() for receipt in desk.intake.receive([str(path) for path in paths])]


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
