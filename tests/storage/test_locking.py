"""One program writes at a time; others are told who, and may read beside."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.bootstrap import making, unlocking
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Place
from app.domain.errors import Unavailable
from app.storage.lock import DeskLock
from app.words import told
from tests.support.stores import CHEAP, PASSPHRASE

_SECOND = """
import sys
from pathlib import Path
from app.bootstrap import making, opened, places, unlocking
from app.domain.errors import Unavailable
from tests.support.stores import CHEAP, PASSPHRASE
place = places.Place(Path(sys.argv[1]))
keys = unlocking.keys_by_passphrase(place, PASSPHRASE, CHEAP)
with opened.OpenDesk(place, keys, writes=False) as desk:
    print(desk.magazine.name)
try:
    opened.OpenDesk(place, keys, writes=True)
except Unavailable as error:
    print(error.code, error.fields["who"])
"""


def _second(folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _SECOND, folder], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.splitlines()


def test_a_second_writer_is_told_who_and_a_reader_runs_beside(tmp_path: Path) -> None:
    making.new_desk(tmp_path / "desk", "winter-review", PASSPHRASE, CHEAP)
    place = Place(tmp_path / "desk")
    keys = unlocking.keys_by_passphrase(place, PASSPHRASE, CHEAP)
    with OpenDesk(place, keys, writes=True):
        name, refused = _second(place.folder)
        assert name == "Winter Review"
        assert refused.startswith("desk.locked ") and "process" in refused
        with pytest.raises(Unavailable, match=r"desk\.locked"):
            OpenDesk(place, keys, writes=True)
    assert _second(place.folder) == [name]


def test_the_lock_says_who_and_since_when(tmp_path: Path) -> None:
    lock = DeskLock(tmp_path, "marta, process 7", "2026-11-23 09:00 UTC")
    with pytest.raises(Unavailable) as refused:
        DeskLock(tmp_path, "somebody", "later")
    assert refused.value.fields == {"who": "marta, process 7", "since": "2026-11-23 09:00 UTC"}
    assert "marta, process 7" in told(refused.value)
    releasing = threading.Thread(target=lock.release)
    releasing.start()
    releasing.join()
    DeskLock(tmp_path, "somebody", "later").release()


def test_a_lock_whose_note_cannot_be_read_still_locks(tmp_path: Path) -> None:
    lock = DeskLock(tmp_path, "marta", "now")
    (tmp_path / "desk.lock").write_text("{")
    with pytest.raises(Unavailable, match="another program"):
        DeskLock(tmp_path, "somebody", "later")
    lock.release()


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match=r"disk\.unwritable"):
        DeskLock(tmp_path / "file", "marta", "now")
