"""What a text says to whoever undoes its escapes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from urllib.parse import unquote

from app.domain.leaks_folding import latin_capitals

_ROUNDS = 4
_MISREAD = ("gb18030", "euc_kr", "cp1251", "koi8_r", "cp1256")
"""Encodings whose bytes are taken for Western letters when nobody says what they are."""
_WIDE = re.compile(r"%u([0-9a-fA-F]{4})")
_BACKSLASHED = re.compile(
    r"\\+(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2}))"
)
_STYLE = re.compile(r"\\([0-9a-fA-F]{2,6})[ \t\n]?")
_PUNYCODE = re.compile(r"xn--[a-z0-9-]{2,59}", re.I)
_OCTAL = re.compile(r"(?:\\[0-3][0-7]{2}){2,}")
_SIGN = re.compile(r"\\([!-/:-@\[-`{-~])")
_TONE = re.compile("(?<=[A-Za-z][aeiouüvngrAEIOUÜVNGR])[1-5](?![0-9])")
_TURNED = re.compile("\u202e([^\u202c\u2069\n]*)")
"""What a sign of direction makes read from its end (Unicode UAX 9)."""
_LETTERS = {0xE0000 + code: code for code in range(0x20, 0x7F)}
_LETTERS |= {first + place: 0x41 + place for first in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)}
_DRAWN = re.compile(
    "[\U000e0020-\U000e007e\U0001f150-\U0001f169\U0001f170-\U0001f189\U0001f1e6-\U0001f1ff]{3}"
)
"""Letters of tags, which nobody sees, and letters in dark frames and of flags."""
_HAN_DIGITS = re.compile("[〇零一二三四五六七八九]{6,}")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_BYTES = {chr(code): bytes([code]) for code in range(0x80, 0x100)}
_BYTES |= {byte.decode("cp1252", "replace"): byte for byte in _BYTES.values() if byte < b"\xa0"}
_BYTES.pop("\ufffd", None)
_WESTERN = re.compile(f"[{''.join(_BYTES)}]{{4,}}")
_REST = f"[{''.join(letter for letter, byte in _BYTES.items() if byte < bytes([0xC0]))}]"
_OF_UTF8 = re.compile(f"(?:[\xc2-\xf4]{_REST}+){{2,}}|[\xc2-\xc5]{_REST}")
_LOST = {0xDC00 + code: code for code in range(0x80, 0x100)}
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s*\n\s*(?=[^\W\d_])")
_LARGEST = 0x10FFFF


def readings(text: str, *, by_chance: bool = False) -> Iterator[str]:
    """``text``; then, where they differ, without its escapes, and without its broken lines.

    What is a text only ``by_chance`` is not read in other encodings: it was in each that it could be.
    """
    yield text
    plain = text
    for _ in range(_ROUNDS):
        less = _unescaped(plain)
        if less == plain:
            break
        plain = less
    others = [plain, _BROKEN.sub("", plain)]
    if "\\" in plain:
        others.append(_STYLE.sub(lambda match: _character(match[1]), plain))
        others.append(_SIGN.sub(r"\1", plain))
    if not by_chance:
        others.append(_TONE.sub("", plain))
    if not plain.isascii():
        others.append(latin_capitals(plain))
        others += () if by_chance else _shown(plain)
    yield from dict.fromkeys(other for other in others if other != text)


def _shown(text: str) -> Iterator[str]:
    """``text`` as it looks, or would look to a program that knows its signs and its encoding."""
    if _TURNED.search(text):
        yield _TURNED.sub(lambda match: match[1][::-1], text)
    if _DRAWN.search(text):
        yield text.translate(_LETTERS)
    if _HAN_DIGITS.search(text):
        yield _HAN_DIGITS.sub(lambda match: match[0].translate(_DIGITS), text)
    if _OF_UTF8.search(text):
        yield _OF_UTF8.sub(partial(_decoded, "utf-8"), text)
    if _WESTERN.search(text):
        for encoding in _MISREAD:
            yield _WESTERN.sub(partial(_decoded, encoding), text)


def _decoded(encoding: str, match: re.Match[str]) -> str:
    return b"".join(map(_BYTES.__getitem__, match[0])).decode(encoding, "replace")


def _unescaped(text: str) -> str:
    """One layer of HTML, URL, JSON and host name escapes undone."""
    if "&" in text:
        text = html.unescape(text)
    if "%" in text:
        wide = _WIDE.sub(lambda match: _character(match[1]), text)
        # Bytes of another encoding than UTF-8 stay to be read again.
        text = unquote(wide, errors="surrogateescape").translate(_LOST)
    if "\\" in text:
        text = _OCTAL.sub(_byte_by_byte, text)
        text = _paired(
            _BACKSLASHED.sub(lambda match: _character("".join(filter(None, match.groups()))), text)
        )
    if "xn--" in text.lower():
        text = _PUNYCODE.sub(_decoded_label, text)
    return text


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= _LARGEST else ""


def _byte_by_byte(match: re.Match[str]) -> str:
    """Octal escapes, as git and shells write the bytes of a name."""
    return bytes(int(digits, 8) for digits in match[0].split("\\")[1:]).decode("utf-8", "replace")


def _paired(text: str) -> str:
    """``text`` with halves of one character joined."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _decoded_label(match: re.Match[str]) -> str:
    """A label of a host name in its own script (RFC 3492), or as it stands where it is none."""
    with suppress(UnicodeError):
        return match[0][4:].encode("ascii").decode("punycode")
    return match[0]
