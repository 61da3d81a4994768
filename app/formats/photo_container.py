"""The parts of a picture file that are not pixels: EXIF, XMP, IIM, comments, text, what trails behind.

JPEG is walked by segments (ITU-T T.81 annex B), PNG by chunks (W3C PNG, third edition), WebP by RIFF
chunks (RFC 9649).  Nothing here decodes pixels or trusts a length; what does not fit is left out.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"

_LARGEST = 1 << 20
"""Bytes of one kind of metadata; more is an attack, or a picture inside the picture."""

_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_XMP = "XML:com.adobe.xmp"


@dataclass
class Parts:
    """What stands beside the pixels.

    ``xmp`` holds the packets, ``iim`` the Photoshop resource block, ``texts`` pairs of name and words
    (``("COM", "…")``, ``("PNG:Author", "…")``), ``trailing`` counts bytes after the end of the picture.
    """

    exif: bytes = b""
    xmp: list[bytes] = field(default_factory=list)
    iim: bytes = b""
    texts: list[tuple[str, str]] = field(default_factory=list)
    trailing: int = 0


def media_type(data: bytes) -> str:
    """The media type that the first bytes tell, or ``""`` for anything but JPEG, PNG and WebP."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    return ""


def parts(data: bytes) -> Parts:
    """The parts of ``data``, which is JPEG, PNG or WebP; of a damaged file, those that are whole."""
    return {JPEG: _jpeg, PNG: _png, WEBP: _webp}[media_type(data)](data)


def text(raw: bytes) -> str:
    """``raw`` as UTF-8, or as Latin-1 where it is not; NULs end it."""
    raw = raw.rstrip(b"\0 ")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def webp_canvas(data: bytes) -> tuple[int, int]:
    """Width and height that an extended WebP file claims (RFC 9649 section 2.7), or ``(0, 0)``."""
    if data[12:16] != b"VP8X" or len(data) < 30:
        return 0, 0
    return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Marker, payload and end of each JPEG segment up to the end of the image."""
    at = 2
    while found := _MARKER.search(data, at):
        marker, at = data[found.start() + 1], found.end()
        if marker == 0xD9:
            yield marker, b"", at
            return
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2:
            continue
        yield marker, data[at + 2 : at + length], at + length
        at += length


def _jpeg(data: bytes) -> Parts:
    found, more = Parts(), bytearray()
    for marker, payload, end in _segments(data):
        if marker == 0xD9:
            found.trailing = len(data) - end
        elif marker == 0xFE:
            found.texts.append(("COM", text(payload)))
        elif marker == 0xE1 and payload.startswith(_EXIF):
            found.exif = found.exif or payload[len(_EXIF) :]
        elif marker == 0xE1 and payload.startswith(_XMP):
            found.xmp.append(payload[len(_XMP) :])
        elif marker == 0xE1 and payload.startswith(_XMP_MORE) and len(more) < _LARGEST:
            # After the name: a digest of 32 bytes, the whole length, this piece's offset (Adobe XMP part 3).
            more += payload[len(_XMP_MORE) + 40 :]
        elif marker == 0xED and payload.startswith(_PHOTOSHOP) and len(found.iim) < _LARGEST:
            found.iim += payload[len(_PHOTOSHOP) :]
    if more:
        found.xmp.append(bytes(more))
    return found


def _png(data: bytes) -> Parts:
    found, at = Parts(), 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, payload = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IEND":
            found.trailing = max(0, len(data) - at)
            break
        if kind == b"eXIf":
            found.exif = payload[:_LARGEST].removeprefix(_EXIF)
        elif kind == b"tIME" and len(payload) == 7:
            year, *rest = struct.unpack(">H5B", payload)
            found.texts.append(("PNG:tIME", "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(year, *rest)))
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            name, words = _png_text(kind, payload)
            if name == _PNG_XMP:
                found.xmp.append(words)
            else:
                found.texts.append((f"PNG:{name}", text(words)))
    return found


def _png_text(kind: bytes, payload: bytes) -> tuple[str, bytes]:
    keyword, _, rest = payload.partition(b"\0")
    packed = kind == b"zTXt"
    if packed:
        rest = rest[1:]
    elif kind == b"iTXt":
        packed = rest[:1] == b"\1"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    return text(keyword[:79]), _inflated(rest) if packed else rest[:_LARGEST]


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _LARGEST)
    except zlib.error:
        return b""


def _webp(data: bytes) -> Parts:
    found, at = Parts(), 12
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        kind, payload = data[at : at + 4], data[at + 8 : at + 8 + min(length, _LARGEST)]
        if kind == b"EXIF":
            found.exif = payload.removeprefix(_EXIF)
        elif kind == b"XMP ":
            found.xmp.append(payload)
        at += 8 + length + length % 2
    found.trailing = len(data) - end
    return found
