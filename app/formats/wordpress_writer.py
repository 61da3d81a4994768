"""The article for pasting into WordPress by hand: block markup, a list of what to type, photographs."""

from __future__ import annotations

from app.domain.public import ExportFile, PublicArticle, PublicPhoto
from app.formats import printed, wordpress_blocks
from app.formats.captions import caption_lines


def write(article: PublicArticle) -> tuple[ExportFile, ...]:
    """``{slug}.wordpress.html`` for the code editor, ``{slug}.wordpress.txt``, then each photograph.

    The markup holds blocks and nothing else, since WordPress makes a block of whatever stands beside them;
    what goes into the fields of the post and of each photograph is in the list.
    """
    content = wordpress_blocks.content(article)
    return (
        ExportFile(f"{article.slug}.wordpress.html", "text/html", content.encode("utf-8")),
        ExportFile(f"{article.slug}.wordpress.txt", "text/plain", field_list(article).encode("utf-8")),
        *printed.photo_files(article.photos),
    )


def field_list(article: PublicArticle) -> str:
    """What to type: for the post, and for each photograph where it goes, caption, credit, alternative text."""
    lead = printed.lead(article)
    ordered = sorted(article.photos, key=lambda photo: photo is not lead)
    photos = [_photo(article, number, photo) for number, photo in enumerate(ordered, 1)]
    return "\n".join([f"{article.token}\n", _post(article, lead), *photos])


def _post(article: PublicArticle, lead: PublicPhoto | None) -> str:
    fields = {
        "Title": article.headline,
        "Excerpt": article.standfirst,
        "Slug": article.slug,
        "Byline": article.byline,
        "Translator": article.translator,
        "Dateline": article.dateline,
        "Date": article.date,
        "Category": ", ".join(article.categories) or article.section,
        "Tags": ", ".join(article.tags),
        "Featured image": lead.name if lead else "",
        "About the author": article.bio,
    }
    return _lines(fields)


def _photo(article: PublicArticle, number: int, photo: PublicPhoto) -> str:
    caption, credit = caption_lines(article, photo, links=False)
    place = "featured image" if photo.lead else "in the text"
    fields = {
        "Caption": caption,
        "Credit": credit,
        "Credit link": printed.safe_link(photo.credit_url),
        "Alternative text": photo.alt,
    }
    return f"{number}. {photo.name}  ({photo.width} x {photo.height}, {place})\n{_lines(fields, '   ')}"


def _lines(fields: dict[str, str], indent: str = "") -> str:
    lines = [f"{indent}{name}: {' '.join(words.split())}\n" for name, words in fields.items() if words]
    return "".join(lines)
