"""The finished article as plain text: UTF-8, one line a paragraph, photographs named where they stand."""

from __future__ import annotations

from app.domain import plain_text
from app.domain.article import Article, Figure
from app.domain.changes import accepted
from app.domain.public import ExportFile, PublicArticle, PublicPhoto
from app.formats import printed


def write(article: PublicArticle) -> tuple[ExportFile, ...]:
    """``{slug}.txt``, then each photograph.

    Labels asked of the magazine: ``by``, ``translated_by``, ``source``, ``tagged_with``.
    """
    parts = [part for part in (*_heads(article), *_body(article), *_after(article)) if part.strip()]
    text = "\n\n".join(parts) + "\n"
    return ExportFile(f"{article.slug}.txt", "text/plain", text.encode("utf-8")), *printed.photo_files(
        article.photos
    )


def _heads(article: PublicArticle) -> list[str]:
    lead = printed.lead(article)
    return [
        article.headline,
        article.standfirst,
        f"{printed.label(article, 'by')} {article.byline}" if article.byline else "",
        f"{printed.label(article, 'translated_by')} {article.translator}" if article.translator else "",
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
    """``[name.jpg] Caption.  Credit.``, with the description where there is no caption."""
    words, credit = printed.caption(article, photo, links=False)
    words = words or photo.alt.strip()
    gap = printed.gap_after(words) if words and credit else ""
    return f"[{photo.name}] {words}{gap}{credit}".rstrip()


def _after(article: PublicArticle) -> list[str]:
    tags = f"{printed.label(article, 'tagged_with')}: {', '.join(article.tags)}" if article.tags else ""
    return [article.correction, article.bio, tags, article.magazine.copyright_line]
