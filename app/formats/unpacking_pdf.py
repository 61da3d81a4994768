"""Looks into PDF (ISO 32000-2): text, information, attachments, every object, and what older revisions left."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PdfReadError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from app.domain.leaks import Place
from app.domain.reading import Unreadable
from app.formats.unpacking_bytes import Blob, Found, decoded, joined, loose, member, strings

# What it warns of repeats what it reads, and logs hold no content.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

_STREAM = re.compile(rb"stream\r?\n")
_LARGEST = 1 << 27
_MOST = 50_000
_PICTURES = {"/DCTDecode": "image/jpeg"}


def pdf_text(blob: Blob) -> Iterator[Found]:
    """The text of each page."""
    for number, page in enumerate(_reader(blob).pages, 1):
        yield from member(blob.inside(f"page {number}"), Place.BODY, page.extract_text())


def pdf_attachments(blob: Blob) -> Iterator[Found]:
    """Attached files and their names."""
    for number, (name, files) in enumerate(_reader(blob).attachments.items(), 1):
        yield from member(blob.inside(f"the name of attachment {number}"), Place.NAME, name)
        for data in files:
            yield Blob(blob.inside(f"attachment {number}"), name, "", data)


def pdf_objects(blob: Blob) -> Iterator[Found]:
    """Strings, names and streams of every object: information, XMP, annotations, forms, bookmarks."""
    reader = _reader(blob)
    told: list[str] = []
    numbers = sorted({(number, generation) for generation, table in reader.xref.items() for number in table})
    numbers += [(number, 0) for number in sorted(reader.xref_objStm)]
    if len(numbers) > _MOST:
        raise Unreadable("there are too many objects")
    _collect(reader.trailer, told)
    for number, generation in numbers:
        found = IndirectObject(number, generation, reader).get_object()
        if found is None:
            continue
        _collect(found, told)
        if isinstance(found, StreamObject):
            yield from _stream(blob, f"object {number}", found)
    yield from member(blob.inside("strings"), Place.METADATA, joined(told))


def pdf_remains(blob: Blob) -> Iterator[Found]:
    """Streams that no table names any more, as older revisions leave them."""
    for number, match in enumerate(_STREAM.finditer(blob.data), 1):
        stream = zlib.decompressobj()
        try:
            data = stream.decompress(blob.data[match.end() :], _LARGEST)
        except zlib.error:
            continue
        yield from member(blob.inside(f"stream {number}"), Place.OPAQUE, decoded(data) or strings(data))
        yield from member(blob.inside(f"stream {number}"), Place.OPAQUE, _shown(data))


def _reader(blob: Blob) -> PdfReader:
    reader = PdfReader(io.BytesIO(blob.data), strict=True)
    if reader.is_encrypted:
        raise Unreadable("it is encrypted")
    return reader


def _stream(blob: Blob, where: str, found: StreamObject) -> Iterator[Found]:
    filters = found.get("/Filter")
    last = filters[-1] if isinstance(filters, ArrayObject) and filters else filters
    path = blob.inside(where)
    if str(last) in _PICTURES:
        yield Blob(path, "", _PICTURES[str(last)], found._data, Place.METADATA)
        return
    try:
        data = found.get_data()
    except (NotImplementedError, PdfReadError, ValueError):
        raise Unreadable(f"{where} is packed in a way that is not known") from None
    if found.get("/Type") == "/Metadata":
        yield Blob(path, "", "application/xml", data, Place.METADATA)
    yield from loose(path, Place.METADATA if found.get("/Type") == "/EmbeddedFile" else Place.OPAQUE, data)
    yield from member(path, Place.BODY, _shown(data))


_SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.S)


def _shown(content: bytes) -> str:
    """The strings of a content stream one after the other, as kerning cuts words apart (ISO 32000-2, 9.4.3)."""
    if b"Tj" not in content and b"TJ" not in content:
        return ""
    parts = []
    for literal, digits in _SHOWN.findall(content):
        raw = _ESCAPE.sub(_escaped, literal) if literal else bytes.fromhex(_even(digits))
        parts.append(raw.replace(b"\0", b"").decode("latin-1"))
    return "".join(parts)


def _even(digits: bytes) -> str:
    plain = b"".join(digits.split()).decode("ascii")
    return plain + "0" * (len(plain) % 2)


def _escaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    return bytes([int(sign, 8) & 0xFF]) if sign.isdigit() else sign


def _collect(found: PdfObject | None, told: list[str]) -> None:
    """Put the strings and names in ``found`` into ``told``; what it refers to has its own turn."""
    if isinstance(found, DictionaryObject):
        for key, value in found.items():
            told.append(str(key).lstrip("/"))
            _collect(value, told)
    elif isinstance(found, ArrayObject):
        for value in found:
            _collect(value, told)
    elif isinstance(found, (TextStringObject, NameObject)):
        told.append(str(found).lstrip("/"))
    elif isinstance(found, ByteStringObject):
        told.append(decoded(bytes(found)) or strings(bytes(found)))
