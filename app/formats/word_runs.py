"""Runs of text for Word: looks, links, languages, both directions, note references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from app.domain.article import Mark, Span, Spans
from app.domain.language import direction_of
from app.formats.printed import accepted, safe_link
from app.formats.word_xml import RELATIONS, Node, Relations, node

_RIGHT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_LEFT = rf"(?:(?!{_RIGHT})[^\W\d_])"
_NEITHER = rf"(?:(?!{_RIGHT})[\W\d_])"
_RIGHT_PIECES = re.compile(rf"({_RIGHT}+(?:{_NEITHER}+{_RIGHT}+)*)")
_LEFT_PIECES = re.compile(rf"({_LEFT}+(?:{_NEITHER}+{_LEFT}+)*)")
_BREAKS = re.compile(r"([\n\t])")


class Runs:
    """Writes the runs of one part, whose links go into ``relations``.

    ``notes`` gives the number of a note; the ones that the part holds as real footnotes are ``footnotes``,
    each of which Word can number at one place only.
    """

    def __init__(self, relations: Relations, notes: dict[str, int], footnotes: set[str]) -> None:
        self._relations = relations
        self._notes = notes
        self._open = set(footnotes)

    def of(self, spans: Spans, direction: str, language: str = "") -> list[Node]:
        """The runs of ``spans`` in a paragraph that runs in ``direction``; ``language`` if it is foreign."""
        written: list[Node] = []
        for url, run in groupby(accepted(spans), key=lambda span: safe_link(span.link)):
            inner = [each for span in run for each in self._span(span, direction, language, linked=bool(url))]
            written += [self.link(url, inner)] if url else inner
        return written

    def link(self, url: str, inner: list[Node]) -> Node:
        """``inner`` as a link to ``url``."""
        name = self._relations.add(f"{RELATIONS}/hyperlink", url, outside=True)
        return node("w:hyperlink", *inner, r_id=name, w_history=1)

    def words(self, text: str, direction: str, url: str = "") -> list[Node]:
        """Plain ``text``, a link where ``url`` may be printed."""
        return self.of((Span(text, link=url),), direction) if text else []

    def _span(self, span: Span, direction: str, language: str, *, linked: bool) -> Iterator[Node]:
        if span.note:
            yield from self._reference(span.note)
            return
        for text, rtl in _pieces(span.text, direction):
            yield node("w:r", _look(span, rtl, span.language or language, linked=linked), *_texts(text))

    def _reference(self, note: str) -> Iterator[Node]:
        number = self._notes.get(note)
        if number is None:
            return
        style = node("w:rPr", node("w:rStyle", w_val="FootnoteReference"))
        if note in self._open:
            self._open.discard(note)
            yield node("w:r", style, node("w:footnoteReference", w_id=number))
        else:
            yield node("w:r", style, node("w:t", text=str(number)))


def language_slot(language: str) -> str:
    """The attribute of ``w:lang`` that ``language`` belongs in, by its kind of script."""
    if direction_of(language) == "rtl":
        return "bidi"
    return "eastAsia" if language.split("-")[0].lower() in ("zh", "ja", "ko") else "val"


def _pieces(text: str, direction: str) -> Iterator[tuple[str, bool]]:
    """``text`` cut where letters of the other direction stand, each piece with whether it runs right to left."""
    pattern = _LEFT_PIECES if direction == "rtl" else _RIGHT_PIECES
    for index, piece in enumerate(pattern.split(text)):
        if piece:
            yield piece, (index % 2 == 0) == (direction == "rtl")


def _texts(text: str) -> Iterator[Node]:
    for piece in _BREAKS.split(text):
        if piece == "\n":
            yield node("w:br")
        elif piece == "\t":
            yield node("w:tab")
        elif piece:
            element = node("w:t", text=piece)
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield element


def _look(span: Span, rtl: bool, language: str, *, linked: bool) -> Node | None:
    """Run properties in the order that the schema wants, or nothing for a plain run."""
    marks = span.marks
    position = {Mark.SUBSCRIPT: "subscript", Mark.SUPERSCRIPT: "superscript"}
    raised = [value for mark, value in position.items() if mark in marks]
    look = [
        node("w:rStyle", w_val="Hyperlink") if linked else None,
        *(node(f"w:{name}") for name in ("b", "bCs") if Mark.BOLD in marks),
        *(node(f"w:{name}") for name in ("i", "iCs") if Mark.ITALIC in marks),
        node("w:smallCaps") if Mark.SMALL_CAPS in marks else None,
        node("w:strike") if Mark.STRIKETHROUGH in marks else None,
        node("w:vertAlign", w_val=raised[0]) if raised else None,
        node("w:rtl") if rtl else None,
        node("w:lang", **{f"w_{language_slot(language)}": language}) if language else None,
    ]
    return node("w:rPr", *look) if any(each is not None for each in look) else None
