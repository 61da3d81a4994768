"""Snapshots of a desk: taken through SQLite, packed for a backup, unpacked, and found whole or not."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import sqlalchemy as sa

from app.domain.errors import Damaged
from app.services.ports import Keys
from app.storage import audit, backup_folder
from app.storage.backup_folder import BLOBS, DATABASE, KEYS, MANIFEST, BackupFolder
from app.storage.connect import open_plainly
from app.storage.engine import open_encrypted, told
from app.storage.inspecting import page_count
from app.storage.records import blob as blob_table
from app.storage.records import metadata


class Seal(Protocol):
    """Encrypts to the desk's backup key, and opens again."""

    def encrypt(self, source: BinaryIO, sink: BinaryIO) -> None:
        """Close ``source`` into ``sink``."""

    def decrypt(self, source: BinaryIO, sink: BinaryIO) -> None:
        """Open ``source`` into ``sink``.  Raises Unavailable("backup.other-key"), Damaged("backup.damaged")."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What belongs to one backup: the database's SHA-256, its rows by table, its audit head, its blobs' SHA-256."""

    desk: str
    database: str
    rows: dict[str, int]
    audit: tuple[int, str]
    blobs: dict[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """The files of the desk that is backed up, and its id."""

    desk: str
    database: Path
    blobs: Path
    keys: Path


class Snapshots:
    """The backups of one desk in one folder."""

    def __init__(self, folder: Path, source: Source, keys: Keys, seal: Seal) -> None:
        self._folder = BackupFolder(folder)
        self._source = source
        self._keys = keys
        self._seal = seal

    def names(self) -> list[str]:
        """Those that were verified."""
        return self._folder.names()

    def drop(self, names: list[str]) -> None:
        """Remove some, and the blobs that only they needed.  Raises as ``BackupFolder.drop``."""
        self._folder.drop(names)

    def make(self, name: str) -> int:
        """Make the backup ``name`` and verify it; gives how many blobs were copied.

        The desk may be at work meanwhile: the copy of the database is one state of it, and files of
        blobs never change.

        Raises:
            Unavailable: ``backup.other-desk``, and as ``BackupFolder.draft``.
            Damaged: ``backup.damaged``, ``blob.missing``, ``database.damaged``, ``audit.broken``, ``audit.behind``.
        """
        self._folder.belongs_to(self._source.desk)
        with self._folder.draft(name) as part:
            # The keys go first: their head of the log may be older than the database, never newer.
            backup_folder.copy(self._source.keys, part / KEYS)
            snapshot = part / "desk.db"
            remembered = self._keys.audit_head()
            _vacuum(self._source.database, snapshot, self._keys)
            rows, head, files = _contents(snapshot, self._keys, remembered)
            blobs, copied = self._copy_blobs(files)
            manifest = Manifest(self._source.desk, backup_folder.hashed(snapshot), rows, head, blobs)
            self._pack(part, snapshot, manifest)
            _remove(snapshot)
            check = part / "check"
            check.mkdir(mode=0o700)
            unpack(part, check / "desk.db", self._seal.decrypt)
            inspect(check / "desk.db", self._folder.blobs, self._keys, manifest)
            _remove(check / "desk.db")
            check.rmdir()
        return copied

    def _copy_blobs(self, files: list[str]) -> tuple[dict[str, str], int]:
        known = self._folder.known()
        blobs: dict[str, str] = {}
        copied = 0
        for file in files:
            target = self._folder.blobs / file
            if file in known and backup_folder.hashed(target) == known[file]:
                blobs[file] = known[file]
                continue
            try:
                blobs[file] = backup_folder.copy(self._source.blobs / file, target)
            except FileNotFoundError:
                raise Damaged("blob.missing", file=file) from None
            copied += 1
        backup_folder.sync(self._folder.blobs)
        return blobs, copied

    def _pack(self, part: Path, snapshot: Path, manifest: Manifest) -> None:
        with snapshot.open("rb") as plain, backup_folder.create(part / DATABASE) as closed:
            self._seal.encrypt(plain, closed)
        said = json.dumps(asdict(manifest), sort_keys=True).encode()
        with backup_folder.create(part / MANIFEST) as closed:
            self._seal.encrypt(io.BytesIO(said), closed)
        lines = "".join(f"{file} {code}\n" for file, code in sorted(manifest.blobs.items()))
        with backup_folder.create(part / BLOBS) as file:
            file.write(lines.encode("ascii"))


Decrypt = Callable[[BinaryIO, BinaryIO], Any]
"""Opens what is read from the first file into the second, as ``Seal.decrypt``."""


def unpack(backup: Path, database: Path, decrypt: Decrypt) -> Manifest:
    """Write the database of a backup to the new file ``database``; gives what belongs to it.

    Raises:
        Unavailable: ``backup.other-key``.
        Damaged: ``backup.damaged``.
    """
    said = io.BytesIO()
    try:
        with (backup / MANIFEST).open("rb") as closed:
            decrypt(closed, said)
        with (backup / DATABASE).open("rb") as closed, backup_folder.create(database) as plain:
            decrypt(closed, plain)
        read = json.loads(said.getvalue())
        manifest = Manifest(**{**read, "audit": tuple(read["audit"])})
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        raise Damaged("backup.damaged") from None
    if backup_folder.hashed(database) != manifest.database:
        raise Damaged("backup.damaged")
    return manifest


def inspect(database: Path, blobs: Path, keys: Keys, manifest: Manifest) -> None:
    """See that an unpacked backup is whole: every page, the log, the number of rows, every blob's bytes.

    Raises:
        Damaged: ``backup.damaged``, ``database.damaged``, ``audit.broken``, ``audit.behind``.
    """
    rows, head, files = _contents(database, keys, manifest.audit)
    if (rows, head, set(files)) != (manifest.rows, manifest.audit, set(manifest.blobs)):
        raise Damaged("backup.damaged")
    for file, code in manifest.blobs.items():
        if backup_folder.hashed(blobs / file) != code:
            raise Damaged("backup.damaged")


def _vacuum(database: Path, target: Path, keys: Keys) -> None:
    """Copy one state of an open database, under the same key, into the new file ``target``."""
    backup_folder.create(target).close()
    with told():
        connection = open_plainly(database, keys.database_key())
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        finally:
            connection.close()


def _contents(
    database: Path, keys: Keys, remembered: tuple[int, str]
) -> tuple[dict[str, int], tuple[int, str], list[str]]:
    """Read every page of a database that nobody else has open: rows by table, audit head, files of blobs."""
    engine = open_encrypted(database, keys.database_key())
    try:
        with told(), engine.connect() as connection, connection.begin():
            page_count(connection)
            audit.check(connection, keys, remembered)
            there = set(sa.inspect(connection).get_table_names())
            rows = {
                name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for name, table in metadata.tables.items()
                if name in there
            }
            files = connection.execute(sa.select(blob_table.c.file).where(blob_table.c.file.is_not(None)))
            return rows, audit.head(connection), sorted(files.scalars())
    finally:
        engine.dispose()


def _remove(database: Path) -> None:
    for end in ("", "-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)


def restore(backups: Path, name: str, part: Path, keys: Keys, decrypt: Decrypt) -> None:
    """Put database and blobs of the backup ``name`` into the folder ``part``, which holds nothing of theirs.

    Raises:
        Unavailable: ``backup.other-key``, ``disk.full``, ``disk.unwritable``.
        Damaged: as ``inspect``; no blob is copied then.
    """
    folder = BackupFolder(backups)
    with backup_folder.disk():
        manifest = unpack(folder.find(name), part / "desk.db", decrypt)
        inspect(part / "desk.db", folder.blobs, keys, manifest)
        (part / "blobs").mkdir(mode=0o700)
        for file, code in manifest.blobs.items():
            if backup_folder.copy(folder.blobs / file, part / "blobs" / file) != code:
                raise Damaged("backup.damaged")
        backup_folder.sync(part / "blobs")
