"""Opening the store of a desk."""

from __future__ import annotations

import os
from pathlib import Path

from app.services.ids import Ids
from app.services.ports import Clock, Keys
from app.storage.blobs import Blobs
from app.storage.connect import SCHEMA, open_plainly, schema_of
from app.storage.engine import open_encrypted
from app.storage.migrate import migrate
from app.storage.store import Store


def open_folder(database: Path, keys: Keys, blobs: Blobs, clock: Clock, ids: Ids, *, writes: bool) -> Store:
    """The store of a desk in a folder.

    A writer also brings the schema up to date and removes what a crash left in the folder of blobs.

    Raises:
        Unavailable: ``desk.newer``.
        Damaged: ``database.damaged``.
    """
    if not database.exists():
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    connection = open_plainly(database, keys.database_key())
    found = schema_of(connection)
    engine = open_encrypted(database, keys.database_key())
    try:
        if found != SCHEMA and writes:
            migrate(engine)
    finally:
        connection.close()
    store = Store(engine, blobs, keys, clock, ids)
    if writes:
        store.sweep()
    return store
