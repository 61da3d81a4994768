"""Which line ends of a plain text mean something: hard-wrapped prose is joined, verse keeps its lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

_NARROWEST = 55
"""Prose is not wrapped at fewer columns than this; shorter lines are verse, addresses, lists."""
_SLACK = 12
"""People and programs wrap a little before the column, by this part of it."""
_LONG = 100
"""A line of more columns is a paragraph that was never wrapped."""


class Wrapping:
    """What is known of the width at which a whole text is wrapped."""

    def __init__(self, chunks: Sequence[Sequence[str]]) -> None:
        widths = sorted(_width(line.strip()) for lines in chunks for line in lines[:-1])
        self._column = widths[len(widths) * 9 // 10] if widths else 0
        self._least = self._column - self._column // _SLACK

    def paragraphs(self, lines: Sequence[str], apart: bool) -> Iterator[str]:
        """The paragraphs in ``lines``, between which no line is empty.

        ``apart`` says that the text divides paragraphs by empty lines elsewhere; where it does not, a
        short line or an indented one ends them.
        """
        if not self._wrapped(lines):
            if len(lines) == 1:
                yield lines[0].expandtabs().strip()
            elif max(map(_width, lines)) > _LONG:
                yield from (line.strip() for line in lines)
            else:
                yield _verse(lines)
            return
        words = lines[0].strip()
        for line, following in pairwise(lines):
            ends = not apart and (not self._full(line, following) or _indent(following) > _indent(line))
            if ends:
                yield words
                words = following.strip()
            else:
                words = joined(words, following.strip())
        yield words

    def _wrapped(self, lines: Sequence[str]) -> bool:
        pairs = list(pairwise(lines))
        if not pairs or not _NARROWEST <= self._column <= _LONG or max(map(_width, lines)) > 2 * _LONG:
            return False
        capitals = sum(following.strip()[:1].isupper() for _, following in pairs)
        if len(pairs) > 2 and capitals > 0.8 * len(pairs):
            return False
        return sum(self._full(*pair) for pair in pairs) >= 0.6 * len(pairs)

    def _full(self, line: str, following: str) -> bool:
        """Whether the next word would not have fitted on ``line``."""
        word = following.split()[0]
        more = 2 if _wide(word[0]) else 1 + _width(word)
        return _width(line.rstrip()) + more > self._least


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph as one line: no space inside Chinese or Japanese, or after a hyphen."""
    hyphen = len(before) > 1 and before[-1] == "-" and before[-2].isalpha() and after[:1].islower()
    tight = hyphen or not before or not after or (_wide(before[-1]) and _wide(after[0]))
    return before + ("" if tight else " ") + after


def _verse(lines: Sequence[str]) -> str:
    """Lines that stay lines, without the indent that all of them share."""
    margin = min(map(_indent, lines))
    return "\n".join(line.expandtabs()[margin:].rstrip() for line in lines)


def _indent(line: str) -> int:
    wide = line.expandtabs()
    return len(wide) - len(wide.lstrip())


def _width(line: str) -> int:
    return len(line) if line.isascii() else sum(map(_columns.__getitem__, line))


def _wide(char: str) -> bool:
    return _columns[char] == 2


class _Columns(dict[str, int]):
    """How many columns a character takes, each told once."""

    def __missing__(self, char: str) -> int:
        wide = unicodedata.east_asian_width(char) in "WF" and "HANGUL" not in unicodedata.name(char, "")
        self[char] = columns = 2 if wide else 1
        return columns


_columns = _Columns()
