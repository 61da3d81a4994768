"""Numbered and bulleted lists of a Word document: each numbered list counts for itself."""

from __future__ import annotations

from app.domain.article import ListBlock
from app.formats.word_xml import Node, node, part

_BULLETS = ("•", "–", "▪")
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
_INDENT = 360
"""Twentieths of a point by which each level stands further in."""


class Numbering:
    """Hands out numbering ids and writes the part that explains them."""

    DEEPEST = 8
    """The last of Word's nine levels."""

    def __init__(self) -> None:
        self._lists: list[Node] = [_instance(1, 1)]

    def of(self, block: ListBlock, depth: int) -> int:
        """The numbering id for ``block``, which stands ``depth`` lists deep."""
        if not block.ordered:
            return 1
        number = len(self._lists) + 1
        level = min(depth, self.DEEPEST)
        start = node("w:lvlOverride", node("w:startOverride", w_val=max(block.start, 0)), w_ilvl=level)
        self._lists.append(_instance(number, 2, start))
        return number

    def part(self) -> bytes:
        """``word/numbering.xml``."""
        kinds = [_kind(1, ordered=False), _kind(2, ordered=True)]
        return part(node("w:numbering", *kinds, *self._lists))


def _instance(number: int, kind: int, start: Node | None = None) -> Node:
    return node("w:num", node("w:abstractNumId", w_val=kind), start, w_numId=number)


def _kind(number: int, *, ordered: bool) -> Node:
    levels = []
    for level in range(Numbering.DEEPEST + 1):
        place = level % 3
        levels.append(
            node(
                "w:lvl",
                node("w:start", w_val=1),
                node("w:numFmt", w_val=_FORMATS[place] if ordered else "bullet"),
                node("w:lvlText", w_val=f"%{level + 1}." if ordered else _BULLETS[place]),
                node("w:lvlJc", w_val="left"),
                node("w:pPr", node("w:ind", w_left=_INDENT * (level + 1), w_hanging=_INDENT)),
                w_ilvl=level,
            )
        )
    return node(
        "w:abstractNum", node("w:multiLevelType", w_val="multilevel"), *levels, w_abstractNumId=number
    )
