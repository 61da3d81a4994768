"""Spans as HTML that reads back without loss.

Single spaces between words are written as they are.  White space that HTML would collapse stands in
``<span style="white-space:pre">``, a line break is ``<br>``, a control character is
``<span data-character="1b">`` with its number in hexadecimal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from app.domain.article import Change, ChangeKind, Mark, Marks, Span, Spans

TAGS = {
    Mark.BOLD: "strong",
    Mark.ITALIC: "em",
    Mark.STRIKETHROUGH: "s",
    Mark.SUBSCRIPT: "sub",
    Mark.SUPERSCRIPT: "sup",
}
_ODD = re.compile("[ \t\n]+|[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|[&<>]")
_CODED = re.compile(r"[\\\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_CODE = re.compile(r"\\u([0-9a-f]{4})")


def attribute(name: str, value: str) -> str:
    """`` name="value"`` escaped as HTML, and for a table in Markdown; ``""`` for an empty value."""
    return f' {name}="{escape(value).replace("|", "&#124;")}"' if value else ""


def data(name: str, value: str) -> str:
    """`` data-name="value"`` for any text, or ``""`` for an empty one; ``plain_data`` reads the value back."""
    return attribute("data-" + name, _CODED.sub(lambda found: f"\\u{ord(found[0]):04x}", value))


def plain_data(value: str) -> str:
    """The text that ``data`` wrote."""
    return _CODE.sub(lambda found: chr(int(found[1], 16)), value)


def text_html(text: str, before: str = "", after: str = "") -> str:
    """``text`` between the characters ``before`` and ``after`` (``""`` at the ends of a block)."""

    def written(found: re.Match[str]) -> str:
        odd = found[0]
        if odd[0] in " \t\n":
            left = text[found.start() - 1] if found.start() else before
            right = text[found.end()] if found.end() < len(text) else after
            return _space(odd, left, right)
        return escape(odd) if odd in "&<>" else f'<span data-character="{ord(odd):x}"></span>'

    return _ODD.sub(written, text)


def _space(space: str, left: str, right: str) -> str:
    if space == " " and left and right and left not in " \t\n" and right not in " \t\n":
        return " "
    lines = (f'<span style="white-space:pre">{line}</span>' if line else "" for line in space.split("\n"))
    return "<br>".join(lines)


def dressed(inner: str, span: Span) -> str:
    """``inner`` in the tags of the look of ``span``."""
    for mark in Mark:
        if mark in span.marks:
            inner = _marked(inner, mark)
    if span.language:
        inner = f"<span{attribute('lang', span.language)}>{inner}</span>"
    if span.link:
        inner = f"<a{attribute('href', span.link)}>{inner}</a>"
    if span.change:
        tag = {ChangeKind.INSERTION: "ins", ChangeKind.DELETION: "del"}.get(span.change.kind, "span")
        inner = f"<{tag}{_change(span.change)}>{inner}</{tag}>"
    return inner


def end_data(change: Change | None) -> str:
    """The attributes of a block whose end is under ``change``."""
    if change is None:
        return ""
    return (
        data("end", change.kind)
        + data("end-by", change.by)
        + data("end-at", change.at)
        + data("end-before", _listed(change.before))
    )


def spans_html(spans: Spans, numbers: Mapping[str, str]) -> str:
    """``spans`` as HTML; ``numbers`` gives what a reference to a footnote shows."""
    out = []
    for place, span in enumerate(spans):
        if span.note:
            inner = f"<sup{data('ref', span.note)}>{text_html(numbers.get(span.note, '*'))}</sup>"
        else:
            inner = text_html(span.text, *neighbours(spans, place))
        out.append(dressed(inner, span))
    return "".join(out)


def neighbours(spans: Spans, place: int) -> tuple[str, str]:
    """The characters before and after the span at ``place``; a reference to a note counts as a letter."""
    before = (spans[place - 1].text or "*")[-1] if place else ""
    after = (spans[place + 1].text or "*")[0] if place + 1 < len(spans) else ""
    return before, after


def _marked(inner: str, mark: Mark) -> str:
    if mark is Mark.SMALL_CAPS:
        return f'<span style="font-variant:small-caps">{inner}</span>'
    return f"<{TAGS[mark]}>{inner}</{TAGS[mark]}>"


def _change(change: Change) -> str:
    kind = data("change", change.kind) if change.kind is ChangeKind.FORMAT else ""
    return kind + data("by", change.by) + data("at", change.at) + data("before", _listed(change.before))


def _listed(marks: Marks) -> str:
    return " ".join(sorted(marks))
