"""What ``keys.json`` says: the slots that hold the desk's keys, public halves, and the audit log's head.

Nothing in it opens the desk without a passphrase, the recovery code or the keyring, so a backup carries
it in the open.  Two codes guard it: a checksum, which needs no key and tells damage from a wrong key; and
the mark, made with the desk key, which tells that somebody changed the file on purpose.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from app.domain.errors import Damaged, Unavailable
from app.vault.chain import START
from app.vault.passphrase import Cost

FORMAT = 1
_LARGEST = 64 * 1024


class AuditHead(NamedTuple):
    """The newest entry of the audit log: its number, counted from 1, and its code of 32 bytes."""

    sequence: int = 0
    mac: bytes = START


class Slot(NamedTuple):
    """The desk's keys as one way of opening holds them.

    ``sealed`` has the wrapped keys by name: ``desk``, and, unless this is the keyring's slot, the private
    halves ``vault`` and ``backup``.  ``cost`` belongs to the passphrase's slot, ``salt`` to that and the
    recovery code's.
    """

    sealed: Mapping[str, bytes]
    salt: bytes = b""
    cost: Cost | None = None


class KeyRecord(NamedTuple):
    """One state of ``keys.json``; ``slots`` by kind: ``passphrase``, ``recovery`` and maybe ``keyring``."""

    desk: str
    vault_public: bytes
    backup_public: str
    slots: Mapping[str, Slot]
    head: AuditHead = AuditHead()
    mark: bytes = b""

    def marked_part(self) -> bytes:
        """The bytes that ``mark`` is made over: all but itself."""
        return _canonical({name: value for name, value in _plain(self).items() if name != "mark"})


def encode(record: KeyRecord) -> bytes:
    """The file's bytes: JSON, sorted keys, the same for the same record."""
    plain = _plain(record)
    return _canonical(plain | {"sha256": _checksum(plain)})


def decode(data: bytes) -> KeyRecord:
    """The record in a file's bytes.

    Raises ``Damaged("keys.damaged")`` for anything that ``encode`` did not write, and
    ``Unavailable("keys.newer")`` for a format that a later version of the program wrote.
    """
    plain = _checked(data)
    if plain["format"] > FORMAT:
        raise Unavailable("keys.newer", format=plain["format"])
    try:
        record = _record(plain)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Damaged("keys.damaged") from None
    if encode(record) != data:
        raise Damaged("keys.damaged")
    return record


def _checked(data: bytes) -> dict[str, Any]:
    """The JSON object, once its checksum is right; that much holds for every format to come."""
    try:
        plain = json.loads(data) if len(data) <= _LARGEST else None
    except (ValueError, RecursionError):
        plain = None
    if not isinstance(plain, dict) or type(plain.get("format")) is not int:
        raise Damaged("keys.damaged")
    if plain.pop("sha256", None) != _checksum(plain):
        raise Damaged("keys.damaged")
    return plain


def _plain(record: KeyRecord) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "desk": record.desk,
        "vault_public": _text(record.vault_public),
        "backup_public": record.backup_public,
        "slots": {kind: _plain_slot(slot) for kind, slot in record.slots.items()},
        "audit": {"sequence": record.head.sequence, "mac": _text(record.head.mac)},
        "mark": _text(record.mark),
    }


def _plain_slot(slot: Slot) -> dict[str, Any]:
    plain: dict[str, Any] = {"sealed": {name: _text(wrapped) for name, wrapped in slot.sealed.items()}}
    if slot.salt:
        plain["salt"] = _text(slot.salt)
    if slot.cost:
        plain["argon2id"] = {"operations": slot.cost.operations, "memory": slot.cost.memory}
    return plain


def _record(plain: dict[str, Any]) -> KeyRecord:
    return KeyRecord(
        desk=str(plain["desk"]),
        vault_public=_bytes(plain["vault_public"]),
        backup_public=str(plain["backup_public"]),
        slots={kind: _slot(slot) for kind, slot in plain["slots"].items()},
        head=AuditHead(int(plain["audit"]["sequence"]), _bytes(plain["audit"]["mac"])),
        mark=_bytes(plain["mark"]),
    )


def _slot(plain: dict[str, Any]) -> Slot:
    cost = plain.get("argon2id")
    return Slot(
        sealed={name: _bytes(wrapped) for name, wrapped in plain["sealed"].items()},
        salt=_bytes(plain.get("salt", "")),
        cost=Cost(int(cost["operations"]), int(cost["memory"])) if cost else None,
    )


def _canonical(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, sort_keys=True, indent=1).encode() + b"\n"


def _checksum(plain: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(plain)).hexdigest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
