"""The store: one transaction a verb, rows in and out, and what each commit tells the world."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, TypeVar

import sqlalchemy as sa

from app.domain.errors import Conflict, DeskError, RuleBroken, Unavailable
from app.services.changes import Changes, Listener
from app.services.ids import Ids
from app.services.ports import Clock, Keys
from app.services.rows import Hit, ListRow
from app.storage.audit import append
from app.storage.blobs import Blobs
from app.storage.connect import empty_log
from app.storage.engine import WRITES, told
from app.storage.lists import list_pieces
from app.storage.mapping import codecs, from_columns, insert, to_columns, to_values, update
from app.storage.records import TABLES, change_log, counter
from app.storage.records import blob as blob_table
from app.storage.search import Search

Row = TypeVar("Row")
CHANNEL = "transom"
"""Where PostgreSQL tells the other programs, after the commit, how far the change log has come."""
_APPEND_ONLY = frozenset({"audit", "history", "signature", "publication", "revision"})


class Store:
    """The desk's database and blobs, over one engine."""

    def __init__(
        self, engine: sa.Engine, blobs: Blobs, keys: Keys, clock: Clock, ids: Ids, *, writes: bool
    ) -> None:
        self._engine = engine
        self._blobs = blobs
        self._keys = keys
        self._clock = clock
        self._ids = ids
        self._writes = writes
        self._writing = threading.Lock()
        self._listeners: list[Listener] = []
        self._doubtful = False

    def listen(self, listener: Listener) -> None:
        """Call ``listener`` after each commit, on the thread that committed."""
        self._listeners.append(listener)

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A transaction that writes, one at a time; a second one on the same thread would wait for itself.

        Raises:
            Unavailable: ``desk.reading`` for a desk that was opened to be read, and as ``engine.told``.
            Damaged: as ``engine.told``.
        """
        if not self._writes:
            raise Unavailable("desk.reading")
        with self._writing, told():
            with self._engine.connect().execution_options(**{WRITES: True}) as connection:
                unit = Unit(connection, self._blobs, self._ids, self._keys.lookup)
                with connection.begin():
                    try:
                        yield unit
                        changes, head = unit.finish(self._keys, self._clock)
                    except BaseException:
                        self._blobs.discard(unit.files)
                        raise
                    # A commit that fails may yet stand in the write-ahead log, so its files stay until a sweep.
                    doubtful, self._doubtful = self._doubtful, self._doubtful or bool(unit.files)
                self._doubtful = doubtful
                if unit.purges:
                    empty_log(connection.connection.driver_connection)
            if head is not None:
                # The transaction stands, whatever becomes of keys.json: the next one brings it up to date.
                with suppress(Unavailable):
                    self._keys.save_audit_head(*head)
        if changes.things:
            for listener in self._listeners:
                listener(changes)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A transaction that sees one consistent state and can change nothing.

        Raises:
            Unavailable, Damaged: as ``engine.told``.
        """
        with told(), self._engine.connect() as connection, connection.begin():
            yield Unit(connection, self._blobs, self._ids, self._keys.lookup)

    def since(self, seq: int) -> Changes:
        """What was changed after ``seq`` of the change log, by whatever program."""
        asked = sa.select(change_log.c.seq, change_log.c.kind, change_log.c.thing).where(
            change_log.c.seq > seq
        )
        with self.read() as unit:
            rows = unit.connection.execute(asked).all()
        newest = max((row.seq for row in rows), default=seq)
        return Changes(newest, frozenset((row.kind, row.thing) for row in rows))

    def sweep(self) -> int:
        """Remove the files that a crash left without a row; gives their number."""
        with self.read() as unit:
            orphans = self._blobs.orphans(unit.connection)
        self._blobs.discard(orphans)
        return len(orphans)

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the database.

        What a commit that failed left among the blobs goes before, where the disk allows it.
        """
        if self._doubtful:
            with suppress(DeskError):
                self.sweep()
        self._engine.dispose()


class Unit:
    """One transaction."""

    def __init__(
        self, connection: sa.Connection, blobs: Blobs, ids: Ids, lookup: Callable[[str], str]
    ) -> None:
        self.connection = connection
        self.lookup = lookup
        self.files: list[str] = []
        self._blobs = blobs
        self._ids = ids
        self._audit: list[dict[str, Any]] = []
        self._things: dict[tuple[str, str], None] = {}
        self._texts: dict[str, tuple[str, str, str, str, str]] = {}
        self._new_blobs: list[dict[str, Any]] = []
        self.purges = False

    def add(self, *rows: Any) -> None:
        """Write new rows, in order; rows of one class that follow each other go in one statement."""
        self._flush_blobs()
        start = 0
        for end in range(1, len(rows) + 1):
            if end == len(rows) or type(rows[end]) is not type(rows[start]):
                table = TABLES[type(rows[start])]
                insert(self.connection, table, [to_values(row) for row in rows[start:end]])
                start = end

    def get(self, kind: type[Row], id: str) -> Row:
        """The row with that id.

        Raises:
            RuleBroken: ``missing``.
        """
        row = self.one(kind, id=id)
        if row is None:
            raise RuleBroken("missing", what=TABLES[kind].name, id=id)
        return row

    def one(self, kind: type[Row], **equal: Any) -> Row | None:
        """The one row whose fields equal these, or None."""
        found = self.find(kind, limit=1, **equal)
        return found[0] if found else None

    def find(
        self, kind: type[Row], *, order: str = "id", limit: int = 0, after: str = "", **equal: Any
    ) -> list[Row]:
        """The rows whose fields equal these (a list or tuple: any of them), by ``order``, a minus for falling.

        ``after`` asks for those behind the row with that id only.
        """
        self._flush_blobs()
        table = TABLES[kind]
        asked = sa.select(*(table.c[name] for name, _, _ in codecs(kind)))
        for name, value in equal.items():
            asked = asked.where(_equals(table.c[name], value))
        if after:
            asked = asked.where(table.c.id > after)
        key = table.c[order.removeprefix("-")]
        asked = asked.order_by(key.desc() if order.startswith("-") else key)
        if limit:
            asked = asked.limit(limit)
        return [from_columns(kind, row) for row in self.connection.execute(asked)]

    def save(self, row: Any) -> Any:
        """Write a changed row back.

        Raises:
            Conflict: ``stale`` when somebody else saved it first.
        """
        self._flush_blobs()
        table = TABLES[type(row)]
        fresh = replace(row, version=row.version + 1)
        done = self.connection.execute(
            sa.update(table)
            .where(table.c.id == row.id, table.c.version == row.version)
            .values(**to_columns(fresh))
        )
        if done.rowcount != 1:
            raise Conflict("stale", what=table.name, id=row.id)
        return fresh

    def save_all(self, rows: Sequence[Any], fields: Iterable[str] = ()) -> None:
        """Write many changed rows of one class back in one statement, or only the ``fields`` that were changed.

        Raises:
            Conflict: ``stale`` when somebody else saved one of them first; then none is written.
        """
        if not rows:
            return
        self._flush_blobs()
        kind = type(rows[0])
        names = tuple(fields) or tuple(name for name, _, _ in codecs(kind) if name not in ("id", "version"))
        if update(self.connection, names, rows) != len(rows):
            raise Conflict("stale", what=TABLES[kind].name)

    def rewrite(self, row: Any) -> None:
        """Write a row that has no version anew.  Only what must not lie open is taken out of what was done.

        Raises:
            RuleBroken: ``append_only`` for the audit log.
        """
        table = TABLES[type(row)]
        if table.name == "audit":
            raise RuleBroken("append_only", what=table.name)
        self._flush_blobs()
        self.connection.execute(sa.update(table).where(table.c.id == row.id).values(**to_columns(row)))

    def remove(self, kind: type[Any], id: str) -> None:
        """Delete a row that is not append-only."""
        table = TABLES[kind]
        if table.name in _APPEND_ONLY:
            raise RuleBroken("append_only", what=table.name)
        self.connection.execute(sa.delete(table).where(table.c.id == id))

    def next_number(self, name: str, count: int = 1) -> int:
        """The first of ``count`` new numbers of a counter, from 1."""
        mine = counter.c.name == name
        done = self.connection.execute(sa.update(counter).where(mine).values(value=counter.c.value + count))
        if done.rowcount == 0:
            self.connection.execute(sa.insert(counter).values(name=name, value=count))
        last = self.connection.execute(sa.select(counter.c.value).where(mine)).scalar_one()
        return int(last) - count + 1

    def audit(self, act: str, subject: str, actor: str = "", **detail: Any) -> None:
        """Write one line of the audit log with this transaction."""
        self._audit.append({"actor": actor, "act": act, "subject": subject, "detail": detail})

    def changed(self, kind: str, id: str) -> None:
        """Tell the change log."""
        self._things[kind, id] = None

    def put_blob(self, data: bytes, *, to_vault: bool = False) -> str:
        """Keep bytes, encrypted; gives the id of the blob."""
        columns = self._blobs.make(self._ids.new(), data, to_vault=to_vault)
        if columns["file"]:
            self.files.append(columns["file"])
        self._new_blobs.append(columns)
        return str(columns["id"])

    def blob(self, id: str) -> bytes:
        """The bytes of a blob; raises as ``Blobs.read``."""
        self._flush_blobs()
        return self._blobs.read(self.connection, id)

    def reseal_blob(self, id: str) -> None:
        """Wrap the key of a blob to the vault; no file is rewritten.

        What was sealed must not stay in the index either: its replaced words go with this transaction.
        """
        self._flush_blobs()
        self._blobs.reseal(self.connection, id)
        self.purges = True

    def index(self, where: str, ref: str, piece: str, title: str, body: str) -> None:
        """Make a text findable, in place of what ``ref`` said before."""
        self._texts[ref] = (where, ref, piece, title, body)

    def search(self, text: str, limit: int) -> list[Hit]:
        """The best ``limit`` hits for the words of ``text``."""
        return Search(self.connection).find(text, limit)

    def list_pieces(
        self, *, stage: str = "", limit: int = 0, after: str = "", library: bool = False
    ) -> list[ListRow]:
        """Rows of the list, or of the library, newest first."""
        raw = self.connection.connection.driver_connection
        return list_pieces(raw, stage=stage, limit=limit, after=after, library=library)

    def finish(self, keys: Keys, clock: Clock) -> tuple[Changes, tuple[int, str] | None]:
        """Write what waits for the end of the transaction: texts, the audit log, the change log."""
        self._flush_blobs()
        if self._texts:
            Search(self.connection).put(list(self._texts.values()))
        if self.purges:
            Search(self.connection).purge()
        head = append(self.connection, keys, clock, self._audit) if self._audit else None
        seq = 0
        if self._things:
            insert(self.connection, change_log, list(self._things), frozenset({"seq"}))
            seq = self.connection.execute(sa.select(sa.func.max(change_log.c.seq))).scalar_one()
            if self.connection.dialect.name == "postgresql":
                self.connection.execute(sa.select(sa.func.pg_notify(CHANNEL, str(seq))))
        return Changes(seq, frozenset(self._things)), head

    def _flush_blobs(self) -> None:
        if self._new_blobs:
            from_blobs, self._new_blobs = self._new_blobs, []
            names = blob_table.columns.keys()
            insert(self.connection, blob_table, [[each[name] for name in names] for each in from_blobs])


def _equals(column: sa.Column[Any], value: Any) -> sa.ColumnElement[bool]:
    if isinstance(value, (list, tuple)):
        return column.in_(value)
    return column.is_(None) if value == "" and column.foreign_keys else column == value
