"""What is open while HTML is walked, and how what it gathered becomes a block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.domain.article import (
    Block,
    Cell,
    Column,
    Download,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Separator,
    Span,
    Spans,
    Table,
)
from app.domain.plain_text import SEPARATOR
from app.domain.spans import runs, words_of
from app.formats.html_look import Scope, end_change
from app.formats.html_run import Run
from app.formats.imported import Report
from app.formats.lines import Flow, Item, Role, blocks_of, tidy


class Kind(StrEnum):
    """What text may be gathered for."""

    BODY = "body"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    LIST = "list"
    ITEM = "item"
    TABLE = "table"
    CELL = "cell"
    NOTE = "note"
    REMARK = "remark"
    PARALLEL = "parallel"
    COLUMN = "column"
    FIELD = "field"


@dataclass(slots=True)
class Opened:
    """A paragraph or heading whose element is open."""

    element: Any
    scope: Scope
    role: Role = Role.BODY
    level: int = 0
    item: Item | None = None


@dataclass(slots=True)
class Holder:
    """An open element that gathers blocks; ``run`` is the text of the one being read."""

    kind: Kind
    element: Any
    flow: list[Flow] = field(default_factory=list)
    run: Run = field(default_factory=Run)
    scope: Scope | None = None
    opened: Opened | None = None
    after: list[Flow] = field(default_factory=list)
    items: list[ListItem] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    attribution: Spans = ()


def quotes_of(holder: Holder, name: str, pull: bool) -> list[Flow]:
    """The quotation that ``holder`` gathered; what cannot stand inside one stands between its parts."""
    out: list[Flow] = []
    group: list[Paragraph] = []
    blocks = blocks_of(holder.flow)
    if not blocks and not holder.attribution and not name:
        return []
    for block in blocks:
        if isinstance(block, Paragraph):
            group.append(block)
            continue
        if group:
            out.append(Quote(name, tuple(group), pull=pull))
        group, name = [], ""
        out.append(block)
    if group or holder.attribution or not out:
        out.append(Quote(name, tuple(group), holder.attribution, pull))
    return out


def item_of(holder: Holder, report: Report) -> tuple[ListItem, list[Flow]]:
    """The item that ``holder`` gathered, and what cannot stand in an item."""
    texts: list[Spans] = []
    lists: list[ListBlock] = []
    for block in (kept := list(blocks_of(holder.flow))):
        if isinstance(block, ListBlock):
            lists.append(block)
        elif isinstance(block, Paragraph | Heading | Quote):
            if lists:
                report.say("Text that followed a list inside an item was put before that list")
            texts += runs(block)
    left: list[Flow] = [block for block in kept if isinstance(block, Table | Figure | Download | Separator)]
    if any(not isinstance(block, Figure | Separator) for block in left):
        report.say("Tables inside the items of a list were put after it")
    return ListItem(_lines(texts), tuple(lists), end_change(holder.element)), left


def items_of(holder: Holder, report: Report) -> list[Flow]:
    """Make items of what stood in a list but in no item; inner lists belong to the item before them."""
    left: list[Flow] = []
    loose, holder.flow = holder.flow, []
    for block in blocks_of(loose):
        if isinstance(block, ListBlock) and holder.items:
            last = holder.items[-1]
            holder.items[-1] = replace(last, lists=(*last.lists, block))
        else:
            inner = Holder(Kind.ITEM, holder.element, [block])
            item, more = item_of(inner, report)
            left += more
            if item.spans or item.lists:
                holder.items.append(replace(item, break_change=None))
    return left


def spans_in(flow: Sequence[Flow]) -> tuple[Spans, list[Flow]]:
    """All text of ``flow`` in one run, a line for each paragraph, item or row; and its figures."""
    blocks = blocks_of(flow)
    figures: list[Flow] = [block for block in blocks if isinstance(block, Figure)]
    return _lines([spans for block in blocks for spans in _texts(block)]), figures


def paragraphs_in(flow: Sequence[Flow]) -> tuple[tuple[Paragraph, ...], list[Flow]]:
    """All text of ``flow`` as paragraphs, and its figures."""
    blocks = blocks_of(flow)
    out: list[Paragraph] = []
    for block in blocks:
        out += [block] if isinstance(block, Paragraph) else [Paragraph("", spans) for spans in _texts(block)]
    return tuple(out), [block for block in blocks if isinstance(block, Figure)]


def _texts(block: Block) -> Iterator[Spans]:
    match block:
        case ListBlock():
            yield from _signed(block, "")
        case Table():
            for row in block.rows:
                yield _row(row)
        case Separator():
            yield (Span(SEPARATOR),)
        case _:
            yield from runs(block)


def _signed(block: ListBlock, indent: str) -> Iterator[Spans]:
    for number, item in enumerate(block.items, block.start):
        sign = f"{number}. " if block.ordered else "- "
        yield _merged((Span(indent + sign), *item.spans))
        for inner in item.lists:
            yield from _signed(inner, indent + "\u2003")


def _row(row: Iterable[Cell]) -> Spans:
    spans: list[Span] = []
    for cell in row:
        spans += [Span(" | "), *cell.spans] if spans else cell.spans
    return _merged(spans)


def _lines(texts: Sequence[Spans]) -> Spans:
    spans: list[Span] = []
    for number, text in enumerate(texts):
        spans += [Span("\n"), *text] if number else text
    return _merged(spans)


def _merged(spans: Iterable[Span]) -> Spans:
    return tidy(spans, left=False, right=False)


def field_text(holder: Holder) -> str:
    """The words that ``holder`` gathered, without their look."""
    return words_of(spans_in(holder.flow)[0])
