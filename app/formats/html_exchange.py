"""The exchange form of an article in HTML: readable in a browser, and read back without loss.

Words stand in plain semantic elements; what HTML has no element for (ids, who changed what, comments)
stands in ``data-`` attributes that ``html_reader`` understands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from app.domain.article import (
    Align,
    Article,
    Block,
    Cell,
    Column,
    Comment,
    Direction,
    Download,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Parallel,
    Quote,
    Separator,
    Table,
)
from app.domain.plain_text import note_numbers
from app.formats.html_spans import attribute, data, end_data, spans_html, text_html

EXCHANGE = "article"
"""The value of ``data-transom`` on the root element by which a reader knows this form."""


def to_html(article: Article) -> str:
    """``article`` as an HTML document that ``html_reader.read`` gives back unchanged."""
    blocks = HtmlBlocks({note: str(number) for note, number in note_numbers(article).items()})
    body = [
        _field("h1", "headline", article.headline),
        _field("p", "standfirst", article.standfirst),
        _field("p", "byline", article.byline),
        _field("p", "dateline", article.dateline),
        *map(blocks.block, article.blocks),
        _group("footnotes", map(blocks.footnote, article.footnotes)),
        _field("p", "bio", article.bio),
        _group("tags", (_field("p", "tag", tag, empty=True) for tag in article.tags)),
        _group("regions", (_field("p", "region", region, empty=True) for region in article.regions)),
        _group("comments", map(_comment, article.comments)),
    ]
    title = " ".join(article.headline.split())
    return "\n".join(
        [
            f'<!DOCTYPE html>\n<html{attribute("lang", article.language)} data-transom="{EXCHANGE}">',
            f'<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n</head>\n<body>',
            *filter(None, body),
            "</body>\n</html>\n",
        ]
    )


@dataclass(frozen=True)
class HtmlBlocks:
    """Blocks as HTML.  ``numbers`` gives what a reference to a footnote shows; ``ids`` writes the ids down."""

    numbers: Mapping[str, str]
    ids: bool = True

    def block(self, block: Block) -> str:
        """One block, without an empty line in it."""
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Heading():
                return self._text(f"h{block.level}", self.attributes(block), block)
            case Quote():
                return self._quote(block)
            case ListBlock():
                return self._list(block)
            case Figure():
                return f"<figure{self._id(block.id)}{data('photo', block.photo)}></figure>"
            case Separator():
                return f"<hr{self._id(block.id)}>"
            case Table():
                return self._lines("table", self._id(block.id), map(self._row, block.rows))
            case Download():
                file = data("file", block.file) if self.ids else ""
                return f"<p{self._id(block.id)}{file}>{spans_html(block.label, self.numbers)}</p>"
            case Parallel():
                return self._lines(
                    "div", self._id(block.id) + ' data-parallel="1"', map(self._column, block.columns)
                )

    def footnote(self, note: Footnote) -> str:
        """A footnote with its paragraphs."""
        return self._lines("div", data("note", note.id), map(self._paragraph, note.paragraphs))

    def attributes(self, block: Block) -> str:
        """The attributes of ``block`` other than its words."""
        match block:
            case Paragraph():
                align = f"text-align:{block.align}" if block.align is not Align.NATURAL else ""
                return (
                    self._id(block.id)
                    + self._direction(block.direction)
                    + attribute("style", align)
                    + end_data(block.break_change)
                )
            case Heading():
                return self._id(block.id) + self._direction(block.direction) + end_data(block.break_change)
            case Quote():
                return self._id(block.id) + (' class="pull"' if block.pull else "")
            case ListBlock():
                start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
                return self._id(block.id) + start
            case _:
                return self._id(block.id)

    def _id(self, name: str) -> str:
        return data("id", name) if self.ids else ""

    def _direction(self, direction: Direction) -> str:
        return attribute("dir", direction)

    def _text(self, tag: str, attributes: str, block: Paragraph | Heading) -> str:
        return f"<{tag}{attributes}>{spans_html(block.spans, self.numbers)}</{tag}>"

    def _paragraph(self, block: Paragraph) -> str:
        return self._text("p", self.attributes(block), block)

    def _quote(self, block: Quote) -> str:
        lines = [self._paragraph(paragraph) for paragraph in block.paragraphs]
        if block.attribution:
            lines.append(f"<cite>{spans_html(block.attribution, self.numbers)}</cite>")
        return self._lines("blockquote", self.attributes(block), lines)

    def _list(self, block: ListBlock) -> str:
        return self._lines(
            "ol" if block.ordered else "ul", self.attributes(block), map(self._item, block.items)
        )

    def _item(self, item: ListItem) -> str:
        inner = "".join("\n" + self._list(block) for block in item.lists)
        return f"<li{end_data(item.break_change)}>{spans_html(item.spans, self.numbers)}{inner}</li>"

    def _row(self, row: tuple[Cell, ...]) -> str:
        return self._lines("tr", "", map(self._cell, row))

    def _cell(self, cell: Cell) -> str:
        tag = "th" if cell.header else "td"
        columns = f' colspan="{cell.columns}"' if cell.columns != 1 else ""
        rows = f' rowspan="{cell.rows}"' if cell.rows != 1 else ""
        return f"<{tag}{columns}{rows}>{spans_html(cell.spans, self.numbers)}</{tag}>"

    def _column(self, column: Column) -> str:
        attributes = f' data-column="1"{attribute("lang", column.language)}'
        return self._lines("div", attributes, map(self._paragraph, column.paragraphs))

    def _lines(self, tag: str, attributes: str, lines: Iterable[str]) -> str:
        return "\n".join([f"<{tag}{attributes}>", *lines, f"</{tag}>"])


def _field(tag: str, name: str, text: str, empty: bool = False) -> str:
    return f"<{tag}{data('field', name)}>{text_html(text)}</{tag}>" if text or empty else ""


def _group(name: str, parts: Iterable[str]) -> str:
    lines = list(parts)
    return "\n".join([f"<section{data('group', name)}>", *lines, "</section>"]) if lines else ""


def _comment(comment: Comment) -> str:
    attributes = (
        data("field", "comment")
        + data("id", comment.id)
        + data("block", comment.block)
        + data("start", str(comment.start))
        + data("stop", str(comment.end))
        + data("by", comment.by)
        + data("at", comment.at)
        + data("parent", comment.parent)
        + (data("resolved", "1") if comment.resolved else "")
    )
    return f"<p{attributes}>{text_html(comment.text)}</p>"
