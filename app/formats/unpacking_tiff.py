"""Looks into TIFF and EXIF (TIFF 6.0, CIPA DC-008): every entry of every directory, thumbnails."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.leaks import Place
from app.domain.reading import Unreadable
from app.formats.unpacking_bytes import Blob, Found, loose, member
from app.formats.unpacking_photo import PROFILE, RESOURCES

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_TEXTUAL = frozenset((1, 2, 6, 7))
_DIRECTORIES = {0x8769: "Exif", 0x8825: "GPS", 0xA005: "interoperability", 0x014A: "another picture"}
_FILES = {0x02BC: "application/xml", 0x83BB: "application/x-iptc-iim", 0x8649: RESOURCES, 0x8773: PROFILE}
_THUMBNAIL, _THUMBNAIL_SIZE = 0x0201, 0x0202
_TELLTALES = {
    0x927C: "it holds a maker note, which nobody can read",
    0xA431: "it holds the serial number of a camera",
    0xA435: "it holds the serial number of a lens",
}
_PLACES = frozenset((2, 4, 20, 22))
"""GPS entries that hold latitude and longitude."""

_WINDOWS = range(0x9C9B, 0x9CA0)
"""Title, comment, author, keywords and subject as Windows writes them, in UTF-16."""

_COMMENT, _CHARSET = 0x9286, 8
_INLINE = 4
_MOST = 2_000


def tiff(blob: Blob) -> Iterator[Found]:
    """Every value; then it blocks if one of them tells a place or a camera.

    Raises:
        Unreadable: for coordinates, serial numbers, maker notes, and damage.
    """
    order = {b"II": "<", b"MM": ">"}.get(blob.data[:2])
    if order is None:
        raise Unreadable("the metadata is damaged")
    waiting = [(*struct.unpack_from(f"{order}I", blob.data, 4), "EXIF")]
    seen: set[int] = set()
    troubles: list[str] = []
    while waiting:
        offset, name = waiting.pop()
        if not offset or offset in seen:
            continue
        seen.add(offset)
        if len(seen) > _MOST:
            raise Unreadable("there are too many directories")
        entries, following = _directory(blob.data, order, offset)
        waiting.append((following, "thumbnail"))
        for entry in entries:
            if entry.tag in _DIRECTORIES:
                waiting += [(number, _DIRECTORIES[entry.tag]) for number in entry.numbers(order)]
            else:
                yield from _value(blob, name, entry)
                troubles += (
                    [_TELLTALES[entry.tag]] if entry.tag in _TELLTALES and entry.value.strip(b"\0 ") else []
                )
                troubles += ["it holds coordinates"] if name == "GPS" and entry.tag in _PLACES else []
        yield from _thumbnail(blob, order, entries)
    if troubles:
        raise Unreadable(", ".join(dict.fromkeys(troubles)))


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: int
    kind: int
    value: bytes

    def numbers(self, order: str) -> tuple[int, ...]:
        """The value as whole numbers."""
        sign = {3: "H", 4: "I", 13: "I"}.get(self.kind, "B")
        return struct.unpack(f"{order}{len(self.value) // struct.calcsize(sign)}{sign}", self.value)


def _directory(data: bytes, order: str, offset: int) -> tuple[list[_Entry], int]:
    """The entries of the directory at ``offset``, and where the next one is."""
    (count,) = struct.unpack_from(f"{order}H", data, offset)
    entries = []
    for number in range(count):
        at = offset + 2 + 12 * number
        tag, kind, items = struct.unpack_from(f"{order}HHI", data, at)
        size = _SIZES.get(kind, 1) * items
        start = at + 8 if size <= _INLINE else struct.unpack_from(f"{order}I", data, at + 8)[0]
        value = data[start : start + size]
        if len(value) < size:
            raise Unreadable("the metadata is damaged")
        entries.append(_Entry(tag, kind, value))
    end = offset + 2 + 12 * count
    return entries, struct.unpack_from(f"{order}I", data, end)[0] if end + 4 <= len(data) else 0


def _value(blob: Blob, name: str, entry: _Entry) -> Iterator[Found]:
    path = blob.inside(f"{name} {entry.tag:#06x}")
    if entry.tag in _FILES:
        yield Blob(path, "", _FILES[entry.tag], entry.value, Place.METADATA)
    elif entry.tag == _COMMENT:
        yield from loose(path, Place.METADATA, entry.value[_CHARSET:])
    elif entry.tag in _WINDOWS:
        yield from member(path, Place.METADATA, entry.value.decode("utf-16-le", "replace").rstrip("\0"))
    elif entry.kind in _TEXTUAL:
        yield from loose(path, Place.METADATA, entry.value)


def _thumbnail(blob: Blob, order: str, entries: list[_Entry]) -> Iterator[Found]:
    known = {entry.tag: entry for entry in entries}
    if _THUMBNAIL in known and _THUMBNAIL_SIZE in known:
        start, size = (known[tag].numbers(order)[0] for tag in (_THUMBNAIL, _THUMBNAIL_SIZE))
        yield Blob(
            blob.inside("thumbnail"), "", "image/jpeg", blob.data[start : start + size], Place.METADATA
        )
