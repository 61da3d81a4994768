"""Control words of RTF that end something, or say how the whole file is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.formats.rtf_document import Document
from app.formats.rtf_sinks import code_page
from app.formats.rtf_story import RowShape

Action = Callable[[Document, int | None], None]


def _paragraph(document: Document, _: int | None) -> None:
    document.end_paragraph()


def _begin_row(document: Document, _: int | None) -> None:
    document.state.story.shape = RowShape()


def _end_cell(document: Document, _: int | None) -> None:
    document.state.story.end_cell(document.line())
    document.sign = ""


def _end_row(document: Document, _: int | None) -> None:
    if document.state.story.has_words():
        _end_cell(document, None)
    document.state.story.end_row()


def _inner_cell(document: Document, _: int | None) -> None:
    document.report.say("Tables inside tables were written as lines of their cell")
    document.emit(" | ")


def _default_font(document: Document, number: int | None) -> None:
    document.state.chars.base = document.state.chars.font = number or 0


def _encoding(name: str) -> Action:
    def use(document: Document, _: int | None) -> None:
        document.encoding = name

    return use


def _code_page(document: Document, number: int | None) -> None:
    document.encoding = code_page(number or 1252)


EVENTS: Mapping[str, Action] = {
    "par": _paragraph,
    "sect": _paragraph,
    "nestrow": _paragraph,
    "trowd": _begin_row,
    "cell": _end_cell,
    "row": _end_row,
    "nestcell": _inner_cell,
    "deff": _default_font,
    "ansicpg": _code_page,
    "mac": _encoding("mac-roman"),
    "pc": _encoding("cp437"),
    "pca": _encoding("cp850"),
}
"""What to do, by name."""
