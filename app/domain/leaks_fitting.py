"""Whether a needle that was found among the letters of a text is really said there."""

from __future__ import annotations

import re

from app.domain.leaks_folding import APOSTROPHE, HYPHEN, STOP, View
from app.domain.leaks_needles import SHORT, Force, Needle, Style

LONG_IN_BODY = 10
"""Letters from which a secret counts also inside a longer word of running text."""

LONG_ELSEWHERE = 5
"""The same in names, metadata and headers."""

LETTERS_BY_CHANCE = 7
"""Latin letters that do not stand in a row by chance."""

_TAIL = 3
"""Letters that a word may have beyond its stem, and an Arabic or Hebrew particle before it."""

_STEM_TAIL = 4
_BENDING = {True: 4, False: 6}
_ENDING = {True: 3, False: 2}
_BOUNDED_DIGITS = 8
_BY_CHANCE = {Style.RUN: 3, Style.DIGITS: 8}
_FOREIGN_BY_CHANCE = 5

_ABJAD = re.compile("[\u0590-\u08ff]")
_CYRILLIC = re.compile("[\u0400-\u052f]")


def fit(needle: Needle, view: View, start: int, *, body: bool) -> tuple[int, Force]:
    """Where the needle ends that begins at ``start`` of ``view``, and how much that says.

    ``body`` is running text, in which words are seldom written together.
    """
    if needle.style is Style.STEMS:
        return _bent(needle, view, start)
    end = start + len(needle.solid)
    if not view.solid.startswith(needle.solid, start):
        return end, Force.NONE
    inner = [place for place in range(start + 1, end) if place in view.starts]
    if not _holds_together(needle, view, start, inner):
        return end, Force.NONE
    if needle.style is Style.RUN:
        return end, needle.force
    whole = start in view.starts and end in view.starts
    if needle.style is Style.DIGITS:
        return end, needle.force if whole or len(needle.solid) >= _BOUNDED_DIGITS else Force.NONE
    long = len(needle.solid) >= (LONG_IN_BODY if body else LONG_ELSEWHERE)
    if whole or (long and not inner):
        return end, needle.force
    # What is doubtful twice is nothing.
    return end, _loosely(needle, view, start, end) if needle.force is Force.FULL else Force.NONE


def fit_by_chance(needle: Needle, view: View, start: int) -> tuple[int, Force]:
    """The same in bytes that may be no text at all: only what is too long for chance counts."""
    end, force = fit(needle, view, start, body=False)
    if needle.style in _BY_CHANCE:
        least = _BY_CHANCE[needle.style]
    else:
        least = LETTERS_BY_CHANCE if needle.solid.isascii() else _FOREIGN_BY_CHANCE
    return end, force if len(needle.solid) >= least and force is Force.FULL else Force.NONE


def _holds_together(needle: Needle, view: View, start: int, inner: list[int]) -> bool:
    """Whether the borders of words inside the match are where the secret has them."""
    if needle.style is Style.RUN:
        return all(place - start in needle.seams or STOP not in view.gap(place) for place in inner)
    if needle.style is not Style.TIGHT or len(inner) == len(needle.solid) - 1:
        return True
    return all(place - start in needle.seams or view.gap(place) in (APOSTROPHE, HYPHEN) for place in inner)


def _loosely(needle: Needle, view: View, start: int, end: int) -> Force:
    """What a match says that does not begin or end with a word."""
    before = start - view.last_start(start)
    after = 0 if end in view.starts else view.next_start(end) - end
    if _ABJAD.match(needle.solid):
        if before <= _TAIL and not after:
            return Force.FULL
        return Force.WEAK if len(needle.solid) >= SHORT else Force.NONE
    bends = bool(_CYRILLIC.match(needle.solid))
    if not before and after <= _ENDING[bends] and len(needle.solid) >= _BENDING[bends]:
        return Force.WEAK
    return Force.NONE


def _bent(needle: Needle, view: View, start: int) -> tuple[int, Force]:
    """Words one after the other that begin as they should and have some ending."""
    place = start
    if start not in view.starts:
        return place, Force.NONE
    for stem in needle.stems:
        if not view.solid.startswith(stem, place):
            return place, Force.NONE
        place += len(stem)
        if place not in view.starts:
            after = view.next_start(place)
            if after - place > _STEM_TAIL:
                return place, Force.NONE
            place = after
    return place, needle.force if needle.cyrillic else min(needle.force, Force.WEAK)
