"""Bringing a desk's tables to the schema of this program."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from app.domain.errors import Damaged
from app.storage.engine import WRITES, told

SCRIPTS = "app.storage:migrations"
"""Where the steps are, in alembic's way of naming a package's folder."""


def migrate(engine: sa.Engine, scripts: str = SCRIPTS) -> None:
    """Run every step of ``scripts`` that is missing, all of them in one transaction.

    A step that rebuilds a table drops the old one, and with foreign keys on that deletes what points
    to it; the pragma does nothing inside a transaction, so it is turned off before.

    Raises:
        Damaged: ``database.references`` when rows point to nothing afterwards; nothing is changed.
        Unavailable, Damaged: as ``engine.told``.
    """
    local = engine.dialect.name == "sqlite"
    with told(), engine.connect().execution_options(**{WRITES: True}) as connection:
        raw = connection.connection.driver_connection
        if local and raw is not None:
            raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                config = Config()
                config.set_main_option("script_location", scripts)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if local and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                    raise Damaged("database.references")
        finally:
            if local and raw is not None:
                raw.execute("PRAGMA foreign_keys = ON")
