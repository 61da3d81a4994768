"""Tracked changes accepted or rejected.

The rules are those of WordprocessingML (ISO/IEC 29500-1, 17.13.5): a deleted end of a paragraph joins it
to the next one, whose properties stay; an inserted end belongs to the first half of a split; a format
change remembers the look before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from app.domain.article import (
    Article,
    Block,
    Change,
    ChangeKind,
    Comment,
    Download,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Parallel,
    Quote,
    Span,
    Spans,
    Table,
)
from app.domain.spans import merged, runs, words_of


def accepted(article: Article) -> Article:
    """``article`` as it reads when every change is accepted."""
    return _resolved(article, _Verdict(ChangeKind.DELETION, restore=False))


def rejected(article: Article) -> Article:
    """``article`` as it was before every change."""
    return _resolved(article, _Verdict(ChangeKind.INSERTION, restore=True))


def has_open_changes(article: Article) -> bool:
    """Whether a change waits for a decision, in the text or in a footnote."""
    return any(_changes(article))


_Shifts = dict[str, tuple[str, int]]
"""Into which block, and how far into it, the text of a block went."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What goes: text and ends of blocks under ``gone``; ``restore`` brings the old look back."""

    gone: ChangeKind
    restore: bool

    def drops(self, change: Change | None) -> bool:
        return change is not None and change.kind is self.gone

    def spans(self, spans: Spans) -> Spans:
        return merged(self._span(span) for span in spans if not self.drops(span.change))

    def _span(self, span: Span) -> Span:
        if self.restore and span.change and span.change.kind is ChangeKind.FORMAT:
            return replace(span, marks=span.change.before, change=None)
        return replace(span, change=None)


def _resolved(article: Article, verdict: _Verdict) -> Article:
    if not has_open_changes(article):
        return article
    shifts: _Shifts = {}
    blocks = tuple(_joined(article.blocks, verdict, shifts))
    notes = tuple(
        replace(note, paragraphs=tuple(_paragraphs(note.paragraphs, verdict))) for note in article.footnotes
    )
    footnotes = _still_referenced(article, blocks, notes)
    comments = tuple(_moved(article, blocks, verdict, shifts))
    return replace(article, blocks=blocks, footnotes=footnotes, comments=comments)


def _joined(blocks: Iterable[Block], verdict: _Verdict, shifts: _Shifts) -> Iterator[Block]:
    """The blocks that stay; ``shifts`` learns where joined ones went."""
    waiting: list[Paragraph | Heading] = []
    for block in blocks:
        if not isinstance(block, Paragraph | Heading):
            yield from _unjoined(waiting, shifts)
            waiting = []
            if (kept := _inner(block, verdict)) is not None:
                yield kept
            continue
        clean = replace(block, spans=verdict.spans(block.spans), break_change=None)
        waiting.append(clean)
        if not verdict.drops(block.break_change):
            yield _into_last(waiting, shifts)
            waiting = []
    yield from _unjoined(waiting, shifts)


def _into_last(parts: list[Paragraph | Heading], shifts: _Shifts) -> Paragraph | Heading:
    last, length = parts[-1], 0
    for part in parts:
        shifts[part.id] = last.id, length
        length += len(words_of(part.spans))
    return replace(last, spans=merged(chain.from_iterable(part.spans for part in parts)))


def _unjoined(parts: list[Paragraph | Heading], shifts: _Shifts) -> list[Paragraph | Heading]:
    """Blocks whose end goes but that no paragraph follows join each other, and go when nothing is left."""
    if not any(part.spans for part in parts):
        return []
    return [_into_last(parts, shifts)]


def _inner(block: Block, verdict: _Verdict) -> Block | None:
    match block:
        case Quote():
            paragraphs = tuple(_paragraphs(block.paragraphs, verdict))
            attribution = verdict.spans(block.attribution)
            if block.paragraphs and not paragraphs and not attribution:
                return None
            return replace(block, paragraphs=paragraphs, attribution=attribution)
        case ListBlock():
            items = tuple(_items(block.items, verdict))
            return None if block.items and not items else replace(block, items=items)
        case Table():
            return replace(
                block,
                rows=tuple(
                    tuple(replace(cell, spans=verdict.spans(cell.spans)) for cell in row)
                    for row in block.rows
                ),
            )
        case Download():
            return replace(block, label=verdict.spans(block.label))
        case Parallel():
            return replace(
                block,
                columns=tuple(
                    replace(column, paragraphs=tuple(_paragraphs(column.paragraphs, verdict)))
                    for column in block.columns
                ),
            )
        case _:
            return block


def _paragraphs(paragraphs: tuple[Paragraph, ...], verdict: _Verdict) -> Iterator[Paragraph]:
    for block in _joined(paragraphs, verdict, {}):
        assert isinstance(block, Paragraph)
        yield block


def _items(items: tuple[ListItem, ...], verdict: _Verdict) -> Iterator[ListItem]:
    """The items that stay; one whose end goes joins the next, unless a list inside it stands between."""
    ahead: Spans = ()
    for number, item in enumerate(items, 1):
        spans = merged(ahead + verdict.spans(item.spans))
        ahead = ()
        lists = tuple(inner for block in item.lists if isinstance(inner := _inner(block, verdict), ListBlock))
        if verdict.drops(item.break_change) and not lists:
            if number < len(items):
                ahead = spans
                continue
            if not spans:
                continue
        yield ListItem(spans, lists)


def _still_referenced(
    article: Article,
    blocks: tuple[Block, ...],
    notes: tuple[Footnote, ...],
) -> tuple[Footnote, ...]:
    """``notes`` without those whose every reference went."""
    before = _references(article.blocks) | _references(_paragraphs_of(article.footnotes))
    while True:
        after = _references(blocks) | _references(_paragraphs_of(notes))
        kept = tuple(note for note in notes if note.id in after or note.id not in before)
        if len(kept) == len(notes):
            return kept
        notes = kept


def _moved(
    article: Article,
    blocks: tuple[Block, ...],
    verdict: _Verdict,
    shifts: _Shifts,
) -> Iterator[Comment]:
    """Comments at their words' new place; those on a block that is gone are gone with it."""
    old = {block.id: block for block in article.blocks}
    new = {block.id: sum(len(words_of(spans)) + 1 for spans in runs(block)) - 1 for block in blocks}
    for comment in article.comments:
        name, shift = shifts.get(comment.block, (comment.block, 0))
        if comment.block not in old:
            yield comment
        elif name in new:
            start, end = (
                max(0, min(shift + _surviving(old[comment.block], place, verdict), new[name]))
                for place in (comment.start, comment.end)
            )
            yield replace(comment, block=name, start=start, end=end)


def _surviving(block: Block, place: int, verdict: _Verdict) -> int:
    """How many of the first ``place`` characters of ``block`` stay."""
    stay = seen = 0
    for number, spans in enumerate(runs(block)):
        if number:
            seen, stay = seen + 1, stay + (seen < place)
        for span in spans:
            inside = max(0, min(len(span.text), place - seen))
            seen += len(span.text)
            stay += 0 if verdict.drops(span.change) else inside
    return stay


def _paragraphs_of(notes: Iterable[Footnote]) -> Iterator[Paragraph]:
    return (paragraph for note in notes for paragraph in note.paragraphs)


def _references(blocks: Iterable[Block]) -> set[str]:
    return {span.note for block in blocks for spans in runs(block) for span in spans if span.note}


def _changes(article: Article) -> Iterator[Change | None]:
    for block in chain(article.blocks, _paragraphs_of(article.footnotes)):
        if type(block) is Paragraph:  # most are
            yield block.break_change
            for span in block.spans:
                yield span.change
            continue
        for spans in runs(block):
            yield from (span.change for span in spans)
        yield from _ends(block)


def _ends(block: Block) -> Iterator[Change | None]:
    match block:
        case Paragraph() | Heading():
            yield block.break_change
        case Quote():
            yield from (paragraph.break_change for paragraph in block.paragraphs)
        case Parallel():
            yield from (paragraph.break_change for column in block.columns for paragraph in column.paragraphs)
        case ListBlock():
            for item in block.items:
                yield item.break_change
                yield from chain.from_iterable(map(_ends, item.lists))
