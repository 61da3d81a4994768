"""Fields of a Word file that are marked in its text (ISO/IEC 29500-1, 17.16)."""

from __future__ import annotations

from collections.abc import Iterable

from app.formats.docx_names import Element, child, is_on, name, number, value

_BEGIN, _END = "begin", "end"
_FIELD_CHAR = name("w:fldChar")


def closed_fields(stories: Iterable[Element]) -> frozenset[Element]:
    """The ``w:fldChar`` elements of fields that come to an end; one that does not would swallow the text."""
    found: set[Element] = set()
    for story in stories:
        open_fields: list[list[Element]] = []
        for mark in story.iter(_FIELD_CHAR):
            kind = value(mark, "w:fldCharType")
            if kind == _BEGIN:
                open_fields.append([mark])
            elif open_fields:
                open_fields[-1].append(mark)
                if kind == _END:
                    found.update(open_fields.pop())
    return frozenset(found)


def form_sign(mark: Element) -> str:
    """What an old form's check box or drop-down list shows, or ``""``."""
    box = child(mark, "w:ffData", "w:checkBox")
    if box is not None:
        checked = child(box, "w:checked")
        return "☒" if is_on(child(box, "w:default") if checked is None else checked) else "☐"
    entries = child(mark, "w:ffData", "w:ddList")
    if entries is None:
        return ""
    labels = [value(entry) for entry in entries.iterchildren(name("w:listEntry"))]
    chosen = number(child(entries, "w:result"))
    return labels[chosen] if 0 <= chosen < len(labels) else ""
