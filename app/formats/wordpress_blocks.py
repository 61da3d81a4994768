"""The body of an article as WordPress blocks, as the editor of WordPress 6.x saves them.

The site's own theme prints headline, standfirst, lead photograph and tags; they are not in the content.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from markupsafe import Markup, escape

from app.domain.article import (
    Align,
    Block,
    Cell,
    Download,
    Figure,
    Footnote,
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
from app.domain.language import direction_of
from app.domain.public import PublicArticle, PublicPhoto
from app.formats import printed
from app.formats.captions import caption
from app.formats.html_inline import anchor, language_attributes, spans_html

_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Media:
    """A photograph as the site knows it."""

    id: int
    url: str


def content(
    article: PublicArticle, media: Mapping[str, Media] | None = None, *, own_notes: bool = False
) -> str:
    """The content of a post.

    ``media`` says by photo id what the site made of a photograph; without it the file's name stands in its
    place.  With ``own_notes`` the site prints the footnotes from ``footnotes_meta`` (WordPress 6.3 and
    later); otherwise they stand at the end of the content.
    """
    blocks = _Blocks(article, media or {}, own_notes=own_notes)
    written = [blocks.block(block) for block in article.blocks]
    written += [blocks.image(photo) for photo in printed.unplaced(article)]
    written += [blocks.notes(), blocks.correction()]
    return "\n\n".join(filter(None, written)) + "\n"


def footnotes_meta(article: PublicArticle) -> str:
    """The value of a post's ``footnotes`` meta field: JSON on one line, ``content`` before ``id``."""
    blocks = _Blocks(article, {}, own_notes=True)
    notes = [{"content": blocks.note(note), "id": note_id(article, note)} for note in printed.notes(article)]
    return json.dumps(notes, ensure_ascii=False)


def note_id(article: PublicArticle, note: Footnote) -> str:
    """A UUID for ``note`` that is the same in every export of the piece."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{article.slug}#{note.id}"))


def _block(name: str, inner: str, **attributes: object) -> str:
    """``inner`` between the comments by which WordPress knows a block."""
    stated = " " + json.dumps(attributes, separators=(",", ":")) if attributes else ""
    return f"<!-- wp:{name}{stated} -->\n{inner}\n<!-- /wp:{name} -->"


class _Blocks:
    """Writes blocks; every string that it returns is markup, every word in it escaped."""

    def __init__(self, article: PublicArticle, media: Mapping[str, Media], *, own_notes: bool) -> None:
        self._article = article
        self._media = media
        self._own_notes = own_notes
        self._notes = {note.id: note for note in printed.notes(article)}
        self._numbers = {name: number for number, name in enumerate(self._notes, 1)}
        self._photos = printed.inline(article)
        self._referred: set[str] = set()

    def block(self, block: Block) -> str:
        """``block``, or nothing for a photograph that stands elsewhere."""
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Heading():
                level = 3 if block.level >= 3 else 2
                attributes = {"level": level} if level != 2 else {}
                words = f'<h{level} class="wp-block-heading">{self._spans(block.spans)}</h{level}>'
                return _block("heading", words, **attributes)
            case Quote():
                return self._quote(block)
            case ListBlock():
                return self._list(block)
            case Figure():
                photo = self._photos.get(block.photo)
                return self.image(photo) if photo else ""
            case Separator():
                return _block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')
            case Table():
                return self._table(block)
            case Download():
                return self._paragraph(Paragraph(block.id, block.label))
            case Parallel():
                return self._parallel(block)

    def image(self, photo: PublicPhoto) -> str:
        """A photograph with the caption that ends in its source."""
        media = self._media.get(photo.id)
        known = Markup(' class="wp-image-{}"').format(media.id) if media else _NOTHING
        words = _NOTHING.join(
            anchor(part.text, photo.credit_url) if part.kind == "credit" else escape(part.text)
            for part in caption(self._article, photo)
        )
        below = (
            Markup('<figcaption class="wp-element-caption">{}</figcaption>').format(words) if words else ""
        )
        figure = Markup(
            '<figure class="wp-block-image size-large"><img src="{}" alt="{}"{}/>{}</figure>'
        ).format(media.url if media else photo.name, photo.alt, known, below)
        identity = {"id": media.id} if media else {}
        return _block("image", str(figure), **identity, sizeSlug="large", linkDestination="none")

    def notes(self) -> str:
        """The footnotes: a block that the site fills, or the list itself."""
        if not self._notes:
            return ""
        if self._own_notes:
            return "<!-- wp:footnotes /-->"
        heading = self.block(Heading("", 2, (Span(self._article.magazine.labels.notes),)))
        items = "\n".join(
            f'<li id="note-{self._numbers[name]}">{self.note(note)}{self._back(name)}</li>'
            for name, note in self._notes.items()
        )
        return heading + "\n\n" + _block("html", f"<ol>\n{items}\n</ol>")

    def note(self, note: Footnote) -> str:
        """The words of ``note``, its paragraphs on lines of their own."""
        return "<br>".join(self._spans(paragraph.spans) for paragraph in note.paragraphs)

    def correction(self) -> str:
        """The dated note of a correction."""
        if not self._article.correction:
            return ""
        label = self._article.magazine.labels.correction
        words = Markup("<strong>{}</strong> {}").format(label, self._article.correction)
        return _block("paragraph", f"<p>{words}</p>")

    def _back(self, name: str) -> str:
        if name not in self._referred:
            return ""
        label = self._article.magazine.labels.back_to_text
        return str(
            Markup(' <a href="#ref-{}" aria-label="{}">↩&#xFE0E;</a>').format(self._numbers[name], label)
        )

    def _spans(self, spans: Spans, language: str = "") -> str:
        """``spans``, wrapped in their ``language`` where it is another than the article's."""
        inner = spans_html(spans, language or self._article.language, self._reference)
        foreign = language_attributes(language, self._article.language)
        return str(Markup("<span{}>{}</span>").format(foreign, inner) if foreign else inner)

    def _reference(self, name: str) -> Markup:
        if name not in self._notes:
            return _NOTHING
        number, first = self._numbers[name], name not in self._referred
        self._referred.add(name)
        if self._own_notes:
            target = note_id(self._article, self._notes[name])
            place = Markup(' id="{}-link"').format(target) if first else _NOTHING
            return Markup('<sup data-fn="{}" class="fn"><a href="#{}"{}>{}</a></sup>').format(
                target, target, place, number
            )
        place = Markup(' id="ref-{}"').format(number) if first else _NOTHING
        return Markup('<sup><a href="#note-{}"{}>{}</a></sup>').format(number, place, number)

    def _paragraph(self, paragraph: Paragraph, language: str = "") -> str:
        way = printed.direction(paragraph.direction, printed.plain(paragraph.spans), self._article.direction)
        end = "left" if way == "rtl" else "right"
        align = {Align.CENTER: "center", Align.END: end}.get(paragraph.align, "")
        attributes = {"align": align} if align else {}
        look = f' class="has-text-align-{align}"' if align else ""
        if way != direction_of(self._article.magazine.language):  # the site's own needs no saying
            attributes["direction"] = way
            look += f' dir="{way}"'
        return _block("paragraph", f"<p{look}>{self._spans(paragraph.spans, language)}</p>", **attributes)

    def _quote(self, quote: Quote) -> str:
        """A quotation; WordPress versions disagree on how a citation is saved, so it is a paragraph."""
        if quote.pull:
            lines = "<br>".join(self._spans(paragraph.spans) for paragraph in quote.paragraphs)
            cite = f"<cite>{self._spans(quote.attribution)}</cite>" if quote.attribution else ""
            inner = (
                f'<figure class="wp-block-pullquote"><blockquote><p>{lines}</p>{cite}</blockquote></figure>'
            )
            return _block("pullquote", inner)
        said_by = Paragraph("", (Span("— "), *quote.attribution))
        paragraphs = [*quote.paragraphs, said_by] if quote.attribution else list(quote.paragraphs)
        inner = "\n\n".join(map(self._paragraph, paragraphs))
        return _block("quote", f'<blockquote class="wp-block-quote">{inner}</blockquote>')

    def _list(self, block: ListBlock) -> str:
        items = "\n\n".join(
            _block("list-item", f"<li>{self._spans(item.spans)}{''.join(map(self._list, item.lists))}</li>")
            for item in block.items
        )
        attributes: dict[str, object] = {"ordered": True} if block.ordered else {}
        start = ""
        if block.ordered and block.start != 1:
            attributes["start"] = block.start
            start = f' start="{block.start}"'
        tag = "ol" if block.ordered else "ul"
        return _block("list", f'<{tag}{start} class="wp-block-list">{items}</{tag}>', **attributes)

    def _table(self, table: Table) -> str:
        head = list(takewhile(lambda row: all(cell.header for cell in row), table.rows[:1]))
        body = table.rows[len(head) :]
        parts = "".join(
            f"<{tag}>{''.join(map(self._row, rows))}</{tag}>"
            for tag, rows in (("thead", head), ("tbody", body))
            if rows
        )
        inner = f'<figure class="wp-block-table"><table>{parts}</table></figure>'
        return _block("table", inner, hasFixedLayout=False)

    def _row(self, row: tuple[Cell, ...]) -> str:
        return f"<tr>{''.join(map(self._cell, row))}</tr>"

    def _cell(self, cell: Cell) -> str:
        tag = "th" if cell.header else "td"
        reach = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        reach += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        return f"<{tag}{reach}>{self._spans(cell.spans)}</{tag}>"

    def _parallel(self, block: Parallel) -> str:
        columns = "\n\n".join(
            _block(
                "column",
                '<div class="wp-block-column">'
                + "\n\n".join(self._paragraph(each, column.language) for each in column.paragraphs)
                + "</div>",
            )
            for column in block.columns
        )
        return _block("columns", f'<div class="wp-block-columns">{columns}</div>')
