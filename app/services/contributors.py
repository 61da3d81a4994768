"""Contributors, their protection, and the records of the vault."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.article_json import clean_text
from app.domain.errors import RuleBroken, Usage
from app.domain.leaks import Matcher, Place, Term
from app.domain.messages import Arrival, Asset, Message
from app.domain.people import Address, Contributor, Protection, SealedTerm, VaultRecord
from app.domain.pieces import Piece
from app.domain.plain_text import plain_text
from app.domain.roles import Power
from app.services.acts import Desk
from app.services.dossiers import article_of, message_named, named, revision
from app.services.filing import sealed_asset, sealed_message
from app.services.ports import Keys, Unit


@dataclass(frozen=True, slots=True)
class Identity:
    """What the vault is told of one person; it is sealed before it is written anywhere.

    ``terms`` are further words that must not leave: other spellings, places, kin, handles.
    """

    real_name: str
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    channel: str = ""

    def __repr__(self) -> str:
        return "Identity([protected])"


class Contributors:
    """Shows contributors and raises their protection."""

    def __init__(self, desk: Desk, keys: Keys) -> None:
        self._desk = desk
        self._keys = keys

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
            RuleBroken: ``role.missing``, ``contributor.link`` for what is no web address.
        """
        self._desk.allow(by, Power.WORK)
        allowed: dict[str, Any] = {
            name: clean_text(fields[name]) for name in ("byline", "bio", "url", "language") if name in fields
        }
        if allowed.get("url") and not allowed["url"].startswith(("http://", "https://")):
            raise RuleBroken("contributor.link", url=allowed["url"])
        with self._desk.store.write() as unit:
            row = self._found(unit, key)
            saved: Contributor = unit.save(replace(row, **allowed))
            unit.audit("contributor", row.id, by, fields=sorted(allowed))
            unit.changed("contributor", row.id)
            return saved

    def protect(self, key: str, pen_name: str, identity: Identity, by: str) -> Contributor:
        """Protect somebody: the pen name stays open, everything that tells who it is goes to the vault.

        Raises:
            RuleBroken: ``protect.name`` without a pen name or a real name.
            RuleBroken: ``role.missing``.
            Usage: ``contributor.unknown``.
        """
        self._desk.allow(by, Power.VAULT)
        if not pen_name.strip() or not identity.real_name.strip():
            raise RuleBroken("protect.name")
        with self._desk.store.write() as unit:
            row = self._found(unit, key)
            self._take_over(unit, row, identity.addresses)
            known = unit.find(Address, contributor=row.id)
            everything = replace(
                identity,
                addresses=tuple(dict.fromkeys((*identity.addresses, *(a.value for a in known if a.value)))),
            )
            aliases = {address.name for address in known if address.name} | {row.byline}
            terms = self._seal(unit, row, everything, aliases - {"", pen_name})
            for address in known:
                unit.save(replace(address, value="", name=""))
            self._add_addresses(unit, row, everything.addresses, known)
            protected = replace(row, byline=pen_name, protection=Protection.PROTECTED, bio="", url="")
            saved: Contributor = unit.save(protected)
            self._close(unit, saved, Matcher(terms))
            unit.audit("protect", row.id, by)
            unit.changed("contributor", row.id)
            return saved

    def read_record(self, key: str, reason: str, by: str) -> dict[str, Any]:
        """What the vault holds of one person; the reading is logged with its reason.

        Raises:
            RuleBroken: ``vault.reason``, ``role.missing``.
            Unavailable: ``vault.locked``.
        """
        self._allow_reading(reason, by)
        with self._desk.store.write() as unit:
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
            row = message_named(unit, message)
            raw = unit.blob(row.raw)
            unit.audit("vault.read", row.id, by, reason=reason)
            return raw

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

    def _seal(self, unit: Unit, row: Contributor, identity: Identity, aliases: Iterable[str]) -> list[Term]:
        record = {name: getattr(identity, name) for name in Identity.__dataclass_fields__}
        id = self._desk.ids.new()
        unit.add(VaultRecord(id, row.id, self._keys.seal(json.dumps(record).encode(), id)))
        terms = [("name", identity.real_name), *(("name", alias) for alias in sorted(aliases))]
        terms += [("address", address) for address in identity.addresses]
        terms += [("phone", phone) for phone in identity.phones]
        terms += [("place", place) for place in identity.places]
        terms += [("other", term) for term in identity.terms]
        told = [(kind, text) for kind, text in dict.fromkeys(terms) if text.strip()]
        for kind, text in told:
            id = self._desk.ids.new()
            sealed = self._keys.seal(json.dumps({"text": text, "kind": kind, "settled": []}).encode(), id)
            unit.add(SealedTerm(id, row.id, sealed))
        return [Term(text, kind, row.code) for kind, text in told]

    def _take_over(self, unit: Unit, row: Contributor, addresses: Iterable[str]) -> None:
        """Make one person of two: whoever wrote by another of these addresses was the same."""
        for address in addresses:
            known = unit.one(Address, lookup=self._keys.lookup(address))
            if known is None or known.contributor == row.id:
                continue
            other = unit.get(Contributor, known.contributor)
            addresses_of, messages = (
                unit.find(Address, contributor=other.id),
                unit.find(Message, contributor=other.id),
            )
            unit.save_all([replace(each, contributor=row.id) for each in addresses_of])
            unit.save_all([replace(each, contributor=row.id) for each in messages])
            unit.save_all(
                [replace(each, contributor=row.id) for each in unit.find(Piece, contributor=other.id)]
            )
            records = unit.find(VaultRecord, contributor=other.id)
            unit.save_all([replace(each, contributor=row.id) for each in records])
            for term in unit.find(SealedTerm, contributor=other.id):
                unit.remove(SealedTerm, term.id)
                unit.add(replace(term, contributor=row.id))
            unit.remove(Contributor, other.id)
            unit.audit("merge", row.id, other=other.id)

    def _add_addresses(
        self, unit: Unit, row: Contributor, addresses: Iterable[str], known: Iterable[Address]
    ) -> None:
        have = {address.lookup for address in known}
        for address in addresses:
            lookup = self._keys.lookup(address)
            other = unit.one(Address, lookup=lookup)
            if lookup not in have and other is None:
                unit.add(Address(id=self._desk.ids.new(), contributor=row.id, lookup=lookup))

    def _close(self, unit: Unit, row: Contributor, secrets: Matcher) -> None:
        """Seal what the desk already holds of them: messages, files, and the keys of the raw bytes."""
        for message in unit.find(Message, contributor=row.id):
            subject = message.subject if not secrets.find(message.subject, Place.HEADER) else ""
            if not message.sealed:
                unit.save(sealed_message(message, row, self._keys, subject))
                unit.reseal_blob(message.raw)
                unit.index("message", message.id, message.piece, subject, message.new_text)
            arrivals = unit.find(Arrival, id=message.arrival)
            unit.save_all([replace(arrival, path="") for arrival in arrivals])
            self._close_files(unit, unit.find(Asset, message=message.id))
        for piece in unit.find(Piece, contributor=row.id):
            self._close_files(unit, unit.find(Asset, piece=piece.id, message=""))
            article = article_of(revision(unit, piece))
            title = article.headline or named(unit, piece)
            unit.save(replace(piece, title=title))
            unit.index("article", piece.id, piece.id, title, plain_text(article))
            unit.changed("piece", piece.id)

    def _close_files(self, unit: Unit, files: Iterable[Asset]) -> None:
        for asset in files:
            if not asset.sealed:
                unit.save(sealed_asset(asset, self._keys))
                unit.reseal_blob(asset.blob)
