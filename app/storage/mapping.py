"""Row dataclasses to columns and back: JSON for tuples and dicts, NULL for an empty reference."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from app.storage.records import JSON_KINDS, TABLES, plain_kind

Row = TypeVar("Row")


def _to_json(value: Any) -> str:
    return _to_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _read_tuple(text: str) -> Any:
    return _tuples(json.loads(text)) if text != "[]" else ()


def _read_dict(text: str) -> Any:
    return json.loads(text)


def _to_text(value: str) -> str:
    """What both databases hold: PostgreSQL knows no NUL, UTF-8 no lone surrogate.  The original bytes are a blob."""
    if "\0" in value:
        value = value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if not value.isascii():
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value


def _same(value: Any) -> Any:
    return value


def _or_empty(value: Any) -> Any:
    return value or ""


def _or_null(value: Any) -> Any:
    return value or None


Codec = tuple[str, Callable[[Any], Any], Callable[[Any], Any]]


def codecs(cls: type) -> tuple[Codec, ...]:
    """For each field of ``cls``: its name, how it is written, how it is read."""
    return _CODECS[cls]


def _codecs(cls: type) -> tuple[Codec, ...]:
    hints = get_type_hints(cls)
    table = TABLES[cls]
    found: list[Codec] = []
    for field in fields(cls):
        hint = hints[field.name]
        kind = plain_kind(hint)
        if kind in JSON_KINDS:
            found.append((field.name, _to_json, _read_dict if kind is dict else _read_tuple))
        elif table.c[field.name].foreign_keys:
            found.append((field.name, _or_null, _or_empty))
        elif isinstance(hint, type) and issubclass(hint, StrEnum):
            found.append((field.name, str, hint))
        elif kind is str:
            found.append((field.name, _to_text, _same))
        else:
            found.append((field.name, _same, _same))
    return tuple(found)


_CODECS = {cls: _codecs(cls) for cls in TABLES}


def to_columns(row: Any) -> dict[str, Any]:
    """The columns that hold ``row``."""
    return {name: write(getattr(row, name)) for name, write, _ in codecs(type(row))}


def from_columns(cls: type[Row], columns: Mapping[Any, Any] | Any) -> Row:
    """The row of ``cls`` that ``columns``, in the order of its fields, hold."""
    return cls(*(read(value) for (_, _, read), value in zip(codecs(cls), columns, strict=True)))
