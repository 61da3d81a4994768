"""Looks into text: as it stands, JSON, front matter, mail (RFC 5322, 2045 to 2047, 2231)."""

from __future__ import annotations

import email
import email.errors
import email.utils
import json
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from typing import Any

from app.domain.leaks import Place
from app.formats.unpacking_bytes import Blob, Found, decoded, joined, legacy, member

_FRONT = re.compile(r"\ufeff?(---|\+\+\+)\s*\n(.*?)\n\1\s*(?:\n|$)", re.S)
_PERSONS = frozenset(
    ("author", "creator", "contributor", "editor", "lastmodifiedby", "copyrightholder", "email")
)
_WORD = re.compile(r"=\?[\w.*-]+\?[bq]\?[^?\s]*\?=(?:\s+(?==\?))?", re.I)


def text(blob: Blob) -> Iterator[Found]:
    """The text as it stands; bytes that are not Unicode in every old encoding."""
    found = decoded(blob.data)
    yield from member(blob.inside("text"), blob.place, legacy(blob.data) if found is None else found)


def source(blob: Blob) -> Iterator[Found]:
    """Markup with its tags, in which short words are mostly names of elements."""
    found = decoded(blob.data)
    yield from member(blob.inside("source"), Place.OPAQUE, legacy(blob.data) if found is None else found)


def front_matter(blob: Blob) -> Iterator[Found]:
    """The values before a Markdown text."""
    match = _FRONT.match(decoded(blob.data) or "")
    if match:
        values = (re.split(r"[:=]", line, maxsplit=1)[-1] for line in match[2].splitlines())
        yield from member(blob.inside("front matter"), Place.METADATA, joined(values))


def json_values(blob: Blob) -> Iterator[Found]:
    """Every string and number, and the keys; those about persons as metadata."""
    told: list[str] = []
    others: list[str] = []
    _walk(json.loads(decoded(blob.data) or "null"), blob.place is Place.METADATA, told, others)
    yield from member(blob.inside("persons"), Place.METADATA, joined(told))
    yield from member(blob.inside("values"), Place.BODY, joined(others))


def _walk(value: Any, about_person: bool, told: list[str], others: list[str]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            others.append(str(key))
            _walk(inner, about_person or str(key).lower() in _PERSONS, told, others)
    elif isinstance(value, list):
        for inner in value:
            _walk(inner, about_person, told, others)
    elif value is not None:
        (told if about_person else others).append(str(value))


def encoded_words(blob: Blob) -> Iterator[Found]:
    """Words of RFC 2047 anywhere in a text, those that follow each other joined."""
    found = decoded(blob.data) or ""
    if "=?" in found:
        runs = re.findall(f"(?:{_WORD.pattern})+", found, re.I)
        yield from member(blob.inside("encoded words"), blob.place, joined(map(_words, runs)))


def mail_headers(blob: Blob) -> Iterator[Found]:
    """Every header of a message and of its parts, decoded; names of attachments."""
    for number, part in enumerate(email.message_from_bytes(blob.data).walk()):
        where = "header" if not number else f"part {number} header"
        for key, value in part.items():
            yield from member(blob.inside(f"{where} {_safe(key)}"), Place.HEADER, _words(str(value)))
            yield from member(blob.inside(f"{where} {number}"), Place.HEADER, key)
        for name in filter(None, (part.get_filename(), part.get_param("name"))):
            plain = email.utils.collapse_rfc2231_value(name) if isinstance(name, tuple) else str(name)
            yield from member(blob.inside(f"the name of part {number}"), Place.NAME, _words(plain))


def mail_parts(blob: Blob) -> Iterator[Found]:
    """The content of each part, decoded; what stands before, between and after them."""
    for number, part in enumerate(email.message_from_bytes(blob.data).walk()):
        around = joined(str(text) for text in (part.preamble, part.epilogue) if text)
        yield from member(blob.inside(f"around part {number}"), Place.METADATA, around)
        if part.is_multipart():
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data:
            yield Blob(
                blob.inside(f"part {number}"), "", part.get_content_type(), _unicode(part, data), blob.place
            )


def _unicode(part: Message, data: bytes) -> bytes:
    """``data`` as UTF-8 when its header names an encoding of text."""
    charset = part.get_content_charset()
    if not charset or part.get_content_maintype() != "text":
        return data
    try:
        return data.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):
        return data


def _words(value: str) -> str:
    """A header with its encoded words decoded; what cannot be decoded stays as it is."""
    try:
        parts = decode_header(value)
    except (ValueError, email.errors.HeaderParseError):
        return value
    return "".join(_word(part, charset) for part, charset in parts)


def _word(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "utf-8")
    except (LookupError, UnicodeError):
        return legacy(part)


def _safe(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9-]{1,40}", name) else "of another kind"
