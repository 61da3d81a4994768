"""Spans as Markdown that reads back without loss (CommonMark 0.31).

Every character that could mean something is escaped.  Asterisks are used where the rules about flanking
cannot be met wrong, else ``<strong>`` and ``<em>``; what Markdown lacks is written as inline HTML.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from app.domain.article import NO_MARKS, Mark, Span, Spans
from app.formats.html_spans import data, dressed, neighbours, text_html

_ALWAYS = re.compile(r"[\\`*_\[\]<>~|]|&(?=[#A-Za-z])|!$|\^$")
_AT_START = re.compile(r"(?:[-+=#:>]|\d{1,9}(?=[.)]))")
_SPACES = re.compile("[^\\S\n]+|\n+|[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]+")
_ADDRESS = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&'+,=%]+")
_LABEL = re.compile(r"[A-Za-z0-9._-]+")
_OPEN = " (“‘«"
_SHUT = " ,.;:?)”’»"
_NATIVE = {Mark.BOLD: "**", Mark.ITALIC: "*"}


def native_label(note: str) -> bool:
    """Whether ``note`` can stand in ``[^…]``."""
    return bool(_LABEL.fullmatch(note))


def spans_markdown(spans: Spans, notes: Collection[str], lines: bool = True) -> str:
    """``spans`` as Markdown; ``notes`` are the ids that have a ``[^…]`` of their own.

    With ``lines`` a line break is a backslash at the end of the line, else ``<br>``.
    """
    out = []
    for place, span in enumerate(spans):
        if span.note:
            out.append(dressed(_reference(span.note, notes), span))
            continue
        before, after = neighbours(spans, place)
        inner = text_markdown(span.text, before, after, lines)
        out.append(_dressed(inner, span, spans, place))
    return "".join(out)


def text_markdown(text: str, before: str = "", after: str = "", lines: bool = True) -> str:
    """``text`` between two characters (``""`` at the ends of a block), escaped."""
    out = []
    end = 0
    for found in _SPACES.finditer(text):
        out.append(_escaped(text[end : found.start()], _last(text, end, before)))
        left = _last(text, found.start(), before)
        right = text[found.end()] if found.end() < len(text) else after
        out.append(_space(found[0], left, right, lines))
        end = found.end()
    out.append(_escaped(text[end:], _last(text, end, before)))
    return "".join(out)


def awkward(spans: Spans) -> bool:
    """Whether ``spans`` begin or end with a line break or are nothing, which Markdown cannot say."""
    return not spans or spans[0].text.startswith("\n") or spans[-1].text.endswith("\n")


def _last(text: str, place: int, before: str) -> str:
    return text[place - 1] if place else before


def _escaped(word: str, before: str) -> str:
    """``word`` without meaning; at the start of a line less may stand unescaped."""
    safe = _ALWAYS.sub(r"\\\g<0>", word)
    if before == "*" and word.startswith(":"):  # after a reference to a note it would define one
        return "\\" + safe
    if before in ("", "\n") and (found := _AT_START.match(word)):
        end = found.end()
        return safe[:end] + "\\" + safe[end:] if word[0].isdigit() else "\\" + safe.removeprefix("\\")
    return safe


def _space(space: str, left: str, right: str, lines: bool) -> str:
    if space[0] == "\n" and lines and left and right and left not in " \t" and right not in " \t\n":
        return "\\\n" * len(space)
    html = text_html(space, left, right)
    edge = left in ("", "\n") or right in (
        "",
        "\n",
    )  # where markdown-it strips whatever Unicode calls a space
    return f"<span>{html}</span>" if edge and not (html[0] == "<" and html[-1] == ">") else html


def _reference(note: str, notes: Collection[str]) -> str:
    return f"[^{note}]" if note in notes else f"<sup{data('ref', note)}>\\*</sup>"


def _dressed(inner: str, span: Span, spans: Spans, place: int) -> str:
    native = "".join(sign for mark, sign in _NATIVE.items() if mark in span.marks)
    if native and _stands_free(span, spans, place):
        inner = f"{native}{inner}{native[::-1]}"
        span = replace(span, marks=span.marks - set(_NATIVE))
    if span.link and _ADDRESS.fullmatch(span.link) and not (span.marks or span.language):
        return dressed(f"[{inner}]({span.link})", replace(span, link=""))
    return dressed(inner, span)


def _stands_free(span: Span, spans: Spans, place: int) -> bool:
    """Whether asterisks around ``span`` can only open before it and close after it."""
    if not (span.text[0].isalnum() and span.text[-1].isalnum()) or "\n" in span.text:
        return False
    if span.link or span.language or span.change or span.marks - set(_NATIVE):
        return False
    before = spans[place - 1] if place else None
    after = spans[place + 1] if place + 1 < len(spans) else None
    return (before is None or (_plain(before) and before.text[-1] in _OPEN)) and (
        after is None or (_plain(after) and after.text[0] in _SHUT)
    )


def _plain(span: Span) -> bool:
    return span == Span(span.text) and bool(span.text) and span.marks == NO_MARKS
