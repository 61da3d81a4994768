"""What a word processor has in place of blocks: lines, each with a role; and blocks made of them.

Word and RTF files know paragraphs only.  A list, a quotation of several paragraphs, the headline are
told from the roles of neighbours, here, for all readers alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.article import (
    Align,
    Block,
    Cell,
    Change,
    Direction,
    Heading,
    ListBlock,
    ListItem,
    Mark,
    Paragraph,
    Quote,
    Separator,
    Span,
    Spans,
    Table,
)
from app.domain.article_json import clean_text
from app.domain.plain_text import SEPARATOR
from app.domain.spans import merged

_RULE = re.compile(r"\s*(?:([*＊∗•·~_#=◆◇※—–-])(?:\s*\1){2,}|[⁂❦])\s*")
"""A line that only divides: three or more of one sign, or an asterism."""


class Role(StrEnum):
    """What a line is for, told from its style."""

    BODY = "body"
    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    QUOTE = "quote"
    PULL = "pull"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class Item:
    """The line is an item of ``family``, ``depth`` lists deep (0 is the outermost), with its own number."""

    family: str
    depth: int = 0
    ordered: bool = False
    number: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a word processor; ``level`` counts for headings, from 1."""

    spans: Spans = ()
    role: Role = Role.BODY
    level: int = 0
    align: Align = Align.NATURAL
    direction: Direction = Direction.AUTO
    break_change: Change | None = None
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Anchor(Span):
    """The place where ``comment`` begins or ends; it lives among the spans until offsets can be counted."""

    comment: str = ""


Flow = Line | Block


def words(spans: Iterable[Span]) -> str:
    """The text of ``spans``."""
    return "".join(span.text for span in spans)


def tidy(spans: Iterable[Span], *, left: bool = True, right: bool = True) -> Spans:
    """Neighbours of one look joined and cleaned, without white space at the ends named.

    White space that is itself a tracked change stays: rejecting the change needs it.
    """
    spans = tuple(spans)
    if len(spans) == 1 and _is_tidy(spans[0]):
        return spans
    clean = [span if span.text.isascii() and span.text.isprintable() else _clean(span) for span in spans]
    if left:
        _cut(clean, range(len(clean)), str.lstrip)
    if right:
        _cut(clean, range(len(clean) - 1, -1, -1), str.rstrip)
    out: list[Span] = []
    run: list[Span] = []
    for span in clean:
        if isinstance(span, Anchor):
            out += [*merged(run), span]
            run = []
        else:
            run.append(span)
    return (*out, *merged(run))


def _is_tidy(span: Span) -> bool:
    """Whether a span is plain words with nothing to clean or to cut, as in most paragraphs."""
    text = span.text
    return (
        bool(text) and type(span) is Span and span.plain and text.strip() == text and clean_text(text) == text
    )


def _clean(span: Span) -> Span:
    return replace(span, text=clean_text(span.text))


def _cut(spans: list[Span], order: range, strip: Callable[[str], str]) -> None:
    for index in order:
        span = spans[index]
        if isinstance(span, Anchor):
            continue
        if span.note or span.change:
            return
        if strip(span.text) != span.text:
            spans[index] = replace(span, text=strip(span.text))
        if spans[index].text:
            return


def blocks_of(flow: Iterable[Flow]) -> list[Block]:
    """Blocks without ids: lines grouped into paragraphs, headings, quotations and lists."""
    out: list[Block] = []
    items: list[Line] = []
    for part in (*_without_empty(flow), None):
        if isinstance(part, Line) and part.item:
            if items and not _continues(items, part):
                out.append(_nest(items))
                items = []
            items.append(part)
            continue
        if items:
            out.append(_nest(items))
            items = []
        if isinstance(part, Line):
            _append(out, part)
        elif part is not None:
            out.append(part)
        if type(part) is not Paragraph and out[-2:] == [Separator(""), Separator("")]:
            del out[-1]
    return out


def _without_empty(flow: Iterable[Flow]) -> Iterator[Flow]:
    """Empty lines are spacing and go, unless a tracked end of paragraph would join the wrong neighbours."""
    before: Change | None = None
    homeless: Spans = ()
    for part in flow:
        if not isinstance(part, Line):
            before = None
            yield part
            continue
        spans = tidy(part.spans, left=before is None, right=part.break_change is None)
        if not any(span.text or span.note for span in spans) and _same_kind(part.break_change, before):
            homeless += tuple(span for span in spans if isinstance(span, Anchor))
            continue
        yield part if spans is part.spans and not homeless else replace(part, spans=homeless + spans)
        before, homeless = part.break_change, ()


def _same_kind(change: Change | None, before: Change | None) -> bool:
    return before is None or (change is not None and change.kind is before.kind)


def _append(out: list[Block], line: Line) -> None:
    paragraph = Paragraph("", line.spans, line.align, line.direction, line.break_change)
    match line.role:
        case Role.QUOTE | Role.PULL:
            pull = line.role is Role.PULL
            last = out[-1] if out else None
            if isinstance(last, Quote) and last.pull is pull and not last.attribution:
                out[-1] = replace(last, paragraphs=(*last.paragraphs, paragraph))
            else:
                out.append(Quote("", (paragraph,), pull=pull))
        case Role.ATTRIBUTION if _closes_quote(out, line):
            quote = out[-1]
            assert isinstance(quote, Quote)
            out[-1] = replace(quote, attribution=_without_dash(line.spans))
        case Role.HEADING | Role.TITLE:
            level = min(3, max(2, line.level))
            out.append(
                Heading("", level, without_uniform_bold(line.spans), line.direction, line.break_change)
            )
        case _ if divides(line):
            out.append(Separator(""))
        case _:
            out.append(paragraph)


def _closes_quote(blocks: Sequence[Block], line: Line) -> bool:
    last = blocks[-1] if blocks else None
    return isinstance(last, Quote) and not last.attribution and line.break_change is None


def _without_dash(spans: Spans) -> Spans:
    """An attribution without the dash before it, which writers put there."""
    if spans and spans[0].change is None:
        spans = (replace(spans[0], text=spans[0].text.lstrip("—–― ")), *spans[1:])
    return tidy(spans)


def plain_block(text: str) -> Block:
    """The paragraph of ``text``, which is clean; or a break between scenes, where it is nothing else."""
    return Separator("") if _RULE.fullmatch(text) else Paragraph("", (Span(text),))


def divides(line: Line) -> bool:
    """Whether the line is nothing but a break between scenes, such as ``* * *``."""
    plain = line.break_change is None and not any(
        span.change or span.note or isinstance(span, Anchor) for span in line.spans
    )
    return plain and bool(_RULE.fullmatch(words(line.spans)))


def without_uniform_bold(spans: Spans) -> Spans:
    """``spans`` of a heading: bold from end to end is how it looks, not what it says."""
    if any(span.text.strip() and Mark.BOLD not in span.marks for span in spans):
        return spans
    return tidy(replace(span, marks=span.marks - {Mark.BOLD}) for span in spans)


def _continues(items: Sequence[Line], line: Line) -> bool:
    """Whether ``line`` stays in the list of ``items``: deeper ones always, outermost ones by family."""
    assert line.item
    first = items[0].item
    assert first
    if line.item.depth > first.depth:
        return True
    return line.item.family == first.family and line.item.ordered == first.ordered


def _nest(lines: Sequence[Line]) -> ListBlock:
    """The list of ``lines``: a deeper line begins a list inside the item before it."""
    first = lines[0].item
    assert first
    depth = min(line.item.depth for line in lines if line.item)
    items: list[ListItem] = []
    own: Line | None = None
    inner: list[Line] = []
    for line in lines:
        assert line.item
        if line.item.depth > depth and own is not None:
            inner.append(line)
            continue
        if own is not None:
            items.append(_item(own, inner))
        own, inner = line, []
    if own is not None:
        items.append(_item(own, inner))
    return ListBlock("", first.ordered, first.number if first.ordered else 1, tuple(items))


def _item(line: Line, inner: Sequence[Line]) -> ListItem:
    lists: list[ListBlock] = []
    group: list[Line] = []
    for deeper in inner:
        if group and not _continues(group, deeper):
            lists.append(_nest(group))
            group = []
        group.append(deeper)
    if group:
        lists.append(_nest(group))
    return ListItem(line.spans, tuple(lists), line.break_change)


def paragraphs_of(flow: Iterable[Flow]) -> tuple[Paragraph, ...]:
    """Plain paragraphs, for a place that holds nothing else: items get their sign, a table one line a row."""
    out: list[Paragraph] = []
    for part in _without_empty(flow):
        match part:
            case Line():
                spans = (Span(_sign(part.item)), *part.spans) if part.item else part.spans
                out.append(Paragraph("", tidy(spans), part.align, part.direction, part.break_change))
            case Table():
                out += [Paragraph("", _row(row)) for row in part.rows]
            case Separator():
                out.append(Paragraph("", (Span(SEPARATOR),)))
    return tuple(out)


def spans_of(flow: Iterable[Flow]) -> Spans:
    """One run of text, for the cell of a table: paragraphs stand apart by a line break."""
    spans: list[Span] = []
    broken: Change | None = None
    for number, paragraph in enumerate(paragraphs_of(flow)):
        if number:
            spans.append(Span("\n", change=broken))
        spans += paragraph.spans
        broken = paragraph.break_change
    return tidy(spans)


def _sign(item: Item) -> str:
    return "\u2003" * item.depth + (f"{item.number}. " if item.ordered else "• ")


def _row(row: Iterable[Cell]) -> Spans:
    spans: list[Span] = []
    for cell in row:
        spans += [Span(" | "), *cell.spans] if spans else cell.spans
    return tidy(spans)
