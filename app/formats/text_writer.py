"""The finished article as plain text: UTF-8, one line a paragraph, photographs named where they stand."""

from __future__ import annotations

from dataclasses import replace

from app.domain import plain_text
from app.domain.article import Article, Figure
from app.domain.changes import accepted
from app.domain.public import ExportFile, PublicArticle, PublicPhoto
from app.formats import printed
from app.formats.captions import caption


def write(article: PublicArticle) -> tuple[ExportFile, ...]:
    """``{slug}.txt``, then each photograph."""
    parts = [part for part in (*_heads(article), *_body(article), *_after(article)) if part.strip()]
    text = "\n\n".join(parts) + "\n"
    return ExportFile(f"{article.slug}.txt", "text/plain", text.encode("utf-8")), *printed.photo_files(
        article.photos
    )


def _heads(article: PublicArticle) -> list[str]:
    lead, labels = printed.lead(article), article.magazine.labels
    return [
        article.headline,
        article.standfirst,
        printed.labelled(labels.by, article.byline),
        printed.labelled(labels.translated_by, article.translator),
        " · ".join(filter(None, (article.dateline, article.date_text))),
        _photo(article, lead) if lead else "",
    ]


def _body(article: PublicArticle) -> list[str]:
    clean = accepted(Article(blocks=article.blocks, footnotes=article.footnotes))
    numbers = plain_text.note_numbers(clean)
    photos = printed.inline(article)
    parts = []
    for block in clean.blocks:
        if not isinstance(block, Figure):
            parts.append(plain_text.printed(block, numbers))
        elif block.photo in photos:
            parts.append(_photo(article, photos[block.photo]))
    parts += [_photo(article, photo) for photo in printed.unplaced(article)]
    return parts + plain_text.printed_notes(clean)


def _photo(article: PublicArticle, photo: PublicPhoto) -> str:
    """``[name.jpg] Caption. Credit.``, with the description where there is no caption."""
    named = replace(photo, caption=photo.caption.strip() or photo.alt)
    return f"[{photo.name}] {''.join(part.text for part in caption(article, named, links=False))}".rstrip()


def _after(article: PublicArticle) -> list[str]:
    labels = article.magazine.labels
    return [
        f"{labels.correction}: {article.correction}" if article.correction else "",
        article.bio,
        f"{labels.tagged_with}: {', '.join(article.tags)}" if article.tags else "",
        article.magazine.copyright_line,
    ]
