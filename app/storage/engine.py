"""The SQLAlchemy engine of a desk: SQLCipher in a folder, or PostgreSQL by its address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy import event, exc

from app.domain.errors import Damaged, DeskError, Unavailable, Usage
from app.storage.connect import Connection, explained, prepare

WRITES = "desk_writes"
"""The execution option of a connection whose transaction writes."""
_LOCK = 7_260_626
"""The number of PostgreSQL's advisory lock that makes writers follow one another, as SQLite's do."""


def open_encrypted(path: Path, key: bytes) -> sa.Engine:
    """The engine over the SQLCipher file ``path`` with 32 raw bytes of key."""
    engine = sa.create_engine(
        sa.URL.create("sqlite+pysqlite", database=str(path)),
        module=driver,
        connect_args={"check_same_thread": False, "factory": Connection},
        poolclass=sa.QueuePool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect", insert=True)
    def keyed(connection: Any, _record: object) -> None:
        prepare(connection, key)
        # The driver must not open transactions by itself: a read followed by a write under a plain
        # BEGIN fails at once when somebody else wrote in between, whatever the timeout.
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def open_shared(url: str, *, pooled: bool = True) -> sa.Engine:
    """The engine over a PostgreSQL database, addressed as ``postgresql://user@host/name``.

    Without a pool each connection is closed when it was used.

    Raises:
        Usage: ``desk.address`` for an address that cannot be read.
    """
    try:
        address = sa.make_url(url).set(drivername="postgresql+psycopg")
    except (exc.ArgumentError, ValueError):
        raise Usage("desk.address") from None
    engine = sa.create_engine(
        address,
        hide_parameters=True,
        poolclass=sa.QueuePool if pooled else sa.NullPool,
        pool_pre_ping=pooled,
        connect_args={"connect_timeout": 10},
    )

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A writer sees each row as it is when it looks: its first statement waits for the lock, and a
        # snapshot taken before that wait would be an old one.
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    return engine


@contextmanager
def told() -> Iterator[None]:
    """Turn the driver's errors into the desk's.

    Raises:
        Unavailable: ``disk.full``, ``disk.unwritable``, ``database.busy``, ``database.readonly`` or
            ``database.unreachable``.
        Damaged: ``database.damaged``.
    """
    try:
        yield
    except exc.DBAPIError as error:
        desk_error = explained(error.orig) or _of_server(error)
        if desk_error is None:
            raise
        raise desk_error from error
    except driver.Error as error:
        desk_error = explained(error)
        if desk_error is None:
            raise
        raise desk_error from error
    except exc.TimeoutError as error:
        raise Unavailable("database.busy") from error


def _of_server(error: exc.DBAPIError) -> DeskError | None:
    """What an error of PostgreSQL means by its code (Appendix A of its manual); None for a bug of the program."""
    match getattr(error.orig, "sqlstate", ""):
        case "":
            return None
        case "53100":
            return Unavailable("disk.full")
        case "25006":
            return Unavailable("database.readonly")
        case "40001" | "40P01" | "55P03":
            return Unavailable("database.busy")
        case "XX001" | "XX002":
            return Damaged("database.damaged", detail=_first_line(error))
    if isinstance(error, exc.OperationalError):
        return Unavailable("database.unreachable", detail=_first_line(error))
    return None


def _first_line(error: exc.DBAPIError) -> str:
    return str(error.orig).partition("\n")[0]
