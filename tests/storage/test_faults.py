"""A disk that fails at any one write or sync, and what is on it when a program says that something stands.

strace makes the system calls fail, and tells their order.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.storage.blobs import Blobs
from tests.support.stores import Folder, whole

pytestmark = pytest.mark.real


def _traced(desk: Path, log: Path, *options: str) -> list[str]:
    """What the writer said under strace with these options."""
    program = [sys.executable, "-m", "tests.storage.writer", "some", str(desk)]
    command = ["strace", "-f", "-o", str(log), *options, *program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.split()


@pytest.fixture(autouse=True)
def strace(need: Callable[..., None], tmp_path: Path) -> None:
    need("strace")
    tried = subprocess.run(
        ["strace", "-f", "-o", str(tmp_path / "try"), "true"], capture_output=True, check=False
    )
    if tried.returncode:
        pytest.skip("this machine lets nobody trace")


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize(
    ("calls", "file", "step"),
    [("pwrite64", "", 29), ("fsync,fdatasync", "", 11), ("write", "keys.json.new", 5), ("rename", "", 3)],
)
def test_a_disk_that_fails_once_loses_nothing_acknowledged(
    tmp_path: Path, calls: str, file: str, step: int, error: str, long: bool
) -> None:
    """The database and its log, the files of the blobs, and the two copies of keys.json."""
    met = 0
    for place in range(1, 60 if long else 2 * step, 1 if long else step):
        desk = Folder(tmp_path / f"desk-{place}")
        with desk.open():
            pass
        only = ["-P", str(desk.path / file)] if file else []
        fault = f"inject={calls}:error={error}:when={place}"
        said = _traced(desk.path, tmp_path / "log", *only, "-e", f"trace={calls}", "-e", fault)
        stood = [int(word) for word in said if word.isdecimal()]
        why = [word for word in said if not word.isdecimal()]
        met += "INJECTED" in (tmp_path / "log").read_text()
        assert all(re.fullmatch(r"disk\.(full|unwritable)", word) for word in why), why
        with desk.open(writes=False) as store, store.read() as unit:
            assert Blobs(desk.working_keys(), desk.blobs).orphans(unit.connection) == []
        assert whole(desk, max(stood, default=0), 0) <= max(stood, default=0) + 1
    assert met, "the faults met nothing"


def test_what_is_said_to_stand_was_synced_before(tmp_path: Path) -> None:
    """A power cut takes what was not synced: the log of the commit, the blob with its name, then the word."""
    desk = Folder(tmp_path / "desk")
    with desk.open():
        pass
    log = tmp_path / "log"
    said = _traced(desk.path, log, "-y", "-e", "trace=write,pwrite64,fsync,fdatasync,openat")
    assert said == [str(number) for number in range(1, 13)]
    waiting: set[str] = set()
    stood = 0
    for line in log.read_text().splitlines():
        call = re.match(r"\d+ +(\w+)\((\d+)<([^>]*)>", line)
        if call is None:
            continue
        name, handle, path = call.groups()
        if handle == "1" and name == "write":
            stood += 1
            assert waiting == set(), f"piece {stood} was said to stand before {waiting} was synced"
        elif name in ("write", "pwrite64") and path.startswith(str(desk.path)) and not path.endswith("-shm"):
            waiting.add(path)
        elif name in ("fsync", "fdatasync"):
            waiting.discard(path)
    assert stood == 12
