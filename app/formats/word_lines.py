"""Paragraphs of Word that hold plain words: heads, captions, lines about the author."""

from __future__ import annotations

from app.domain.article import Direction
from app.formats import printed
from app.formats.word_runs import Runs
from app.formats.word_xml import Node, node


def properties(
    style: str,
    way: str,
    *,
    keep: bool = False,
    numbered: Node | None = None,
    after: int | None = None,
    jc: str | None = None,
) -> Node | None:
    """Paragraph properties in the order that the schema wants, or nothing for a plain paragraph.

    ``keep`` holds it on the page of the next one; ``after`` is the space below, in twentieths of a point.
    """
    look = [
        node("w:pStyle", w_val=style) if style else None,
        node("w:keepNext") if keep else None,
        numbered,
        node("w:bidi") if way == "rtl" else None,
        node("w:spacing", w_after=after) if after is not None else None,
        node("w:jc", w_val=jc) if jc else None,
    ]
    return node("w:pPr", *look) if any(each is not None for each in look) else None


def line(
    runs: Runs,
    style: str,
    text: str,
    around: str,
    *,
    url: str = "",
    keep: bool = False,
    after: int | None = None,
) -> Node:
    """A paragraph of ``text`` in a document that runs ``around``.

    Words that run the other way stand where the others begin: Word's "right" is the far side of a paragraph
    from right to left.
    """
    way = printed.direction(Direction.AUTO, text, around)
    jc = "right" if way != around else None
    return node("w:p", properties(style, way, keep=keep, after=after, jc=jc), *runs.words(text, way, url))
