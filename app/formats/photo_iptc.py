"""IPTC IIM 4.2: the captions and credits that Photoshop and agencies write into a photograph.

Reading unpacks the Photoshop resource block 0x0404; writing makes one with the character set named
as UTF-8 (dataset 1:90) and values cut to the length that IIM allows, on a character's edge.
"""

from __future__ import annotations

import struct

from app.formats.photo_container import text

NAMES = {
    5: "ObjectName",
    15: "Category",
    20: "SupplementalCategories",
    25: "Keywords",
    40: "SpecialInstructions",
    55: "DateCreated",
    60: "TimeCreated",
    62: "DigitalCreationDate",
    65: "OriginatingProgram",
    80: "By-line",
    85: "By-lineTitle",
    90: "City",
    92: "Sub-location",
    95: "Province-State",
    100: "Country-PrimaryLocationCode",
    101: "Country-PrimaryLocationName",
    103: "OriginalTransmissionReference",
    105: "Headline",
    110: "Credit",
    115: "Source",
    116: "CopyrightNotice",
    118: "Contact",
    120: "Caption-Abstract",
    122: "Writer-Editor",
}
"""Datasets of record 2 by number, named as exiftool names them."""

_LONGEST = {80: 32, 105: 256, 110: 32, 115: 32, 116: 128, 120: 2000}
_UTF8 = b"\x1b%G"
_MOST = 400


def words(resources: bytes) -> dict[str, str]:
    """Names and values of the IIM record in ``resources``; what repeats is joined by ``"; "``."""
    found: dict[str, str] = {}
    for number, value in _datasets(_iim(resources)):
        name = NAMES.get(number, f"2:{number:03}")
        if number and value:
            found[name] = f"{found[name]}; {value}" if name in found else value
    return found


def resource_block(values: dict[int, str]) -> bytes:
    """A Photoshop resource block with ``values`` by dataset number, empty ones left out."""
    record = _dataset(1, 90, _UTF8) + _dataset(2, 0, b"\x00\x04")
    for number, value in sorted(values.items()):
        if value:
            record += _dataset(2, number, _cut(value, _LONGEST[number]))
    padding = b"\0" * (len(record) % 2)
    return b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(record)) + record + padding


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def _cut(value: str, longest: int) -> bytes:
    return value.encode("utf-8")[:longest].decode("utf-8", "ignore").encode("utf-8")


def _iim(resources: bytes) -> bytes:
    """The IIM record among Photoshop's resources."""
    at = 0
    while resources[at : at + 4] == b"8BIM" and at + 12 <= len(resources):
        kind = int.from_bytes(resources[at + 4 : at + 6], "big")
        name = resources[at + 6] + 1
        at += 6 + name + name % 2
        size = int.from_bytes(resources[at : at + 4], "big")
        if kind == 0x0404:
            return resources[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
    return b""


def _datasets(iim: bytes) -> list[tuple[int, str]]:
    """Number and text of each dataset of record 2."""
    found: list[tuple[int, str]] = []
    at, utf8 = 0, False
    while at + 5 <= len(iim) and iim[at] == 0x1C and len(found) < _MOST:
        record, number, length = struct.unpack_from(">BBH", iim, at + 1)
        if length & 0x8000:  # an extended dataset holds files, not words
            break
        raw = iim[at + 5 : at + 5 + length]
        at += 5 + length
        if (record, number) == (1, 90):
            utf8 = raw == _UTF8
        elif record == 2 and number:
            found.append((number, raw.decode("utf-8", "replace") if utf8 else text(raw)))
    return found
