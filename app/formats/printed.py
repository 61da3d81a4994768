"""What every writer of a public target asks: in which order notes count, which links may be printed,
how a caption ends.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from app.domain.article import (
    Block,
    ChangeKind,
    Direction,
    Download,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Parallel,
    Quote,
    Separator,
    Spans,
    Table,
)
from app.domain.public import ExportFile, PublicArticle, PublicPhoto
from app.formats.links import good_link

MARKS = (Mark.BOLD, Mark.ITALIC, Mark.SMALL_CAPS, Mark.STRIKETHROUGH, Mark.SUBSCRIPT, Mark.SUPERSCRIPT)
"""Marks from the outermost to the innermost; a set has no order that lasts beyond one process."""


def direction(stated: Direction, words: str, around: str) -> str:
    """``rtl`` or ``ltr`` for a paragraph of ``words``: as stated, else as its first strong letter runs.

    Words without one run as the text ``around`` them (Unicode UAX 9, P2 and P3).
    """
    if stated is not Direction.AUTO:
        return stated.value
    for sign in words:
        kind = unicodedata.bidirectional(sign)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return around


def safe_link(url: str) -> str:
    """``url`` if it is an absolute http, https or mailto address, else ``""``."""
    return url if good_link(url) else ""


def accepted(spans: Spans) -> Spans:
    """``spans`` without text that a tracked change deletes."""
    return tuple(span for span in spans if not (span.change and span.change.kind is ChangeKind.DELETION))


def plain(spans: Spans) -> str:
    """The words of ``spans`` alone."""
    return "".join(span.text for span in accepted(spans))


def notes(article: PublicArticle) -> tuple[Footnote, ...]:
    """Footnotes in the order in which the text refers to them; those it never names come last."""
    known = {note.id: note for note in article.footnotes}
    order: dict[str, Footnote] = {}
    waiting = [spans for block in article.blocks for spans in texts(block)]
    while waiting:
        for span in accepted(waiting.pop(0)):
            if span.note in known and span.note not in order:
                order[span.note] = known[span.note]
                waiting += [paragraph.spans for paragraph in known[span.note].paragraphs]
    return tuple((order | known).values())


def texts(block: Block) -> Iterator[Spans]:
    """Every run of text in ``block``, in reading order."""
    match block:
        case Paragraph() | Heading():
            yield block.spans
        case Quote():
            yield from (paragraph.spans for paragraph in block.paragraphs)
            yield block.attribution
        case ListBlock():
            for item in block.items:
                yield item.spans
                for inner in item.lists:
                    yield from texts(inner)
        case Table():
            yield from (cell.spans for row in block.rows for cell in row)
        case Download():
            yield block.label
        case Parallel():
            yield from (paragraph.spans for column in block.columns for paragraph in column.paragraphs)
        case Figure() | Separator():
            pass


def lead(article: PublicArticle) -> PublicPhoto | None:
    """The photograph above the text, if there is one."""
    return next((photo for photo in article.photos if photo.lead), None)


def inline(article: PublicArticle) -> dict[str, PublicPhoto]:
    """Photographs that stand in the body, by id; the lead is not among them."""
    return {photo.id: photo for photo in article.photos if photo is not lead(article)}


def unplaced(article: PublicArticle) -> list[PublicPhoto]:
    """Photographs that no figure names; they are printed after the text."""
    placed = {block.photo for block in article.blocks if isinstance(block, Figure)}
    return [photo for name, photo in inline(article).items() if name not in placed]


def ended(sentence: str) -> str:
    """``sentence`` with a full stop of its script, unless it ends in punctuation already."""
    if not sentence or unicodedata.category(sentence[-1])[0] not in "LNM":
        return sentence
    wide = unicodedata.east_asian_width(sentence[-1]) == "W" and "HANGUL" not in unicodedata.name(
        sentence[-1], ""
    )
    return sentence + ("。" if wide else ".")


def gap_after(words: str) -> str:
    """What stands between ``words`` and the next ones: a space, or nothing after a sign of full width."""
    return "" if words and unicodedata.east_asian_width(words[-1]) in "WF" else " "


def labelled(label: str, words: str) -> str:
    """``words`` behind their ``label``, or nothing where there are none."""
    return f"{label}{gap_after(label)}{words}" if words else ""


def photo_files(photos: Iterable[PublicPhoto]) -> tuple[ExportFile, ...]:
    """Each photograph as a file of its own."""
    return tuple(ExportFile(photo.name, photo.media_type, photo.data) for photo in photos)
