"""Heads, tags, regions and comments, as our own form of HTML carries them beside the body."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.article import Article, Comment
from app.formats.html_spans import plain_data

_HEADS = ("headline", "standfirst", "byline", "dateline", "bio")


class Fields:
    """Collects fields while the page is walked."""

    def __init__(self) -> None:
        self._heads: dict[str, str] = {}
        self._tags: list[str] = []
        self._regions: list[str] = []
        self._comments: list[Comment] = []

    def add(self, element: Any, text: str) -> None:
        """Take the field that ``element`` names."""
        name = element.get("data-field")
        if name in _HEADS:
            self._heads[name] = text
        elif name == "tag":
            self._tags.append(text)
        elif name == "region":
            self._regions.append(text)
        elif name == "comment":
            self._comments.append(_comment(element, text))

    def on(self, article: Article) -> Article:
        """``article`` with these fields."""
        heads = {name: self._heads.get(name, getattr(article, name)) for name in _HEADS}
        return replace(
            article,
            **heads,
            tags=tuple(self._tags),
            regions=tuple(self._regions),
            comments=tuple(self._comments),
        )


def _comment(element: Any, text: str) -> Comment:
    def said(name: str) -> str:
        return plain_data(element.get(f"data-{name}") or "")

    def place(name: str) -> int:
        digits = said(name)
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0

    return Comment(
        said("id"),
        said("block"),
        place("start"),
        place("stop"),
        text,
        said("by"),
        said("at"),
        said("parent"),
        bool(said("resolved")),
    )
