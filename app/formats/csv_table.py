"""Comma-separated values (RFC 4180, and its cousins with semicolons and tabs) as a table."""

from __future__ import annotations

import csv
import io

from app.domain.article import Cell, Span, Table
from app.domain.reading import Unreadable

_DELIMITERS = ",;\t|"
_SAMPLE = 50
_LONGEST_FIELD = 10_000_000


def csv_table(text: str) -> Table:
    """The table in ``text``; the first row is a row of heads when no cell of it is empty or a number.

    Raises:
        Unreadable: when a field never ends.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)) if any(row)
        ]
    except csv.Error:
        raise Unreadable("the table is damaged") from None
    width = max(map(len, rows), default=0)
    heads = (
        len(rows) > 1
        and len(rows[0]) == width
        and all(cell.strip() and not _number(cell) for cell in rows[0])
    )
    return Table(
        "",
        tuple(
            tuple(_cell(text, heads and not number) for text in [*row, *[""] * (width - len(row))])
            for number, row in enumerate(rows)
        ),
    )


def _delimiter(text: str) -> str:
    """The sign that divides most of the first lines alike."""
    lines = [line for line in text.split("\n")[:_SAMPLE] if line.strip()]
    counts = {sign: sorted(line.count(sign) for line in lines) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: counts[sign][len(lines) // 2])


def _number(cell: str) -> bool:
    return not any(char.isalpha() for char in cell)


def _cell(text: str, header: bool) -> Cell:
    text = "\n".join(
        line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    )
    return Cell((Span(text),) if text else (), header)
