"""Styles of a Word file: what role a paragraph has, and how a run looks (ISO/IEC 29500-1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.domain.article import Mark
from app.formats.docx_names import Element, child, is_on, name, number, switch, value
from app.formats.lines import Role
from app.formats.style_names import named_role

_DEEPEST = 20

_LIST_STYLE = re.compile(r"list (?:bullet|number) ([2-5])", re.IGNORECASE)

TOGGLES = ("w:b", "w:i", "w:smallCaps", "w:strike", "w:dstrike", "w:caps", "w:vanish")
"""Properties whose values in styles of paragraph and run cancel each other (17.7.3)."""

_COMPLEX = {"w:b": "w:bCs", "w:i": "w:iCs"}
_MARKS = {
    "w:b": Mark.BOLD,
    "w:i": Mark.ITALIC,
    "w:smallCaps": Mark.SMALL_CAPS,
    "w:strike": Mark.STRIKETHROUGH,
    "w:dstrike": Mark.STRIKETHROUGH,
}
_POSITIONS = {"superscript": Mark.SUPERSCRIPT, "subscript": Mark.SUBSCRIPT}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks: its marks, whether it is hidden, and what has no place in the article."""

    marks: frozenset[Mark]
    hidden: bool = False
    lost: frozenset[str] = frozenset()


PLAIN = Look(frozenset())


class Styles:
    """The styles part; a missing one gives the roles that the ids of styles tell."""

    def __init__(self, root: Element | None) -> None:
        styles = root.iterfind(name("w:style")) if root is not None else ()
        self._styles: dict[str, Element] = {}
        self._default = ""
        for style in styles:
            key = value(style, "w:styleId")
            self._styles.setdefault(key, style)
            if value(style, "w:type") == "paragraph" and value(style, "w:default") in ("1", "true", "on"):
                self._default = self._default or key
        self._paragraph_defaults = child(root, "w:docDefaults", "w:pPrDefault", "w:pPr")
        self._run_defaults = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self._looks: dict[object, Look] = {}
        self._found = cache(self._search)
        self.role = cache(self._role)

    def style_of(self, properties: Element | None) -> str:
        """The id of the style that a paragraph with ``properties`` (``w:pPr``) has."""
        return value(child(properties, "w:pStyle")) or self._default

    def paragraph_property(self, properties: Element | None, style: str, tag: str) -> Element | None:
        """A property of a paragraph: its own, else its style's, else the document's."""
        own = child(properties, tag)
        if own is not None:
            return own
        found = self._found(style, "w:pPr", tag)
        return found if found is not None else child(self._paragraph_defaults, tag)

    def numbered_by(self, style: str) -> str:
        """The id of the style in the chain of ``style`` that brings its numbering."""
        for entry in self._chain(style):
            if child(entry, "w:pPr", "w:numPr") is not None:
                return value(entry, "w:styleId")
        return ""

    def numbering_of(self, style: str) -> Element | None:
        """``w:numPr`` of a style, as a list style has it."""
        return self.paragraph_property(None, style, "w:numPr")

    def run_property(self, properties: Element | None, style: str, tag: str) -> Element | None:
        """A property of a run: its own, its style's, the paragraph style's, the document's."""
        own = child(properties, tag)
        if own is not None:
            return own
        for key in (value(child(properties, "w:rStyle")), style):
            found = self._found(key, "w:rPr", tag)
            if found is not None:
                return found
        return child(self._run_defaults, tag)

    def list_depth(self, style: str) -> int:
        """How deep the items of a built-in list style stand: "List Bullet 2" is one list inside another."""
        for entry in self._chain(style):
            found = _LIST_STYLE.fullmatch(value(child(entry, "w:name")))
            if found:
                return int(found[1]) - 1
        return 0

    def look(self, properties: Element | None, style: str, *, plain: bool) -> Look:
        """The look of a run with ``properties`` (``w:rPr``) in a paragraph of ``style``.

        ``plain`` leaves out what the paragraph's style brings: the bold of a heading is no emphasis.
        """
        outer = () if properties is None else properties
        key = tuple((entry.tag, *entry.attrib.items()) for entry in outer), style, plain
        if key not in self._looks:
            self._looks[key] = self._look(properties, style, plain)
        return self._looks[key]

    def _look(self, properties: Element | None, style: str, plain: bool) -> Look:
        held = "" if plain else style
        run_style = value(child(properties, "w:rStyle"))
        complex_script = bool(switch(properties, "w:rtl") or switch(properties, "w:cs"))
        marks: set[Mark] = set()
        lost: set[str] = set()
        for tag in TOGGLES:
            own = _COMPLEX.get(tag, tag) if complex_script else tag
            direct = switch(properties, own)
            if direct is None:
                direct = self._in_style(run_style, own) != self._in_style(held, own)
                direct = direct or (not plain and bool(switch(self._run_defaults, own)))
            if direct and tag in _MARKS:
                marks.add(_MARKS[tag])
            elif direct:
                lost.add(tag)
        position = value(self.run_property(properties, held, "w:vertAlign"))
        if position in _POSITIONS:
            marks.add(_POSITIONS[position])
        elif child(properties, "w:sz") is not None and (raised := number(child(properties, "w:position"))):
            marks.add(Mark.SUPERSCRIPT if raised > 0 else Mark.SUBSCRIPT)
        for tag in ("w:u", "w:highlight"):
            if value(self.run_property(properties, held, tag)) not in ("", "none"):
                lost.add(tag)
        return Look(frozenset(marks), "w:vanish" in lost, frozenset(lost - {"w:vanish"}))

    def _in_style(self, style: str, tag: str) -> bool:
        return is_on(self._found(style, "w:rPr", tag))

    def _search(self, style: str, kind: str, tag: str) -> Element | None:
        """A property of ``style``, or of the nearest style it is based on that has it."""
        for entry in self._chain(style):
            found = child(entry, kind, tag)
            if found is not None:
                return found
        return None

    def _chain(self, style: str) -> Iterator[Element]:
        """``style`` and what it is based on."""
        for _ in range(_DEEPEST):
            entry = self._styles.get(style)
            if entry is None:
                return
            yield entry
            style = value(child(entry, "w:basedOn"))

    def _role(self, style: str) -> tuple[Role, int]:
        """The role of a paragraph of ``style``, with the level of a heading."""
        if style not in self._styles:
            return named_role(style)
        for entry in self._chain(style):
            outline = child(entry, "w:pPr", "w:outlineLvl")
            role, level = named_role(value(child(entry, "w:name")) or value(entry, "w:styleId"))
            if role not in (Role.BODY, Role.HEADING):
                return role, 0
            if outline is not None:
                return outline_role(outline)
            if role is Role.HEADING:
                return role, level
        return Role.BODY, 0


def outline_role(outline: Element) -> tuple[Role, int]:
    """What an outline level says: 0 is the highest, 9 is body text."""
    level = number(outline, 9)
    return (Role.HEADING, level + 1) if 0 <= level < 9 else (Role.BODY, 0)
