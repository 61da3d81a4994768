"""Tables of a Word file (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.article import Change
from app.formats.docx_changes import within
from app.formats.docx_names import Element, child, children, name, number, switch, value
from app.formats.imported import Report
from app.formats.lines import Flow
from app.formats.tables import OpenCell, table_of

_ROW, _CELL = name("w:tr"), name("w:tc")
_MOST_COLUMNS = 63

_Read = Callable[[Element, Change | None], list[Flow]]


def table(element: Element, change: Change | None, read: _Read, report: Report) -> list[Flow]:
    """The table in ``element`` and the pictures in it; ``read`` gives what a cell holds."""
    return table_of(_rows(element, change, read, report), report)


def _rows(element: Element, change: Change | None, read: _Read, report: Report) -> list[list[OpenCell]]:
    rows: list[list[OpenCell]] = []
    above: dict[int, OpenCell] = {}
    for row in children(element):
        if row.tag != _ROW:
            continue
        own = within(child(row, "w:trPr"))
        if own:
            report.say("Tracked changes of table rows stand in the text of their cells")
        rows.append(_row(row, own or change, above, read))
    return [row for row in rows if row]


def _row(row: Element, change: Change | None, above: dict[int, OpenCell], read: _Read) -> list[OpenCell]:
    """The cells of one row; ``above`` are the cells that reach down into it, by their first column."""
    cells: list[OpenCell] = []
    properties = child(row, "w:trPr")
    header = bool(switch(properties, "w:tblHeader"))
    column = _columns(child(properties, "w:gridBefore"), 0)
    if column:
        cells.append(OpenCell([], column, header))
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
            cells.append(OpenCell(flow, columns, header))
            if merge is not None:
                above[column] = cells[-1]
        column += columns
    return cells


def _columns(element: Element | None, default: int) -> int:
    return min(_MOST_COLUMNS, max(default, number(element, default)))
