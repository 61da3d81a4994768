"""The exchange form of an article in Markdown: CommonMark with footnotes and tables, read back without loss."""

from __future__ import annotations

from typing import Any

from app.domain.article import Article
from app.domain.article_json import to_json
from app.domain.plain_text import note_numbers
from app.formats import front_matter
from app.formats.markdown_blocks import MarkdownBlocks, labels

EXCHANGE = "transom"
"""The field in the front matter by which a reader knows this form; its value is the version, 1."""

HEADS = {
    "title": "headline",
    "description": "standfirst",
    "author": "byline",
    "dateline": "dateline",
    "language": "language",
    "bio": "bio",
}
"""Heads of an article by the names that sites made of Markdown give them."""


def to_markdown(article: Article) -> str:
    """``article`` as a Markdown document that ``markdown_reader.read`` gives back unchanged."""
    heads = {name: getattr(article, head) for name, head in HEADS.items()}
    fields: dict[str, Any] = {EXCHANGE: 1} | {name: text for name, text in heads.items() if text}
    for name in ("tags", "regions"):
        if values := getattr(article, name):
            fields[name] = list(values)
    if article.comments:
        fields["comments"] = to_json(article)["comments"]
    numbers = {note: str(number) for note, number in note_numbers(article).items()}
    blocks = MarkdownBlocks(labels(article.footnotes), numbers)
    parts = [*map(blocks.block, article.blocks), *map(blocks.footnote, article.footnotes)]
    return "\n".join([front_matter.write(fields), *(part + "\n" for part in parts)])
