"""The article as JSON, and its canonical form.

A field that holds its default is left out; a block says its ``type``.  The canonical form is what
hashes are made of: UTF-8 JSON with sorted keys and no spaces, every string NFC with LF line ends.
"""

from __future__ import annotations

import json
import types
import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from app.domain import article as model
from app.domain.article import Article
from app.domain.errors import Damaged

_BLOCKS: dict[str, type] = {
    "paragraph": model.Paragraph,
    "heading": model.Heading,
    "quote": model.Quote,
    "list": model.ListBlock,
    "figure": model.Figure,
    "separator": model.Separator,
    "table": model.Table,
    "download": model.Download,
    "parallel": model.Parallel,
}
_TYPE_OF = {cls: name for name, cls in _BLOCKS.items()}
_DEEPEST = 60
"""Deeper nesting than any person writes; more is an attack on the reader of the JSON."""


def to_json(article: Article) -> dict[str, Any]:
    """``article`` as JSON-able data."""
    return _dump_fields(article)


def from_json(data: object) -> Article:
    """The article in ``data``.

    Raises:
        Damaged: with code ``article.damaged`` when the data is not an article of this model.
    """
    article = _load(Article, data, 0)
    assert isinstance(article, Article)
    return article


def canonical(value: object) -> bytes:
    """The canonical bytes of ``value`` (an article, a block, or any JSON-able data).

    Raises:
        Damaged: with code ``article.damaged`` for a lone surrogate.
    """
    text = json.dumps(_tidy(_dump(value)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise Damaged("article.damaged", reason="lone surrogate") from None


def clean_text(text: str) -> str:
    """``text`` as the model holds it: NFC, LF line ends, no NUL, and lone surrogates replaced."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def _tidy(value: Any) -> Any:
    match value:
        case str():
            text = value.replace("\r\n", "\n").replace("\r", "\n")
            return text if text.isascii() else unicodedata.normalize("NFC", text)
        case list():
            return [_tidy(item) for item in value]
        case dict():
            return {_tidy(key): _tidy(item) for key, item in value.items()}
        case _:
            return value


def _dump(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case str() | bool() | int() | float() | None:
            return value
        case frozenset():
            return sorted(str(item) for item in value)
        case tuple() | list():
            return [_dump(item) for item in value]
        case dict():
            return {str(key): _dump(item) for key, item in value.items()}
        case _:
            kind = _TYPE_OF.get(type(value))
            return ({"type": kind} if kind else {}) | _dump_fields(value)


def _dump_fields(value: Any) -> dict[str, Any]:
    return {
        field.name: _dump(held)
        for field in fields(value)
        if (held := getattr(value, field.name)) != field.default
    }


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, vars(model))


def _damaged(what: str) -> Damaged:
    return Damaged("article.damaged", reason=what)


def _load(kind: Any, data: object, depth: int) -> object:
    if depth > _DEEPEST:
        raise _damaged("nested too deep")
    if kind in (str, int, bool):
        if type(data) is not kind:
            raise _damaged(f"{kind.__name__} expected")
        return data
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _load_union(get_args(kind), data, depth)
    if origin in (tuple, frozenset):
        if not isinstance(data, list):
            raise _damaged("list expected")
        return origin(_load(get_args(kind)[0], item, depth + 1) for item in data)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        try:
            return kind(str(data))
        except ValueError:
            raise _damaged(f"unknown {kind.__name__}") from None
    if not isinstance(data, Mapping) or not is_dataclass(kind):
        raise _damaged("object expected")
    return _load_fields(kind, data, depth)


def _load_union(kinds: tuple[Any, ...], data: object, depth: int) -> object:
    if type(None) in kinds:
        if data is None:
            return None
        return _load(next(kind for kind in kinds if kind is not type(None)), data, depth)
    block = _BLOCKS.get(str(data.get("type"))) if isinstance(data, Mapping) else None
    if block is None:
        raise _damaged("unknown block")
    return _load(block, data, depth)


def _load_fields(cls: Any, data: Mapping[str, object], depth: int) -> object:
    known = {field.name: field for field in fields(cls)}
    if unknown := set(data) - set(known) - {"type"}:
        raise _damaged(f"unknown field {min(unknown)!r}")
    missing = [name for name, field in known.items() if field.default is MISSING and name not in data]
    if missing:
        raise _damaged(f"{cls.__name__} without {missing[0]}")
    hints = _hints(cls)
    return cls(**{name: _load(hints[name], data[name], depth + 1) for name in known if name in data})
