"""Blocks of an article as paragraphs and tables of Word."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.article import (
    Align,
    Block,
    Cell,
    Direction,
    Download,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Parallel,
    Quote,
    Separator,
    Span,
    Spans,
    Table,
)
from app.domain.public import PublicArticle
from app.formats import printed
from app.formats.word_lines import line, properties
from app.formats.word_numbering import Numbering
from app.formats.word_pictures import Pictures
from app.formats.word_runs import Runs
from app.formats.word_xml import Node, node

TEXT_WIDTH = 9070
"""The width of the text on an A4 page with margins of 25 mm, in twentieths of a point."""

_JC = {Align.CENTER: "center", Align.END: "right", Align.JUSTIFY: "both", Align.START: "left"}
_MOST_COLUMNS = 63
"""Word opens no table with more."""


class WordBody:
    """Writes blocks with the runs, numbering and pictures of one document."""

    def __init__(self, article: PublicArticle, runs: Runs, numbering: Numbering, pictures: Pictures) -> None:
        self._article = article
        self._runs = runs
        self._numbering = numbering
        self._pictures = pictures
        self._photos = printed.inline(article)

    def block(self, block: Block) -> Iterator[Node]:
        """The paragraphs and tables of ``block``."""
        match block:
            case Paragraph():
                yield self.paragraph(block)
            case Heading():
                style = "Heading3" if block.level >= 3 else "Heading2"
                yield self.spans(style, block.spans, block.direction)
            case Quote():
                style = "IntenseQuote" if block.pull else "Quote"
                for paragraph in block.paragraphs:
                    yield self.paragraph(paragraph, style)
                if block.attribution:
                    yield self.spans("Attribution", (Span("— "), *block.attribution))
            case ListBlock():
                yield from self._list(block, 0)
            case Figure():
                if photo := self._photos.get(block.photo):
                    yield from self._pictures.figure(photo)
            case Separator():
                yield self.words("Separator", "* * *")
            case Table():
                yield from (_gap(), self._table(block), _gap())
            case Download():
                yield self.spans("Download", block.label)
            case Parallel():
                yield from (_gap(), self._parallel(block), _gap())

    def paragraph(self, paragraph: Paragraph, style: str = "", language: str = "") -> Node:
        """``paragraph`` in ``style``; ``language`` where it is another than the article's."""
        return self.spans(style, paragraph.spans, paragraph.direction, paragraph.align, language)

    def words(self, style: str, text: str) -> Node:
        """A paragraph of plain ``text`` that runs as the article does."""
        way = self._article.direction
        return node("w:p", properties(style, way), *self._runs.words(text, way))

    def line(self, style: str, text: str, url: str = "") -> Node:
        """A paragraph of plain ``text`` that runs as its own words do."""
        return line(self._runs, style, text, self._article.direction, url=url)

    def spans(
        self,
        style: str,
        spans: Spans,
        direction: Direction = Direction.AUTO,
        align: Align = Align.NATURAL,
        language: str = "",
        numbered: Node | None = None,
    ) -> Node:
        """A paragraph of ``spans`` in ``style``, ``numbered`` when it is an item of a list."""
        way = printed.direction(direction, printed.plain(spans), self._article.direction)
        look = properties(style, way, numbered=numbered, jc=_JC.get(align))
        return node("w:p", look, *self._runs.of(spans, way, language))

    def _list(self, block: ListBlock, depth: int) -> Iterator[Node]:
        number = self._numbering.of(block, depth)
        style = ("ListNumber" if block.ordered else "ListBullet") + ("", "2", "3")[min(depth, 2)]
        for item in block.items:
            level = node("w:ilvl", w_val=min(depth, self._numbering.DEEPEST))
            numbered = node("w:numPr", level, node("w:numId", w_val=number))
            yield self.spans(style, item.spans, numbered=numbered)
            for inner in item.lists:
                yield from self._list(inner, depth + 1)

    def _parallel(self, block: Parallel) -> Node:
        columns = block.columns[:_MOST_COLUMNS]
        width = TEXT_WIDTH // max(len(columns), 1)
        cells = []
        for column in columns:
            foreign = column.language if column.language != self._article.language else ""
            body = [self.paragraph(each, "Parallel", foreign) for each in column.paragraphs]
            cells.append(_cell(width, body or [node("w:p")]))
        return self._grid("ParallelText", [width] * len(columns), [node("w:tr", *cells)])

    def _table(self, table: Table) -> Node:
        count = min(max((sum(cell.columns for cell in row) for row in table.rows), default=1), _MOST_COLUMNS)
        count = max(count, 1)
        width = TEXT_WIDTH // count
        below: dict[int, tuple[int, int]] = {}  # column -> (rows still covered, columns covered)
        rows = [self._row(row, count, width, below, first=not index) for index, row in enumerate(table.rows)]
        return self._grid("TableGrid", [width] * count, rows)

    def _row(
        self,
        cells: tuple[Cell, ...],
        count: int,
        width: int,
        below: dict[int, tuple[int, int]],
        *,
        first: bool,
    ) -> Node:
        written, waiting, at = [], list(cells), 0
        while at < count:
            if at in below:
                rows, span = below.pop(at)
                if rows > 1:
                    below[at] = rows - 1, span
                written.append(_cell(width * span, [node("w:p")], span, "continue"))
            elif waiting:
                cell = waiting.pop(0)
                span = max(1, min(cell.columns, count - at))
                span = next((n for n in range(1, span) if at + n in below), span)
                if cell.rows > 1:
                    below[at] = cell.rows - 1, span
                style = "TableHeading" if cell.header else "TableText"
                body = [self.spans(style, cell.spans)]
                written.append(_cell(width * span, body, span, "restart" if cell.rows > 1 else ""))
            else:
                span = 1
                written.append(_cell(width, [node("w:p")]))
            at += span
        heading = first and all(cell.header for cell in cells)
        return node("w:tr", node("w:trPr", node("w:tblHeader")) if heading else None, *written)

    def _grid(self, style: str, widths: list[int], rows: list[Node]) -> Node:
        look = node(
            "w:tblPr",
            node("w:tblStyle", w_val=style),
            node("w:bidiVisual") if self._article.direction == "rtl" else None,
            node("w:tblW", w_w=sum(widths), w_type="dxa"),
            node("w:tblLayout", w_type="fixed"),
        )
        grid = node("w:tblGrid", *(node("w:gridCol", w_w=width) for width in widths))
        return node("w:tbl", look, grid, *(rows or [node("w:tr", _cell(widths[0], [node("w:p")]))]))


def _gap() -> Node:
    """Air beside a table; Word would join two tables that touch."""
    return node("w:p", node("w:pPr", node("w:pStyle", w_val="TableGap")))


def _cell(width: int, body: list[Node], span: int = 1, merge: str = "") -> Node:
    look = node(
        "w:tcPr",
        node("w:tcW", w_w=width, w_type="dxa"),
        node("w:gridSpan", w_val=span) if span > 1 else None,
        node("w:vMerge", w_val=merge) if merge else None,
    )
    return node("w:tc", look, *body)
