"""Row dataclasses to columns and back: JSON for tuples and dicts, NULL for an empty reference."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, get_type_hints

import sqlalchemy as sa

from app.storage.records import JSON_KINDS, TABLES, plain_kind

Row = TypeVar("Row")


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _to_json(value: Any) -> str:
    return "[]" if value == () else "{}" if value == {} else _to_text(_encoded(value))


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
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
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
_FIELDS = {cls: attrgetter(*(name for name, _, _ in found)) for cls, found in _CODECS.items()}
_WRITTEN = {
    cls: tuple((place, write) for place, (_, write, _) in enumerate(found) if write is not _same)
    for cls, found in _CODECS.items()
}
"""The fields that are not written as they are."""


def to_columns(row: Any) -> dict[str, Any]:
    """The columns that hold ``row``."""
    return {name: write(getattr(row, name)) for name, write, _ in codecs(type(row))}


def to_values(row: Any) -> list[Any]:
    """The columns that hold ``row``, in the order of its fields."""
    kind = type(row)
    values = list(_FIELDS[kind](row))
    for place, write in _WRITTEN[kind]:
        values[place] = write(values[place])
    return values


def from_columns(cls: type[Row], columns: Mapping[Any, Any] | Any) -> Row:
    """The row of ``cls`` that ``columns``, in the order of its fields, hold."""
    return cls(*(read(value) for (_, _, read), value in zip(codecs(cls), columns, strict=True)))


def insert(
    connection: sa.Connection,
    table: sa.Table,
    rows: Sequence[Sequence[Any]],
    leave: frozenset[str] = frozenset(),
) -> None:
    """Write ``rows``, whose values stand in the order of the columns, less those to ``leave`` to the database.

    They go to the driver as they are: SQLAlchemy would look at each value of each row once more, which
    costs more than writing them.
    """
    connection.exec_driver_sql(_insertion(table, leave, connection.dialect), [tuple(row) for row in rows])


def update(connection: sa.Connection, names: tuple[str, ...], rows: Sequence[Any]) -> int:
    """Write those fields of ``rows``, which are of one class, back where their version is still the same.

    Gives how many of them were.  Columns that are not written leave their indexes alone.
    """
    kind = type(rows[0])
    chosen = [codec for codec in codecs(kind) if codec[0] in names]
    written = tuple(name for name, _, _ in chosen)
    values = [
        (*(write(getattr(row, name)) for name, write, _ in chosen), row.version + 1, row.id, row.version)
        for row in rows
    ]
    return connection.exec_driver_sql(_change(TABLES[kind], written, connection.dialect), values).rowcount


@cache
def _change(table: sa.Table, names: tuple[str, ...], dialect: sa.Dialect) -> str:
    quote = dialect.identifier_preparer.format_column
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    changed = ", ".join(f"{quote(table.c[name])} = {mark}" for name in (*names, "version"))
    name = dialect.identifier_preparer.format_table(table)
    return f"UPDATE {name} SET {changed} WHERE id = {mark} AND version = {mark}"


@cache
def _insertion(table: sa.Table, leave: frozenset[str], dialect: sa.Dialect) -> str:
    quote = dialect.identifier_preparer.format_column
    names = [quote(column) for column in table.columns if column.name not in leave]
    marks = ["?" if dialect.paramstyle == "qmark" else "%s"] * len(names)
    name = dialect.identifier_preparer.format_table(table)
    return f"INSERT INTO {name} ({', '.join(names)}) VALUES ({', '.join(marks)})"
