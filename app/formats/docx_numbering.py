"""Lists of a Word file: which are numbered, and with which number an item begins (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

from collections.abc import Callable

from app.formats.docx_names import Element, child, name, number, value
from app.formats.imported import Report
from app.formats.lines import Item

_LEVELS = 9
_PLAIN = ("bullet", "none")
_DECIMAL = ("decimal", "decimalZero", "decimalFullWidth", "decimalHalfWidth", "")


class Numbering:
    """The numbering part, and how far each list has counted."""

    def __init__(
        self, root: Element | None, list_style: Callable[[str], Element | None], report: Report
    ) -> None:
        """``list_style`` gives ``w:numPr`` of a style that a list refers to."""
        empty: list[Element] = []
        self._lists = {value(entry, "w:numId"): entry for entry in _all(root, "w:num") or empty}
        self._shapes = {
            value(entry, "w:abstractNumId"): entry for entry in _all(root, "w:abstractNum") or empty
        }
        self._list_style = list_style
        self._report = report
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that ``style`` has in a list, when paragraphs of the style are its items."""
        for level in _all(self._shape(list_id), "w:lvl"):
            if value(child(level, "w:pStyle")) == style:
                return min(_LEVELS - 1, max(0, _attribute(level)))
        return 0

    def item(self, list_id: str, level: int) -> Item | None:
        """The next item of a list, counted; None when the level shows neither number nor sign."""
        level = min(_LEVELS - 1, max(0, level))
        family = self._family(list_id)
        shape = self._level(list_id, level)
        kind = value(child(shape, "w:numFmt")) if shape is not None else "bullet"
        if kind == "none":
            return None
        ordered = kind not in _PLAIN
        if ordered and kind not in _DECIMAL:
            self._report.say("Lists that count in letters or other signs are numbered with digits")
        count = self._count(list_id, family, level, shape)
        return Item(list_id if ordered else f"sign {family}", level, ordered, count)

    def _count(self, list_id: str, family: str, level: int, shape: Element | None) -> int:
        counts = self._counts.setdefault(family, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for override in _all(self._lists.get(list_id), "w:lvlOverride"):
                place = _attribute(override)
                if 0 <= place < _LEVELS and child(override, "w:startOverride") is not None:
                    counts[place] = None
        before = counts[level]
        first = self._start(list_id, level, shape)
        counts[level] = first if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return counts[level] or 0

    def _start(self, list_id: str, level: int, shape: Element | None) -> int:
        for override in _all(self._lists.get(list_id), "w:lvlOverride"):
            begin = child(override, "w:startOverride")
            if _attribute(override) == level and begin is not None:
                return number(begin, 1)
        return min(1_000_000, max(0, number(child(shape, "w:start"), 1)))

    def _family(self, list_id: str) -> str:
        return value(child(self._lists.get(list_id), "w:abstractNumId")) or list_id

    def _shape(self, list_id: str) -> Element | None:
        shape = self._shapes.get(self._family(list_id))
        link = value(child(shape, "w:numStyleLink"))
        if link:
            linked = value(child(self._list_style(link), "w:numId"))
            other = self._shapes.get(self._family(linked))
            shape = other if other is not None else shape
        return shape

    def _level(self, list_id: str, level: int) -> Element | None:
        for override in _all(self._lists.get(list_id), "w:lvlOverride"):
            own = child(override, "w:lvl")
            if _attribute(override) == level and own is not None:
                return own
        for entry in _all(self._shape(list_id), "w:lvl"):
            if _attribute(entry) == level:
                return entry
        return None


def _all(element: Element | None, tag: str) -> list[Element]:
    return [] if element is None else element.findall(name(tag))


def _attribute(level: Element) -> int:
    try:
        return int(value(level, "w:ilvl"))
    except ValueError:
        return 0
