"""The article for pasting into WordPress by hand: block markup, a list of photographs, photographs."""

from __future__ import annotations

from app.domain.public import ExportFile, PublicArticle, PublicPhoto
from app.formats import printed, wordpress_blocks


def write(article: PublicArticle) -> tuple[ExportFile, ...]:
    """``{slug}.wordpress.html`` for the code editor, ``{slug}.photos.txt``, then each photograph.

    A comment at the head says what goes into the fields beside the content.
    """
    content = _head(article) + wordpress_blocks.content(article)
    return (
        ExportFile(f"{article.slug}.wordpress.html", "text/html", content.encode("utf-8")),
        ExportFile(f"{article.slug}.photos.txt", "text/plain", photo_list(article).encode("utf-8")),
        *printed.photo_files(article.photos),
    )


def photo_list(article: PublicArticle) -> str:
    """What to type for each photograph: where it goes, caption, credit, alternative text."""
    lead = printed.lead(article)
    ordered = sorted(article.photos, key=lambda photo: photo is not lead)
    entries = [_entry(article, number, photo) for number, photo in enumerate(ordered, 1)]
    return "\n".join([f"{article.token}  {article.headline}\n", *entries])


def _head(article: PublicArticle) -> str:
    lead = printed.lead(article)
    fields = {
        "Title": article.headline,
        "Excerpt": article.standfirst,
        "Slug": article.slug,
        "Byline": article.byline,
        "Translator": article.translator,
        "Dateline": article.dateline,
        "Date": article.date,
        "Category": article.section,
        "Tags": ", ".join(article.tags),
        "Featured image": lead.name if lead else "",
        "About the author": article.bio,
    }
    lines = [f"{name}: {_one_line(value)}" for name, value in fields.items() if value]
    # Two hyphens may end a comment (HTML standard, 13.1.6); an en dash reads the same.
    return "<!--\n" + "\n".join(lines).replace("--", "–") + "\n-->\n\n"


def _entry(article: PublicArticle, number: int, photo: PublicPhoto) -> str:
    caption, credit = printed.caption(article, photo, links=False)
    place = "featured image" if photo.lead else "in the text"
    fields = {
        "Caption": caption,
        "Credit": credit,
        "Credit link": printed.safe_link(photo.credit_url),
        "Alternative text": photo.alt,
    }
    lines = [f"   {name}: {_one_line(value)}" for name, value in fields.items() if value]
    return "\n".join([f"{number}. {photo.name}  ({photo.width} x {photo.height}, {place})", *lines, ""])


def _one_line(words: str) -> str:
    return " ".join(words.split())
