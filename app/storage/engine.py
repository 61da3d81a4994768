"""The SQLAlchemy engine of a desk: SQLCipher in a folder, or PostgreSQL by its address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy import event, exc

from app.domain.errors import Damaged, DeskError, Unavailable
from app.storage.connect import prepare

WRITES = "desk_writes"
"""The execution option of a connection whose transaction writes."""
_LOCK = 7_260_626
"""The number of PostgreSQL's advisory lock that makes writers follow one another, as SQLite's do."""


def open_encrypted(path: Path, key: bytes) -> sa.Engine:
    """The engine over the SQLCipher file ``path`` with 32 raw bytes of key."""
    engine = sa.create_engine(
        sa.URL.create("sqlite+pysqlite", database=str(path)),
        module=driver,
        connect_args={"check_same_thread": False},
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
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def open_shared(url: str) -> sa.Engine:
    """The engine over a PostgreSQL database, addressed as ``postgresql://user@host/name``."""
    address = sa.make_url(url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(
        address, hide_parameters=True, isolation_level="REPEATABLE READ", pool_pre_ping=True
    )

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    return engine


@contextmanager
def told() -> Iterator[None]:
    """Turn the driver's errors into the desk's.

    Raises:
        Unavailable: ``disk.full``, ``database.busy``, ``database.readonly`` or ``database.unreachable``.
        Damaged: ``database.damaged``.
    """
    try:
        yield
    except exc.OperationalError as error:
        raise _operational(str(error.orig)) from error
    except exc.DatabaseError as error:
        if type(error) is not exc.DatabaseError:
            raise
        raise Damaged("database.damaged", detail=str(error.orig)) from error


def _operational(text: str) -> DeskError:
    if "full" in text:
        return Unavailable("disk.full")
    if "locked" in text or "busy" in text:
        return Unavailable("database.busy")
    if "readonly" in text or "read-only" in text:
        return Unavailable("database.readonly")
    if "malformed" in text or "disk I/O" in text:
        return Damaged("database.damaged", detail=text)
    return Unavailable("database.unreachable", detail=text)
