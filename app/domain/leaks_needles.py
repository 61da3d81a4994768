"""What the gate looks for: each way in which one secret can be written, folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from itertools import permutations

from app.domain.leaks_addresses import ROLES
from app.domain.leaks_folding import SEAMLESS, skeleton, words
from app.domain.leaks_scripts import spellings


class Force(IntEnum):
    """How much a match says: HINT, part of a name; WEAK, a short or doubtful one; FULL, the thing itself."""

    NONE = 0
    HINT = 1
    WEAK = 2
    FULL = 3


class Style(Enum):
    """How a needle may lie in a text.

    TIGHT: words whole, or every letter apart; LOOSE: cut anywhere between two borders of words; RUN:
    letters that know no words, without a full stop inside; DIGITS: grouped in any way; STEMS: words
    whose endings may differ.
    """

    TIGHT = "tight"
    LOOSE = "loose"
    RUN = "run"
    DIGITS = "digits"
    STEMS = "stems"


@dataclass(frozen=True, slots=True)
class Needle:
    """One way of writing a secret.

    ``solid`` is it without separators, ``seams`` where its words meet, ``stems`` the beginnings of its
    words for STEMS, ``cyrillic`` whether endings change regularly.
    """

    solid: str = field(repr=False)
    style: Style
    force: Force = Force.FULL
    seams: frozenset[int] = frozenset()
    stems: tuple[str, ...] = field(default=(), repr=False)
    cyrillic: bool = False

    @property
    def head(self) -> str:
        """With what every match begins."""
        return self.stems[0] if self.stems else self.solid

    def lookalike(self) -> Needle:
        """The needle for texts in which letters of other alphabets were made Latin."""
        return replace(self, solid=skeleton(self.solid), stems=tuple(map(skeleton, self.stems)))


SHORT = 4
"""Letters below which an alphabetic word may be anybody's."""

_LOOSE = 7
_HINT = 5
_SHORTEST_LOCAL = 5
_PLAIN_LOCAL = 8
_STEM_LETTERS = 7
_SHORTEST_PHONE = 6
_PHONE = 9
_LOCAL = 7
"""Digits by which a telephone is called from its own town."""
_COUNTRY = 3
_NO_LAST_NAME = 3

_RUN = re.compile(f"[{SEAMLESS}]")
_HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_STEM = re.compile("[a-z]{4}|[\u0370-\u052f]{3}")
_ENDING = re.compile("(?<=[a-z]{4})[aeiouy]{1,2}$|(?<=[\u0370-\u052f]{3})[аеиоуыэюяьіαηοω]{1,2}$")
_PATRONYMIC = re.compile(
    "(?:вич|вна|чна|ович|евич|огли|оглы|улы|uly|кызы|qizi|kyzy|ogly|oglu|vich|vych|vna|ichna)$"
)


def needles(text: str, kind: str) -> tuple[Needle, ...]:
    """Everything to look for when ``text``, a secret of that ``kind``, must not leave.

    Kinds: name, address (mail), phone; anything else (place, other) is looked for as it is written.
    """
    if kind == "phone":
        found: Iterable[Needle] = _phone(text)
    elif kind == "address":
        found = _address(text)
    else:
        found = _written(text, is_name=kind == "name")
    return tuple(dict.fromkeys(found))


def exact(text: str) -> tuple[Needle, ...]:
    """Only ``text`` itself, for what may stand: no other order, no parts."""
    tokens = words(text)
    if not tokens:
        return ()
    if all(token.isdigit() for token in tokens):
        return tuple(_phone(text))
    return (_sequence(tokens),)


def _sequence(parts: Iterable[str], force: Force = Force.FULL) -> Needle:
    """A needle for ``parts`` in this order."""
    known = list(parts)
    solid = "".join(known)
    seams = frozenset(sum(map(len, known[:count])) for count in range(1, len(known)))
    if all(map(_RUN.match, known)):
        enough = 2 if _HAN.match(solid) else SHORT
        return Needle(solid, Style.RUN, force if len(solid) >= enough else min(force, Force.WEAK), seams)
    style = Style.LOOSE if len(solid) >= _LOOSE and len(known) > 1 else Style.TIGHT
    return Needle(solid, style, force if len(solid) >= SHORT else min(force, Force.WEAK), seams)


def _written(text: str, *, is_name: bool) -> Iterator[Needle]:
    """A name, place or other words; runs of seamless scripts are looked for apart from the words beside them."""
    tokens = words(text)
    runs = [token for token in tokens if _RUN.match(token)]
    if runs:
        yield _sequence(runs)
        if is_name and len(runs) > 1:
            yield _sequence(reversed(runs))
    parts = [token for token in tokens if not _RUN.match(token)]
    if not parts:
        return
    yield from _ordered(parts, is_name)
    if is_name:
        yield from _initials(parts)
        yield from (
            Needle(part, Style.TIGHT, Force.HINT) for part in parts if len(part) >= _HINT and len(parts) > 1
        )
    for other in spellings(text):
        yield from _ordered([token for token in words(other) if not _RUN.match(token)], is_name)


def _orders(parts: list[str]) -> Iterator[tuple[tuple[str, ...], Force]]:
    """The orders in which the parts of a name are said, in full or without what stands between."""
    core = [part for part in parts if not _PATRONYMIC.search(part)]
    for known in (parts, core):
        if len(known) <= _NO_LAST_NAME:
            yield from (
                (order, Force.FULL) for order in permutations(known) if len(order) > 1 or known is parts
            )
        else:
            first, *middle, last = known
            turned = (
                (first, *middle, last),
                (last, first, *middle),
                (*middle, last, first),
                tuple(reversed(known)),
            )
            yield from ((order, Force.FULL) for order in turned)
    if len(core) > 1:
        yield from (((core[a], core[b]), Force.FULL) for a, b in ((0, -1), (-1, 0)))
    for pair in permutations(parts, 2):
        if len("".join(pair)) >= _LOOSE:
            yield pair, Force.WEAK


def _ordered(parts: list[str], is_name: bool) -> Iterator[Needle]:
    """The needles for words of an alphabet, in every order for a name."""
    for order, force in _orders(parts) if is_name else [(tuple(parts), Force.FULL)]:
        if not order:
            continue
        yield _sequence(order, force)
        stems = tuple(_ENDING.sub("", part) for part in order)
        if len(stems) > 1 and all(map(_STEM.match, stems)) and len("".join(stems)) >= _STEM_LETTERS:
            yield Needle(
                "".join(stems), Style.STEMS, force, stems=stems, cyrillic=bool(_CYRILLIC.match(order[0]))
            )


def _initials(parts: list[str]) -> Iterator[Needle]:
    """Forms such as "I. Petrov" and "Petrov I. S."."""
    for place, part in enumerate(parts):
        rest = [other[0] for other in parts[:place] + parts[place + 1 :]]
        if len(part) < _HINT or not rest:
            continue
        for letters in (rest, rest[:1]):
            yield _sequence([*letters, part], Force.WEAK)
            yield _sequence([part, *letters], Force.WEAK)


def _phone(text: str) -> Iterator[Needle]:
    """The digits that stay the same with and without country code and trunk prefix."""
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = "".join(word for word in words(text) if word.isdigit())
    core = digits.lstrip("0")
    if (plain.startswith(("+", "00")) or len(core) > _PHONE + 1) and len(
        core
    ) - _COUNTRY >= _SHORTEST_PHONE + 1:
        core = core[_COUNTRY:]
    core = core[-_PHONE:]
    if core:
        yield Needle(core, Style.DIGITS, Force.FULL if len(core) >= _SHORTEST_PHONE else Force.WEAK)
    if len(core) > _LOCAL:
        yield Needle(core[-_LOCAL:], Style.DIGITS, Force.WEAK)


def _address(text: str) -> Iterator[Needle]:
    """A mail address as it is, with its signs in words, and its local part alone."""
    local, _, domain = text.strip().rpartition("@")
    sides = [words(local.partition("+")[0]), *(words(label) for label in domain.split("."))]
    for at in ([], ["at"]):
        for dot in ([], ["dot"]):
            tokens = list(sides[0])
            for number, side in enumerate(sides[1:]):
                tokens += (dot if number else at) + side
            if tokens:
                yield Needle("".join(tokens), Style.LOOSE)
    alone = "".join(sides[0])
    if len(alone) >= _SHORTEST_LOCAL and local.casefold() not in ROLES:
        plain = alone.isalpha() and len(sides[0]) == 1 and len(alone) < _PLAIN_LOCAL
        yield replace(_sequence(sides[0]), force=Force.WEAK if plain else Force.FULL)
