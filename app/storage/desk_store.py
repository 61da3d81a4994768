"""Opening the store of a desk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from app.domain.errors import Unavailable
from app.services.ids import Ids
from app.services.ports import Clock, Keys
from app.storage import audit
from app.storage.blobs import Blobs
from app.storage.connect import SCHEMA, check_file, known_schema, schema_of
from app.storage.engine import open_encrypted, open_shared, told
from app.storage.store import Store

Snapshot = Callable[[str], None]
"""Makes a verified backup of a desk of the named schema."""
Migrate = Callable[[sa.Engine], None]
"""``migrate.migrate``, whose library is too large to be loaded where nothing is to be done."""


def open_folder(
    database: Path,
    keys: Keys,
    blobs: Blobs,
    clock: Clock,
    ids: Ids,
    *,
    writes: bool,
    migrate: Migrate,
    before_migration: Snapshot | None = None,
) -> Store:
    """The store of a desk in a folder.

    A writer also makes the database of a new desk, brings the schema of an old one up to date, after
    ``before_migration``, and removes what a crash left in the folder of blobs.

    Raises:
        Unavailable: ``desk.newer``, and ``desk.older`` for a reader, who must not change the schema.
        Damaged: ``database.missing``, ``database.plain``, ``database.damaged``; for a writer ``audit.behind``
            and ``audit.broken`` too: what is left of a desk that lost something stays as it is.
    """
    if database.exists() or not writes or keys.audit_head()[0]:
        check_file(database)
    else:
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    engine = open_encrypted(database, keys.database_key())
    try:
        _bring_up_to_date(engine, migrate, before_migration if writes else None, writes=writes)
        store = Store(engine, blobs, keys, clock, ids, writes=writes)
        if writes:
            with store.read() as unit:
                audit.check_head(unit.connection, keys)
            store.sweep()
    except BaseException:
        engine.dispose()
        raise
    return store


def open_server(
    url: str, keys: Keys, blobs: Blobs, clock: Clock, ids: Ids, *, writes: bool, migrate: Migrate
) -> Store:
    """The store of a shared desk in the PostgreSQL database at ``url``; its blobs are rows.

    Several programs may write at once: each transaction waits for the one before.  The server's own
    backups are taken before a step of the schema; this program cannot.

    Raises:
        Usage: ``desk.address``.
        Unavailable: ``database.unreachable``, ``desk.newer``, ``desk.older``.
        Damaged: ``audit.behind`` and ``audit.broken`` for a writer.
    """
    engine = open_shared(url)
    try:
        _bring_up_to_date(engine, migrate, None, writes=writes)
        store = Store(engine, blobs, keys, clock, ids, writes=writes)
        if writes:
            with store.read() as unit:
                audit.check_head(unit.connection, keys)
    except BaseException:
        engine.dispose()
        raise
    return store


def _bring_up_to_date(
    engine: sa.Engine, migrate: Migrate, before_migration: Snapshot | None, *, writes: bool
) -> None:
    found = _schema_of(engine)
    if found == SCHEMA:
        return
    if not writes:
        raise Unavailable("desk.older", found=found, known=SCHEMA)
    if found and before_migration is not None:
        before_migration(found)
    migrate(engine)


def _schema_of(engine: sa.Engine) -> str:
    with told():
        if engine.dialect.name != "sqlite":
            with engine.connect() as connection:
                known = sa.inspect(connection).has_table("alembic_version")
                row = sa.text("SELECT version_num FROM alembic_version")
                return known_schema(str(connection.execute(row).scalar() or "") if known else "")
        raw = engine.raw_connection()
        try:
            return schema_of(raw.driver_connection)
        finally:
            raw.close()
