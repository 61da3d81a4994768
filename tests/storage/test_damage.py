"""What happened to a database behind the program's back is noticed: pages, write-ahead log, whole files."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import Damaged, DeskError, Unavailable
from app.services.verifying import Verifying
from app.storage import audit
from app.storage.blobs import Blobs
from app.storage.connect import open_plainly
from app.storage.inspecting import Inspecting
from app.vault.keyfile import KeyFile
from tests.support.stores import LARGE, Folder, piece

PAGE = 16384


@pytest.fixture
def desk(tmp_path: Path) -> Folder:
    """A closed desk with a few hundred rows."""
    folder = Folder(tmp_path / "desk")
    with folder.open() as store:
        _work(store, range(1, 400), words=40)
    return folder


def _work(store: object, numbers: range, words: int = 1) -> None:
    for start in range(numbers.start, numbers.stop, 50):
        with store.write() as unit:  # type: ignore[attr-defined]
            for number in range(start, min(start + 50, numbers.stop)):
                unit.add(piece(number, "A title that fills a page " * words))
            unit.audit("work", str(start))


def _checks(desk: Folder) -> dict[str, bool]:
    """What verify says, by check; an opening that is refused counts as the check "opening"."""
    keys = desk.working_keys()
    try:
        with desk.open(writes=False) as store:
            inspecting = Inspecting(store, Blobs(keys, desk.blobs), keys)
            return {check.name: check.ok for check in Verifying(inspecting, str, str).verify()}
    except Damaged:
        return {"opening": False}


def _sound(desk: Folder) -> bool:
    return all(_checks(desk).values())


def test_a_sound_desk_is_found_sound(desk: Folder) -> None:
    assert _sound(desk)


def test_a_flipped_bit_in_any_page_is_noticed(desk: Folder, long: bool) -> None:
    whole = desk.database.read_bytes()
    pages = len(whole) // PAGE
    draw = random.Random(1)
    for _ in range(50 if long else 8):
        data = bytearray(whole)
        data[draw.randrange(pages) * PAGE + draw.randrange(PAGE)] ^= 1 << draw.randrange(8)
        desk.database.write_bytes(data)
        assert not _sound(desk)
    desk.database.write_bytes(whole)
    assert _sound(desk)


def test_a_cut_database_is_noticed(desk: Folder) -> None:
    whole = desk.database.read_bytes()
    desk.database.write_bytes(whole[:-PAGE])
    assert not _sound(desk)


def test_an_old_page_put_back_is_noticed(desk: Folder) -> None:
    before = desk.database.read_bytes()
    with desk.open() as store, store.write() as unit:
        unit.audit("later", "x")
    after = desk.database.read_bytes()
    changed = [at for at in range(PAGE, len(before), PAGE) if before[at : at + PAGE] != after[at : at + PAGE]]
    assert changed, "the test needs a page that was rewritten"
    data = bytearray(after)
    for at in changed:
        data[at : at + PAGE] = before[at : at + PAGE]
    desk.database.write_bytes(data)
    assert not _sound(desk)


def test_an_old_database_put_back_is_noticed_and_nothing_is_written_to_it(desk: Folder) -> None:
    before = desk.database.read_bytes()
    with desk.open() as store, store.write() as unit:
        unit.put_blob(LARGE)
        unit.audit("later", "x")
    desk.database.write_bytes(before)
    blobs = sorted(path.name for path in desk.blobs.iterdir())
    assert _checks(desk)["audit log"] is False
    with pytest.raises(Damaged, match=r"audit\.behind"), desk.open():
        raise AssertionError
    assert sorted(path.name for path in desk.blobs.iterdir()) == blobs, "the sweep took what may be wanted"


def _flip_in_the_middle(log: Path) -> None:
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 1
    log.write_bytes(data)


def _cut_in_half(log: Path) -> None:
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])


def _leave_out(log: Path) -> None:
    log.unlink()


@pytest.mark.parametrize("harm", [_flip_in_the_middle, _cut_in_half, _leave_out])
def test_a_damaged_write_ahead_log_is_noticed(
    desk: Folder, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    """As a kill leaves the files: the last commits stand in the log alone."""
    with desk.open() as store:
        _work(store, range(400, 700))
        for path in desk.path.iterdir():
            if path.is_file():
                _copied_elsewhere(path, tmp_path / "killed" / path.name)
        shutil.copytree(desk.blobs, tmp_path / "killed" / "blobs")
    killed = Folder(tmp_path / "killed")
    whole = killed.database.with_name("desk.db-wal").read_bytes()
    assert _sound(killed)
    killed.database.with_name("desk.db-wal").write_bytes(whole)
    shutil.copyfile(tmp_path / "killed.db", killed.database)
    harm(killed.database.with_name("desk.db-wal"))
    killed.database.with_name("desk.db-shm").unlink(missing_ok=True)
    assert _checks(killed).get("audit log", False) is False
    with pytest.raises(DeskError), killed.open():
        raise AssertionError


def _copied_elsewhere(path: Path, to: Path) -> None:
    """Copied by another process: a handle of our own would drop SQLite's locks."""
    to.parent.mkdir(exist_ok=True)
    subprocess.run(["cp", path, to], check=True)
    if path.name == "desk.db":
        subprocess.run(["cp", path, to.parent.with_suffix(".db")], check=True)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE audit SET subject = 'other' WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "UPDATE audit SET mac = '00' WHERE seq = 8",
        "DELETE FROM audit WHERE seq >= 8",
    ],
)
def test_a_line_of_the_log_changed_or_taken_out_is_noticed(desk: Folder, harm: str) -> None:
    keys = desk.working_keys()
    assert keys.audit_head()[0] == 8
    with desk.open() as store, store.write() as unit:
        for trigger in ("audit_stays", "audit_is_kept"):
            unit.connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        unit.connection.exec_driver_sql(harm)
    with desk.open(writes=False) as store, store.read() as unit, pytest.raises(Damaged, match="audit"):
        audit.check(unit.connection, keys, keys.audit_head())
    if "seq >= 8" in harm or "seq = 8" in harm:
        with pytest.raises(Damaged, match="audit"), desk.open():
            raise AssertionError


def test_a_log_a_little_ahead_of_the_key_file_is_sound(desk: Folder) -> None:
    before = desk.key_file.path.read_bytes()
    with desk.open() as store, store.write() as unit:
        unit.audit("later", "x")
    desk.key_file.path.write_bytes(before)
    desk.key_file.copy.write_bytes(before)
    assert _sound(desk)
    with desk.open() as store, store.write() as unit:
        unit.audit("goes on", "x")
    assert _sound(desk)


def test_a_commit_stands_though_the_key_file_could_not_be_written(
    desk: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Unavailable("keys.not-saved", reason="ENOSPC")

    with desk.open() as store:
        with monkeypatch.context() as patch:
            patch.setattr(KeyFile, "save", full)
            with store.write() as unit:
                unit.audit("kept", "x")
        assert desk.keys().audit_head.sequence == 8
        with store.write() as unit:
            unit.audit("kept too", "x")
        assert desk.keys().audit_head.sequence == 10
    assert _sound(desk)


def test_a_row_that_points_to_nothing_is_noticed(desk: Folder) -> None:
    raw = open_plainly(desk.database, desk.working_keys().database_key())
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("INSERT INTO recommendation VALUES ('r', 'nowhere', '', '', '', '')")
    raw.close()
    assert _checks(desk)["database"] is False
