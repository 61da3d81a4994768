"""The key record of a shared desk, which lies in its database instead of ``keys.json``."""

from __future__ import annotations

from typing import Protocol

from app.domain.errors import RuleBroken, Unavailable
from app.vault.key_record import AuditHead, KeyRecord, decode, encode


class Records(Protocol):
    """One row of bytes in a database."""

    def read(self) -> bytes | None:
        """The bytes; None where there is no row."""

    def add(self, data: bytes) -> bool:
        """Write the row; False, and nothing is changed, where there is one or where other data is."""

    def swap(self, known: bytes, data: bytes) -> bool:
        """Replace ``known`` by ``data``; False, and nothing is changed, where something else stands there."""


class KeyTable:
    """The key record of a desk that several programs have open at once; does what ``KeyFile`` does."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: KeyRecord | None = None

    def exists(self) -> bool:
        """Whether there is a record, readable or not."""
        return self._records.read() is not None

    def load(self) -> KeyRecord:
        """The record.  Raises as ``KeyFile.load``."""
        data = self._records.read()
        if data is None:
            raise Unavailable("keys.missing")
        self._known = decode(data)
        return self._known

    def create(self, record: KeyRecord) -> None:
        """Write the first record.  Raises ``RuleBroken("key.exists")``."""
        if not self._records.add(encode(record)):
            raise RuleBroken("key.exists")
        self._known = record

    def save(self, record: KeyRecord) -> None:
        """Write a newer record.

        Two programs may move the log's head at once; then the later head stays.  Raises
        ``Unavailable("keys.not-saved")`` when another program changed the slots meanwhile: this one would
        put the old ones back.
        """
        while True:
            data = self._records.read()
            kept = decode(data) if data is not None else None
            if data is None or kept is None or self._known is None or _still(kept) != _still(self._known):
                raise Unavailable("keys.not-saved", reason="another program changed them")
            only_head = _still(kept) == _still(record)
            if (only_head and kept.head.sequence >= record.head.sequence) or self._records.swap(
                data, encode(record)
            ):
                self._known = record
                return


def _still(record: KeyRecord) -> KeyRecord:
    """What of a record does not move with every line of the log."""
    return record._replace(head=AuditHead(), mark=b"")
