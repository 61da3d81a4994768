"""The list of pieces as Qt asks for it: pages by key, fetched on a lane, looked up on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6 import QtCore
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Signal, Slot

from app.domain.errors import DeskError
from app.services.rows import ListRow
from app.ui import early
from app.ui.runner import Runner
from app.ui.sentences import amounts, sentence, stage
from app.words import _

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QPersistentModelIndex

    Index = QModelIndex | QPersistentModelIndex

Fetch = Callable[[str, int], list[ListRow]]
"""``fetch(after, limit)``: at most ``limit`` rows behind the row with the id ``after`` (``""``: from the top)."""

PAGE = 100
ROW = early.USER
"""The role that gives the whole ListRow."""

_COLUMNS: tuple[tuple[str, Callable[[ListRow], str]], ...] = (
    ("Title", lambda row: row.title),
    ("Number", lambda row: row.token),
    ("Stage", stage),
    ("By", lambda row: row.byline),
    ("Length", lambda row: ", ".join(amounts(row))),
)


class PieceModel(QAbstractTableModel):
    """Rows of pieces, newest first; more come as the view asks for them."""

    arrived = Signal()
    """A page is in, the first one perhaps empty."""

    failed = Signal(object)
    """The DeskError that kept a page from coming."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._fetch: Fetch | None = None
        self._rows: list[ListRow] = []
        self._more = False
        self._asked = 0

    def show(self, fetch: Fetch, first: list[ListRow]) -> None:
        """Show what ``fetch`` gives, of which ``first`` is the first page."""
        self._fetch = fetch
        self._asked += 1
        self._replace(first, PAGE)

    @Slot()
    def refresh(self) -> None:
        """Fetch again as many rows as there are now."""
        if self._fetch is not None:
            limit = max(PAGE, len(self._rows))
            self._ask("", limit, partial(self._refreshed, self._asked + 1, limit))

    def row(self, number: int) -> ListRow:
        """The row with that number, counted from 0."""
        return self._rows[number]

    def row_of(self, id: str) -> int:
        """The row of the piece with that id, -1 when it is not loaded."""
        return next((number for number, row in enumerate(self._rows) if row.id == id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = early.DISPLAY) -> Any:
        """Only looks up; nothing is fetched or shaped here."""
        if role == ROW:
            return self._rows[index.row()]
        if role == early.DISPLAY:
            return _COLUMNS[index.column()][1](self._rows[index.row()])
        if role == early.SPOKEN:
            return sentence(self._rows[index.row()])
        return None

    def headerData(self, section: int, orientation: QtCore.Qt.Orientation, role: int = early.DISPLAY) -> Any:
        if role == early.DISPLAY and orientation == QtCore.Qt.Orientation.Horizontal:
            return _(_COLUMNS[section][0])
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._more = False
            self._ask(self._rows[-1].id, PAGE, partial(self._followed, self._asked + 1))

    def _ask(self, after: str, limit: int, done: Callable[[list[ListRow]], None]) -> None:
        assert self._fetch is not None
        self._asked += 1
        self._runner.read(partial(self._fetch, after, limit), owner=self, done=done, failed=self._refused)

    def _followed(self, asked: int, rows: list[ListRow]) -> None:
        if asked != self._asked:
            return
        if rows:
            start = len(self._rows)
            self.beginInsertRows(QModelIndex(), start, start + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()
        # Only now: a view asks for more from within the insertion.
        self._more = len(rows) == PAGE
        self.arrived.emit()

    def _refreshed(self, asked: int, limit: int, rows: list[ListRow]) -> None:
        if asked == self._asked:
            self._replace(rows, limit)

    def _replace(self, rows: list[ListRow], limit: int) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self._more = len(rows) == limit
        self.endResetModel()
        self.arrived.emit()

    def _refused(self, error: DeskError) -> None:
        self._more = bool(self._rows)
        self.failed.emit(error)
