"""Opening the encrypted database: the only place that speaks to the SQLCipher driver about keys.

SQLCipher opens a plain file when no key is given, and the standard sqlite3 module takes ``PRAGMA
key`` as a no-op; both would leave people's names in the clear without an error.  So the library is
asked for its cipher version and the file's header is looked at before anything else happens.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from app.domain.errors import Damaged, DeskError, Unavailable

_PLAIN_HEADER = b"SQLite format 3\0"
_KEY = 32
_PAGE = 16384
SCHEMA = "0001"
"""The newest migration that this program knows."""

_PATIENCE = "PRAGMA busy_timeout = 10000"
_AFTER_KEY = (
    "PRAGMA cipher_log_level = NONE",
    f"PRAGMA cipher_page_size = {_PAGE}",
    # VACUUM INTO makes a file that nothing opens when the size of its pages is not the default one.
    f"PRAGMA cipher_default_page_size = {_PAGE}",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -65536",
    _PATIENCE,
)
_UNWRITABLE = frozenset(
    {"", "WRITE", "FSYNC", "DIR_FSYNC", "TRUNCATE", "DELETE", "SHMOPEN", "SHMSIZE", "SHMMAP"}
)
"""What SQLite names after ``SQLITE_IOERR`` when it was the writing that failed; of a failed commit, nothing."""

_open_here: Counter[str] = Counter()
_turn = threading.Lock()


class Connection(driver.Connection):
    """A driver connection that is counted while it is open, so that ``check_file`` keeps away from its file."""

    def __init__(self, database: str | Path, *arguments: Any, **options: Any) -> None:
        super().__init__(database, *arguments, **options)
        self._counted = os.path.realpath(database)
        with _turn:
            _open_here[self._counted] += 1

    def close(self) -> None:
        """Close it, once."""
        super().close()
        with _turn:
            if self._counted:
                _open_here[self._counted] -= 1
            self._counted = ""


def check_file(path: Path) -> None:
    """Look at the header of ``path``, unless this process has it open.

    A handle of our own on an open database drops SQLite's POSIX locks when it closes; another program
    would then take the write-ahead log away under us.

    Raises:
        Damaged: ``database.missing``, ``database.plain`` for a file that is not encrypted, and
            ``database.damaged`` for one too short to be a database.
        Unavailable: ``database.unreachable`` for one that may not be read.
    """
    with _turn:
        if _open_here[os.path.realpath(path)] > 0:
            return
        try:
            with path.open("rb") as file:
                header = file.read(len(_PLAIN_HEADER))
        except FileNotFoundError:
            raise Damaged("database.missing", path=path.name) from None
        except OSError as error:
            raise Unavailable("database.unreachable", detail=error.strerror) from None
    if header == _PLAIN_HEADER:
        raise Damaged("database.plain", path=path.name)
    if len(header) < len(_PLAIN_HEADER):
        raise Damaged("database.damaged", detail="the file is cut short")


def explained(error: BaseException | None) -> DeskError | None:
    """The desk's error for one of the driver's; None for what is a bug of the program."""
    name = str(getattr(error, "sqlite_errorname", ""))
    kind, _, detail = name.removeprefix("SQLITE_").partition("_")
    match kind:
        case "FULL":
            return Unavailable("disk.full")
        case "BUSY" | "LOCKED":
            return Unavailable("database.busy")
        case "READONLY":
            return Unavailable("database.readonly")
        case "CANTOPEN" | "PERM":
            return Unavailable("database.unreachable", detail=str(error))
        case "IOERR" if detail in _UNWRITABLE:
            return Unavailable("disk.unwritable", detail=str(error))
        case "IOERR" | "CORRUPT" | "NOTADB":
            return Damaged("database.damaged", detail=str(error))
    return None


def prepare(connection: Any, key: bytes) -> None:
    """Key a fresh driver connection with 32 raw bytes and set it up.

    Raises:
        Unavailable: ``cipher.missing`` when the driver is not SQLCipher.
        Damaged: ``database.damaged`` when the key does not open the file.
        Unavailable, Damaged: as ``explained``.
    """
    if len(key) != _KEY:
        raise ValueError(f"the key has {_KEY} bytes")
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    version = cursor.execute("PRAGMA cipher_version").fetchone()
    if not version or not version[0]:
        raise Unavailable("cipher.missing")
    for line in _AFTER_KEY:
        cursor.execute(line).fetchall()
    try:
        cursor.execute("PRAGMA journal_mode = WAL").fetchall()
        cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as error:
        raise explained(error) or Damaged("database.damaged", detail=str(error)) from None
    finally:
        cursor.close()


def empty_log(connection: Any) -> None:
    """Fold the write-ahead log of SQLite into the database, so that no older state of a page stays in it.

    While somebody reads, it stays as it is until the next time.
    """
    if isinstance(connection, Connection):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute(_PATIENCE)


def open_plainly(path: Path, key: bytes) -> Any:
    """A keyed driver connection for lists and first paint, without SQLAlchemy.

    Raises:
        Unavailable, Damaged: as ``prepare``, and ``desk.newer`` as ``schema_of``.
    """
    try:
        connection = driver.connect(path, check_same_thread=False, isolation_level=None, factory=Connection)
    except driver.OperationalError as error:
        raise explained(error) or Unavailable("database.unreachable", detail=str(error)) from None
    try:
        prepare(connection, key)
        schema_of(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def schema_of(connection: Any) -> str:
    """The schema version of an open desk, ``""`` while it has none.

    Raises:
        Unavailable: ``desk.newer`` when a newer program made it.
    """
    cursor = connection.cursor()
    try:
        known = cursor.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = cursor.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    finally:
        cursor.close()
    return known_schema(str(row[0]) if row else "")


def known_schema(found: str) -> str:
    """``found``, which this program knows.

    Raises:
        Unavailable: ``desk.newer`` when a newer program made it.
    """
    if found > SCHEMA:
        raise Unavailable("desk.newer", found=found, known=SCHEMA)
    return found
