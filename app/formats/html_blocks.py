"""The body of the finished page: blocks, photographs and notes as HTML."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup, escape

from app.domain.article import (
    Align,
    Block,
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
from app.domain.public import PublicArticle, PublicPhoto
from app.formats import printed
from app.formats.captions import CaptionPart, caption
from app.formats.html_inline import TAGS, anchor, language_attributes, spans_html

_TAGS = {**TAGS, Mark.SMALL_CAPS: Markup('<span class="small-caps">{}</span>')}
_NOTHING = Markup("")


class PageBody:
    """Writes the blocks of one article and counts its note references on the way."""

    def __init__(self, article: PublicArticle) -> None:
        self._article = article
        self._notes = printed.notes(article)
        self._numbers = {note.id: number for number, note in enumerate(self._notes, 1)}
        self._references: Counter[str] = Counter()
        self._photos = printed.inline(article)

    def blocks(self) -> Markup:
        """The body, then the photographs that no figure names."""
        written = [self._block(block) for block in self._article.blocks]
        written += [self.figure(photo) for photo in printed.unplaced(self._article)]
        return Markup("\n").join(filter(None, written))

    def notes(self) -> Markup:
        """The items of the list of notes, each with a link back to every place that refers to it."""
        return Markup("\n").join(self._note(note) for note in self._notes)

    def figure(self, photo: PublicPhoto) -> Markup:
        """A photograph with its caption, which ends in its credit or source."""
        parts = caption(self._article, photo)
        words = _NOTHING.join(self._caption(part, photo) for part in parts)
        below = Markup("\n<figcaption>{}</figcaption>").format(words) if words else _NOTHING
        loading = "eager" if photo.lead else "lazy"
        return Markup(
            '<figure class="{}">\n<img src="{}" alt="{}" width="{}" height="{}" loading="{}">{}\n</figure>'
        ).format(
            "lead" if photo.lead else "photo",
            photo.name,
            photo.alt,
            photo.width,
            photo.height,
            loading,
            below,
        )

    def _caption(self, part: CaptionPart, photo: PublicPhoto) -> Markup:
        if part.kind == "credit":
            # Names of any script, which must not turn the stop behind them around.
            shown = Markup('<bdi class="credit">{}</bdi>').format(anchor(part.text, photo.credit_url))
            named = part.text == photo.credit or not photo.lead
            return shown if named else Markup('<span title="{}">{}</span>').format(photo.credit, shown)
        foreign = language_attributes(self._article.magazine.language, self._article.language)
        if part.kind == "own" and foreign and any(sign.isalpha() for sign in part.text):
            return Markup("<span{}>{}</span>").format(foreign, part.text)
        return escape(part.text)

    def _spans(self, spans: Spans, language: str = "") -> Markup:
        return spans_html(spans, language or self._article.language, self._reference, _TAGS)

    def _direction(self, stated: Direction, spans: Spans) -> Markup:
        way = printed.direction(stated, printed.plain(spans), self._article.direction)
        return Markup(' dir="{}"').format(way) if way != self._article.direction else _NOTHING

    def _reference(self, note: str) -> Markup:
        number = self._numbers.get(note)
        if number is None:
            return _NOTHING
        self._references[note] += 1
        place = _place(number, self._references[note])
        return Markup('<sup class="ref"><a id="{}" href="#note-{}" role="doc-noteref">{}</a></sup>').format(
            place, number, number
        )

    def _note(self, note: Footnote) -> Markup:
        number, label = self._numbers[note.id], self._article.magazine.labels.back_to_text
        back = _NOTHING.join(
            Markup(' <a class="back" href="#{}" role="doc-backlink" aria-label="{}">↩&#xFE0E;</a>').format(
                _place(number, count), label
            )
            for count in range(1, self._references[note.id] + 1)
        )
        *before, last = note.paragraphs or (Paragraph(note.id),)
        body = Markup("\n").join([*map(self._paragraph, before), self._paragraph(last, after=back)])
        return Markup('<li id="note-{}">{}</li>').format(number, body)

    def _block(self, block: Block) -> Markup:
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Heading():
                level = 3 if block.level >= 3 else 2
                return Markup("<h{}{}>{}</h{}>").format(
                    level, self._direction(block.direction, block.spans), self._spans(block.spans), level
                )
            case Quote():
                return self._quote(block)
            case ListBlock():
                return self._list(block)
            case Figure():
                photo = self._photos.get(block.photo)
                return self.figure(photo) if photo else _NOTHING
            case Separator():
                return Markup("<hr>")
            case Table():
                return self._table(block)
            case Download():
                return Markup('<p class="download">{}</p>').format(self._spans(block.label))
            case Parallel():
                return self._parallel(block)

    def _paragraph(self, paragraph: Paragraph, language: str = "", after: Markup = _NOTHING) -> Markup:
        natural = paragraph.align is Align.NATURAL
        align = _NOTHING if natural else Markup(' class="{}"').format(paragraph.align.value)
        words = self._spans(paragraph.spans, language)
        return Markup("<p{}{}>{}{}</p>").format(
            align, self._direction(paragraph.direction, paragraph.spans), words, after
        )

    def _quote(self, quote: Quote) -> Markup:
        body = Markup("\n").join(self._paragraph(paragraph) for paragraph in quote.paragraphs)
        if quote.attribution:
            body += Markup("\n<footer>{}</footer>").format(self._spans(quote.attribution))
        kind = Markup(' class="pull"') if quote.pull else _NOTHING
        return Markup("<blockquote{}>\n{}\n</blockquote>").format(kind, body)

    def _list(self, block: ListBlock) -> Markup:
        items = Markup("\n").join(
            Markup("<li>{}{}</li>").format(
                self._spans(item.spans),
                _NOTHING.join(Markup("\n") + self._list(inner) for inner in item.lists),
            )
            for item in block.items
        )
        tag = "ol" if block.ordered else "ul"
        start = Markup(' start="{}"').format(block.start) if block.ordered and block.start != 1 else _NOTHING
        return Markup("<{}{}>\n{}\n</{}>").format(tag, start, items, tag)

    def _table(self, table: Table) -> Markup:
        rows = []
        for index, row in enumerate(table.rows):
            cells = []
            for cell in row:
                tag = "th" if cell.header else "td"
                scope = Markup(' scope="{}"').format("row" if index else "col") if cell.header else _NOTHING
                spans = Markup(' colspan="{}"').format(cell.columns) if cell.columns > 1 else _NOTHING
                spans += Markup(' rowspan="{}"').format(cell.rows) if cell.rows > 1 else _NOTHING
                cells.append(
                    Markup("<{}{}{}>{}</{}>").format(tag, scope, spans, self._spans(cell.spans), tag)
                )
            rows.append(Markup("<tr>{}</tr>").format(_NOTHING.join(cells)))
        return Markup('<div class="table" tabindex="0">\n<table>\n{}\n</table>\n</div>').format(
            Markup("\n").join(rows)
        )

    def _parallel(self, block: Parallel) -> Markup:
        columns = Markup("\n").join(
            Markup("<div{}>\n{}\n</div>").format(
                language_attributes(column.language, self._article.language),
                Markup("\n").join(
                    self._paragraph(paragraph, column.language) for paragraph in column.paragraphs
                ),
            )
            for column in block.columns
        )
        return Markup('<div class="parallel">\n{}\n</div>').format(columns)


def _place(number: int, count: int) -> str:
    """The id of the ``count``-th reference to note ``number``."""
    return f"ref-{number}" if count == 1 else f"ref-{number}-{count}"
