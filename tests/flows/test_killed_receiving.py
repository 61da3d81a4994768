"""A program that is killed while it receives loses nothing that it acknowledged, and takes nothing in twice."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from app.domain.messages import Arrival, ArrivalState, Message
from app.domain.pieces import Piece, Revision
from app.sandbox.sandbox import Sandbox
from app.storage.records import blob
from tests.support.desks import Clock, mail, new_folder, opened, photograph

MAILS = 24


def _mails(folder: Path) -> Path:
    folder.mkdir()
    for number in range(MAILS):
        # Every third brings a picture so large that it is a file of its own.
        noise = random.Random(number).randbytes(90_000)
        files = (
            ("noise.bin", noise, "application/octet-stream"),
            ("a.jpg", photograph(number), "image/jpeg"),
        )
        data = mail(f"Text {number}.", id=f"<{number}@x.example>", files=files if number % 3 == 0 else ())
        (folder / f"{number:02d}.eml").write_bytes(data)
    return folder


def _killed(desk: Path, mails: Path, after: int, wait: float) -> dict[str, str]:
    """What one run acknowledged before it was killed, ``wait`` seconds behind its ``after``-th line, by path."""
    command = [sys.executable, "-m", "tests.flows.receiver", str(desk), str(mails)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "begins\n"
        said = [program.stdout.readline() for _ in range(after)]
        time.sleep(wait)
        program.kill()
        said += program.stdout.readlines()
    return dict(line.split() for line in said if line.strip() not in ("", "done"))


def _stands(desk: Path, acknowledged: dict[str, str]) -> None:
    """See that everything acknowledged is there, whole and once, and that no file is without a row."""
    with Sandbox() as sandbox, opened(desk, Clock(), sandbox) as open_desk:
        assert [check for check in open_desk.verifying.verify() if not check.ok] == []
        with open_desk.store.read() as unit:
            arrivals = {row.path: row for row in unit.find(Arrival)}
            pieces = {row.token: row for row in unit.find(Piece)}
            messages = unit.find(Message)
            assert len({row.message_id for row in messages}) == len(messages) == len(pieces)
            assert len(unit.find(Revision)) == len(pieces)
            for path, token in acknowledged.items():
                assert arrivals[path].state == ArrivalState.DONE and arrivals[path].piece == pieces[token].id
            named = {row.file for row in unit.connection.execute(blob.select()) if row.file}
    assert named == {path.name for path in (desk / "blobs").iterdir()}


def test_receiving_that_is_killed_again_and_again_loses_nothing(tmp_path: Path, long: bool) -> None:
    desk, mails = new_folder(tmp_path / "desk"), _mails(tmp_path / "mails")
    draw = random.Random(11)
    acknowledged: dict[str, str] = {}
    for _ in range(60 if long else 4):
        for path, token in _killed(desk, mails, draw.randrange(8), draw.uniform(0, 0.2)).items():
            assert acknowledged.setdefault(path, token) == token, "a mail that arrived again keeps its number"
        _stands(desk, acknowledged)
    acknowledged |= _finished(desk, mails)
    _stands(desk, acknowledged)
    assert len(acknowledged) == MAILS


def _finished(desk: Path, mails: Path) -> dict[str, str]:
    """What a run acknowledges that nobody kills."""
    command = [sys.executable, "-m", "tests.flows.receiver", str(desk), str(mails)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert said[0] == "begins" and said[-1] == "done"
    return dict(line.split() for line in said[1:-1])
