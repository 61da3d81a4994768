"""The last step of a document reader: ids for everything, and comments at their characters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.article import (
    Block,
    Comment,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
)
from app.domain.spans import merged, runs, words_alone
from app.formats.lines import Anchor


@dataclass(frozen=True, slots=True)
class _Place:
    block: str
    start: int
    end: int


class Finishing:
    """Numbers the blocks ``b1``, ``b2``, … in reading order, and remembers where anchors stood."""

    def __init__(self) -> None:
        self._count = 0
        self._places: dict[str, _Place] = {}
        self._open: set[str] = set()
        self._last = ""

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """``blocks`` with ids and without anchors."""
        return tuple(self._block(block) for block in blocks)

    def notes(self, notes: Mapping[str, tuple[Paragraph, ...]]) -> tuple[Footnote, ...]:
        """Footnotes by id; their paragraphs are numbered on."""
        return tuple(
            Footnote(note, tuple(self._paragraph(paragraph) for paragraph in paragraphs))
            for note, paragraphs in notes.items()
        )

    def comments(self, comments: Sequence[Comment]) -> tuple[Comment, ...]:
        """``comments`` at their places and in reading order, ``c1``, ``c2``, …

        The ids that come in are those of the anchors.  An answer without a place stands where its
        question stands, a remark without one at the end of the text.
        """
        end = _Place(self._last, 0, 0)
        known = {comment.id: comment for comment in comments}
        places = {
            comment.id: self._places.get(comment.id) or self._places.get(comment.parent) or end
            for comment in comments
        }
        order = {place: number for number, place in enumerate(self._places)}
        ranked = sorted(
            comments, key=lambda comment: order.get(comment.id, order.get(comment.parent, len(order)))
        )
        names = {comment.id: f"c{number}" for number, comment in enumerate(ranked, 1)}
        return tuple(
            replace(
                comment,
                id=names[comment.id],
                block=places[comment.id].block,
                start=places[comment.id].start,
                end=places[comment.id].end,
                parent=names[comment.parent] if comment.parent in known else "",
            )
            for comment in ranked
        )

    def _id(self) -> str:
        self._count += 1
        return f"b{self._count}"

    def _paragraph(self, paragraph: Paragraph) -> Paragraph:
        done = self._block(paragraph)
        assert isinstance(done, Paragraph)
        return done

    def _block(self, block: Block) -> Block:
        name = self._last = self._id()
        if words_alone(block) is None:
            self._find(name, block)
        match block:
            case Quote():
                paragraphs = tuple(
                    replace(paragraph, id=self._id(), spans=_bare(paragraph.spans))
                    for paragraph in block.paragraphs
                )
                return replace(block, id=name, paragraphs=paragraphs, attribution=_bare(block.attribution))
            case ListBlock():
                return self._list(block, name)
            case Table():
                rows = tuple(
                    tuple(replace(cell, spans=_bare(cell.spans)) for cell in row) for row in block.rows
                )
                return replace(block, id=name, rows=rows)
            case Paragraph():
                return Paragraph(name, _bare(block.spans), block.align, block.direction, block.break_change)
            case Heading():
                return replace(block, id=name, spans=_bare(block.spans))
            case _:
                return replace(block, id=name)

    def _list(self, block: ListBlock, name: str) -> ListBlock:
        items = tuple(
            ListItem(
                _bare(item.spans),
                tuple(self._list(inner, self._id()) for inner in item.lists),
                item.break_change,
            )
            for item in block.items
        )
        return replace(block, id=name, items=items)

    def _find(self, name: str, block: Block) -> None:
        """Note where anchors stand, by the characters of ``block_text``.

        A range that goes on into the next block ends with the one in which it began.
        """
        at = 0
        for number, spans in enumerate(runs(block)):
            at += number > 0
            for span in spans:
                if isinstance(span, Anchor):
                    self._meet(span.comment, name, at)
                at += len(span.text)
        for comment in self._open:
            self._places[comment] = replace(self._places[comment], end=at)
        self._open.clear()

    def _meet(self, comment: str, name: str, at: int) -> None:
        if comment in self._open:
            self._places[comment] = replace(self._places[comment], end=at)
            self._open.remove(comment)
        elif comment not in self._places:
            self._places[comment] = _Place(name, at, at)
            self._open.add(comment)


def _bare(spans: Spans) -> Spans:
    if len(spans) == 1 and type(spans[0]) is Span and spans[0].text.isascii() and spans[0].text:
        return spans
    return merged(span for span in spans if not isinstance(span, Anchor))
