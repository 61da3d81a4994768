"""Printing results: one JSON document in ASCII, or plain lines for people."""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

_WIDEST = 60


def as_json(value: Any) -> None:
    """``value`` as one JSON document in ASCII escapes; undecodable bytes of a path become ``\\udcXX``."""
    sys.stdout.write(json.dumps(value, ensure_ascii=True, indent=1) + "\n")


def answer(arguments: argparse.Namespace, value: Any, *lines: str) -> int:
    """What a verb did: ``value`` where JSON was asked for, else ``lines``; gives the status of what is done."""
    if arguments.json:
        as_json(value)
    for text in () if arguments.json else lines:
        line(text)
    return 0


def line(text: str = "") -> None:
    """One line for people; what the terminal cannot show is escaped, control characters are dropped."""
    _write(sys.stdout, text)


def problem(text: str) -> None:
    """One line on standard error, as ``line`` writes it."""
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    shown = text
    if not text.isprintable():
        shown = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    encoding = stream.encoding or "utf-8"
    stream.write(shown.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def table(rows: Iterable[Sequence[object]], heads: Sequence[str], *, whole: bool = False) -> None:
    """Rows in columns; long cells are cut, unless they are to be read ``whole``."""
    cells = [[_cell(value, whole=whole) for value in row] for row in rows]
    if not cells:
        line("(nothing)")
        return
    widths = [max(_width(row[place]) for row in [list(heads), *cells]) for place in range(len(heads))]
    for row in [list(heads), *cells]:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        line("  ".join(padded).rstrip())


def _cell(value: object, *, whole: bool) -> str:
    text = " ".join(str("" if value is None else value).split())
    return text if whole or len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
