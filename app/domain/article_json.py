"""The article as JSON, and its canonical form.

A field that holds its default is left out; a block says its ``type``.  The canonical form is what
hashes are made of: UTF-8 JSON with sorted keys and no spaces, every string NFC with LF line ends.
"""

from __future__ import annotations

import json
import types
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, is_dataclass, replace
from enum import StrEnum
from functools import cache, partial
from typing import Any, Union, get_args, get_origin, get_type_hints

from app.domain import article as model
from app.domain.article import Article
from app.domain.errors import Damaged
from app.domain.spans import words_alone

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
_DEFAULTS: dict[type, tuple[tuple[str, Any], ...]] = {
    cls: tuple((field.name, field.default) for field in fields(cls))
    for cls in vars(model).values()
    if isinstance(cls, type) and is_dataclass(cls)
}
_TYPE_OF = {cls: name for name, cls in _BLOCKS.items()}
_EMPTY = Article()
_PLAIN = frozenset({str, bool, int, float, types.NoneType})
_Load = Callable[[object, int], object]
"""Turns JSON at a depth of nesting into a value; raises Damaged."""
_DEEPEST = 60
"""Deeper nesting than any person writes; more is an attack on the reader of the JSON."""


def to_json(article: Article) -> dict[str, Any]:
    """``article`` as JSON-able data."""
    return _dump_fields(article)


def data_of(value: object) -> Any:
    """A block, a note or any part of an article as JSON-able data."""
    return _dump(value)


def nameless(data: Any) -> Any:
    """``data`` without ids: they name a place, and tell nothing of what stands there."""
    if isinstance(data, list):
        return [nameless(item) for item in data]
    if isinstance(data, dict):
        return {name: nameless(item) for name, item in data.items() if name != "id"}
    return data


def from_json(data: object) -> Article:
    """The article in ``data``.

    Raises:
        Damaged: with code ``article.damaged`` when the data is not an article of this model.
    """
    article = _load_fields(Article, data, 0)
    assert isinstance(article, Article)
    return article


def to_plain(article: Article) -> str | None:
    """The paragraphs of an article that has nothing else, parted by NUL, as most mails make; None for any other."""
    texts = [words_alone(block) for block in article.blocks]
    if not texts or None in texts or replace(article, blocks=()) != _EMPTY:
        return None
    return "\0".join(text or "" for text in texts)


def from_plain(text: str) -> Article:
    """The article of what ``to_plain`` gave, its blocks numbered anew."""
    texts = enumerate(text.split("\0"), 1)
    return Article(
        blocks=tuple([model.Paragraph(f"b{number}", (model.Span(each),)) for number, each in texts])
    )


def canonical(value: object) -> bytes:
    """The canonical bytes of ``value`` (an article, a block, or any JSON-able data).

    Raises:
        Damaged: with code ``article.damaged`` for a lone surrogate.
    """
    data = _dump(value)
    text = _compact(data)
    if "\\r" in text or not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        text = _compact(_tidy(data))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise Damaged("article.damaged", reason="lone surrogate") from None


_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def clean_text(text: str) -> str:
    """``text`` as the model holds it: NFC, LF line ends, no NUL, and lone surrogates replaced."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
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
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is model.Span and value.plain:
        return {"text": value.text} if value.text else {}
    if kind is model.Paragraph and value.spans and not (value.align or value.direction or value.break_change):
        return {"type": "paragraph", "id": value.id, "spans": [_dump(span) for span in value.spans]}
    if kind in _DEFAULTS:
        name = _TYPE_OF.get(kind)
        return {"type": name} | _dump_fields(value) if name else _dump_fields(value)
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
            raise TypeError(f"{kind.__name__} is no part of an article")


def _dump_fields(value: Any) -> dict[str, Any]:
    return {
        name: held
        if type(held) is str
        else [_dump(item) for item in held]
        if type(held) is tuple
        else _dump(held)
        for name, default in _DEFAULTS[type(value)]
        if (held := getattr(value, name)) != default
    }


@cache
def _shape(cls: type) -> tuple[dict[str, _Load], frozenset[str]]:
    """The fields of a class: how each is read, and those that must be there."""
    hints = get_type_hints(cls, vars(model))
    needed = frozenset(field.name for field in fields(cls) if field.default is MISSING)
    return {field.name: _loader(hints[field.name]) for field in fields(cls)}, needed


@cache
def _loader(kind: Any) -> _Load:
    """What turns JSON into a value annotated as ``kind``."""
    if kind in (str, int, bool):
        return partial(_load_plain, kind)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        kinds = get_args(kind)
        if type(None) in kinds:
            return partial(_load_optional, _loader(next(each for each in kinds if each is not type(None))))
        return _load_block
    if origin in (tuple, frozenset):
        return partial(_load_all, origin, get_args(kind)[0])
    return partial(_load_name if issubclass(kind, StrEnum) else _load_fields, kind)


def _load_plain(kind: type, data: object, depth: int) -> object:
    if type(data) is not kind:
        raise _damaged(f"{kind.__name__} expected")
    return data


def _load_name(kind: type[StrEnum], data: object, depth: int) -> object:
    try:
        return kind(str(data))
    except ValueError:
        raise _damaged(f"unknown {kind.__name__}") from None


def _load_optional(load: _Load, data: object, depth: int) -> object:
    return None if data is None else load(data, depth)


def _load_all(whole: Callable[[Iterable[object]], object], kind: Any, data: object, depth: int) -> object:
    if not isinstance(data, list):
        raise _damaged("list expected")
    if kind is model.Span:
        return whole([_load_span(item, depth + 1) for item in data])
    load = _loader(kind)
    return whole([load(item, depth + 1) for item in data])


def _load_span(data: object, depth: int) -> model.Span:
    """A span; most have nothing but their text, and need no looking up of fields."""
    if type(data) is dict and len(data) == 1 and type(text := data.get("text")) is str and depth <= _DEEPEST:
        return model.Span(text)
    span = _load_fields(model.Span, data, depth)
    assert isinstance(span, model.Span)
    return span


def _load_block(data: object, depth: int) -> object:
    if not isinstance(data, dict) or (block := _BLOCKS.get(str(data.get("type")))) is None:
        raise _damaged("unknown block")
    name, spans = data.get("id"), data.get("spans")
    # Most are paragraphs with nothing but their spans, and need no looking up of fields.
    if block is model.Paragraph and len(data) == 3 and type(name) is str and type(spans) is list:
        return model.Paragraph(name, tuple([_load_span(span, depth + 2) for span in spans]))
    return _load_fields(block, data, depth)


def _load_fields(cls: Any, data: object, depth: int) -> object:
    if depth > _DEEPEST:
        raise _damaged("nested too deep")
    if not isinstance(data, dict):
        raise _damaged("object expected")
    shape, needed = _shape(cls)
    held = {}
    for name, value in data.items():
        if load := shape.get(name):
            held[name] = load(value, depth + 1)
        elif name != "type":
            raise _damaged(f"unknown field {name!r}")
    for name in needed:
        if name not in held:
            raise _damaged(f"{cls.__name__} without {name}")
    return cls(**held)


def _damaged(what: str) -> Damaged:
    return Damaged("article.damaged", reason=what)
