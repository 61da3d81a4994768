"""Slots: the ways in which a desk's keys are kept, and opened again."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from nacl.bindings import randombytes

from app.domain.errors import Damaged, Unavailable
from app.vault import recovery_code
from app.vault.key_record import Slot
from app.vault.passphrase import SALT_BYTES, Cost, stretch
from app.vault.sealing import unwrap, wrap
from app.vault.secret import Secret


class Privates(NamedTuple):
    """The two private halves that the keyring never gets: the vault's (32 bytes) and the backups' (age)."""

    vault: Secret[bytes]
    backup: Secret[str]


class Opened(NamedTuple):
    """What a slot held: the desk's key (32 bytes) and, unless it was the keyring's, the private halves."""

    key: Secret[bytes]
    privates: Privates | None = None


def by_passphrase(desk: str, opened: Opened, passphrase: str, cost: Cost) -> Slot:
    """The slot that ``passphrase`` opens.  Raises ``RuleBroken("passphrase.empty")``."""
    salt = randombytes(SALT_BYTES)
    return Slot(_sealed(desk, "passphrase", stretch(passphrase, salt, cost), opened), salt, cost)


def by_recovery_code(desk: str, opened: Opened, code: str) -> Slot:
    """The slot that a recovery code opens."""
    salt = randombytes(SALT_BYTES)
    return Slot(_sealed(desk, "recovery", _recovery_key(code, salt), opened), salt)


def by_keyring(desk: str, key: Secret[bytes], held: Secret[bytes]) -> Slot:
    """The slot that the key held by the system's keyring opens: the desk's key alone."""
    return Slot(_sealed(desk, "keyring", held, Opened(key)))


def open_passphrase(desk: str, slot: Slot, passphrase: str, floor: Cost) -> Opened:
    """The desk's key and the private halves.

    Raises ``Unavailable("key.wrong")``, and ``Damaged("keys.weakened")`` when the slot asks for less work
    than ``floor``: whoever can write the file must not get later passphrases cheaply.
    """
    if slot.cost is None:
        raise Damaged("keys.damaged")
    slot.cost.check(floor)
    return _opened(desk, "passphrase", slot, stretch(passphrase, slot.salt, slot.cost))


def open_recovery_code(desk: str, slot: Slot, code: str) -> Opened:
    """The desk's key and the private halves.

    Raises ``Unavailable``: ``recovery.length`` or ``recovery.mistyped`` for a code that never was one, else
    ``key.wrong``.
    """
    return _opened(desk, "recovery", slot, _recovery_key(code, slot.salt))


def open_keyring(desk: str, slot: Slot, held: Secret[bytes]) -> Opened:
    """The desk's key alone.  Raises ``Unavailable("key.wrong")``."""
    return Opened(_desk_key(desk, "keyring", slot, held))


def _recovery_key(code: str, salt: bytes) -> Secret[bytes]:
    """The code is random enough (140 bits) to need no stretching."""
    letters = recovery_code.read(code).encode()
    return Secret(hashlib.blake2b(letters, digest_size=32, salt=salt, person=b"transom.recovery").digest())


def _sealed(desk: str, kind: str, opener: Secret[bytes], opened: Opened) -> dict[str, bytes]:
    plain = {"desk": opened.key.reveal()}
    if opened.privates:
        plain["vault"] = opened.privates.vault.reveal()
        plain["backup"] = opened.privates.backup.reveal().encode()
    return {name: wrap(opener, value, _context(desk, kind, name)) for name, value in plain.items()}


def _opened(desk: str, kind: str, slot: Slot, opener: Secret[bytes]) -> Opened:
    key = _desk_key(desk, kind, slot, opener)
    try:
        vault, backup = (_part(desk, kind, slot, opener, name) for name in ("vault", "backup"))
    except Damaged:
        raise Damaged("keys.changed") from None
    return Opened(key, Privates(Secret(vault), Secret(backup.decode())))


def _desk_key(desk: str, kind: str, slot: Slot, opener: Secret[bytes]) -> Secret[bytes]:
    try:
        return Secret(_part(desk, kind, slot, opener, "desk"))
    except Damaged:
        raise Unavailable("key.wrong", slot=kind) from None


def _part(desk: str, kind: str, slot: Slot, opener: Secret[bytes], name: str) -> bytes:
    return unwrap(opener, slot.sealed.get(name, b""), _context(desk, kind, name))


def _context(desk: str, kind: str, name: str) -> str:
    """A slot copied from another desk, or put in another's place, does not open."""
    return f"slot/{desk}/{kind}/{name}"
