"""What services ask of the outer rings; bootstrap brings the parts together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from app.domain.reading import Result, Unreadable
from app.services.rows import Hit, ListRow

Row = TypeVar("Row")
Clock = Callable[[], datetime]
"""Gives the instant in UTC, with its zone."""


class Keys(Protocol):
    """The keys of an open desk.  No key ever leaves but the database's, and that only to storage."""

    @property
    def checking(self) -> bool:
        """Whether the private half of the vault is in memory, so that the gate can match."""

    def database_key(self) -> bytes:
        """The 32 raw bytes for SQLCipher."""

    def hide(self, blob: str, data: bytes, *, to_vault: bool) -> tuple[bytes, bytes]:
        """``data`` of the blob with that id under a fresh key: the wrapped key and the hidden bytes."""

    def show(self, blob: str, wrapped: bytes, hidden: bytes, *, sealed: bool) -> bytes:
        """The data again.  Raises Damaged, and Unavailable("vault.locked") for a ``sealed`` one unless ``checking``."""

    def rewrap(self, blob: str, wrapped: bytes) -> bytes:
        """The key that the desk wrapped, sealed to the vault instead."""

    def seal(self, data: bytes, context: str) -> bytes:
        """``data`` sealed to the vault and bound to ``context``, a row's id; needs no open vault."""

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """What was sealed.  Raises Unavailable("vault.locked") unless ``checking``, Damaged for another context."""

    def lookup(self, address: str) -> str:
        """The HMAC of a normalised address, in hex: tells that a sender is known without telling who."""

    def link(self, previous: bytes, payload: bytes) -> bytes:
        """The next link of the audit chain."""

    def audit_head(self) -> tuple[int, str]:
        """The last link that keys.json remembers: its number and its MAC in hex."""

    def save_audit_head(self, seq: int, mac: str) -> None:
        """Remember the last link, after the commit."""


class Unit(Protocol):
    """One transaction.  Everything of it is committed, or nothing."""

    lookup: Callable[[str], str]
    """What rows of a protected person hold instead of an address or a Message-ID (``Keys.lookup``)."""

    def add(self, *rows: Any) -> None:
        """Write new rows, in order."""

    def get(self, kind: type[Row], id: str) -> Row:
        """The row with that id.  Raises RuleBroken("missing")."""

    def one(self, kind: type[Row], **equal: Any) -> Row | None:
        """The one row whose fields equal these, or None."""

    def find(
        self, kind: type[Row], *, order: str = "id", limit: int = 0, after: str = "", **equal: Any
    ) -> list[Row]:
        """The rows whose fields equal these (a list or tuple means any of), in ``order``, behind the id ``after``."""

    def save(self, row: Row) -> Row:
        """Write a changed row back; gives it with its new version.  Raises Conflict when somebody else was first."""

    def save_all(self, rows: Sequence[Any], fields: Iterable[str] = ()) -> None:
        """Write many changed rows of one class back, or only the ``fields`` that were changed.

        Raises Conflict when somebody else changed one first.
        """

    def rewrite(self, row: Any) -> None:
        """Write a row without a version anew, less what must not lie open; never one of the audit log."""

    def remove(self, kind: type[Any], id: str) -> None:
        """Delete a row that is not append-only."""

    def next_number(self, name: str, count: int = 1) -> int:
        """The first of ``count`` new numbers of a counter: rising, never given twice, gaps allowed."""

    def audit(self, act: str, subject: str, actor: str = "", **detail: Any) -> None:
        """Write one line of the audit log with this transaction."""

    def changed(self, kind: str, id: str) -> None:
        """Tell the change log."""

    def put_blob(self, data: bytes, *, to_vault: bool = False) -> str:
        """Keep bytes, encrypted; gives the id of the blob."""

    def blob(self, id: str) -> bytes:
        """The bytes again.  Raises Damaged, or Unavailable("vault.locked") for a sealed one."""

    def reseal_blob(self, id: str) -> None:
        """Wrap the key of a blob to the vault instead of the desk; the file is not rewritten."""

    def index(self, where: str, ref: str, piece: str, title: str, body: str) -> None:
        """Make a text findable, in place of what ``ref`` said before."""

    def search(self, text: str, limit: int) -> list[Hit]:
        """The best ``limit`` hits for the words of ``text``."""

    def list_pieces(
        self, *, stage: str = "", limit: int = 0, after: str = "", library: bool = False
    ) -> list[ListRow]:
        """Rows of the list, or of the ``library``, newest first, after the piece with the id ``after``."""


class Store(Protocol):
    """The desk's database and blobs."""

    def write(self) -> AbstractContextManager[Unit]:
        """A transaction that writes: one at a time, taken at once (BEGIN IMMEDIATE)."""

    def read(self) -> AbstractContextManager[Unit]:
        """A transaction that reads one consistent state."""


class Readers(Protocol):
    """Reads hostile bytes in a child without keys and network."""

    def run(self, reader: str, data: bytes, options: dict[str, Any]) -> Result:
        """What the reader made of ``data``.  Raises Unreadable."""

    def run_batch(
        self, reader: str, items: Sequence[bytes], options: dict[str, Any]
    ) -> list[Result | Unreadable]:
        """The same for many small items of one source, in one child."""
