"""HTML of any origin, and the exchange form, as an article.

Options: ``charset`` is what the surroundings say of the bytes; ``mail`` true keeps the page's ``<title>``
from becoming a headline, since the subject of a mail says more.
"""

from __future__ import annotations

from typing import Any

from app.domain.article import Article
from app.domain.reading import Result, Unreadable
from app.formats.finishing import Finishing
from app.formats.heads import real_title, take_heads
from app.formats.html_flow import Walk
from app.formats.html_notes import mark_notes
from app.formats.html_pictures import Pictures
from app.formats.html_tree import Page, page_of_bytes
from app.formats.ids import with_ids
from app.formats.imported import Imported
from app.formats.lines import blocks_of


def read(data: bytes, options: dict[str, Any]) -> Result:
    """The document in ``data``.

    Raises:
        Unreadable: when there is nothing in it, or it is no text.
    """
    if not data.strip():
        raise Unreadable("the file is empty")
    imported = Imported()
    page = page_of_bytes(data, str(options.get("charset") or ""), imported.report)
    title = "" if options.get("mail") else real_title(page.title)
    pictures = Pictures(imported)
    article = article_of(page, title, pictures, imported)
    return answer(article, page.title, page.metadata, pictures, imported)


def article_of(page: Page, title: str, pictures: Pictures, imported: Imported) -> Article:
    """The article on ``page``; ``title`` becomes the headline where no heading 1 does."""
    if not page.exchange:
        mark_notes(page.body)
    walk = Walk(page, pictures, imported.report)
    flow = walk.flow()
    if page.exchange:
        bare = Article(
            language=page.language, blocks=tuple(blocks_of(flow)), footnotes=tuple(walk.beside.notes)
        )
        return with_ids(walk.beside.fields.on(bare))
    headline, standfirst, rest = take_heads(flow, title, imported.report)
    finishing = Finishing()
    blocks = finishing.blocks(blocks_of(rest))
    notes = finishing.notes({note.id: note.paragraphs for note in walk.beside.notes})
    return Article(
        headline,
        standfirst,
        language=page.language,
        blocks=blocks,
        footnotes=notes,
        comments=finishing.comments(walk.beside.remarks),
    )


def answer(
    article: Article,
    title: str,
    metadata: dict[str, str],
    pictures: Pictures,
    imported: Imported,
) -> Result:
    """What a document reader returns."""
    result = imported.result(article, title, metadata)
    result.value["photos"] += pictures.beside()
    return result
