"""Contributors, their protection, and the records of the vault."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import chain
from typing import Any

from app.domain.article_json import clean_text
from app.domain.errors import RuleBroken, Usage
from app.domain.leaks import PARTS, Place, Term
from app.domain.mailboxes import mailbox
from app.domain.messages import Message
from app.domain.people import Address, Contributor, Protection, SealedTerm, VaultRecord
from app.domain.pieces import Piece
from app.domain.roles import Power
from app.services.acts import Desk
from app.services.closing import Closing
from app.services.dossiers import message_named
from app.services.identity import Identity, aliases, check, sealed_form, terms_of
from app.services.ports import Unit
from app.services.telling import NAMESAKES, Telling, Terms, unsealed
from app.services.triage import chosen


class Settled(StrEnum):
    """Where a term may stand when somebody settled a false alarm."""

    BODY = str(Place.BODY)
    METADATA = str(Place.METADATA)
    NAME = str(Place.NAME)
    HEADER = str(Place.HEADER)
    PARTS = PARTS
    NAMESAKES = NAMESAKES


class Contributors:
    """Shows contributors and raises their protection."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._keys = desk.keys

    def everyone(self) -> list[dict[str, Any]]:
        """Every contributor, without anything sealed."""
        with self._desk.store.read() as unit:
            return [self._shown(unit, row) for row in unit.find(Contributor)]

    def show(self, key: str) -> dict[str, Any]:
        """One contributor, by id or code."""
        with self._desk.store.read() as unit:
            row = self._found(unit, key)
            pieces = [piece.token for piece in unit.find(Piece, contributor=row.id)]
            return {**self._shown(unit, row), "pieces": pieces}

    def set(self, key: str, fields: Mapping[str, Any], by: str) -> Contributor:
        """Set byline, biography, web address or language.

        Raises:
            Usage: ``contributor.unknown``.
            RuleBroken: ``role.missing``, ``contributor.link`` for what is no web address, and
                ``protect.tells`` for words that tell who somebody protected is.
        """
        self._desk.allow(by, Power.WORK)
        allowed: dict[str, Any] = {
            name: clean_text(fields[name]) for name in ("byline", "bio", "url", "language") if name in fields
        }
        if allowed.get("url") and not allowed["url"].startswith(("http://", "https://")):
            raise RuleBroken("contributor.link", url=allowed["url"])
        with self._desk.store.write() as unit:
            row = self._found(unit, key)
            if row.protection is Protection.PROTECTED:
                self._mind(unit, *allowed.values())
            saved: Contributor = unit.save(replace(row, **allowed))
            unit.audit("contributor", row.id, by, fields=sorted(allowed))
            unit.changed("contributor", row.id)
            return saved

    def protect(self, key: str, pen_name: str, identity: Identity, by: str) -> Contributor:
        """Protect somebody: the pen name stays open, everything that tells who it is goes to the vault.

        Raises:
            RuleBroken: ``protect.name`` without a pen name or a real name, ``protect.pen-name`` for one that
                tells the other, ``protect.unfindable`` for a word that the gate could not look for,
                ``protect.address`` for one that is no mail address, ``protect.namesake`` when an open
                contributor is called the same and nobody says that it is another person.
            RuleBroken: ``role.missing``.
            Usage: ``contributor.unknown``.
        """
        self._desk.allow(by, Power.VAULT)
        if not pen_name.strip() or not identity.real_name.strip():
            raise RuleBroken("protect.name")
        check(identity, pen_name)
        with self._desk.store.write() as unit:
            row = self._found(unit, key)
            others = [self._found(unit, other).id for other in identity.namesakes]
            shown = [_shown_as(row), *self._take_over(unit, row, identity.addresses)]
            known = unit.find(Address, contributor=row.id)
            shown += [address.name for address in known]
            everything = replace(
                identity,
                addresses=tuple(dict.fromkeys((*identity.addresses, *(a.value for a in known if a.value)))),
            )
            unit.save_all([replace(address, value="", name="") for address in known])
            self._add_addresses(unit, row, everything.addresses)
            protected = replace(row, byline=pen_name, protection=Protection.PROTECTED, bio="", url="")
            saved: Contributor = unit.save(protected)
            terms = self._seal(unit, saved, everything, aliases(shown, pen_name))
            self._among(unit, terms, [saved.id, *others])
            known_here = self._desk.telling(unit)
            everybody = tuple(dict.fromkeys((*known_here.terms, *terms)))
            telling = replace(known_here, checking=True, terms=everybody)
            closing = Closing(unit, self._desk, telling, saved)
            closing.keep({name: said for name in ("bio", "url") if (said := getattr(row, name))})
            closing.everything()
            unit.audit("protect", row.id, by)
            unit.changed("contributor", row.id)
            return saved

    def read_record(self, key: str, reason: str, by: str) -> dict[str, Any]:
        """What the vault holds of one person; the reading is logged with its reason.

        Raises:
            RuleBroken: ``vault.reason``, ``role.missing``, and ``protect.tells`` for a reason that names
                somebody protected: the log keeps it for ever.
            Unavailable: ``vault.locked``.
        """
        self._allow_reading(reason, by)
        with self._desk.store.write() as unit:
            self._mind(unit, reason)
            row = self._found(unit, key)
            records = [
                json.loads(self._keys.unseal(r.sealed, r.id))
                for r in unit.find(VaultRecord, contributor=row.id)
            ]
            unit.audit("vault.read", row.id, by, reason=reason)
            return {"id": row.id, "code": row.code, "records": records}

    def read_message(self, message: str, reason: str, by: str) -> bytes:
        """The exact bytes of a protected person's message; raises and is logged as ``read_record``."""
        self._allow_reading(reason, by)
        with self._desk.store.write() as unit:
            self._mind(unit, reason)
            row = message_named(unit, message)
            raw = unit.blob(row.raw)
            unit.audit("vault.read", row.id, by, reason=reason)
            return raw

    def settle(self, key: str, number: int, places: Iterable[str], reason: str, by: str) -> None:
        """Settle a false alarm on a term itself: say where it may stand from now on, instead of what was settled.

        ``number`` is what the gate calls the term; of ``places`` ``parts`` means its words alone, and
        ``namesakes`` that others are called the same.

        Raises:
            Usage: ``contributor.unknown``, ``term.unknown``, ``choice.unknown``.
            RuleBroken: ``vault.reason``, ``role.missing``, ``protect.tells``.
            Unavailable: ``vault.locked``.
        """
        self._allow_reading(reason, by)
        settled = frozenset(chosen(Settled, place, "place") for place in places)
        with self._desk.store.write() as unit:
            self._mind(unit, reason)
            row = self._found(unit, key)
            rows = unit.find(SealedTerm, contributor=row.id)
            if not 0 < number <= len(rows):
                raise Usage("term.unknown", number=number, contact=row.code)
            found = rows[number - 1]
            term = replace(unsealed(self._keys, found), settled=frozenset(map(str, settled)))
            unit.rewrite(replace(found, sealed=self._keys.seal(sealed_form(term), found.id)))
            unit.audit("vault.settle", row.id, by, term=number, places=sorted(settled), reason=reason)
            unit.changed("contributor", row.id)

    def _mind(self, unit: Unit, *texts: str) -> None:
        """See that nothing that would stay open names somebody protected, as far as the vault can be asked."""
        if any(map(self._desk.telling(unit).tells, texts)):
            raise RuleBroken("protect.tells")

    def _allow_reading(self, reason: str, by: str) -> None:
        if not reason.strip():
            raise RuleBroken("vault.reason")
        self._desk.allow(by, Power.VAULT)

    def vault_state(self) -> dict[str, Any]:
        """Whether the vault can be checked against, and how much it holds."""
        with self._desk.store.read() as unit:
            return {
                "checking": self._keys.checking,
                "protected": len(unit.find(Contributor, protection=str(Protection.PROTECTED))),
                "terms": len(unit.find(SealedTerm)),
            }

    def _found(self, unit: Unit, key: str) -> Contributor:
        row = unit.one(Contributor, id=key.upper()) or unit.one(Contributor, code=key.upper())
        if row is None:
            raise Usage("contributor.unknown", contributor=key)
        return row

    def _shown(self, unit: Unit, row: Contributor) -> dict[str, Any]:
        addresses = [address.value for address in unit.find(Address, contributor=row.id) if address.value]
        return {
            "id": row.id,
            "code": row.code,
            "byline": row.byline,
            "protection": str(row.protection),
            "language": row.language,
            "addresses": addresses,
            "bio": row.bio,
            "url": row.url,
        }

    def _seal(self, unit: Unit, row: Contributor, identity: Identity, shown: Iterable[str]) -> list[Term]:
        """Put record and terms into the vault; gives the terms."""
        record = {name: getattr(identity, name) for name in Identity.__dataclass_fields__}
        id = self._desk.ids.new()
        unit.add(VaultRecord(id, row.id, self._keys.seal(json.dumps(record).encode(), id)))
        terms = terms_of(identity, row.id, shown)
        have = {
            (term.kind, term.text)
            for term in Terms(self._keys).load(unit.find(SealedTerm, contributor=row.id))
        }
        for term in terms:
            if (term.kind, term.text) not in have:
                id = self._desk.ids.new()
                unit.add(SealedTerm(id, row.id, self._keys.seal(sealed_form(term), id)))
        return terms

    def _among(self, unit: Unit, terms: Iterable[Term], known: list[str]) -> None:
        """See that no open contributor is called as somebody protected, unless a person knows that it is another."""
        telling = Telling(self._keys, True, tuple(terms))
        shown = {row.id: [row.byline] for row in unit.find(Contributor) if row.id not in known}
        for address in unit.find(Address):
            shown.get(address.contributor, []).append(f"{address.name} <{address.value}>")
        same = [id for id, names in shown.items() if any(map(telling.names, names))]
        if same:
            codes = [row.code for row in unit.find(Contributor, id=same)]
            raise RuleBroken("protect.namesake", contacts=", ".join(sorted(codes)))

    def _take_over(self, unit: Unit, row: Contributor, addresses: Iterable[str]) -> list[str]:
        """Make one person of two: whoever wrote by another of these addresses was the same; gives their names."""
        names = []
        for address in chain.from_iterable((said, mailbox(said)) for said in addresses):
            known = unit.one(Address, lookup=self._keys.lookup(address))
            if known is None or known.contributor == row.id:
                continue
            other = unit.get(Contributor, known.contributor)
            names.append(_shown_as(other))
            kinds: tuple[type[Any], ...] = (Address, Message, Piece, VaultRecord)
            for kind in kinds:
                rows = unit.find(kind, contributor=other.id)
                unit.save_all([replace(each, contributor=row.id) for each in rows])
            for term in unit.find(SealedTerm, contributor=other.id):
                unit.rewrite(replace(term, contributor=row.id))
            unit.remove(Contributor, other.id)
            unit.audit("merge", row.id, other=other.id)
        return names

    def _add_addresses(self, unit: Unit, row: Contributor, addresses: Iterable[str]) -> None:
        """Marks for each address, and for the mailbox that it leads to."""
        for address in chain.from_iterable((said, mailbox(said)) for said in addresses):
            lookup = self._keys.lookup(address)
            if unit.one(Address, lookup=lookup) is None:
                unit.add(Address(id=self._desk.ids.new(), contributor=row.id, lookup=lookup))


def _shown_as(row: Contributor) -> str:
    """The name that somebody was shown by, if it is an open one."""
    return row.byline if row.protection is Protection.OPEN else ""
