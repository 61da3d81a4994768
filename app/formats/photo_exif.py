"""EXIF as words (CIPA DC-008): a bounded walk of the TIFF directories of a photograph."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from PIL import ExifTags

from app.formats.photo_container import text

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
_CODES = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I"}
_POINTERS = {0x8769: ExifTags.TAGS, 0x8825: ExifTags.GPSTAGS, 0xA005: ExifTags.TAGS}
_ORIENTATION = 0x0112
_MOST_ENTRIES = 512
_MOST_DIRECTORIES = 16
_LONGEST = 1 << 16
_MOST_NUMBERS = 16
_PRINTABLE = re.compile(rb"[\x20-\x7e]{4,}")
_COMMENT_CHARSETS = {b"ASCII\0\0\0": "latin-1", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}

Entry = tuple[int, int, bytes]
"""Tag, TIFF type and raw value."""


def words(exif: bytes) -> dict[str, str]:
    """Names and values of ``exif``, a TIFF structure: ``{"Artist": "…", "GPSLatitude": "45.070310"}``.

    Degrees of GPS are decimal; bytes without a known form give the words that can be read in them.
    """
    order = _byte_order(exif)
    found: dict[str, str] = {}
    pending = [(_offset(exif, 4, order), ExifTags.TAGS, "")] if order else []  # where, names of tags, prefix
    seen: set[int] = set()
    while pending:
        at, names, prefix = pending.pop(0)
        if at in seen or len(seen) >= _MOST_DIRECTORIES:
            continue
        seen.add(at)
        for tag, kind, raw in _directory(exif, at, order):
            if tag in _POINTERS and len(raw) == 4:
                pending.append((_offset(raw, 0, order), _POINTERS[tag], ""))
            else:
                name = prefix + names.get(tag, f"0x{tag:04x}")
                found.setdefault(name, _value(tag, kind, raw, order, names))
        if after := _following(exif, at, order):
            pending.append((after, ExifTags.TAGS, "Thumbnail"))
    return {name: value for name, value in found.items() if value}


def orientation(exif: bytes) -> int:
    """The orientation, 1 to 8, that ``exif`` states; 1 when it says nothing usable."""
    order = _byte_order(exif)
    if order:
        for tag, kind, raw in _directory(exif, _offset(exif, 4, order), order):
            if tag == _ORIENTATION and kind == 3 and len(raw) >= 2:
                turned = int(struct.unpack(order + "H", raw[:2])[0])
                return turned if 1 <= turned <= 8 else 1
    return 1


def _byte_order(exif: bytes) -> str:
    if len(exif) < 8:
        return ""
    return {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4], "")


def _offset(data: bytes, at: int, order: str) -> int:
    return int(struct.unpack_from(order + "I", data, at)[0])


def _count(exif: bytes, at: int, order: str) -> int:
    if at < 8 or at + 2 > len(exif):
        return 0
    return int(struct.unpack_from(order + "H", exif, at)[0])


def _following(exif: bytes, at: int, order: str) -> int:
    """The offset of the directory that comes after the one at ``at``, or 0."""
    end = at + 2 + 12 * _count(exif, at, order)
    return _offset(exif, end, order) if end > at + 2 and end + 4 <= len(exif) else 0


def _directory(exif: bytes, at: int, order: str) -> Iterator[Entry]:
    for number in range(min(_count(exif, at, order), _MOST_ENTRIES)):
        entry = at + 2 + 12 * number
        if entry + 12 > len(exif):
            return
        tag, kind, count = struct.unpack_from(order + "HHI", exif, entry)
        size = _SIZES.get(kind, 0) * count
        start = entry + 8 if size <= 4 else _offset(exif, entry + 8, order)
        if size and start + size <= len(exif):
            yield tag, kind, exif[start : start + min(size, _LONGEST)]


def _value(tag: int, kind: int, raw: bytes, order: str, names: dict[int, str]) -> str:
    if kind in (2, 129):
        return text(raw.split(b"\0")[0])
    if 0x9C9B <= tag <= 0x9C9F:  # the XP… tags that Windows writes are UTF-16
        return raw.decode("utf-16-le", "replace").rstrip("\0")
    if kind == 7 or (kind == 1 and len(raw) > 8):
        return _opaque(raw)
    if kind in (5, 10):
        numbers = _rationals(raw, "I" if kind == 5 else "i", order)
        if names is ExifTags.GPSTAGS and tag in (2, 4, 20, 22) and len(numbers) == 3:
            return f"{numbers[0] + numbers[1] / 60 + numbers[2] / 3600:.6f}"
        return " ".join(f"{number:g}" for number in numbers)
    shown = min(len(raw) // _SIZES[kind], _MOST_NUMBERS)
    values = struct.unpack_from(f"{order}{shown}{_CODES[kind]}", raw)
    return " ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in values)


def _rationals(raw: bytes, code: str, order: str) -> list[float]:
    pairs = struct.iter_unpack(f"{order}2{code}", raw[: 8 * _MOST_NUMBERS])
    return [above / below if below else 0.0 for above, below in pairs]


def _opaque(raw: bytes) -> str:
    """Words in bytes of a private form, such as a camera's own notes, which may hold its owner's name."""
    charset = _COMMENT_CHARSETS.get(raw[:8])
    if charset:
        return raw[8:].decode(charset, "replace").strip("\0 ")
    if len(raw) <= 4 and not raw.isdigit():
        return " ".join(str(byte) for byte in raw)
    if raw.isascii() and raw.rstrip(b"\0").decode("ascii").isprintable():
        return text(raw)
    readable = " ".join(run.decode("ascii") for run in _PRINTABLE.findall(raw)[:200])
    return readable or f"({len(raw)} bytes)"
