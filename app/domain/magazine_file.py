"""Reads a profile strictly: what is not understood is refused, with the line where it stands.

The shape of the file is the shape of the dataclasses in ``magazine``: a key is a field, an array of
tables a tuple of dataclasses.  A field without a default must be there; a key without a field is
refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, time
from enum import StrEnum
from hashlib import sha256
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from app.domain.errors import RuleBroken
from app.domain.magazine import Magazine
from app.domain.magazine_check import check
from app.domain.magazine_faults import Fault
from app.domain.magazine_words import check_words
from app.domain.toml_lines import line_of

_NAMES = {str: "text in quotes", int: "a whole number", bool: "true or false", date: "a date", time: "a time"}
_COMPUTED = {"sha256"}


def parse(text: str, source: str) -> Magazine:
    """The magazine that the profile ``text`` describes; ``source`` is the file's name for messages.

    Raises RuleBroken ``magazine.broken`` with ``file``, ``line`` (from 1) and ``reason``.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error), re.DOTALL)
        assert said is not None, "tomllib words its errors this way"
        line = int(said[2]) if said[2] else text.count("\n") + 1
        raise RuleBroken("magazine.broken", file=source, line=line, reason=said[1]) from error
    try:
        magazine: Magazine = _build(Magazine, table, ())
        hashed = tuple(replace(terms, sha256=_hash(terms.text)) for terms in magazine.terms)
        magazine = replace(magazine, terms=hashed)
        check(magazine)
        check_words(magazine)
    except Fault as fault:
        line = line_of(text, fault.path)
        raise RuleBroken("magazine.broken", file=source, line=line, reason=fault.reason) from fault
    return magazine


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def _build(shape: Any, value: object, path: tuple[str | int, ...]) -> Any:
    if is_dataclass(shape):
        return _table(shape, value, path)
    origin = get_origin(shape)
    if origin is UnionType:
        return _build(get_args(shape)[0], value, path)
    if origin is tuple:
        if not isinstance(value, list):
            raise Fault(path, "a list is expected here")
        return tuple(_build(get_args(shape)[0], item, (*path, at)) for at, item in enumerate(value))
    if origin is Literal:
        return _choice(get_args(shape), value, path)
    if issubclass(shape, StrEnum):
        return shape(_choice(tuple(shape), value, path))
    if type(value) is not shape:
        raise Fault(path, f"{_NAMES[shape]} is expected here")
    return value


def _choice(choices: tuple[str, ...], value: object, path: tuple[str | int, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise Fault(path, f"{value} is not one of {', '.join(choices)}")
    return value


def _table(shape: Any, value: object, path: tuple[str | int, ...]) -> Any:
    if not isinstance(value, Mapping):
        raise Fault(path, "a table is expected here")
    hints = get_type_hints(shape)
    known = {field.name: field for field in fields(shape) if field.name not in _COMPUTED}
    for key in value:
        if key not in known:
            raise Fault((*path, key), f"the key {key} is not known here")
    for name, field in known.items():
        if name not in value and field.default is MISSING and field.default_factory is MISSING:
            raise Fault(path, f"{name} is missing")
    return shape(**{name: _build(hints[name], item, (*path, name)) for name, item in value.items()})
