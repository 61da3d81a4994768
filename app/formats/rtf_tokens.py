"""RTF cut into tokens (Rich Text Format Specification 1.9.1).

Nothing is copied but the pieces themselves, nothing recurses, and no byte is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?"
    rb"|\\'([0-9a-fA-F]{2})"
    rb"|\\([^a-zA-Z'])"
    rb"|([{}])"
    rb"|([^\\{}\r\n]+)",
    re.DOTALL,
)


class Kind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SYMBOL = auto()
    TEXT = auto()
    HEX = auto()
    BINARY = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """``name`` of a control word or symbol, its ``number`` if it has one, or raw ``data``."""

    kind: Kind
    name: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = Token(Kind.OPEN), Token(Kind.CLOSE)


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of ``data``; line ends and stray backslashes are none."""
    place = 0
    while found := _TOKEN.search(data, place):
        place = found.end()
        word, number, byte, sign, brace, text = found.groups()
        if word is not None:
            name, value = word.decode("ascii"), None if number is None else int(number)
            if name == "bin":
                length = max(0, value or 0)
                yield Token(Kind.BINARY, data=data[place : place + length])
                place += length
            else:
                yield Token(Kind.WORD, name, value)
        elif text is not None:
            yield Token(Kind.TEXT, data=text)
        elif byte is not None:
            yield Token(Kind.HEX, data=bytes((int(byte, 16),)))
        elif brace is not None:
            yield _OPEN if brace == b"{" else _CLOSE
        else:
            yield Token(Kind.SYMBOL, sign.decode("latin-1"))
