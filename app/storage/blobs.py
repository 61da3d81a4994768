"""Blobs: each under a key of its own, small ones in the database, larger ones as files beside it.

A file is written and synced before the row that names it is committed; a file without a row is what
a crash left behind, and is removed when the next program that writes opens the desk.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.domain.errors import Damaged, RuleBroken, Unavailable
from app.services.ports import Keys
from app.storage.backup_folder import sync
from app.storage.records import blob as table

LARGE = 64 * 1024
"""Bytes from which a blob is a file of its own."""
_FULL = (errno.ENOSPC, errno.EDQUOT)


class Blobs:
    """The blobs of one desk.  ``folder`` is None where all of them live in the database."""

    def __init__(self, keys: Keys, folder: Path | None) -> None:
        self._keys = keys
        self._folder = folder

    def make(self, id: str, data: bytes, *, to_vault: bool) -> dict[str, Any]:
        """The columns of a new blob; writes its file where it has one.

        Raises:
            Unavailable: ``disk.full``.
        """
        wrapped, hidden = self._keys.hide(id, data, to_vault=to_vault)
        columns = {"id": id, "size": len(data), "sealed": to_vault, "wrapped_key": wrapped}
        if self._folder is None or len(data) < LARGE:
            return columns | {"data": hidden, "file": None}
        return columns | {"data": None, "file": self._write(hidden)}

    def read(self, connection: sa.Connection, id: str) -> bytes:
        """The bytes of a blob.

        Raises:
            RuleBroken: ``missing`` when there is no such blob.
            Damaged: ``blob.missing``, ``blob.unreadable``, or ``blob.damaged`` when it is not what was written.
            Unavailable: ``vault.locked``.
        """
        row = connection.execute(sa.select(table).where(table.c.id == id)).one_or_none()
        if row is None:
            raise RuleBroken("missing", what="blob", id=id)
        hidden = row.data if row.file is None else self._file(row.file)
        data = self._keys.show(id, row.wrapped_key, hidden, sealed=row.sealed)
        if len(data) != row.size:
            raise Damaged("blob.damaged", id=id)
        return data

    def reseal(self, connection: sa.Connection, id: str) -> None:
        """Wrap the key of a blob to the vault."""
        row = connection.execute(sa.select(table).where(table.c.id == id)).one()
        if not row.sealed:
            wrapped = self._keys.rewrap(id, row.wrapped_key)
            connection.execute(
                sa.update(table).where(table.c.id == id).values(sealed=True, wrapped_key=wrapped)
            )

    def is_sealed(self, connection: sa.Connection, id: str) -> bool:
        """Whether only the vault opens the blob."""
        return bool(connection.execute(sa.select(table.c.sealed).where(table.c.id == id)).scalar_one())

    def present(self, connection: sa.Connection, id: str) -> None:
        """See that the bytes of a blob are there, without opening it.

        Raises:
            Damaged: ``blob.missing``.
        """
        row = connection.execute(sa.select(table).where(table.c.id == id)).one()
        if row.file is not None and self._folder is not None and not (self._folder / row.file).is_file():
            raise Damaged("blob.missing", file=row.file)

    def discard(self, names: Iterable[str]) -> None:
        """Remove the files of a transaction that came to nothing."""
        if self._folder is not None:
            for name in names:
                (self._folder / name).unlink(missing_ok=True)

    def orphans(self, connection: sa.Connection) -> list[str]:
        """The names of files that belong to no row; folders are not ours and are left alone."""
        if self._folder is None:
            return []
        named = set(connection.execute(sa.select(table.c.file).where(table.c.file.is_not(None))).scalars())
        try:
            found = [
                entry.name for entry in os.scandir(self._folder) if not entry.is_dir(follow_symlinks=False)
            ]
        except FileNotFoundError:
            return []
        return sorted(set(found) - named)

    def _file(self, name: str) -> bytes:
        assert self._folder is not None
        try:
            return (self._folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise Damaged("blob.missing", file=name) from None
        except OSError as error:
            raise Damaged("blob.unreadable", file=name, reason=error.strerror) from None

    def _write(self, hidden: bytes) -> str:
        assert self._folder is not None
        name = secrets.token_hex(16)
        path = self._folder / name
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(hidden)
                file.flush()
                os.fsync(file.fileno())
            sync(self._folder)
        except OSError as error:
            path.unlink(missing_ok=True)
            if error.errno in _FULL:
                raise Unavailable("disk.full") from None
            raise Unavailable("disk.unwritable", detail=error.strerror) from None
        return name
