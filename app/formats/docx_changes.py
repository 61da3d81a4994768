"""Tracked changes of a Word file (ISO/IEC 29500-1, 17.13.5)."""

from __future__ import annotations

import re

from app.domain.article import Change, ChangeKind
from app.formats.docx_names import Element, child, name, value

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")

KINDS = {
    name("w:ins"): ChangeKind.INSERTION,
    name("w:moveTo"): ChangeKind.INSERTION,
    name("w:del"): ChangeKind.DELETION,
    name("w:moveFrom"): ChangeKind.DELETION,
}
"""Element to what it does; text that was moved is deleted here and inserted there."""

LAYOUT = tuple(
    name(f"w:{tag}")
    for tag in (
        "pPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "sectPrChange",
        "tblGridChange",
        "tblPrExChange",
        "numberingChange",
        "cellIns",
        "cellDel",
        "cellMerge",
    )
)
"""Changes of layout, which the article does not have."""


def change_of(element: Element, kind: ChangeKind | None = None) -> Change:
    """The change that ``element`` records: by whom, and when if it says so in ISO 8601."""
    return Change(kind or KINDS[element.tag], value(element, "w:author"), instant(element))


def instant(element: Element) -> str:
    """The time of a change or comment: in UTC where the file has that too, else as the author's clock had it."""
    said = value(element, "w16du:dateUtc") or value(element, "w:date")
    return said if _INSTANT.fullmatch(said) else ""


def within(properties: Element | None) -> Change | None:
    """The change recorded in ``properties``: of the end of a paragraph, or of a row."""
    if properties is None:
        return None
    return next((change_of(element) for element in properties if element.tag in KINDS), None)


def break_change(paragraph_properties: Element | None) -> Change | None:
    """The change of a paragraph's end."""
    return within(child(paragraph_properties, "w:rPr"))
