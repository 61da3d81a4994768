"""What the vault is told of one person, and what the gate will look for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.errors import RuleBroken
from app.domain.leaks import Matcher, Place, Term
from app.domain.leaks_folding import words
from app.domain.leaks_needles import needles
from app.services.telling import NAMESAKES

_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """What the vault is told of one person; it is sealed before it is written anywhere.

    ``terms`` are further words that must not leave: other spellings, kin, handles.  ``namesakes`` are the
    codes of contributors who are called the same and are other people.
    """

    real_name: str
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    channel: str = ""
    namesakes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "Identity([protected])"


def check(identity: Identity, pen_name: str) -> None:
    """See that everything of it can be looked for, and that the pen name does not tell it.

    Raises:
        RuleBroken: ``protect.address``, ``protect.unfindable``, ``protect.pen-name``; none repeats a secret.
    """
    for number, address in enumerate(identity.addresses, 1):
        if not _ADDRESS.fullmatch(address):
            raise RuleBroken("protect.address", number=number)
    terms = terms_of(identity, "", ())
    for term in terms:
        if not needles(term.text, term.kind):
            raise RuleBroken("protect.unfindable", kind=term.kind)
    hits = Matcher(terms, public=[pen_name]).find(pen_name, Place.BODY)
    if any(hit.severity == "block" for hit in hits):
        raise RuleBroken("protect.pen-name")


def terms_of(identity: Identity, contributor: str, shown: Iterable[str]) -> list[Term]:
    """The terms of ``contributor``, who was ``shown`` by some names."""
    settled = frozenset({NAMESAKES} if identity.namesakes else ())
    said = [("name", identity.real_name), *(("name", name) for name in shown)]
    said += [("address", address) for address in identity.addresses]
    said += [("phone", phone) for phone in identity.phones]
    said += [("place", place) for place in identity.places]
    said += [("other", term) for term in identity.terms]
    return [
        Term(text, kind, contributor, settled=settled if kind == "name" else frozenset())
        for kind, text in dict.fromkeys(said)
        if text.strip()
    ]


def aliases(shown: Iterable[str], pen_name: str) -> list[str]:
    """The names by which somebody was shown, as secrets: without the pen name, which stays open."""
    without = (re.sub(re.escape(pen_name), " ", name, flags=re.IGNORECASE) for name in shown)
    return sorted({" ".join(name.split()) for name in without if words(name)})


def sealed_form(term: Term) -> bytes:
    """A term as it is sealed, which is JSON."""
    return json.dumps({"text": term.text, "kind": term.kind, "settled": sorted(term.settled)}).encode()
