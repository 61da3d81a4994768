"""``keys.json`` on disk, and the copy beside it that stands in when the file is damaged."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Protocol

from app.domain.errors import Damaged, RuleBroken, Unavailable
from app.vault.key_record import KeyRecord, decode, encode


class Keeper(Protocol):
    """Where a desk keeps its key record; ``KeyFile`` says what the methods do and raise."""

    def exists(self) -> bool:
        """Whether there is a record, readable or not."""

    def load(self) -> KeyRecord:
        """The record."""

    def create(self, record: KeyRecord) -> None:
        """Write the first record."""

    def save(self, record: KeyRecord) -> None:
        """Write a newer record."""


class KeyFile:
    """The two copies of one desk's key record: ``path``, and ``path`` with ``.bak`` added.

    Both always hold the newest record, so that a passphrase that was changed opens neither.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.copy = path.with_name(path.name + ".bak")

    def exists(self) -> bool:
        """Whether there is a file or a copy, readable or not."""
        return os.path.lexists(self.path) or os.path.lexists(self.copy)

    def sound(self) -> bool:
        """Whether file and copy are both readable and say the same."""
        try:
            return _read(self.path) == _read(self.copy)
        except (Damaged, Unavailable):
            return False

    def load(self) -> KeyRecord:
        """The record; from the copy where the file is missing or damaged.

        Raises ``Unavailable("keys.missing")`` when there is neither, ``Damaged("keys.damaged")`` when what
        there is cannot be used, ``Unavailable`` with ``keys.unreadable`` when the disk refuses and
        ``keys.newer`` for a later version's file.  Reading changes nothing on disk.
        """
        try:
            return _read(self.path)
        except (Damaged, Unavailable) as first:
            if first.code == "keys.newer":
                raise
            try:
                return _read(self.copy)
            except Unavailable as second:
                raise (first if second.code == "keys.missing" else second) from None

    def create(self, record: KeyRecord) -> None:
        """Write the first record.

        Raises ``RuleBroken("key.exists")`` where a file or a copy is, in whatever state: new keys over old
        ones would lock up everything that the old ones open.
        """
        if self.exists():
            raise RuleBroken("key.exists")
        self.save(record)

    def save(self, record: KeyRecord) -> None:
        """Replace both copies, each at once and durably: after a crash either state of the record is whole.

        Raises ``Unavailable("keys.not-saved")`` with the system's name of the reason, such as ``ENOSPC``; the
        earlier record is then still there.
        """
        data = encode(record)
        try:
            _replace(self.path, data)
            _replace(self.copy, data)
        except OSError as error:
            raise Unavailable("keys.not-saved", reason=_reason(error)) from error


def _read(path: Path) -> KeyRecord:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unavailable("keys.missing") from None
    except OSError as error:
        raise Unavailable("keys.unreadable", reason=_reason(error)) from error
    return decode(data)


def _replace(path: Path, data: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable.  Windows opens no folders and keeps names in its journal."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "EIO")
