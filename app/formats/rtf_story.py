"""One story of an RTF file as it grows: its paragraphs, and the rows of the table that is open."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from app.domain.article import Figure, Separator, Span
from app.formats.imported import Report
from app.formats.lines import Flow, Line, words
from app.formats.tables import OpenCell, table_of

_SAME_EDGE = 30
"""Edges of cells that lie so near each other, in twips, are one edge."""
_MOST_CELLS = 63


@dataclass(slots=True)
class CellShape:
    """The right edge of a cell, and whether it goes on from the cell above or beside it."""

    right: int
    above: bool = False
    beside: bool = False


@dataclass(slots=True)
class RowShape:
    """A row as ``\\trowd`` begins to describe it; ``above`` and ``beside`` wait for the cell's edge."""

    left: int = 0
    header: bool = False
    cells: list[CellShape] = field(default_factory=list)
    above: bool = False
    beside: bool = False

    def word(self, name: str, number: int | None) -> None:
        """Learn one thing about the row."""
        match name:
            case "trleft":
                self.left = number or 0
            case "trhdr":
                self.header = True
            case "clvmrg":
                self.above = True
            case "clmrg":
                self.beside = True
            case "cellx" if len(self.cells) < _MOST_CELLS:
                self.cells.append(CellShape(number or 0, self.above, self.beside))
                self.above = self.beside = False


@dataclass
class _Row:
    shape: RowShape
    cells: list[list[Flow]]


class Story:
    """Takes spans and turns them into lines; ``shape`` describes the row that is open, or None."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._flow: list[Flow] = []
        self._spans: list[Span] = []
        self._before: list[Flow] = []
        self._after: list[Flow] = []
        self._ahead: list[Span] = []
        self._rows: list[_Row] = []
        self._cell: list[Flow] = []
        self._cells: list[list[Flow]] = []
        self.shape: RowShape | None = None
        self.lost: frozenset[str] = frozenset()

    def add(self, span: Span) -> None:
        """Append a piece of the paragraph."""
        self._spans.append(span)

    def apart(self, *parts: Flow) -> None:
        """Put ``parts`` after the paragraph; a picture or rule that stands before all text stays there."""
        for part in parts:
            leads = isinstance(part, Figure | Separator) and not self.has_words()
            (self._before if leads else self._after).append(part)

    def has_words(self) -> bool:
        """Whether the paragraph has text."""
        return bool(words(self._spans).strip())

    def hold(self) -> None:
        """Keep the text for the beginning of the next paragraph: it is its large first letter."""
        self._ahead += self._spans
        self._spans = []

    def end(self, line: Line, *, in_table: bool) -> None:
        """End the paragraph; ``line`` is what it is, without its text."""
        whole = Line(
            (*self._ahead, *self._spans),
            line.role,
            line.level,
            line.align,
            line.direction,
            line.break_change,
            line.item if self.has_words() else None,
        )
        parts = [*self._before, whole, *self._after]
        self._ahead, self._spans, self._before, self._after = [], [], [], []
        self.lost = frozenset()
        if in_table or self.shape is not None:
            self._cell += parts
        else:
            self._close_table()
            self._flow += parts

    def end_cell(self, line: Line) -> None:
        """End the cell and its last paragraph."""
        self.end(line, in_table=True)
        self._cells.append(self._cell)
        self._cell = []

    def end_row(self) -> None:
        """End the row; text after its last cell is one more cell."""
        if self._cell:
            self._cells.append(self._cell)
        if self._cells:
            shape = self.shape or (self._rows[-1].shape if self._rows else RowShape())
            self._rows.append(_Row(shape, self._cells))
        self._cell, self._cells = [], []
        self.shape = None

    def finish(self, line: Line) -> list[Flow]:
        """End whatever is open; all that the story holds."""
        if self._spans or self._ahead or self._before or self._after:
            self.end(line, in_table=bool(self._cells))
        self.end_row()
        self._close_table()
        return self._flow

    def _close_table(self) -> None:
        if self._cell or self._cells:
            self.end_row()
        if self._rows:
            self._flow += table_of(_grid(self._rows), self._report)
        self._rows = []


def _grid(rows: list[_Row]) -> list[list[OpenCell]]:
    """Cells with how many columns and rows each takes, told from the edges of all rows."""
    edges = _edges(rows)
    found: list[list[OpenCell]] = []
    above: dict[int, OpenCell] = {}
    for row in rows:
        cells: list[OpenCell] = []
        left = _nearest(edges, row.shape.left)
        for number, flow in enumerate(row.cells):
            shape = row.shape.cells[number] if number < len(row.shape.cells) else None
            right = _nearest(edges, shape.right) if shape else left + 1
            columns = max(1, right - left)
            owner = above.get(left)
            if shape and shape.above and owner:
                owner.rows += 1
                owner.flow += flow
            elif shape and shape.beside and cells:
                cells[-1].columns += columns
                cells[-1].flow += flow
            else:
                cells.append(OpenCell(flow, columns, row.shape.header))
                above[left] = cells[-1]
            left += columns
        if cells:
            found.append(cells)
    return found


def _edges(rows: list[_Row]) -> list[int]:
    edges: list[int] = []
    for edge in sorted(
        {edge for row in rows for edge in (row.shape.left, *(cell.right for cell in row.shape.cells))}
    ):
        if not edges or edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    return edges


def _nearest(edges: list[int], edge: int) -> int:
    return max(0, bisect_right(edges, edge) - 1)
