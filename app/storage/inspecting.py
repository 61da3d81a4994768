"""Looking at every page, every blob and every hash; changes nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa

from app.domain.errors import Damaged
from app.domain.messages import Arrival, ArrivalState, Asset
from app.domain.pieces import Revision
from app.services.ports import Keys
from app.storage import audit
from app.storage.blobs import Blobs
from app.storage.records import TABLES
from app.storage.records import blob as blob_table
from app.storage.store import Store


class Inspecting:
    """The checks that ``Verifying`` runs."""

    def __init__(self, store: Store, blobs: Blobs, keys: Keys) -> None:
        self._store = store
        self._blobs = blobs
        self._keys = keys

    def pages(self) -> str:
        """Every page of the database.

        Raises:
            Damaged: ``database.damaged`` with what was found first.
        """
        with self._store.read() as unit:
            connection = unit.connection
            if connection.dialect.name != "sqlite":
                return "the server looks after its pages"
            pages = page_count(connection)
        return f"{pages} pages read"

    def blobs(self) -> str:
        """Every blob that can be opened, read to its end.

        Raises:
            Damaged: ``blob.damaged`` or ``blob.missing``.
        """
        read = closed = 0
        with self._store.read() as unit:
            rows = unit.connection.execute(sa.select(blob_table.c.id, blob_table.c.sealed)).all()
            for row in rows:
                if row.sealed and not self._keys.checking:
                    self._blobs.present(unit.connection, row.id)
                    closed += 1
                else:
                    unit.blob(row.id)
                    read += 1
            spare = len(self._blobs.orphans(unit.connection))
        told = f"{read} read"
        told += f", {closed} sealed and only found to be there" if closed else ""
        return told + (f", {spare} files without a row, left by a crash" if spare else "")

    def audit(self) -> str:
        """The audit log's chain.

        Raises:
            Damaged: ``audit.broken`` or ``audit.behind``.
        """
        remembered = self._keys.audit_head()
        with self._store.read() as unit:
            return f"{audit.check(unit.connection, self._keys, remembered)} lines follow one another"

    def texts(self) -> str:
        """Every revision and every original against its hash.

        Raises:
            Damaged: ``article.damaged`` or ``blob.damaged``.
        """
        with self._store.read() as unit:
            revisions = unit.find(Revision)
            for row in revisions:
                if hashlib.sha256(row.article.encode("utf-8")).hexdigest() != row.hash:
                    raise Damaged("article.damaged", reason=f"revision {row.id} is not what was written")
            originals: list[Asset | Arrival] = [*unit.find(Asset), *unit.find(Arrival)]
            looked = 0
            for original in originals:
                if not self._keys.checking and self._blobs.is_sealed(unit.connection, original.blob):
                    continue
                if hashlib.sha256(unit.blob(original.blob)).hexdigest() != original.sha256:
                    raise Damaged("blob.damaged", id=original.blob)
                looked += 1
        return f"{len(revisions)} revisions and {looked} originals are what was written"

    def arrivals(self) -> str:
        """How much was stored and waits to be read, and how much could not be read."""
        table = TABLES[Arrival]
        with self._store.read() as unit:
            waiting, unreadable = (
                unit.connection.execute(sa.select(sa.func.count()).where(which)).scalar_one()
                for which in (table.c.state == str(ArrivalState.STORED), table.c.status == "unreadable")
            )
        told = f"{waiting} wait to be read" if waiting else "nothing waits to be read"
        return told + (f", {unreadable} could not be read and are kept" if unreadable else "")


def page_count(connection: sa.Connection) -> int:
    """Read every page of a SQLCipher database; gives their number.

    Raises:
        Damaged: ``database.damaged`` with what was found first.
    """
    # The first of these looks at the file alone. While the write-ahead log waits to be folded into it, as where the
    # disk was full in the middle of that, pages of the file may be cut that are whole in the log; the second reads
    # each page where it counts.
    checks = ["integrity_check", "foreign_key_check"]
    if not _log_waits(connection):
        checks.insert(0, "cipher_integrity_check")
    for pragma in checks:
        rows = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
        if rows and rows != ["ok"]:
            raise Damaged("database.damaged", detail=f"{pragma}: {rows[0]}")
    return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


def _log_waits(connection: sa.Connection) -> bool:
    """Whether there is a write-ahead log with something in it.  Its size is asked for, it is not opened."""
    attached = {row[1]: row[2] for row in connection.exec_driver_sql("PRAGMA database_list")}
    file = Path(attached["main"])
    try:
        return file.with_name(f"{file.name}-wal").stat().st_size > 0
    except FileNotFoundError:
        return False
