"""Backups: one state of a desk at work, closed to all but its people, whole or not there."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.bootstrap import making, restoring, unlocking
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Place
from app.domain.errors import Damaged, DeskError, RuleBroken, Unavailable
from app.domain.pieces import Piece
from app.services.backup import Made, is_name
from app.storage.backup_folder import BackupFolder
from app.vault.backup_key import NewBackup
from tests.support.stores import CHEAP, LARGE, PASSPHRASE, piece

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Home:
    """A desk, the folder of its backups, and a clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.backups = folder / "backups"
        self.now = START
        self.code = making.new_desk(folder / "desk", "neutral", PASSPHRASE, CHEAP).recovery_code
        self.blobs: list[str] = []

    def open(self, *, writes: bool = True, folder: str = "desk", passphrase: str = PASSPHRASE) -> OpenDesk:
        place = Place(self.folder / folder)
        keys = unlocking.keys_by_passphrase(place, passphrase, CHEAP)
        return OpenDesk(place, keys, writes=writes, clock=lambda: self.now)

    def work(self, number: int) -> None:
        with self.open() as desk, desk.store.write() as unit:
            unit.add(piece(number))
            self.blobs.append(unit.put_blob(LARGE, to_vault=number % 2 == 0))
            unit.index("article", str(number), str(number), f"word{number}", "")
            unit.audit("work", str(number))

    def back_up(self, later: timedelta = timedelta(minutes=1)) -> Made:
        self.now += later
        with self.open(writes=False) as desk:
            return desk.backup(self.backups).make()

    def restore(self, to: str = "new", *, name: str = "") -> str:
        return restoring.restore_by_passphrase(
            self.backups, self.folder / to, PASSPHRASE, name=name, floor=CHEAP
        )

    def pieces(self, folder: str, passphrase: str = PASSPHRASE) -> list[str]:
        with self.open(writes=False, folder=folder, passphrase=passphrase) as desk:
            assert all(check.ok for check in desk.verifying.verify() if check.name != "sandbox")
            with desk.store.read() as unit:
                for blob in self.blobs[: len(unit.find(Piece))]:
                    assert unit.blob(blob) == LARGE
                return [row.id for row in unit.find(Piece)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A desk with three pieces and three large blobs."""
    made = Home(tmp_path)
    for number in (1, 2, 3):
        made.work(number)
    return made


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_backup_is_restored_whole_and_the_desk_goes_on(home: Home) -> None:
    before = _files(home.folder / "desk" / "blobs")
    made = home.back_up()
    assert (made.blobs, made.dropped) == (3, ())
    assert home.restore() == made.name
    assert home.pieces("new") == [piece(n).id for n in (1, 2, 3)]
    assert _files(home.folder / "new" / "blobs") == before
    with home.open(folder="new") as desk, desk.store.write() as unit:
        assert unit.search("word2", 5)[0].piece == "2"
        unit.audit("goes on", "x")
    assert home.pieces("new") and home.pieces("desk")


def test_on_an_empty_machine_the_recovery_code_is_enough(home: Home) -> None:
    made = home.back_up()
    elsewhere = home.folder / "machine"
    elsewhere.mkdir()
    (home.folder / "desk").rename(home.folder / "lost")
    name = restoring.restore_by_code(home.backups, elsewhere / "desk", home.code, "a new one", floor=CHEAP)
    assert name == made.name
    assert len(home.pieces("machine/desk", "a new one")) == 3
    with pytest.raises(Unavailable, match=r"key\.wrong"):
        home.open(folder="machine/desk")


def test_the_next_backup_copies_only_what_is_new(home: Home) -> None:
    first = home.back_up()
    home.work(4)
    second = home.back_up()
    assert (first.blobs, second.blobs) == (3, 1)
    home.restore("now")
    home.restore("before", name=first.name)
    assert (len(home.pieces("now")), len(home.pieces("before"))) == (4, 3)


def test_a_damaged_copy_of_a_blob_is_copied_again(home: Home) -> None:
    home.back_up()
    blob = next(iter((home.backups / "blobs").iterdir()))
    blob.write_bytes(b"rotten")
    assert home.back_up().blobs == 1
    home.restore()
    assert len(home.pieces("new")) == 3


def test_a_backup_is_one_state_while_others_write(home: Home) -> None:
    stop = threading.Event()
    with home.open() as desk:

        def write() -> None:
            number = 100
            while not stop.is_set():
                number += 1
                with desk.store.write() as unit:
                    unit.add(piece(number))
                    unit.put_blob(LARGE)
                    unit.audit("work", str(number))

        writer = threading.Thread(target=write)
        writer.start()
        try:
            desk.backup(home.backups).make()
        finally:
            stop.set()
            writer.join()
    home.restore()
    with home.open(writes=False, folder="new") as desk, desk.store.read() as unit:
        pieces = len(unit.find(Piece))
        assert unit.connection.exec_driver_sql("SELECT count(*) FROM blob").scalar_one() == pieces


def test_a_backup_can_be_made_while_the_vault_is_locked(home: Home) -> None:
    with home.open(writes=False) as desk:
        desk.desk_keys.lock_vault()
        desk.backup(home.backups).make()
    home.restore()
    assert len(home.pieces("new")) == 3


def test_nothing_of_a_backup_can_be_read_by_others(home: Home) -> None:
    home.back_up()
    files = [path for path in home.backups.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(home.backups.stat().st_mode) == 0o700
    for path in files:
        assert b"A title" not in path.read_bytes() and b"SQLite" not in path.read_bytes()
    backup = BackupFolder(home.backups).find()
    assert sorted(path.name for path in backup.iterdir()) == [
        "blobs.txt",
        "desk.age",
        "keys.json",
        "manifest.age",
    ]
    assert all(
        (backup / name).read_bytes().startswith(b"age-encryption.org/v1")
        for name in ("desk.age", "manifest.age")
    )


def _targets(home: Home) -> list[Path]:
    backup = BackupFolder(home.backups).find()
    return [backup / "desk.age", backup / "manifest.age", next((home.backups / "blobs").iterdir())]


@pytest.mark.parametrize("which", [0, 1, 2], ids=["database", "manifest", "blob"])
@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
def test_one_flipped_byte_fails_and_leaves_nothing(home: Home, which: int, harm: str) -> None:
    home.back_up()
    target = _targets(home)[which]
    data = bytearray(target.read_bytes())
    if harm == "remove":
        target.unlink()
    else:
        data[len(data) // 2] ^= 1
        target.write_bytes(data[:-1] if harm == "cut" else data)
    with pytest.raises(Damaged, match=r"backup\.damaged"):
        home.restore()
    assert not (home.folder / "new").exists() and not (home.folder / "new.unfinished").exists()


def test_wrong_key_missing_backup_and_damage_are_told_apart(home: Home) -> None:
    with pytest.raises(Unavailable, match=r"backup\.missing"):
        home.restore()
    home.back_up()
    with pytest.raises(Unavailable, match=r"backup\.missing"):
        home.restore(name="2020-01-01T00-00-00Z")
    with pytest.raises(Unavailable, match=r"key\.wrong"):
        restoring.restore_by_passphrase(home.backups, home.folder / "new", "another", floor=CHEAP)
    with pytest.raises(Unavailable, match="recovery"):
        restoring.restore_by_code(home.backups, home.folder / "new", "AAAAA", "x", floor=CHEAP)
    other = Home(home.folder / "other")
    for name in ("keys.json", "keys.json.bak"):
        made = (other.folder / "desk" / name).read_bytes()
        (BackupFolder(home.backups).find() / name).write_bytes(made)
    with pytest.raises(Unavailable, match=r"backup\.other-key"):
        home.restore()
    assert not (home.folder / "new").exists()


def test_a_restore_never_overwrites(home: Home) -> None:
    home.back_up()
    before = _files(home.folder / "desk")
    with pytest.raises(RuleBroken, match=r"backup\.folder"):
        home.restore("desk")
    assert _files(home.folder / "desk") == before
    (home.folder / "empty").mkdir()
    home.restore("empty")
    assert len(home.pieces("empty")) == 3


def test_backups_of_two_desks_do_not_mix(home: Home) -> None:
    home.back_up()
    other = Home(home.folder / "other")
    other.backups = home.backups
    with pytest.raises(Unavailable, match=r"backup\.other-desk"):
        other.back_up()


def test_two_programs_do_not_back_up_into_one_folder_at_once(home: Home) -> None:
    home.back_up()
    with BackupFolder(home.backups).draft("held"), pytest.raises(Unavailable, match=r"backup\.running"):
        home.back_up()
    with pytest.raises(KeyError), BackupFolder(home.backups).draft("2026-01-01T00-00-00Z"):
        raise KeyError
    assert all(is_name(name) for name in BackupFolder(home.backups).names() if name != "held")


def _missing_blob(home: Home) -> None:
    next((home.folder / "desk" / "blobs").iterdir()).unlink()


def _broken_log(home: Home) -> None:
    with home.open() as desk, desk.store.write() as unit:
        unit.connection.exec_driver_sql("DROP TRIGGER audit_stays")
        unit.connection.exec_driver_sql("UPDATE audit SET subject = 'other' WHERE seq = 2")


@pytest.mark.parametrize(("harm", "code"), [(_missing_blob, "blob.missing"), (_broken_log, "audit.broken")])
def test_a_desk_that_is_not_whole_gives_no_backup(
    home: Home, harm: Callable[[Home], None], code: str
) -> None:
    harm(home)
    with pytest.raises(Damaged, match=code):
        home.back_up()
    assert BackupFolder(home.backups).names() == []


def test_old_backups_are_thinned_with_the_blobs_that_only_they_needed(home: Home) -> None:
    first = home.back_up()
    with home.open() as desk, desk.store.write() as unit:
        for blob in home.blobs:
            unit.connection.exec_driver_sql("DELETE FROM blob WHERE id = ?", (blob,))
        unit.audit("erased", "x")
    home.blobs = []
    home.work(4)
    second = home.back_up()
    assert len(list((home.backups / "blobs").iterdir())) == 4
    home.back_up(timedelta(days=10))
    assert first.name not in BackupFolder(home.backups).names()
    assert second.name in BackupFolder(home.backups).names()
    assert len(list((home.backups / "blobs").iterdir())) == 1
    home.restore(name=second.name)


def test_a_clock_that_stands_still_or_goes_back_loses_no_backup(home: Home) -> None:
    names = {home.back_up(timedelta(0)).name for _ in range(2)} | {home.back_up(timedelta(days=-500)).name}
    assert len(names) == 3 and set(BackupFolder(home.backups).names()) == names


_KILLED = """
import os, signal, sys
from pathlib import Path
from app.bootstrap import making, opened, places, restoring, unlocking
from app.storage import backup_folder, snapshot
from tests.support.stores import CHEAP, PASSPHRASE
module, step = {"vacuum": (snapshot, "_contents"), "copy": (snapshot.Snapshots, "_pack"),
                "pack": (snapshot, "unpack"), "check": (backup_folder, "sync")}[sys.argv[2]]
home = Path(sys.argv[1])
place = places.Place(home / "desk")
keys = unlocking.keys_by_passphrase(place, PASSPHRASE, CHEAP)
with opened.OpenDesk(place, keys, writes=False) as desk:
    setattr(module, step, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    desk.backup(home / "backups").make()
"""


@pytest.mark.parametrize("step", ["vacuum", "copy", "pack", "check"])
def test_a_backup_that_is_killed_midway_never_counts(home: Home, step: str) -> None:
    made = home.back_up()
    home.work(4)
    done = subprocess.run([sys.executable, "-c", _KILLED, home.folder, step], timeout=60, check=False)
    assert done.returncode == -9
    assert BackupFolder(home.backups).names() == [made.name]
    assert home.restore() == made.name
    assert len(home.pieces("new")) == 3
    again = home.back_up()
    assert BackupFolder(home.backups).names() == [made.name, again.name]
    assert not [path for path in home.backups.iterdir() if path.name.startswith(".")]
    home.restore("newer")
    assert len(home.pieces("newer")) == 4


def test_a_disk_that_refuses_is_told(home: Home) -> None:
    (home.folder / "file").write_text("")
    home.backups = home.folder / "file" / "backups"
    with pytest.raises(Unavailable, match=r"disk\.unwritable"):
        home.back_up()


def test_a_full_disk_gives_no_backup(home: Home) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    home.backups.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(home.backups)]
    if subprocess.run(mount, check=False).returncode:
        pytest.skip("this machine mounts nothing")
    try:
        with pytest.raises(DeskError, match="disk"):
            home.back_up()
        assert BackupFolder(home.backups).names() == []
    finally:
        subprocess.run(["umount", home.backups], check=True)


def test_what_one_backup_was_closed_with_opens_it_alone(home: Home) -> None:
    with home.open(writes=False) as desk:
        public = desk.desk_keys.backup_public
    closed, plain = io.BytesIO(), io.BytesIO()
    one, two = NewBackup(public), NewBackup(public)
    one.encrypt(io.BytesIO(b"said"), closed)
    one.decrypt(io.BytesIO(closed.getvalue()), plain)
    assert plain.getvalue() == b"said"
    with pytest.raises(Unavailable, match=r"backup\.other-key"):
        two.decrypt(io.BytesIO(closed.getvalue()), io.BytesIO())


def test_a_desk_is_backed_up_beside_before_its_schema_changes(home: Home) -> None:
    with home.open() as desk:
        desk._before_migration(home.folder / "desk", "0001")
    home.backups = home.folder / "desk-before-0001"
    home.restore()
    assert len(home.pieces("new")) == 3
