"""Looks into pictures: everything beside the pixels of JPEG (ITU-T T.81), PNG (W3C), WebP (RFC 9649)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from app.domain.leaks import Place
from app.domain.reading import Unreadable
from app.formats.unpacking_bytes import NESTED, Blob, Found, loose

TIFF, RESOURCES, PROFILE = "image/tiff", "application/x-photoshop-resources", "application/vnd.iccprofile"

_MARKER = re.compile(rb"\xff+([^\x00\xff])")
_AFTER_SCAN = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_EXIF, _PHOTOSHOP, _ICC = b"Exif\0\0", b"Photoshop 3.0\0", b"ICC_PROFILE\0"
_XMP, _XMP_MORE = b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
_XMP_MORE_HEAD = 40
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_BARE = {0x01, *range(0xD0, 0xD8)}
_NOTES = {0xFE, *range(0xE0, 0xF0)}
_LARGEST = 1 << 26
_PNG_PLAIN = frozenset(
    (
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"hIST"),
        *(b"pHYs", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT", b"tIME"),
    )
)
_WEBP_PLAIN = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM"))


def jpeg(blob: Blob) -> Iterator[Found]:
    """Application segments and comments, and what follows the end of the picture."""
    data, at = blob.data, 2
    extended = b""
    while match := _MARKER.match(data, at):
        kind, at = match[1][0], match.end()
        if kind == _EOI:
            break
        if kind in _BARE:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        payload, at = data[at + 2 : at + length], at + max(length, 2)
        if kind in _NOTES:
            if payload.startswith(_XMP_MORE):
                extended += payload[len(_XMP_MORE) + _XMP_MORE_HEAD :]
            else:
                yield from _segment(blob, kind, payload)
        elif kind == _SOS:
            following = _AFTER_SCAN.search(data, at)
            at = following.start() if following else len(data)
    else:
        raise Unreadable("the picture is damaged")
    if extended:
        yield Blob(blob.inside("XMP"), "", "application/xml", extended, Place.METADATA)
    yield from _trailing(blob, data[at:])


def _segment(blob: Blob, kind: int, payload: bytes) -> Iterator[Found]:
    for head, name, media_type in (
        (_EXIF, "EXIF", TIFF),
        (_XMP, "XMP", "application/xml"),
        (_PHOTOSHOP, "IPTC", RESOURCES),
        (_ICC, "colour profile", PROFILE),
    ):
        if payload.startswith(head):
            yield Blob(blob.inside(name), "", media_type, payload[len(head) :], Place.METADATA)
            return
    name = "comment" if kind == 0xFE else f"segment APP{kind - 0xE0}"
    yield from loose(blob.inside(name), Place.METADATA, payload)


def png(blob: Blob) -> Iterator[Found]:
    """Text, EXIF and profile chunks; an unknown chunk blocks."""
    data, at = blob.data, 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, payload = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IEND":
            yield from _trailing(blob, data[at:])
            return
        if kind not in _PNG_PLAIN:
            yield from _chunk(blob, kind, payload)
    raise Unreadable("the picture is damaged")


def _chunk(blob: Blob, kind: bytes, payload: bytes) -> Iterator[Found]:
    key, _, rest = payload.partition(b"\0")
    path = blob.inside(kind.decode("latin-1")) if kind.isalpha() else blob.inside("chunk")
    if kind == b"eXIf":
        yield Blob(blob.inside("EXIF"), "", TIFF, payload.removeprefix(_EXIF), Place.METADATA)
    elif kind == b"iCCP":
        yield from loose(path, Place.METADATA, key)
        yield Blob(blob.inside("colour profile"), "", PROFILE, _inflated(rest[1:]), Place.METADATA)
    elif kind in (b"tEXt", b"zTXt", b"iTXt"):
        yield from loose(path, Place.METADATA, key)
        yield from _png_text(blob, path, kind, key, rest)
    else:
        yield from loose(path, Place.METADATA, payload)
        raise Unreadable("there is a part of an unknown kind")


def _png_text(blob: Blob, path: str, kind: bytes, key: bytes, rest: bytes) -> Iterator[Found]:
    if kind == b"zTXt":
        rest = _inflated(rest[1:])
    elif kind == b"iTXt":
        packed, (language, _, more) = rest[:1] == b"\1", rest[2:].partition(b"\0")
        translated, _, rest = more.partition(b"\0")
        yield from loose(path, Place.METADATA, language + b"\n" + translated)
        rest = _inflated(rest) if packed else rest
    yield from loose(path, Place.METADATA, rest)
    if key == b"XML:com.adobe.xmp":
        yield Blob(blob.inside("XMP"), "", "application/xml", rest, Place.METADATA)
    elif key.startswith(b"Raw profile type"):
        # ImageMagick: name, length, then the profile in hexadecimal digits.
        digits = b"".join(rest.split()[2:])
        if re.fullmatch(rb"(?:[0-9a-fA-F]{2})+", digits):
            profile = bytes.fromhex(digits.decode("ascii")).removeprefix(_EXIF).removeprefix(_PHOTOSHOP)
            media_type = TIFF if profile[:2] in (b"II", b"MM") else RESOURCES
            yield Blob(path, "", media_type, profile, Place.METADATA)


def webp(blob: Blob) -> Iterator[Found]:
    """EXIF, XMP and profile chunks; an unknown chunk blocks."""
    data = blob.data
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    yield from _webp_chunks(blob, data[12:end])
    yield from _trailing(blob, data[end:])


def _webp_chunks(blob: Blob, data: bytes) -> Iterator[Found]:
    at = 0
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        payload = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
        if kind == b"EXIF":
            yield Blob(blob.inside("EXIF"), "", TIFF, payload.removeprefix(_EXIF), Place.METADATA)
        elif kind == b"XMP ":
            yield Blob(blob.inside("XMP"), "", "application/xml", payload, Place.METADATA)
        elif kind == b"ICCP":
            yield Blob(blob.inside("colour profile"), "", PROFILE, payload, Place.METADATA)
        elif kind == b"ANMF":
            yield from _webp_chunks(blob, payload[16:])
        elif kind not in _WEBP_PLAIN:
            yield from loose(blob.inside("chunk"), Place.METADATA, payload)
            raise Unreadable("there is a part of an unknown kind")


def profile(blob: Blob) -> Iterator[Found]:
    """The words of a colour profile (ISO 15076-1)."""
    yield from loose(blob.path, Place.METADATA, blob.data)


def resources(blob: Blob) -> Iterator[Found]:
    """Photoshop resources: IPTC-IIM data sets, thumbnails, the rest as it is."""
    data, at = blob.data, 0
    while data[at : at + 4] == b"8BIM":
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        name = data[at + 7 : at + 7 + data[at + 6]]
        at += 7 + len(name) + (len(name) + 1) % 2
        size = int.from_bytes(data[at : at + 4], "big")
        payload = data[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
        yield from loose(blob.inside(f"resource {number}"), Place.METADATA, name)
        if number == 0x0404:
            yield from iim(Blob(blob.path, "", "", payload, Place.METADATA))
        elif number in (0x0409, 0x040C):
            yield Blob(blob.inside("thumbnail"), "", "image/jpeg", payload[28:], Place.METADATA)
        else:
            yield from loose(blob.inside(f"resource {number}"), Place.METADATA, payload)
    if data[at:].strip(b"\0"):
        yield from iim(Blob(blob.path, "", "", data[at:], Place.METADATA))


def iim(blob: Blob) -> Iterator[Found]:
    """The data sets of IPTC-IIM 4.2."""
    data, at = blob.data, 0
    while data[at : at + 1] == b"\x1c":
        record, number = data[at + 1], data[at + 2]
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        yield from loose(blob.inside(f"{record}:{number}"), Place.METADATA, data[at + 5 : at + 5 + size])
        at += 5 + size
    if data[at:].strip(b"\0"):
        yield from loose(blob.path, Place.METADATA, data[at:])


def _trailing(blob: Blob, data: bytes) -> Iterator[Found]:
    if data.strip(b"\0"):
        yield from loose(blob.inside("after the end"), Place.METADATA, data)
        yield Blob(f"{blob.path}{NESTED}after the end", "", "", data, Place.METADATA)


def _inflated(data: bytes) -> bytes:
    stream = zlib.decompressobj()
    text = stream.decompress(data, _LARGEST)
    if not stream.eof:
        raise Unreadable("a compressed part is cut short or too large")
    return text
