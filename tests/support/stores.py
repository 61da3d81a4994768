"""Stores for tests: a desk's folder with cheap keys, opened below the services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.domain.pieces import Piece, Stage
from app.services.ids import Ids
from app.storage.blobs import Blobs
from app.storage.desk_store import open_folder, open_server
from app.storage.key_row import KeyRow
from app.storage.migrate import migrate
from app.storage.store import Store
from app.vault import desk_keys
from app.vault.desk_keys import DeskKeys
from app.vault.key_table import KeyTable
from app.vault.keyfile import KeyFile
from app.vault.passphrase import Cost
from app.vault.working_keys import WorkingKeys

CHEAP = Cost(1, 8192)
"""A guess at a test's passphrase costs next to nothing."""
PASSPHRASE = "correct horse"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LARGE = bytes(range(256)) * 1024
"""A blob of 256 KiB, which is a file of its own."""


def clock() -> datetime:
    """An instant that stands still."""
    return AT


class Folder:
    """The folder of a desk: its keys are made with it, its database at the first opening."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self.database = folder / "desk.db"
        self.blobs = folder / "blobs"
        self.key_file = KeyFile(folder / "keys.json")
        if not self.key_file.exists():
            self.blobs.mkdir(parents=True, mode=0o700)
            _, self.code = desk_keys.create(
                self.key_file, "01JDESK", PASSPHRASE, data_exists=False, cost=CHEAP
            )

    def keys(self) -> DeskKeys:
        """The keys, as the passphrase opens them now."""
        return desk_keys.open_by_passphrase(self.key_file, PASSPHRASE, floor=CHEAP)

    def working_keys(self) -> WorkingKeys:
        """The keys as storage uses them."""
        return WorkingKeys(self.keys())

    @contextmanager
    def open(
        self, *, writes: bool = True, before_migration: Callable[[str], None] | None = None
    ) -> Iterator[Store]:
        """The store of the desk, closed in the end."""
        keys = self.working_keys()
        store = open_folder(
            self.database,
            keys,
            Blobs(keys, self.blobs),
            clock,
            Ids(),
            writes=writes,
            migrate=migrate,
            before_migration=before_migration,
        )
        try:
            yield store
        finally:
            store.close()


class Shared:
    """A desk in the PostgreSQL database at ``url``; ``blobs`` is a folder that stays empty."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.blobs = folder / "blobs"
        self.blobs.mkdir()
        desk_keys.create(KeyTable(KeyRow(url)), "01JDESK", PASSPHRASE, data_exists=False, cost=CHEAP)

    def keys(self) -> DeskKeys:
        """The keys, as the passphrase opens them now."""
        return desk_keys.open_by_passphrase(KeyTable(KeyRow(self.url)), PASSPHRASE, floor=CHEAP)

    def working_keys(self) -> WorkingKeys:
        """The keys as storage uses them."""
        return WorkingKeys(self.keys())

    @contextmanager
    def open(self, *, writes: bool = True) -> Iterator[Store]:
        """The store of the desk, closed in the end."""
        keys = self.working_keys()
        store = open_server(self.url, keys, Blobs(keys, None), clock, Ids(), writes=writes, migrate=migrate)
        try:
            yield store
        finally:
            store.close()


AnyDesk = Folder | Shared


def piece(number: int = 1, title: str = "A title") -> Piece:
    """A piece with that number."""
    return Piece(
        id=f"{number:026d}",
        token=f"WR-2026-{number:04d}",
        kind="article",  # type: ignore[arg-type]
        stage=Stage.INBOX,
        title=title,
        received_at="2026-11-23T09:00:00Z",
    )


def whole(desk: Folder, acknowledged: int, seen: int) -> int:
    """See that rows, texts, log and blobs behind piece ``seen`` fit together; gives the number of pieces."""
    with desk.open() as store, store.read() as unit:
        ask = unit.connection.exec_driver_sql
        count, *others = (
            ask(f"SELECT count(*) FROM {name}").scalar_one() for name in ("piece", "audit", "search_entry")
        )
        assert count >= acknowledged and others == [count, count]
        for number in range(seen + 1, count + 1):
            assert [hit.piece for hit in unit.search(f"word{number}", 2)] == [str(number)]
        blobs = ask("SELECT id, file FROM blob ORDER BY id").all()
        assert len(blobs) == count // 3
        assert {row.file for row in blobs} == {path.name for path in desk.blobs.iterdir()}
        assert all(unit.blob(row.id) == LARGE for row in blobs[seen // 3 :])
    assert desk.keys().audit_head.sequence <= count
    return int(count)
