"""Tables of a Word file (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.article import Cell, Change, Figure, Table
from app.formats.docx_changes import within
from app.formats.docx_names import Element, child, children, name, number, switch, value
from app.formats.imported import Report
from app.formats.lines import Flow, Line, spans_of

_ROW, _CELL = name("w:tr"), name("w:tc")
_MOST_COLUMNS = 63

_Read = Callable[[Element, Change | None], list[Flow]]


@dataclass
class _Open:
    """A cell that later rows may still lengthen."""

    flow: list[Flow]
    columns: int
    header: bool
    rows: int = 1

    def closed(self) -> Cell:
        text = spans_of(part for part in self.flow if not isinstance(part, Figure))
        return Cell(text, self.header, self.columns, self.rows)


def table(element: Element, change: Change | None, read: _Read, report: Report) -> list[Flow]:
    """The table in ``element`` and the pictures in it; ``read`` gives what a cell holds.

    A table of one cell is a frame around text: what it holds stands for itself.
    """
    rows = _rows(element, change, read, report)
    cells = [cell for row in rows for cell in row]
    if len(cells) == 1:
        report.count(
            "1 table of a single cell was opened: its text stands in the article",
            "{n} tables of a single cell were opened: their text stands in the article",
        )
        return cells[0].flow
    parts = [part for cell in cells for part in cell.flow]
    figures = [part for part in parts if isinstance(part, Figure)]
    if figures:
        report.say("Pictures in tables were put after their table")
    if any(isinstance(part, Table) for part in parts):
        report.say("Tables inside tables were written as lines of their cell")
    if any(isinstance(part, Line) and part.item for part in parts):
        report.say("Lists inside tables were written as lines of their cell")
    whole = Table("", tuple(tuple(cell.closed() for cell in row) for row in rows))
    written = any(cell.spans for row in whole.rows for cell in row)
    return [*([whole] if written else []), *figures]


def _rows(element: Element, change: Change | None, read: _Read, report: Report) -> list[list[_Open]]:
    rows: list[list[_Open]] = []
    above: dict[int, _Open] = {}
    for row in children(element):
        if row.tag != _ROW:
            continue
        own = within(child(row, "w:trPr"))
        if own:
            report.say("Tracked changes of table rows stand in the text of their cells")
        rows.append(_row(row, own or change, above, read))
    return [row for row in rows if row]


def _row(row: Element, change: Change | None, above: dict[int, _Open], read: _Read) -> list[_Open]:
    """The cells of one row; ``above`` are the cells that reach down into it, by their first column."""
    cells: list[_Open] = []
    properties = child(row, "w:trPr")
    header = bool(switch(properties, "w:tblHeader"))
    column = _columns(child(properties, "w:gridBefore"), 0)
    if column:
        cells.append(_Open([], column, header))
    for element in children(row):
        if element.tag != _CELL:
            continue
        shape = child(element, "w:tcPr")
        columns = _columns(child(shape, "w:gridSpan"), 1)
        flow = read(element, change)
        merge = child(shape, "w:vMerge")
        owner = above.pop(column, None)
        if owner and merge is not None and value(merge) != "restart":
            owner.rows += 1
            owner.flow += flow
            above[column] = owner
        elif value(child(shape, "w:hMerge")) == "continue" and cells:
            cells[-1].columns += columns
            cells[-1].flow += flow
        else:
            cells.append(_Open(flow, columns, header))
            if merge is not None:
                above[column] = cells[-1]
        column += columns
    return cells


def _columns(element: Element | None, default: int) -> int:
    return min(_MOST_COLUMNS, max(default, number(element, default)))
