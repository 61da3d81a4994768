"""What texts hold in another coding: base64, hexadecimal, quoted-printable, data addresses."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from app.domain.leaks import Member, Place
from app.domain.leaks_folding import BARRIER
from app.formats.unpacking_bytes import (
    Blob,
    Found,
    decoded,
    every_string,
    joined,
    legacy,
    loose,
    member,
    strings,
)

_WRAPPED = re.compile(r"(?<=[A-Za-z0-9+/]{40})[ \t]*\r?\n[ \t]*(?=[A-Za-z0-9+/=])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_PLAIN_WORDS = re.compile(r"[A-Z]?[a-z]+(?:[-_/][A-Z]?[a-z]+)*|[A-Z_-]+|[0-9_-]+|[-_/+]+")
_OFFSETS = range(4)
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:(?:0x)?[0-9A-Fa-f]{2}[ :,\r\n]{0,2}){5,}(?![0-9A-Fa-f])")
_HEX_PLAIN = re.compile(r"[0-9 :,\r\n]+")
_QUOTED = re.compile(r"=[0-9A-Fa-f]{2}|=\r?\n")
_QUOTED_WORDS = re.compile(r"(?:=[89A-Fa-f][0-9A-Fa-f]){2}")
_DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w.=+-]+)*),([^\s\"'<>()]*)", re.I)
_STANDARD = str.maketrans("-_", "+/")
_LARGE = 24
"""Letters from which a run of base64 may be a file."""


def base64_runs(found: Member) -> Iterator[Found]:
    """Runs of base64 letters, decoded from each of four beginnings, since letters before may belong to the text."""
    told: list[str] = []
    chances: list[str] = []
    for run in _BASE64.findall(_WRAPPED.sub("", found.text)):
        if _PLAIN_WORDS.fullmatch(run.rstrip("=")):
            continue
        letters = run.rstrip("=").translate(_STANDARD)
        for offset in _OFFSETS:
            data = _base64(letters[offset:])
            text = decoded(data) if data else None
            if text is not None:
                told.append(text)
            else:
                chances.append(strings(data) if offset else every_string(data))
            if len(letters) >= _LARGE and (text is None or _is_markup(text)):
                yield Blob(_inside(found, "base64"), "", "", data, found.place, sure=False)
    yield from member(_inside(found, "base64"), found.place, joined(told))
    yield from member(_inside(found, "base64"), Place.OPAQUE, BARRIER.join(filter(None, chances)))


def hexadecimal(found: Member) -> Iterator[Found]:
    """Runs of hexadecimal digits, decoded."""
    for run in _HEX.findall(found.text):
        if _HEX_PLAIN.fullmatch(run) and len(run) < _LARGE:
            continue
        data = bytes.fromhex(re.sub(r"0x|[^0-9A-Fa-f]", "", run))
        yield from loose(_inside(found, "hexadecimal"), found.place, data)
        if len(data) >= _LARGE:
            yield Blob(_inside(found, "hexadecimal"), "", "", data, found.place, sure=False)


def quoted_printable(found: Member) -> Iterator[Found]:
    """The text with its quoted-printable signs decoded (RFC 2045, 6.7)."""
    if _QUOTED.search(found.text):
        data = quopri.decodestring(found.text.encode("utf-8", "replace"))
        text = decoded(data)
        if text is None:
            text = legacy(data) if _QUOTED_WORDS.search(found.text) else strings(data)
        if text != found.text:
            yield from member(_inside(found, "quoted-printable"), found.place, text)
            yield Blob(_inside(found, "quoted-printable"), "", "", data, found.place, sure=False)


def data_addresses(found: Member) -> Iterator[Found]:
    """Files written into an address (RFC 2397)."""
    for number, match in enumerate(_DATA.finditer(found.text), 1):
        data = unquote_to_bytes(match[3])
        if ";base64" in match[2].lower():
            data = _base64(data.decode("latin-1").rstrip("=").translate(_STANDARD))
        if data:
            yield Blob(_inside(found, f"data address {number}"), "", match[1].lower(), data, found.place)


def _base64(letters: str) -> bytes:
    """As many whole bytes as ``letters``, without padding, hold."""
    usable = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return base64.b64decode(usable + "=" * (-len(usable) % 4))
    except binascii.Error:
        return b""


def _is_markup(text: str) -> bool:
    return "<" in text or "{" in text


def _inside(found: Member, coding: str) -> str:
    return f"{found.path}, {coding}"
