"""Opening a desk: only an encrypted one, only by its key, and never making one over another."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from app.domain.errors import Damaged, DeskError, Unavailable
from app.domain.pieces import Piece
from app.storage import connect
from app.storage.list_reader import ListReader
from tests.support.stores import LARGE, Folder, piece


@pytest.fixture
def desk(tmp_path: Path) -> Folder:
    """A closed desk with one piece and one large blob."""
    folder = Folder(tmp_path / "desk")
    with folder.open() as store, store.write() as unit:
        unit.add(piece())
        unit.put_blob(LARGE)
        unit.audit("new", "x")
    return folder


def _bytes(folder: Path) -> dict[str, bytes]:
    """The files that hold data; the lists of locks and shared memory are the driver's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal", ".lock"))
    }


def _refused(folder: Folder, *, writes: bool = True) -> DeskError:
    before = _bytes(folder.path)
    with pytest.raises(DeskError) as refused, folder.open(writes=writes):
        raise AssertionError("the desk opened")
    assert _bytes(folder.path) == before, "a refused opening changed a byte"
    return refused.value


def test_a_database_is_never_made_without_a_key(tmp_path: Path) -> None:
    connection = driver.connect(tmp_path / "desk.db")
    with pytest.raises(ValueError, match="32 bytes"):
        connect.prepare(connection, b"")
    connection.close()
    assert (tmp_path / "desk.db").stat().st_size == 0


@pytest.mark.parametrize("writes", [True, False])
def test_a_plain_database_is_refused_and_stays(desk: Folder, writes: bool) -> None:
    desk.database.unlink()
    with sqlite3.connect(desk.database) as plain:
        plain.execute("CREATE TABLE piece (id TEXT)")
    plain.close()
    assert _refused(desk, writes=writes).code == "database.plain"


_BARE = """
import sqlite3, sys
from pathlib import Path
import sqlcipher3
sqlcipher3.dbapi2 = sys.modules["sqlcipher3.dbapi2"] = sqlite3
from tests.support.stores import Folder
from app.domain.errors import Unavailable
try:
    with Folder(Path(sys.argv[1])).open():
        print("it opened")
except Unavailable as error:
    print(error.code)
"""


@pytest.mark.parametrize("made", [True, False])
def test_a_driver_without_a_cipher_is_refused(desk: Folder, made: bool) -> None:
    if not made:
        desk.database.unlink()
        Folder(desk.path.parent / "new")
    folder = desk.path if made else desk.path.parent / "new"
    before = _bytes(folder)
    done = subprocess.run([sys.executable, "-c", _BARE, folder], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("cipher.missing\n", "")
    assert _bytes(folder) == before | ({} if made else {"desk.db": b""})


def _with_another_key(desk: Folder) -> None:
    other = Folder(desk.path.parent / "other")
    with other.open() as store, store.write() as unit:
        unit.add(piece())
    shutil.copyfile(other.database, desk.database)


def _flipped(desk: Folder) -> None:
    data = bytearray(desk.database.read_bytes())
    data[200] ^= 1
    desk.database.write_bytes(data)


def _cut(desk: Folder) -> None:
    os.truncate(desk.database, 9)


@pytest.mark.parametrize("writes", [True, False])
@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (_with_another_key, "database.damaged"),
        (_flipped, "database.damaged"),
        (_cut, "database.damaged"),
        (lambda desk: desk.database.unlink(), "database.missing"),
    ],
    ids=["another desk's", "flipped", "cut", "gone"],
)
def test_a_wrong_or_damaged_database_is_refused_and_stays(
    desk: Folder, harm: Callable[[Folder], None], code: str, writes: bool
) -> None:
    harm(desk)
    assert _refused(desk, writes=writes).code == code


def test_wrong_key_missing_key_and_damage_are_three_messages(desk: Folder) -> None:
    from app.vault import desk_keys
    from app.words import told
    from tests.support.stores import CHEAP

    _flipped(desk)
    damaged = _refused(desk)
    with pytest.raises(Unavailable) as wrong:
        desk_keys.open_by_passphrase(desk.key_file, "another", floor=CHEAP)
    desk.key_file.path.unlink()
    desk.key_file.copy.unlink()
    missing = _refused(desk)
    assert [damaged.code, wrong.value.code, missing.code] == ["database.damaged", "key.wrong", "keys.missing"]
    assert len({told(each) for each in (damaged, wrong.value, missing)}) == 3


def test_a_reader_does_not_make_what_is_missing(tmp_path: Path) -> None:
    assert _refused(Folder(tmp_path / "desk"), writes=False).code == "database.missing"


@pytest.mark.parametrize("writes", [True, False])
def test_a_desk_of_a_newer_program_is_refused(desk: Folder, writes: bool) -> None:
    with desk.open() as store, store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert _refused(desk, writes=writes).code == "desk.newer"
    with pytest.raises(Unavailable, match=r"desk\.newer"):
        ListReader(desk.database, desk.working_keys().database_key())


def test_a_reader_leaves_an_older_desk_as_it_is(desk: Folder) -> None:
    with desk.open() as store, store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert _refused(desk, writes=False).code == "desk.older"


def test_files_are_for_their_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        desk = Folder(tmp_path / "desk")
        with desk.open() as store:
            with store.write() as unit:
                unit.put_blob(LARGE)
                unit.audit("new", "x")
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in desk.path.rglob("*") if p.is_file()}
            assert {"desk.db", "desk.db-wal", "desk.db-shm", "keys.json", "keys.json.bak"} <= set(modes)
            assert set(modes.values()) == {0o600}
            assert stat.S_IMODE(desk.blobs.stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_a_closed_desk_opens_where_it_was_copied(desk: Folder, tmp_path: Path) -> None:
    assert not desk.database.with_name("desk.db-wal").exists()
    shutil.copytree(desk.path, tmp_path / "copy")
    with Folder(tmp_path / "copy").open() as store, store.read() as unit:
        assert unit.find(Piece) == [piece()]


def test_the_list_is_read_before_the_store_is_loaded(desk: Folder) -> None:
    reader = ListReader(desk.database, desk.working_keys().database_key())
    with desk.open() as store, store.write() as unit:
        unit.add(piece(2))
    assert [row.id for row in reader.rows("", 10)] == [piece(2).id, piece(1).id]
    assert reader.rows(piece(2).id, 10)[0].id == piece(1).id
    assert reader.setting("none") == {}
    reader.close()


def test_the_header_is_not_looked_at_while_this_process_has_the_database_open(desk: Folder) -> None:
    with desk.open() as store:
        with store.read() as unit:
            unit.find(Piece)
        connect.check_file(desk.database)
        desk.database.with_name("link.db").symlink_to(desk.database)
        connect.check_file(desk.database.with_name("link.db"))
    desk.database.write_bytes(b"SQLite format 3\0")
    with pytest.raises(Damaged, match=r"database\.plain"):
        connect.check_file(desk.database)


_QUIET = """
import sys
from pathlib import Path
from tests.support.stores import Folder
from app.domain.errors import Damaged
try:
    with Folder(Path(sys.argv[1])).open() as store, store.read() as unit:
        unit.connection.exec_driver_sql("SELECT count(*) FROM blob").all()
        unit.connection.exec_driver_sql("SELECT * FROM piece").all()
except Damaged as error:
    print(error.code)
"""


def test_a_damaged_database_prints_nothing_of_its_own(desk: Folder) -> None:
    data = bytearray(desk.database.read_bytes())
    data[100] ^= 1
    desk.database.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", _QUIET, desk.path], capture_output=True, text=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("database.damaged\n", "")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", "disk.full"),
        ("SQLITE_BUSY_SNAPSHOT", "database.busy"),
        ("SQLITE_LOCKED", "database.busy"),
        ("SQLITE_READONLY_DBMOVED", "database.readonly"),
        ("SQLITE_CANTOPEN", "database.unreachable"),
        ("SQLITE_IOERR_FSYNC", "disk.unwritable"),
        ("SQLITE_IOERR_WRITE", "disk.unwritable"),
        ("SQLITE_IOERR_READ", "database.damaged"),
        ("SQLITE_IOERR_SHORT_READ", "database.damaged"),
        ("SQLITE_CORRUPT_INDEX", "database.damaged"),
        ("SQLITE_NOTADB", "database.damaged"),
        ("SQLITE_ERROR", None),
        ("SQLITE_CONSTRAINT_UNIQUE", None),
    ],
)
def test_an_error_of_the_driver_is_told_by_its_name(name: str, code: str | None) -> None:
    error = driver.OperationalError("a text that says nothing")
    error.sqlite_errorname = name  # type: ignore[attr-defined]
    found = connect.explained(error)
    assert (found and found.code) == code
    assert isinstance(found, Damaged) == (code == "database.damaged")
