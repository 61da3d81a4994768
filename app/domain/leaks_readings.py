"""What a text says to whoever undoes its escapes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote

from app.domain.leaks_folding import latin_capitals

_ROUNDS = 4
_WIDE = re.compile(r"%u([0-9a-fA-F]{4})")
_BACKSLASHED = re.compile(
    r"\\+(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2}))"
)
_STYLE = re.compile(r"\\([0-9a-fA-F]{2,6})[ \t\n]?")
_PUNYCODE = re.compile(r"xn--[a-z0-9-]{2,59}", re.I)
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s*\n\s*(?=[^\W\d_])")
_LARGEST = 0x10FFFF


def readings(text: str) -> Iterator[str]:
    """``text``; then, where they differ, without its escapes, and without its broken lines."""
    yield text
    plain = text
    for _ in range(_ROUNDS):
        less = _unescaped(plain)
        if less == plain:
            break
        plain = less
    others = (
        plain,
        _BROKEN.sub("", plain),
        _STYLE.sub(lambda match: _character(match[1]), plain),
        latin_capitals(plain),
    )
    yield from dict.fromkeys(other for other in others if other != text)


def _unescaped(text: str) -> str:
    """One layer of HTML, URL, JSON and host name escapes undone."""
    if "&" in text:
        text = html.unescape(text)
    if "%" in text:
        text = unquote(_WIDE.sub(lambda match: _character(match[1]), text))
    if "\\" in text:
        text = _paired(
            _BACKSLASHED.sub(lambda match: _character("".join(filter(None, match.groups()))), text)
        )
    if "xn--" in text.lower():
        text = _PUNYCODE.sub(_decoded_label, text)
    return text


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= _LARGEST else ""


def _paired(text: str) -> str:
    """``text`` with halves of one character joined."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _decoded_label(match: re.Match[str]) -> str:
    """A label of a host name in its own script (RFC 3492), or as it stands where it is none."""
    with suppress(UnicodeError):
        return match[0][4:].encode("ascii").decode("punycode")
    return match[0]
