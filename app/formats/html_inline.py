"""Runs of text as HTML: the same words, links and note references in the page and in WordPress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from markupsafe import Markup, escape

from app.domain.article import Mark, Span, Spans
from app.domain.language import direction_of
from app.formats.printed import MARKS, accepted, safe_link

NoteRef = Callable[[str], Markup]
"""Markup of a reference to the footnote with this id, or nothing where there is no such note."""

Tags = Mapping[Mark, Markup]

TAGS: Tags = {
    Mark.BOLD: Markup("<strong>{}</strong>"),
    Mark.ITALIC: Markup("<em>{}</em>"),
    Mark.SMALL_CAPS: Markup('<span style="font-variant:small-caps">{}</span>'),
    Mark.STRIKETHROUGH: Markup("<s>{}</s>"),
    Mark.SUBSCRIPT: Markup("<sub>{}</sub>"),
    Mark.SUPERSCRIPT: Markup("<sup>{}</sup>"),
}


def anchor(words: str, url: str) -> Markup:
    """``words`` as a link, or bare where ``url`` is empty or not one that may be printed."""
    target = safe_link(url)
    return Markup('<a href="{}">{}</a>').format(target, words) if target else escape(words)


def language_attributes(language: str, around: str) -> Markup:
    """``lang`` and, where it runs the other way, ``dir``, for words that stand in text ``around``."""
    if not language or language == around:
        return Markup("")
    here, there = direction_of(language), direction_of(around)
    direction = Markup(' dir="{}"').format(here) if here != there else Markup("")
    return Markup(' lang="{}"{}').format(language, direction)


def spans_html(spans: Spans, language: str, note: NoteRef, tags: Tags = TAGS) -> Markup:
    """``spans`` of a text in ``language``."""
    parts: list[Markup] = []
    for (url, foreign), run in groupby(
        accepted(spans), key=lambda span: (safe_link(span.link), span.language)
    ):
        inner = Markup("").join(_span(span, note, tags) for span in run)
        if attributes := language_attributes(foreign, language):
            inner = Markup("<span{}>{}</span>").format(attributes, inner)
        parts.append(Markup('<a href="{}">{}</a>').format(url, inner) if url else inner)
    return Markup("").join(parts)


def _span(span: Span, note: NoteRef, tags: Tags) -> Markup:
    if span.note:
        return note(span.note)
    words = Markup("<br>").join(escape(line) for line in span.text.split("\n"))
    for mark in reversed(MARKS):
        if mark in span.marks:
            words = tags[mark].format(words)
    return words
