"""Finds in a text what must not leave the desk, however it is written.

A hit says whose secret of which kind it is and where; it never repeats the secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.leaks_fitting import LETTERS_BY_CHANCE, LONG_ELSEWHERE, LONG_IN_BODY, fit, fit_by_chance
from app.domain.leaks_folding import View, words
from app.domain.leaks_needles import Force, Needle, Style, exact, needles
from app.domain.leaks_readings import readings


class Place(StrEnum):
    """What part of a file a text is.

    OPAQUE stands for bytes read as text on the chance that they are some: only what cannot be chance counts.
    """

    BODY = "body"
    METADATA = "metadata"
    NAME = "name"
    HEADER = "header"
    OPAQUE = "opaque"


PARTS = "parts"
"""Beside the places, what a term may be settled for: its words alone, such as a common first name."""


@dataclass(frozen=True, slots=True)
class Term:
    """A secret: ``kind`` is name, address (mail), phone, place or other; ``severity`` block or warn.

    ``settled`` holds the places (and PARTS) in which an editor has decided that it may stand, ``number``
    is its place among the terms of its person.
    """

    text: str = field(repr=False)
    kind: str
    contributor: str
    severity: str = "block"
    settled: frozenset[str] = frozenset()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A term was found, first about ``at`` characters from the start; ``part``: only a word of it.

    ``number`` is the term's among those of its person, by which somebody can speak of it.
    """

    kind: str
    contributor: str
    place: Place
    severity: str
    at: int
    part: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """One thing that an unpacker found in a file: a text, or with a ``reason`` what it could not read.

    ``path`` leads to it from the file ("docProps/core.xml") and may itself hold a secret.
    """

    path: str
    place: Place
    text: str = field(default="", repr=False)
    reason: str = ""

    @property
    def unreadable(self) -> bool:
        """Whether nobody can say what is in it."""
        return bool(self.reason)


_ALLOWED = -1
_LONGEST_KEY = 4
_LONG = {Place.BODY: LONG_IN_BODY, Place.OPAQUE: LETTERS_BY_CHANCE}
"""Letters from which a needle may begin inside a word."""

_Owned = tuple[int, Needle]
_Match = tuple[int, int, int, Force]
"""Number of the term, start, end, force."""


class Matcher:
    """Looks for all terms at once.

    ``allowed`` are words that may stand: a match wholly inside them does not count (the magazine's own
    address).  ``public`` are names that readers see anyway (pen names): their single words are no hint,
    and neither is the local part of an address that is one.
    """

    def __init__(
        self, terms: Iterable[Term], allowed: Iterable[str] = (), public: Iterable[str] = ()
    ) -> None:
        self._terms = tuple(terms)
        shown = [words(name) for name in public]
        seen = {word for name in shown for word in name}
        names = {"".join(name) for name in shown}
        owned = [
            (number, needle)
            for number, term in enumerate(self._terms)
            for needle in needles(term.text, term.kind)
            if needle.force is not Force.HINT or (PARTS not in term.settled and needle.solid not in seen)
            # A mailbox may bear the pen name.
            if term.kind != "address" or needle.solid not in names
        ]
        owned += [(_ALLOWED, needle) for text in allowed for needle in exact(text)]
        self._plain = _Table(owned)
        self._lookalikes = _Table((number, needle.lookalike()) for number, needle in owned)

    def find(self, text: str, place: Place) -> list[Hit]:
        """The terms in ``text``, each once, with the gravest of its matches."""
        gravest: dict[int, tuple[Force, int]] = {}
        for reading in readings(text, by_chance=place is Place.OPAQUE):
            view = View(reading)
            for number, start, _, force in _not_allowed(self._matches(view, place)):
                if force > gravest.get(number, (Force.NONE, 0))[0]:
                    gravest[number] = force, view.offset(start) * len(text) // max(len(reading), 1)
        hits = (self._hit(number, place, force, at) for number, (force, at) in gravest.items())
        return [hit for hit in hits if hit]

    def _matches(self, view: View, place: Place) -> Iterator[_Match]:
        yield from self._plain.matches(view, place)
        lookalike = view.lookalike()
        if lookalike.solid != view.solid:
            for match in self._lookalikes.matches(lookalike, place):
                # Latin words of the text that look like a foreign secret are just Latin words.
                if not view.solid[match[1] : match[2]].isascii():
                    yield match

    def _hit(self, number: int, place: Place, force: Force, at: int) -> Hit | None:
        term = self._terms[number]
        if place in term.settled or (place is Place.OPAQUE and Place.BODY in term.settled):
            return None
        mild = force is Force.HINT or (force is Force.WEAK and place is Place.BODY)
        severity = "warn" if mild else term.severity
        return Hit(term.kind, term.contributor, place, severity, at, force is Force.HINT, term.number)


class _Table:
    """Needles by their first letters; short words of an alphabet by the whole word."""

    def __init__(self, owned: Iterable[_Owned]) -> None:
        self._keys: dict[int, dict[str, list[_Owned]]] = {}
        self._words: dict[str, list[_Owned]] = {}
        for number, needle in owned:
            if needle.style is Style.TIGHT and len(needle.head) < _LONGEST_KEY and not needle.seams:
                self._words.setdefault(needle.head, []).append((number, needle))
            else:
                key = needle.head[:_LONGEST_KEY]
                self._keys.setdefault(len(key), {}).setdefault(key, []).append((number, needle))

    def matches(self, view: View, place: Place) -> Iterator[_Match]:
        """Every match, overlapping ones too."""
        for start, number, needle in self._candidates(view, _LONG.get(place, LONG_ELSEWHERE)):
            if place is Place.OPAQUE:
                end, force = fit_by_chance(needle, view, start)
            else:
                end, force = fit(needle, view, start, body=place is Place.BODY)
            if force:
                yield number, start, end, force

    def _candidates(self, view: View, long: int) -> Iterator[tuple[int, int, Needle]]:
        solid = view.solid
        letters = frozenset(solid)
        beginnings = view.beginnings(long)
        for size, keys in self._keys.items():
            live = {key for key in keys if letters.issuperset(key)}
            if not live:
                continue
            for start in [at for at in beginnings if solid[at : at + size] in live]:
                for number, needle in keys[solid[start : start + size]]:
                    if solid.startswith(needle.head, start):
                        yield start, number, needle
        for word in self._words.keys() & set(view.tokens):
            for start in view.places(word):
                for number, needle in self._words[word]:
                    yield start, number, needle


def _not_allowed(matches: Iterable[_Match]) -> list[_Match]:
    """The matches of secrets that do not lie inside words that may stand, one behind the other."""
    known = list(matches)
    may_stand: list[tuple[int, int]] = []
    for start, end in sorted(
        (start, end) for number, start, end, force in known if number == _ALLOWED and force is Force.FULL
    ):
        if may_stand and start <= may_stand[-1][1]:
            may_stand[-1] = may_stand[-1][0], max(end, may_stand[-1][1])
        else:
            may_stand.append((start, end))
    return [
        match
        for match in known
        if match[0] != _ALLOWED and not any(start <= match[1] and match[2] <= end for start, end in may_stand)
    ]
