"""A table made of the cells that a word processor lists row by row."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.article import Cell, Figure, Table
from app.formats.imported import Report
from app.formats.lines import Flow, Line, spans_of


@dataclass
class OpenCell:
    """A cell that later rows may still lengthen."""

    flow: list[Flow]
    columns: int = 1
    header: bool = False
    rows: int = 1

    def closed(self) -> Cell:
        """The cell, without the pictures in it."""
        text = spans_of(part for part in self.flow if not isinstance(part, Figure))
        return Cell(text, self.header, self.columns, self.rows)


def table_of(rows: list[list[OpenCell]], report: Report) -> list[Flow]:
    """The table of ``rows``, and behind it the pictures that stood in it.

    A table of one cell is a frame around text: what it holds stands for itself.
    """
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
