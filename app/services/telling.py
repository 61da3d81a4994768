"""What the vault knows, held against what the desk keeps: who tells of somebody protected, and where."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter

from app.domain.errors import Damaged
from app.domain.leaks import Hit, Matcher, Place, Term
from app.domain.leaks_addresses import addresses
from app.domain.leaks_folding import words
from app.domain.mailboxes import mailbox
from app.domain.people import Address, Contributor, Protection, SealedTerm
from app.domain.withholding import WITHHELD, withheld
from app.services.ports import Keys, Unit

NAMESAKES = "namesakes"
"""Beside places, what a name may be settled for: that others are called the same."""

_CONTACTS = ("phone",)
"""Addresses are told by their marks: a local part alone may be a name that the text is about."""
_NAMES = ("name", "address", "other")


class Terms:
    """The protected terms, in memory only, and only while the vault is in the checking state."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._known: dict[tuple[str, bytes], Term] = {}

    def __len__(self) -> int:
        return len(self._known)

    def load(self, rows: Iterable[SealedTerm]) -> list[Term]:
        """The terms in ``rows``; none, and none in memory, while the vault is locked.

        Raises:
            Damaged: ``seal.damaged``.
        """
        have, self._known = self._known, {}
        count: Counter[str] = Counter()
        for row in sorted(rows, key=attrgetter("id")) if self._keys.checking else ():
            count[row.contributor] += 1
            term = have.get((row.id, row.sealed)) or unsealed(self._keys, row)
            self._known[row.id, row.sealed] = replace(term, number=count[row.contributor])
        return list(self._known.values())


def unsealed(keys: Keys, row: SealedTerm) -> Term:
    """The term in a row.

    Raises:
        Unavailable: ``vault.locked``.
        Damaged: ``seal.damaged``.
    """
    try:
        said = json.loads(keys.unseal(row.sealed, row.id))
        settled = frozenset(map(str, said.get("settled", ())))
        return Term(str(said["text"]), str(said["kind"]), row.contributor, settled=settled)
    except (ValueError, KeyError, TypeError, AttributeError):
        # The cause would carry the secret into a traceback.
        raise Damaged("seal.damaged") from None


@dataclass(frozen=True, slots=True)
class Telling:
    """Finds what tells of the protected people whose ``terms`` and addresses it knows.

    ``owners`` maps marks of addresses to contributors; ``shown`` are the pen names.  Without ``checking``
    only the marks are known, and what was not looked at for terms counts as telling.
    """

    keys: Keys
    checking: bool
    terms: tuple[Term, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    _matchers: list[Matcher] = field(default_factory=list, init=False, repr=False, compare=False)

    _met: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Addresses that were asked for: making a mark costs more than all else."""

    @property
    def idle(self) -> bool:
        """Whether there is nobody to be told of."""
        return not self.terms and not self.owners

    def owner(self, address: str) -> str:
        """The protected contributor whose mailbox that is, or ``""``."""
        if not address or not self.owners:
            return ""
        known = self._met.get(address)
        if known is None:
            lookups = map(self.keys.lookup, dict.fromkeys((address, mailbox(address))))
            known = next((self.owners[mark] for mark in lookups if mark in self.owners), "")
            self._met[address] = known
        return known

    def tells(self, text: str, *, hints: bool = False) -> bool:
        """Whether ``text`` holds a term or an address; with ``hints`` also a part of a name, or a doubtful one."""
        if not text or self.idle or text == WITHHELD:
            return False
        hits = self._matcher.find(text, Place.BODY)
        return any(hints or _is_whole(hit) for hit in hits) or self._has_mailbox(text)

    def reaches(self, text: str) -> bool:
        """Whether ``text`` holds a mail address or a telephone number: neither is ever a part of an article."""
        return self._holds(text, _CONTACTS)

    def names(self, text: str) -> bool:
        """Whether ``text``, by which somebody is shown, is that of a protected person: a place is nobody's name."""
        return self._holds(text, _NAMES)

    def kept(self, text: str) -> str:
        """What of ``text`` may lie open: all of it only when it could be looked at."""
        if self.idle or not text:
            return text
        return withheld(text, partial(self.tells, hints=True)) if self.checking else WITHHELD

    def among_namesakes(self, name: str) -> Telling:
        """The same for the letters of somebody who is called ``name``, where a person settled that others are too."""
        if not self.terms:
            return self
        said = sorted(words(name))
        others = [
            term for term in self.terms if NAMESAKES not in term.settled or sorted(words(term.text)) != said
        ]
        same = len(others) == len(self.terms)
        return (
            self
            if same
            else Telling(self.keys, self.checking, tuple(others), self.owners, (*self.shown, name))
        )

    def _holds(self, text: str, kinds: Collection[str]) -> bool:
        if not text or self.idle:
            return False
        hits = self._matcher.find(text, Place.BODY)
        return any(hit.kind in kinds and _is_whole(hit) for hit in hits) or self._has_mailbox(text)

    def _has_mailbox(self, text: str) -> bool:
        return bool(self.owners) and any(self.owner(address) for address in addresses(text))

    @property
    def _matcher(self) -> Matcher:
        """Made when it is first needed.  What was settled is so for what leaves, not for what is kept."""
        if not self._matchers:
            terms = [replace(term, settled=frozenset()) for term in self.terms]
            self._matchers.append(Matcher(terms, public=self.shown))
        return self._matchers[0]


def _is_whole(hit: Hit) -> bool:
    return hit.severity == "block" and not hit.part


def telling(unit: Unit, keys: Keys, terms: Terms) -> Telling:
    """What the desk knows of everybody whom it protects."""
    people = unit.find(Contributor, protection=str(Protection.PROTECTED))
    known = unit.find(Address, contributor=[row.id for row in people]) if people else []
    owners = {row.lookup: row.contributor for row in known}
    shown = tuple(row.byline for row in people)
    return Telling(keys, keys.checking, tuple(terms.load(unit.find(SealedTerm))), owners, shown)
