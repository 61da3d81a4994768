"""Runs of text: their canonical form and their plain words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from app.domain.article import (
    Block,
    Download,
    Heading,
    ListBlock,
    Paragraph,
    Parallel,
    Quote,
    Span,
    Spans,
    Table,
)


def merged(spans: Iterable[Span]) -> Spans:
    """``spans`` in canonical form: neighbours of one look are one span, empty ones are gone, text is NFC."""
    out: list[Span] = []
    for span in spans:
        if span.note:
            out.append(span)
        elif span.text:
            if out and not out[-1].note and same_look(out[-1], span):
                out[-1] = replace(out[-1], text=out[-1].text + span.text)
            else:
                out.append(span)
    return tuple(map(_composed, out))


def words_alone(block: Block) -> str | None:
    """The text of a paragraph that is nothing but words, as most are; None for any other block."""
    if type(block) is not Paragraph or len(block.spans) != 1 or block.break_change:
        return None
    span = block.spans[0]
    return span.text if type(span) is Span and span.plain else None


def same_look(one: Span, other: Span) -> bool:
    """Whether the two differ in their text only."""
    return (
        one.marks == other.marks
        and one.link == other.link
        and one.language == other.language
        and one.change == other.change
        and one.note == other.note
    )


def trimmed(spans: Iterable[Span]) -> Spans:
    """``spans``, merged, without white space at both ends."""
    whole = list(merged(spans))
    while whole and not whole[0].note:
        whole[0] = replace(whole[0], text=whole[0].text.lstrip())
        if whole[0].text:
            break
        del whole[0]
    while whole and not whole[-1].note:
        whole[-1] = replace(whole[-1], text=whole[-1].text.rstrip())
        if whole[-1].text:
            break
        del whole[-1]
    return tuple(whole)


def words_of(spans: Iterable[Span]) -> str:
    """The text of ``spans`` as it stands: insertions and deletions both, references to notes nothing."""
    return "".join(span.text for span in spans)


def runs(block: Block) -> Iterator[Spans]:
    """Each run of text in ``block``, in reading order."""
    match block:
        case Paragraph() | Heading():
            yield block.spans
        case Quote():
            yield from (paragraph.spans for paragraph in block.paragraphs)
            if block.attribution:
                yield block.attribution
        case ListBlock():
            for item in block.items:
                yield item.spans
                yield from chain.from_iterable(map(runs, item.lists))
        case Table():
            yield from (cell.spans for row in block.rows for cell in row)
        case Download():
            yield block.label
        case Parallel():
            yield from (paragraph.spans for column in block.columns for paragraph in column.paragraphs)


def with_runs(block: Block, change: Callable[[Spans], Spans]) -> Block:
    """``block`` with ``change`` applied to each run of text that ``runs`` names."""

    def inside(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        return tuple(replace(paragraph, spans=change(paragraph.spans)) for paragraph in paragraphs)

    match block:
        case Paragraph() | Heading():
            return replace(block, spans=change(block.spans))
        case Quote():
            return replace(block, paragraphs=inside(block.paragraphs), attribution=change(block.attribution))
        case ListBlock():
            return _list_with(block, change)
        case Table():
            rows = (tuple(replace(cell, spans=change(cell.spans)) for cell in row) for row in block.rows)
            return replace(block, rows=tuple(rows))
        case Download():
            return replace(block, label=change(block.label))
        case Parallel():
            columns = (replace(column, paragraphs=inside(column.paragraphs)) for column in block.columns)
            return replace(block, columns=tuple(columns))
        case _:
            return block


def _list_with(block: ListBlock, change: Callable[[Spans], Spans]) -> ListBlock:
    items = (
        replace(
            item, spans=change(item.spans), lists=tuple(_list_with(inner, change) for inner in item.lists)
        )
        for item in block.items
    )
    return replace(block, items=tuple(items))


def _composed(span: Span) -> Span:
    if unicodedata.is_normalized("NFC", span.text):
        return span
    return replace(span, text=unicodedata.normalize("NFC", span.text))
