"""Parts of an RTF file that are not its text: fonts, styles, lists, authors, properties, pictures.

Each takes the control words and the text of its group, whatever groups stand inside.
"""

from __future__ import annotations

import binascii
import codecs
import re
from dataclasses import dataclass, field

from app.domain.article import Mark
from app.formats.lines import Role
from app.formats.style_names import named_role

_CODE_PAGES = {
    2: "symbol",
    77: "mac-roman",
    78: "shift_jis",
    79: "euc_kr",
    80: "gb2312",
    81: "big5",
    83: "mac-roman",
    85: "mac-greek",
    86: "mac-turkish",
    88: "mac-latin2",
    89: "mac-cyrillic",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""Encoding by ``\\fcharset``; 0 and 1 mean that of the document."""

_NUMBERS = {
    65001: "utf-8",
    936: "gb18030",
    10000: "mac-roman",
    10007: "mac-cyrillic",
    1361: "johab",
    54936: "gb18030",
}


def code_page(number: int) -> str:
    """The encoding of a Windows code page, Latin-1's superset for one that is not known."""
    name = _NUMBERS.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


class Sink:
    """A part that is passed over."""

    def word(self, name: str, number: int | None) -> None:
        """Take a control word."""

    def text(self, text: str) -> None:
        """Take decoded text."""

    def data(self, data: bytes) -> None:
        """Take binary data."""


class Words(Sink):
    """A part of which only the words count."""

    def __init__(self) -> None:
        self.said = ""

    def word(self, name: str, number: int | None) -> None:
        """Turn the ends of paragraphs and cells into white space."""
        if name in ("par", "line", "tab", "cell", "row", "sect"):
            self.said += "\n" if name in ("par", "line") else " "

    def text(self, text: str) -> None:
        """Take words."""
        self.said += text


@dataclass(slots=True)
class Font:
    """A font: its name and the encoding of its bytes, ``""`` for the document's."""

    name: str = ""
    encoding: str = ""


class Fonts(Sink):
    """The font table."""

    def __init__(self) -> None:
        self.known: dict[int, Font] = {}
        self._now = Font()

    def word(self, name: str, number: int | None) -> None:
        """Begin a font, or learn its encoding."""
        if name == "f":
            self._now = self.known[number or 0] = Font()
        elif name == "fcharset":
            self._now.encoding = self._now.encoding or _CODE_PAGES.get(number or 0, "")
        elif name == "cpg" and number:
            self._now.encoding = code_page(number)

    def text(self, text: str) -> None:
        """Learn the font's name."""
        self._now.name = (self._now.name + text).partition(";")[0].strip()


@dataclass(slots=True)
class Style:
    """A paragraph style: its role, and the marks that belong to the style and not to the words."""

    name: str = ""
    outline: int = 9
    marks: set[Mark] = field(default_factory=set)

    def role(self) -> tuple[Role, int]:
        """The role of its paragraphs, with the level of a heading."""
        role, level = named_role(self.name)
        if role in (Role.BODY, Role.HEADING) and 0 <= self.outline < 9:
            return Role.HEADING, self.outline + 1
        return role, level


_STYLE_MARKS = {
    "b": Mark.BOLD,
    "ab": Mark.BOLD,
    "i": Mark.ITALIC,
    "ai": Mark.ITALIC,
    "scaps": Mark.SMALL_CAPS,
    "strike": Mark.STRIKETHROUGH,
}


class Styles(Sink):
    """The style sheet."""

    def __init__(self) -> None:
        self.known: dict[int, Style] = {}
        self._now = self.known[0] = Style()

    def word(self, name: str, number: int | None) -> None:
        """Begin a style, or learn how it looks."""
        if name == "s":
            self._now = self.known[number or 0] = Style()
        elif name in ("cs", "ts", "ds"):
            self._now = Style()
        elif name == "outlinelevel":
            self._now.outline = 9 if number is None else number
        elif name in _STYLE_MARKS and number != 0:
            self._now.marks.add(_STYLE_MARKS[name])

    def text(self, text: str) -> None:
        """Learn the style's name; a semicolon ends it."""
        said, ended, _ = text.partition(";")
        self._now.name += said.strip()
        if ended:
            self._now = Style()


@dataclass(slots=True)
class Level:
    """One level of a list: ``kind`` is ``\\levelnfc``, 23 a sign and 255 nothing."""

    kind: int = 0
    start: int = 1


class Lists(Sink):
    """The list table and the list override table: levels by the number that ``\\ls`` gives."""

    def __init__(self) -> None:
        self._lists: dict[int, list[Level]] = {}
        self._now: list[Level] = []
        self._list = 0
        self.known: dict[int, list[Level]] = {}

    def word(self, name: str, number: int | None) -> None:
        """Learn a list, a level, or which list a number means."""
        value = number or 0
        match name:
            case "list":
                self._now = []
            case "listlevel":
                self._now.append(Level())
            case "levelnfc" | "levelnfcn" if self._now:
                self._now[-1].kind = value
            case "levelstartat" if self._now:
                self._now[-1].start = value
            case "listid":
                self._list = value
                self._lists.setdefault(value, self._now)
            case "listoverride":
                self._now = []
            case "ls":
                self.known[value] = self._lists.get(self._list, [])


class Authors(Sink):
    """The table of those who made tracked changes, by number."""

    def __init__(self) -> None:
        self.known: list[str] = []
        self._now = ""

    def text(self, text: str) -> None:
        """Learn names, each ended by a semicolon."""
        *whole, self._now = (self._now + text).split(";")
        self.known += whole


_BLIPS = {
    "jpegblip": "jpeg",
    "pngblip": "png",
    "emfblip": "emf",
    "wmetafile": "wmf",
    "dibitmap": "dib",
    "wbitmap": "ddb",
    "macpict": "pict",
}
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]+")


class Hex(Sink):
    """A picture or object: hexadecimal text or binary data."""

    def __init__(self) -> None:
        self._hex: list[str] = []
        self._binary: list[bytes] = []
        self.alt = ""
        self.suffix = "bin"

    def word(self, name: str, number: int | None) -> None:
        """Learn which kind of picture it is."""
        self.suffix = _BLIPS.get(name, self.suffix)

    def text(self, text: str) -> None:
        """Take hexadecimal digits."""
        self._hex.append(text)

    def data(self, data: bytes) -> None:
        """Take binary data."""
        self._binary.append(data)

    def bytes(self) -> bytes:
        """All of the data."""
        if self._binary:
            return b"".join(self._binary)
        digits = _NOT_HEX.sub(b"", "".join(self._hex).encode("ascii", "ignore"))
        return binascii.unhexlify(digits[: len(digits) // 2 * 2])
