"""Who wrote a remark or made a tracked change: names that Word keeps, and a protected person's are not kept."""

from __future__ import annotations

from typing import Any

from app.domain.article import Article
from app.domain.article_json import from_json, to_json

_SIGNED = ("change", "break_change")


def unsigned(article: Article) -> Article:
    """``article`` with the authors of its changes and remarks left out; what they did and said stays."""
    data = _unsigned(to_json(article))
    data["comments"] = [{**comment, "by": ""} for comment in data.get("comments", ())]
    return from_json(data)


def _unsigned(value: Any) -> Any:
    if isinstance(value, list):
        return [_unsigned(item) for item in value]
    if isinstance(value, dict):
        return {
            name: {**held, "by": ""} if name in _SIGNED and held else _unsigned(held)
            for name, held in value.items()
        }
    return value
