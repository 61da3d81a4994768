"""Contributors, their protection, and the records of the vault."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.errors import RuleBroken, Usage
from app.domain.messages import Asset, Message
from app.domain.people import Address, Contributor, Protection, SealedTerm, VaultRecord
from app.domain.pieces import Piece
from app.services.acts import Desk
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
        """Set byline, biography, web address or language."""
        allowed = {name: fields[name] for name in ("byline", "bio", "url", "language") if name in fields}
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
            Usage: ``contributor.unknown``.
        """
        if not pen_name.strip() or not identity.real_name.strip():
            raise RuleBroken("protect.name")
        with self._desk.store.write() as unit:
            row = self._found(unit, key)
            known = unit.find(Address, contributor=row.id)
            everything = replace(
                identity, addresses=tuple(dict.fromkeys((*identity.addresses, *(a.value for a in known if a.value))))
            )
            aliases = {address.name for address in known if address.name} | {row.byline}
            self._seal(unit, row, everything, aliases - {"", pen_name})
            for address in known:
                unit.save(replace(address, value="", name=""))
            self._add_addresses(unit, row, everything.addresses, known)
            protected = replace(row, byline=pen_name, protection=Protection.PROTECTED, bio="", url="")
            saved: Contributor = unit.save(protected)
            self._close(unit, saved)
            unit.audit("protect", row.id, by)
            unit.changed("contributor", row.id)
            return saved

    def read_record(self, key: str, reason: str, by: str) -> dict[str, Any]:
        """What the vault holds of one person; the reading is logged with its reason.

        Raises:
            RuleBroken: ``vault.reason``.
            Unavailable: ``vault.locked``.
        """
        if not reason.strip():
            raise RuleBroken("vault.reason")
        with self._desk.store.write() as unit:
            row = self._found(unit, key)
            records = [json.loads(self._keys.unseal(r.sealed, r.id)) for r in unit.find(VaultRecord, contributor=row.id)]
            unit.audit("vault.read", row.id, by, reason=reason)
            return {"id": row.id, "code": row.code, "records": records}

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

    def _seal(self, unit: Unit, row: Contributor, identity: Identity, aliases: Iterable[str]) -> None:
        record = {name: getattr(identity, name) for name in Identity.__dataclass_fields__}
        id = self._desk.ids.new()
        unit.add(VaultRecord(id, row.id, self._keys.seal(json.dumps(record).encode(), id)))
        terms = [("name", identity.real_name), *(("name", alias) for alias in sorted(aliases))]
        terms += [("address", address) for address in identity.addresses]
        terms += [("phone", phone) for phone in identity.phones]
        terms += [("place", place) for place in identity.places]
        terms += [("other", term) for term in identity.terms]
        for kind, text in dict.fromkeys(terms):
            id = self._desk.ids.new()
            sealed = self._keys.seal(json.dumps({"text": text, "kind": kind, "settled": []}).encode(), id)
            unit.add(SealedTerm(id, row.id, sealed))

    def _add_addresses(
        self, unit: Unit, row: Contributor, addresses: Iterable[str], known: Iterable[Address]
    ) -> None:
        have = {address.lookup for address in known}
        for address in addresses:
            lookup = self._keys.lookup(address)
            other = unit.one(Address, lookup=lookup)
            if lookup not in have and other is None:
                unit.add(Address(id=self._desk.ids.new(), contributor=row.id, lookup=lookup))

    def _close(self, unit: Unit, row: Contributor) -> None:
        """Seal what the desk already holds of them: messages, files, and the keys of the raw bytes."""
        for message in unit.find(Message, contributor=row.id):
            if not message.sealed:
                unit.save(sealed_message(message, row, self._keys))
                unit.reseal_blob(message.raw)
                unit.index("message", message.id, message.piece, "", message.new_text)
            for asset in unit.find(Asset, message=message.id):
                if not asset.sealed:
                    unit.save(sealed_asset(asset, self._keys))
                    unit.reseal_blob(asset.blob)


