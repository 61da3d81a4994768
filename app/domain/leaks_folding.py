"""Text as the egress gate compares it: one spelling for everything that reads the same.

Compatibility forms, case, diacritics, invisible characters, digits of every script, variants of Arabic,
Hebrew and Chinese letters are made equal (Unicode UAX 15, UTS 39).  Vowel signs of Indic and south-east
Asian scripts are letters and stay.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from copy import copy
from functools import cached_property
from itertools import accumulate, chain, pairwise

from app.domain.leaks_han import SIMPLIFIED

APOSTROPHE, HYPHEN, SPACE, STOP = "'", "-", " ", "\x1f"
"""What separators become: the first two may stand inside a name, the last ends a sentence."""

BARRIER = "\ufdd0"
"""Stands between texts that were put together only to be looked through at once; a noncharacter of Unicode."""

SEAMLESS = (
    "\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Character class of the scripts that set no space between words: Thai to Burmese, Khmer, Han, kana, hangul."""

TOKEN = re.compile(f"[0-9]+|{BARRIER}|[{SEAMLESS}]+|[^0-9 '\\-\x1f{BARRIER}{SEAMLESS}]+")

_CAMEL = re.compile("([a-zß-öø-ÿа-яёα-ω])([A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω])")
_KEPT_MARKS = ((0x0900, 0x109F), (0x1780, 0x17FF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F))
_HANGUL = range(0xAC00, 0xD7A4)
_INVISIBLE = frozenset("\0\u115f\u1160\u3164\uffa0\u0640\u17b4\u17b5\u02bb\u02bc\u02bd\u02be\u02bf")
"""Fillers, the Arabic tatweel, and letters that only stand for an apostrophe: nothing is left of them."""
_APOSTROPHES = frozenset("'`´‘’‛′＇")
_SOFT = frozenset("_.·・‧•⋅∙་‿⁀\u2800")

_SAME = str.maketrans(
    {
        "ı": "i", "ȷ": "j", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "æ": "ae",
        "œ": "oe", "þ": "th", "ɑ": "a", "ɡ": "g", "ɩ": "i", "ɪ": "i", "ʟ": "l", "ɴ": "n", "ʀ": "r", "ʏ": "y",
        "ʙ": "b", "ʜ": "h", "ɢ": "g", "ᴀ": "a", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ᴊ": "j", "ᴋ": "k", "ᴍ": "m",
        "ᴏ": "o", "ᴘ": "p", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ᴢ": "z", "ґ": "г",
        "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ٱ": "ا",
        "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
        **SIMPLIFIED,
    }
)  # fmt: skip

_LOOKALIKES = str.maketrans(
    "авекмнорстухіјѕһԁԛԝѵӏүьαβεηικμνορτυχωϳϲւօսհոցզ",
    "abekmhopctyxijshdqwvlybabenikmvoptuxwjclouhngq",
)
_CAPITALS = str.maketrans("ΗΝΥΡ", "HNYP")
"""Greek capitals whose small letters look like another Latin letter than they do."""


class _Fold(dict[int, str]):
    """What each character becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    if ord(character) in _HANGUL:
        return character
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(map(_one, plain))


def _one(character: str) -> str:
    category = unicodedata.category(character)
    if character in _INVISIBLE or category == "Cf":
        return ""
    if character == BARRIER:
        return BARRIER
    if category in ("Mn", "Me", "Mc"):
        return character if any(low <= ord(character) <= high for low, high in _KEPT_MARKS) else ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if character.isalnum():
        return character.translate(_SAME)
    if character in _APOSTROPHES:
        return APOSTROPHE
    if category == "Pd":
        return HYPHEN
    return SPACE if character.isspace() or character in _SOFT else STOP


_FOLD = _Fold()


def fold(text: str) -> str:
    """``text`` in one spelling: letters, digits, and one sign for each separator; capitals inside a word cut it."""
    return _CAMEL.sub(r"\1-\2", unicodedata.normalize("NFC", text)).translate(_FOLD)


def words(text: str) -> list[str]:
    """The words and numbers of ``text``, folded; a run of a seamless script counts as one."""
    return TOKEN.findall(fold(text))


def skeleton(solid: str) -> str:
    """Folded text with Cyrillic, Greek and Armenian letters as the Latin ones that they look like; as long."""
    return solid.translate(_LOOKALIKES)


def latin_capitals(text: str) -> str:
    """``text`` with the Greek capitals that ``skeleton`` cannot tell, as the Latin ones that they look like."""
    return text.translate(_CAPITALS)


class View:
    """A folded text without its separators.

    ``solid`` has letters and digits only; ``starts`` are the places in it where a word begins, its
    length included; ``tokens`` are the words.
    """

    def __init__(self, text: str) -> None:
        self._folded = fold(text)
        self._length = len(text)
        self.tokens: list[str] = TOKEN.findall(self._folded)
        self.solid = "".join(self.tokens)
        self._ends = list(accumulate(map(len, self.tokens), initial=0))
        self.starts = frozenset(self._ends)

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in TOKEN.finditer(self._folded)]

    @cached_property
    def _gaps(self) -> dict[int, str]:
        between = (self._folded[left[1] : right[0]] for left, right in pairwise(self._spans))
        return dict(zip(self._ends[1:], between, strict=False))

    def gap(self, place: int) -> str:
        """The separators before ``place`` in ``solid``, which is inside the text."""
        return self._gaps.get(place, "")

    def lookalike(self) -> View:
        """The same text with letters of other alphabets as the Latin ones that they look like."""
        other = copy(self)
        other.solid = skeleton(self.solid)
        if other.solid != self.solid:
            other.tokens = [other.solid[start:end] for start, end in pairwise(self._ends)]
        return other

    def beginnings(self, long: int) -> list[int]:
        """Where a secret may begin: at words, and inside those of ``long`` letters, numbers and other scripts."""
        inside = (
            range(start + 1, start + len(token))
            for start, token in zip(self._ends, self.tokens, strict=False)
            if len(token) >= long or not token.isascii() or token.isdigit()
        )
        return [*self._ends[:-1], *chain.from_iterable(inside)]

    def next_start(self, place: int) -> int:
        """Where the first word after ``place`` begins; the length of ``solid`` at its end."""
        return self._ends[min(bisect_right(self._ends, place), len(self._ends) - 1)]

    def last_start(self, place: int) -> int:
        """Where the word begins that holds ``place``."""
        return self._ends[bisect_right(self._ends, place) - 1]

    def places(self, token: str) -> list[int]:
        """Where in ``solid`` the word ``token`` stands."""
        return [start for start, found in zip(self._ends, self.tokens, strict=False) if found == token]

    def offset(self, place: int) -> int:
        """About where ``place`` is in the text as it was given, in characters."""
        number = max(bisect_right(self._ends, place) - 1, 0)
        if number >= len(self.tokens):
            return self._length
        inside = self._spans[number][0] + place - self._ends[number]
        return inside * self._length // max(len(self._folded), 1)
