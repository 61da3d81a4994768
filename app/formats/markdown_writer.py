"""The finished article as Markdown with front matter, for sites that are made of such files.

Fields go by the names that Hugo gives them.  The lead photograph is the field ``image``, since a site's
own template prints it; all others stand in the text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.article import (
    Align,
    Article,
    Block,
    Direction,
    Figure,
    Footnote,
    Heading,
    Paragraph,
    Quote,
    Separator,
    Span,
    Spans,
)
from app.domain.changes import accepted
from app.domain.public import ExportFile, PublicArticle, PublicPhoto
from app.domain.spans import merged, runs, with_runs
from app.formats import front_matter, printed
from app.formats.captions import caption, caption_lines
from app.formats.markdown_blocks import MarkdownBlocks
from app.formats.markdown_spans import spans_markdown, text_markdown


def write(article: PublicArticle) -> tuple[ExportFile, ...]:
    """``{slug}.md``, then each photograph."""
    clean, numbers = _clean(article)
    labels = numbers.values()
    writer = MarkdownBlocks(frozenset(labels), {number: number for number in labels}, ids=False)
    body = _body(article, clean, writer)
    told = "\n".join([*body, *map(writer.footnote, clean.footnotes)])
    real = [note for note in clean.footnotes if f"[^{note.id}]" in told.replace(f"[^{note.id}]:", "")]
    others = [_note(note) for note in clean.footnotes if note not in real]
    parts = [*body, *others, *_after(article, writer), *map(writer.footnote, real)]
    text = front_matter.write(_fields(article)) + "".join(f"\n{part}\n" for part in parts)
    return ExportFile(f"{article.slug}.md", "text/markdown", text.encode("utf-8")), *printed.photo_files(
        article.photos
    )


def _fields(article: PublicArticle) -> dict[str, Any]:
    lead = printed.lead(article)
    fields: dict[str, Any] = {
        "title": article.headline,
        "slug": article.slug,
        "date": article.date,
        "lastmod": article.updated,
        "draft": not article.date,
        "description": article.standfirst,
        "authors": [article.byline] if article.byline else [],
        "translator": article.translator,
        "dateline": article.dateline,
        "categories": [article.section] if article.section else [],
        "tags": list(article.tags),
        "regions": list(article.regions),
        "language": article.language,
        "direction": article.direction if article.direction == "rtl" else "",
        "image": _image(article, lead) if lead else {},
        "canonicalURL": article.canonical_url,
    }
    return {name: value for name, value in fields.items() if value or name == "draft"}


def _image(article: PublicArticle, photo: PublicPhoto) -> dict[str, str]:
    words, credit = caption_lines(article, photo, links=False)
    fields = {
        "src": photo.name,
        "alt": photo.alt,
        "caption": words,
        "credit": credit,
        "creditURL": printed.safe_link(photo.credit_url),
    }
    return {name: text for name, text in fields.items() if text}


def _body(article: PublicArticle, clean: Article, writer: MarkdownBlocks) -> list[str]:
    """The blocks with their photographs, then the photographs that no figure names."""
    photos = printed.inline(article)
    parts: list[str] = []
    run: list[Block] = []
    for block in clean.blocks:
        if isinstance(block, Figure):
            parts += writer.blocks(run)
            run = []
            if block.photo in photos:
                parts.append(_photo(article, photos[block.photo]))
        else:
            run.append(block)
    parts += writer.blocks(run)
    return parts + [_photo(article, photo) for photo in printed.unplaced(article)]


def _clean(article: PublicArticle) -> tuple[Article, dict[str, str]]:
    """The text without changes, ids of notes and links that may not be printed; and each note's number."""
    settled = accepted(Article(blocks=article.blocks, footnotes=article.footnotes))
    order = printed.notes(replace(article, blocks=settled.blocks, footnotes=settled.footnotes))
    numbers = {note.id: str(number) for number, note in enumerate(order, 1)}

    def clean(spans: Spans) -> Spans:
        return merged(
            replace(span, link=printed.safe_link(span.link), note=numbers.get(span.note, ""))
            for span in spans
        )

    def plain(paragraph: Paragraph) -> Paragraph:
        return _plainer(replace(paragraph, spans=clean(paragraph.spans)), article.direction)

    notes = tuple(
        replace(note, id=numbers[note.id], paragraphs=tuple(map(plain, note.paragraphs))) for note in order
    )
    blocks = tuple(_portable(with_runs(block, clean), article.direction) for block in settled.blocks)
    return Article(blocks=blocks, footnotes=notes), numbers


def _portable(block: Block, around: str) -> Block:
    """``block`` without looks that Markdown has no sign for, where they are not worth what they cost.

    A direction that the whole text has needs no saying, and a site finds no note in what is written as HTML.
    """
    noted = any(span.note for spans in runs(block) for span in spans)
    match block:
        case Quote():
            inner = tuple(_plainer(paragraph, around) for paragraph in block.paragraphs)
            return replace(block, paragraphs=inner, pull=block.pull and not noted)
        case Paragraph():
            return _plainer(block, around)
        case Heading() if noted or block.direction == around:
            return replace(block, direction=Direction.AUTO)
    return block


def _plainer(paragraph: Paragraph, around: str) -> Paragraph:
    if any(span.note for span in paragraph.spans):
        return replace(paragraph, align=Align.NATURAL, direction=Direction.AUTO)
    return replace(paragraph, direction=Direction.AUTO) if paragraph.direction == around else paragraph


def _note(note: Footnote) -> str:
    """A note that only a table or nothing names, as a paragraph: a site leaves out what it finds no sign for."""
    return f"<sup>{note.id}</sup> " + " ".join(
        spans_markdown(p.spans, (), lines=False) for p in note.paragraphs
    )


def _photo(article: PublicArticle, photo: PublicPhoto) -> str:
    link = printed.safe_link(photo.credit_url)
    parts = caption(article, photo)
    spans = [Span(part.text, link=link if part.kind == "credit" else "") for part in parts]
    image = f"![{text_markdown(' '.join(photo.alt.split()))}]({photo.name})"
    below = spans_markdown(merged(spans), (), lines=False)
    return f"{image}\\\n{below}" if below else image


def _after(article: PublicArticle, writer: MarkdownBlocks) -> list[str]:
    """What stands below the text: the correction and the lines about the author."""
    lines = [text_markdown(text.strip()) for text in (article.correction, article.bio) if text.strip()]
    return [writer.block(Separator("")), *lines] if lines else []
