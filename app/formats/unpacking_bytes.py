"""What the unpackers hand to each other, and text found in bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.domain.leaks import Member, Place
from app.domain.leaks_folding import BARRIER
from app.domain.reading import Unreadable

NESTED = " > "
"""Between a container and what it holds, in a path."""


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes inside a file that are to be opened in turn; ``place`` is what text in them counts as.

    ``sure``: something else says that these are a file, so that they block when they cannot be read; without
    it they may be chance, such as words that look like base64.
    """

    path: str
    name: str
    media_type: str
    data: bytes = field(repr=False)
    place: Place = Place.BODY
    sure: bool = True

    def inside(self, name: str) -> str:
        """The path of a part called ``name``."""
        return f"{self.path}{NESTED}{name}" if self.path else name


Found = Member | Blob
"""What an unpacker yields."""

LEGACY = (
    "gb18030",
    "big5hkscs",
    "shift_jis",
    "euc_kr",
    "cp1251",
    "koi8_r",
    "cp1256",
    "cp1252",
    "cp1250",
    "cp874",
)
"""Encodings of the desk's languages from before Unicode, tried on bytes that are not UTF-8."""

_SMALL = 1 << 18
_MOST_FILES = 40
_FILE = re.compile(
    rb"PK\x03\x04|PK\x05\x06|\x1f\x8b\x08|\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP|%PDF-|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    re.S,
)
"""How the files begin that the unpacking opens."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_NARROW = re.compile(
    rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){3,}"
    rb"|(?:[\xe0-\xef][\x80-\xbf]{2}){2}"
)
_WIDE_LITTLE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\0){3,}")
_WIDE_BIG = re.compile(rb"(?:\0[\x20-\x7e\xa0-\xff]){3,}")
_LONG = re.compile(
    rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){7,}"
    rb"|(?:[\xc2-\xdf][\x80-\xbf]){5,}|(?:[\xe0-\xef][\x80-\xbf]{2}){3,}"
)
_LONG_LITTLE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\0){7,}")
_LONG_BIG = re.compile(rb"(?:\0[\x20-\x7e\xa0-\xff]){7,}")
_WIDE = re.compile(
    "[ -~\xa0-\u024f\u1e00-\u1eff]{3,}|[ \u0370-\u03ff]{3,}|[ \u0400-\u052f]{3,}|[ \u0590-\u08ff]{3,}"
    "|[ \u0900-\u0e7f]{3,}|[ \u0f00-\u109f]{3,}|[\u3040-\u30ff\u4e00-\u9fff]{2,}|[ \uac00-\ud7a3]{2,}"
)


def decoded(data: bytes) -> str | None:
    """``data`` as text when it is UTF-8, or Unicode of another width that says so; else None."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _cleaned(data[len(mark) :].decode(encoding, "replace"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and not _CONTROLS.search(text):
        return _cleaned(text)
    if data.count(0) * 3 > len(data) and len(data) % 2 == 0:
        sides = data[0::2].count(0), data[1::2].count(0)
        wide = data.decode("utf-16-be" if sides[0] > sides[1] else "utf-16-le", "replace")
        if not _CONTROLS.search(wide):
            return _cleaned(wide)
    return None


def legacy(data: bytes) -> str:
    """``data`` in every old encoding that fits, put together; ``""`` for what holds controls and is no text."""
    if _CONTROLS.search(data.decode("latin-1")):
        return ""
    return BARRIER.join(dict.fromkeys(data.decode(encoding, "replace") for encoding in LEGACY))


def long_strings(data: bytes) -> str:
    """Runs of characters in bytes that are mostly not text, long enough not to be there by chance."""
    runs = [run.decode("utf-8", "ignore") for run in _LONG.findall(data)]
    runs += [run.decode("utf-16-le") for run in _LONG_LITTLE.findall(data)]
    runs += [run.decode("utf-16-be") for run in _LONG_BIG.findall(data)]
    return BARRIER.join(runs)


def strings(data: bytes) -> str:
    """Runs of characters in bytes of any kind, put together: UTF-8, and UTF-16 of Latin letters."""
    runs = [run.decode("utf-8", "ignore") for run in _NARROW.findall(data)]
    runs += [run.decode("utf-16-le") for run in _WIDE_LITTLE.findall(data)]
    runs += [run.decode("utf-16-be") for run in _WIDE_BIG.findall(data)]
    return BARRIER.join(runs)


def every_string(data: bytes) -> str:
    """``strings``, UTF-16 of every script, and for small data old encodings."""
    runs = [strings(data)]
    for encoding in ("utf-16-le", "utf-16-be"):
        for shift in (0, 1):
            runs += _WIDE.findall(data[shift:].decode(encoding, "replace"))
    if len(data) <= _SMALL:
        runs += [data.replace(b"\0", b"").decode(encoding, "replace") for encoding in ("latin-1", *LEGACY)]
    return BARRIER.join(runs)


def loose(path: str, place: Place, data: bytes) -> Iterator[Found]:
    """The text in a value of metadata, whatever its encoding; of a binary one, whatever may be text or a file."""
    plain = data.strip(b"\0 ")
    text = decoded(plain) if plain else ""
    if text is None:
        text = legacy(plain)
    if text or not plain:
        yield from member(path, place, text)
        return
    yield from member(path, place, strings(data))
    yield from member(path, Place.OPAQUE, every_string(data))
    for number, match in enumerate(_FILE.finditer(data), 1):
        if number > _MOST_FILES:
            raise Unreadable("there are too many beginnings of files")
        name = f"{path}{NESTED}embedded file {number}"
        yield Blob(name, "", "", data[match.start() :], place, sure=False)


def joined(values: Iterable[str]) -> str:
    """Texts that have nothing to do with each other as one."""
    return BARRIER.join(values)


def member(path: str, place: Place, text: str) -> Iterator[Member]:
    """The text as a member, unless it is empty."""
    if text.strip(BARRIER + " \t\r\n\0"):
        yield Member(path, place, text)


def _cleaned(text: str) -> str:
    return text.replace(BARRIER, "")
