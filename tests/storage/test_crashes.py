"""Killed programs and full disks: what was acknowledged stays, and nothing else is half there."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import Unavailable
from app.domain.pieces import Piece
from app.services.verifying import Verifying
from app.storage.blobs import Blobs
from app.storage.inspecting import Inspecting
from app.storage.store import Store
from tests.support.stores import LARGE, Folder, piece, whole


def _program(act: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", act, folder],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path, long: bool) -> None:
    desk = Folder(tmp_path / "desk")
    draw = random.Random(7)
    acknowledged = seen = 0
    for _ in range(200 if long else 4):
        with _program("write", desk.path) as program:
            assert program.stdout is not None
            for _line in range(draw.randrange(1, 12)):
                acknowledged = int(program.stdout.readline())
            program.kill()
            for line in program.stdout:
                acknowledged = int(line)
        acknowledged = seen = whole(desk, acknowledged, seen)
    assert whole(desk, acknowledged, 0) == acknowledged


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB; needs root."""
    if os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs", disk], check=False)
    if mounted.returncode:
        pytest.skip("this machine mounts nothing")
    yield disk
    subprocess.run(["umount", disk], check=True)


def _fill(store: Store) -> None:
    """Write pieces until that fails, counting those that were acknowledged."""
    number = 0
    while True:
        number += 1
        with store.write() as unit:
            unit.add(piece(number, "word " * 20_000))
            unit.audit("add", str(number))
        _acknowledged[store] = number


_acknowledged: dict[Store, int] = {}


def _stands(store: Store) -> int:
    """The number of pieces, which are all that were acknowledged and no other."""
    with store.read() as unit:
        count = len(unit.find(Piece))
    assert _acknowledged.get(store, count) == count
    return count


def test_a_full_disk_keeps_what_was_there_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    desk = Folder(small_disk / "desk")
    with desk.open() as store:
        with pytest.raises(Unavailable, match=r"disk\.full"):
            _fill(store)
        with pytest.raises(Unavailable, match=r"disk\.full"), store.write() as unit:
            unit.put_blob(bytes(6_000_000))
        assert list(desk.blobs.iterdir()) == []
        stood = _stands(store)
        assert stood > 10
        assert subprocess.run(["mount", "-o", "remount,size=40m", small_disk], check=False).returncode == 0
        with store.write() as unit:
            unit.put_blob(LARGE)
            unit.audit("room", "x")
    with desk.open() as store:
        assert _stands(store) == stood


def test_a_disk_that_is_full_while_the_log_is_folded_in_is_no_damage(small_disk: Path) -> None:
    """What of the last commits had no room in the database stands in the write-ahead log."""
    desk = Folder(small_disk / "desk")
    with desk.open() as store, pytest.raises(Unavailable, match=r"disk\.full"):
        _fill(store)
    assert desk.database.with_name("desk.db-wal").stat().st_size > 0
    _verified(desk)
    assert subprocess.run(["mount", "-o", "remount,size=40m", small_disk], check=False).returncode == 0
    _verified(desk)


def _verified(desk: Folder) -> None:
    with desk.open(writes=False) as store:
        keys = desk.working_keys()
        checks = Verifying(Inspecting(store, Blobs(keys, desk.blobs), keys), str, str).verify()
    assert [check for check in checks if not check.ok] == []


def test_a_limit_on_files_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    desk = Folder(tmp_path / "desk")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with desk.open() as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, before[1]))
        try:
            with pytest.raises(Unavailable, match=r"disk\."):
                _fill(store)
            with pytest.raises(Unavailable, match=r"disk\."), store.write() as unit:
                unit.put_blob(bytes(6_000_000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert list(desk.blobs.iterdir()) == []
        stood = _stands(store)
        assert stood > 5
    with desk.open() as store:
        assert _stands(store) == stood


CANARIES = [f"Canary{n:02d}Gulmira{n * 7919:05d}" for n in range(30)]


def _grep(folder: Path) -> list[str]:
    """The files below ``folder`` that hold a canary, as bytes or as UTF-16, seen by another process."""
    patterns = "\n".join([*CANARIES, *(word.lower() for word in CANARIES)])
    done = subprocess.run(
        ["grep", "-raFil", "-f", "-", folder], input=patterns, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1)
    return done.stdout.split()


def test_nothing_can_be_read_on_the_disk_while_it_runs_or_after_a_kill(tmp_path: Path) -> None:
    desk = Folder(tmp_path / "desk")
    (tmp_path / "proof").write_text(CANARIES[3])
    assert _grep(tmp_path) == [str(tmp_path / "proof")]
    with _program("hold", desk.path) as program:
        assert program.stdin is not None and program.stdout is not None
        program.stdin.write(" ".join(CANARIES) + "\n")
        program.stdin.flush()
        assert program.stdout.readline() == "written\n"
        assert desk.database.with_name("desk.db-wal").stat().st_size > 0
        assert _grep(desk.path) == []
        program.kill()
    assert _grep(desk.path) == []
    with desk.open() as store, store.read() as unit:
        assert [row.title for row in unit.find(Piece)] == CANARIES
    assert _grep(desk.path) == []


_WATCHED = """
import sys
from pathlib import Path
opened = []
sys.addaudithook(lambda name, given: opened.append((name, str(given[0]))) if name in ("open", "os.open") else None)
from app.storage.store import Store
from tests.support.stores import Folder, LARGE, piece
from app.storage.blobs import Blobs
from app.storage.inspecting import Inspecting
from app.services.verifying import Verifying
folder = Folder(Path(sys.argv[1]))
keys = folder.working_keys()
opened.clear()
with folder.open() as store:
    started = [path for _, path in opened if "desk.db" in path]
    opened.clear()
    with store.write() as unit:
        unit.add(piece())
        unit.put_blob(LARGE)
        unit.audit("new", "x")
    with folder.open() as second, second.read() as unit:
        unit.list_pieces()
    assert all(check.ok for check in Verifying(Inspecting(store, Blobs(keys, folder.blobs), keys), str, str).verify())
assert not [path for _, path in opened if "desk.db" in path], opened
assert len(started) == 1, started
print("quiet")
"""


@pytest.mark.parametrize("made", [False, True])
def test_the_program_never_opens_the_database_files_by_itself(tmp_path: Path, made: bool) -> None:
    if made:
        with Folder(tmp_path / "desk").open():
            pass
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, tmp_path / "desk"], capture_output=True, text=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("quiet\n", "")
