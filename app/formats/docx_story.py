"""One story of a Word file, its body or a note, as lines, tables and figures in reading order."""

from __future__ import annotations

from dataclasses import replace

from app.domain.article import Align, Change, Direction, Separator, Spans
from app.formats.docx_changes import KINDS, break_change, change_of
from app.formats.docx_media import Media, Relationships
from app.formats.docx_names import Element, child, children, is_on, name, number, value
from app.formats.docx_numbering import Numbering
from app.formats.docx_runs import Context, Runs, Shared
from app.formats.docx_styles import outline_role
from app.formats.docx_tables import table
from app.formats.lines import Flow, Item, Line, Role, words

_PARAGRAPH, _TABLE, _CHUNK = name("w:p"), name("w:tbl"), name("w:altChunk")
_RANGES = frozenset((name("w:commentRangeStart"), name("w:commentRangeEnd")))
_SILENT = frozenset(name(f"w:{tag}") for tag in ("sectPr", "tblPr", "tblGrid", "tcPr", "trPr", "tblPrEx"))

_ALIGNS = {
    "center": Align.CENTER,
    "right": Align.END,
    "end": Align.END,
    "both": Align.JUSTIFY,
    "distribute": Align.JUSTIFY,
    "thaiDistribute": Align.JUSTIFY,
    "lowKashida": Align.JUSTIFY,
    "mediumKashida": Align.JUSTIFY,
    "highKashida": Align.JUSTIFY,
}
"""``w:jc``: left and right mean the leading and the trailing edge, also in text from right to left."""


class Story:
    """Reads one story; ``relationships`` are those of its part."""

    def __init__(self, shared: Shared, numbering: Numbering, relationships: Relationships) -> None:
        self._shared = shared
        self._report = shared.report
        self._styles = shared.styles
        self._media: Media = shared.media
        self._numbering = numbering
        self._relationships = relationships
        self._runs = Runs(shared, relationships)
        self._ahead: Spans = ()

    def flow(self, container: Element, change: Change | None = None) -> list[Flow]:
        """What ``container`` holds; ``change`` is one that covers all of it."""
        found: list[Flow] = []
        for element in children(container):
            if element.tag == _PARAGRAPH:
                found += self._paragraph(element, change)
            elif element.tag == _TABLE:
                found += table(element, change, self.flow, self._report)
            elif element.tag in KINDS:
                found += self.flow(element, change_of(element))
            elif element.tag == _CHUNK:
                self._media.embed(self._relationships.get(value(element, "r:id")))
            elif element.tag in _RANGES:
                self._ahead += self._loose(element).spans
            elif element.tag not in _SILENT:
                holds_blocks = next(element.iter(_PARAGRAPH, _TABLE), None) is not None
                found += self.flow(element, change) if holds_blocks else [self._loose(element)]
        return found

    def _loose(self, element: Element) -> Line:
        """Something that belongs into a paragraph and stands outside of one."""
        return Line(tuple(self._runs.alone(element, Context()).spans))

    def _paragraph(self, element: Element, change: Change | None) -> list[Flow]:
        properties = child(element, "w:pPr")
        style = self._styles.style_of(properties)
        role, level = self._styles.role(style)
        outline = child(properties, "w:outlineLvl")
        if outline is not None and role in (Role.BODY, Role.HEADING):
            role, level = outline_role(outline)
        inside = self._runs.paragraph(element, Context(style, plain=role is not Role.BODY, change=change))
        spans = self._ahead + tuple(inside.spans)
        self._ahead = ()
        if value(child(properties, "w:framePr"), "w:dropCap") in ("drop", "margin"):
            # The large first letter is a paragraph of its own in Word.
            self._ahead = spans
            return self._apart([*inside.before, *inside.after])
        line = Line(
            spans,
            role,
            level,
            _ALIGNS.get(value(self._styles.paragraph_property(properties, style, "w:jc")), Align.NATURAL),
            self._direction(properties, style),
            break_change(properties) or change,
            self._item(properties, style, role) if words(spans).strip() else None,
        )
        ruled = not words(spans).strip() and not inside.before and self._is_rule(properties)
        middle: list[Flow] = [Separator("")] if ruled else [line]
        return [*self._apart(inside.before), *middle, *self._apart(inside.after)]

    def _apart(self, parts: list[Flow | Element]) -> list[Flow]:
        found: list[Flow] = []
        for part in parts:
            if not isinstance(part, Element):
                found.append(part)
                continue
            self._report.count(
                "1 text box was put after its paragraph", "{n} text boxes were put after their paragraphs"
            )
            found += self.flow(part)
        return found

    def _direction(self, properties: Element | None, style: str) -> Direction:
        bidi = is_on(self._styles.paragraph_property(properties, style, "w:bidi"))
        return Direction.RTL if bidi else Direction.AUTO

    def _is_rule(self, properties: Element | None) -> bool:
        borders = child(properties, "w:pBdr")
        return any(
            value(child(borders, side)) not in ("", "nil", "none")
            for side in ("w:bottom", "w:top", "w:between")
        )

    def _item(self, properties: Element | None, style: str, role: Role) -> Item | None:
        own = child(properties, "w:numPr")
        by_style = self._styles.numbering_of(style)
        list_id = value(child(own, "w:numId")) or value(child(by_style, "w:numId"))
        if list_id in ("", "0"):
            return None
        place = child(own, "w:ilvl")
        if place is None:
            place = child(by_style, "w:ilvl")
        styled = self._numbering.level_of_style(list_id, self._styles.numbered_by(style))
        item = self._numbering.item(list_id, styled if place is None else number(place))
        if item and own is None and item.depth == 0:
            item = replace(item, depth=self._styles.list_depth(style))
        if item and role is not Role.BODY:
            if item.ordered:
                self._report.count(
                    "The automatic number of 1 heading was left out",
                    "The automatic numbers of {n} headings were left out",
                )
            return None
        return item
