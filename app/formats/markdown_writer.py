"""The finished article as Markdown with front matter, for sites that are made of such files.

Fields go by the names that Hugo gives them.  The lead photograph is the field ``image``, since a site's
own template prints it; all others stand in the text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.article import Article, Block, Figure, Separator, Span, Spans
from app.domain.changes import accepted
from app.domain.public import ExportFile, PublicArticle, PublicPhoto
from app.domain.spans import merged, with_runs
from app.formats import front_matter, printed
from app.formats.markdown_blocks import MarkdownBlocks
from app.formats.markdown_spans import spans_markdown, text_markdown


def write(article: PublicArticle) -> tuple[ExportFile, ...]:
    """``{slug}.md``, then each photograph.

    Labels asked of the magazine: ``source``.
    """
    clean, numbers = _clean(article)
    labels = numbers.values()
    writer = MarkdownBlocks(frozenset(labels), {number: number for number in labels}, ids=False)
    parts = [*_body(article, clean, writer), *_after(article, writer), *map(writer.footnote, clean.footnotes)]
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
    words, credit = printed.caption(article, photo)
    fields = {"src": photo.name, "alt": photo.alt, "caption": words, "credit": credit}
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

    notes = tuple(
        replace(
            note,
            id=numbers[note.id],
            paragraphs=tuple(replace(p, spans=clean(p.spans)) for p in note.paragraphs),
        )
        for note in order
    )
    blocks = tuple(with_runs(block, clean) for block in settled.blocks)
    return Article(blocks=blocks, footnotes=notes), numbers


def _photo(article: PublicArticle, photo: PublicPhoto) -> str:
    words, credit = printed.caption(article, photo)
    spans = [Span(words)]
    if credit:
        gap = printed.gap_after(words) if words else ""
        spans += [Span(gap), Span(credit, link=printed.safe_link(photo.credit_url))]
    image = f"![{text_markdown(' '.join(photo.alt.split()))}]({photo.name})"
    caption = spans_markdown(merged(spans), (), lines=False)
    return f"{image}\\\n{caption}" if caption else image


def _after(article: PublicArticle, writer: MarkdownBlocks) -> list[str]:
    """What stands below the text: the correction and the lines about the author."""
    lines = [text_markdown(text.strip()) for text in (article.correction, article.bio) if text.strip()]
    return [writer.block(Separator("")), *lines] if lines else []
