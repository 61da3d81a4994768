"""The invented mailbox is written into a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap import making
from app.cli.main import main


def test_the_mailbox_is_written_and_its_paths_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Drawing all its photographs takes long; what is in the mailbox is tested where it is made.
    monkeypatch.setattr(
        making, "sample_mailbox", lambda: [("inbox/2026-05/a b.eml", b"1"), ("older.mbox", b"2")]
    )
    folder = tmp_path / "mailbox"
    assert main(["mailbox", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        str(folder / "inbox/2026-05/a b.eml"),
        str(folder / "older.mbox"),
    ]
    assert (folder / "inbox/2026-05/a b.eml").read_bytes() == b"1"


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").write_text("kept")
    assert main(["mailbox", str(tmp_path)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "sample_mailbox", lambda: [("older.mbox", b"2")])
    (tmp_path / "file").write_text("no folder")
    assert main(["mailbox", str(tmp_path / "file" / "below")]) == 3
    assert capsys.readouterr().out == ""
