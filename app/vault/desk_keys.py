"""The keys of a desk that is open."""

from __future__ import annotations

import hashlib
import hmac
from typing import NamedTuple

from app.domain.errors import Damaged, RuleBroken, Unavailable
from app.vault import backup_key, recovery_code, slots
from app.vault.key_record import AuditHead, KeyRecord, Slot
from app.vault.keyfile import Keeper
from app.vault.passphrase import MODERATE, Cost
from app.vault.sealing import new_key, public_half, unseal
from app.vault.secret import Secret


class Subkeys(NamedTuple):
    """Keys of 32 bytes for one purpose each, all made from the desk's key; none tells another."""

    database: Secret[bytes]
    blobs: Secret[bytes]
    addresses: Secret[bytes]
    replies: Secret[bytes]
    audit: Secret[bytes]
    record: Secret[bytes]


class VaultChecking:
    """The vault's private half in memory.

    It opens any sealed record; that only the gate's matching and a read that gave its reason use it is the
    rule of those who hold it.
    """

    __slots__ = ("_private",)

    def __init__(self, private: Secret[bytes]) -> None:
        self._private = private

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """What was sealed to the vault for ``context`` (a row's or blob's id).

        Raises ``Damaged("seal.damaged")``.
        """
        return unseal(self._private, sealed, context)


class DeskKeys:
    """What opening a desk gives.  Every change of the slots is on disk when the method returns.

    Not for two threads at once; whoever changes slots or moves the audit head holds the desk's lock.
    """

    def __init__(self, file: Keeper, record: KeyRecord, opened: slots.Opened, cost: Cost) -> None:
        """Use ``create`` or one of the ``open_by_...`` functions instead."""
        self._file = file
        self._record = record
        self._opened = opened
        self._cost = cost
        self.keys = _subkeys(opened.key)

    @property
    def desk(self) -> str:
        """The desk's id, as ``create`` was told it."""
        return self._record.desk

    @property
    def vault_public(self) -> bytes:
        """The vault's public half (32 bytes): enough to seal."""
        return self._record.vault_public

    @property
    def vault(self) -> VaultChecking | None:
        """The vault's opener; ``None`` while it is locked, as after an opening by keyring."""
        return VaultChecking(self._opened.privates.vault) if self._opened.privates else None

    @property
    def backup_public(self) -> str:
        """Whom backups are encrypted to, ``age1...``."""
        return self._record.backup_public

    @property
    def backup_private(self) -> Secret[str] | None:
        """What opens backups; ``None`` while the vault is locked."""
        return self._opened.privates.backup if self._opened.privates else None

    @property
    def audit_head(self) -> AuditHead:
        """The newest audit entry that the key file knows; the database may be ahead of it, never behind."""
        return self._record.head

    @property
    def has_keyring_slot(self) -> bool:
        """Whether the system's keyring could open this desk."""
        return "keyring" in self._record.slots

    def move_audit_head(self, head: AuditHead) -> None:
        """Keep the log's new head, after the commit that wrote it.

        Raises ``Damaged("audit.behind")`` for a head before the kept one or beside it: then the log was
        rolled back or written anew.
        """
        kept = self._record.head
        if head == kept:
            return
        if head.sequence <= kept.sequence:
            raise Damaged("audit.behind", kept=kept.sequence, found=head.sequence)
        self._keep(self._record._replace(head=head))

    def unlock_vault(self, passphrase: str) -> None:
        """Open the vault too.  Raises as ``open_by_passphrase`` does."""
        slot = _slot(self._record, "passphrase")
        opened = slots.open_passphrase(self.desk, slot, passphrase, self._cost)
        _check(self._record, opened)
        self._opened = opened

    def lock_vault(self) -> None:
        """Forget the private halves.  (Python cannot promise that their bytes are gone from memory.)"""
        self._opened = slots.Opened(self._opened.key)

    def change_passphrase(self, passphrase: str) -> None:
        """From now on ``passphrase`` opens the desk, and the one before does not.

        Raises ``RuleBroken("passphrase.empty")`` and ``Unavailable("vault.locked")``.
        """
        self._keep_slot("passphrase", slots.by_passphrase(self.desk, self._all(), passphrase, self._cost))

    def new_recovery_code(self) -> str:
        """A new recovery code, to be shown once; the one before opens nothing any more.

        Raises ``Unavailable("vault.locked")``.
        """
        code = recovery_code.make()
        self._keep_slot("recovery", slots.by_recovery_code(self.desk, self._all(), code))
        return code

    def add_keyring_slot(self, held: Secret[bytes]) -> None:
        """Let ``held``, a key of 32 bytes that the keyring keeps already, open the desk (not the vault)."""
        self._keep_slot("keyring", slots.by_keyring(self.desk, self._opened.key, held))

    def remove_keyring_slot(self) -> None:
        """From now on no keyring opens the desk."""
        left = {kind: slot for kind, slot in self._record.slots.items() if kind != "keyring"}
        self._keep(self._record._replace(slots=left))

    def _all(self) -> slots.Opened:
        if self._opened.privates is None:
            raise Unavailable("vault.locked")
        return self._opened

    def _keep_slot(self, kind: str, slot: Slot) -> None:
        self._keep(self._record._replace(slots={**self._record.slots, kind: slot}))

    def _keep(self, record: KeyRecord) -> None:
        marked = _marked(record, self.keys)
        self._file.save(marked)
        self._record = marked


def create(
    file: Keeper, desk: str, passphrase: str, *, data_exists: bool, cost: Cost = MODERATE
) -> tuple[DeskKeys, str]:
    """Make the keys of a new desk; gives them and the recovery code, which is written nowhere else.

    ``desk`` is the desk's id; ``data_exists`` says whether a database or blobs are there already: then, or
    where a key file is, keys are refused with ``RuleBroken("key.exists")``.  Also raises
    ``RuleBroken("passphrase.empty")`` and ``Unavailable("keys.not-saved")``.
    """
    if data_exists or file.exists():
        raise RuleBroken("key.exists")
    privates = slots.Privates(new_key(), backup_key.new_identity())
    opened = slots.Opened(new_key(), privates)
    code = recovery_code.make()
    record = KeyRecord(
        desk=desk,
        vault_public=public_half(privates.vault),
        backup_public=backup_key.recipient(privates.backup),
        slots={
            "passphrase": slots.by_passphrase(desk, opened, passphrase, cost),
            "recovery": slots.by_recovery_code(desk, opened, code),
        },
    )
    record = _marked(record, _subkeys(opened.key))
    file.create(record)
    return DeskKeys(file, record, opened, cost), code


def open_by_passphrase(file: Keeper, passphrase: str, *, floor: Cost = MODERATE) -> DeskKeys:
    """Open desk and vault.

    ``floor`` is the least that a guess at the passphrase must cost, now and in new slots.
    Raises what ``KeyFile.load`` does; ``Unavailable("key.wrong")``; ``RuleBroken("passphrase.empty")``;
    ``Damaged`` with ``keys.weakened`` (cheaper than ``floor``) or ``keys.changed`` (not the record that the
    desk wrote).
    """
    record = file.load()
    opened = slots.open_passphrase(record.desk, _slot(record, "passphrase"), passphrase, floor)
    return _checked(file, record, opened, floor)


def open_by_recovery_code(file: Keeper, code: str, *, floor: Cost = MODERATE) -> DeskKeys:
    """Open desk and vault.

    Raises as ``open_by_passphrase`` does, and ``Unavailable`` with ``recovery.length`` or
    ``recovery.mistyped`` (``group``) for a code that was not copied rightly.
    """
    record = file.load()
    opened = slots.open_recovery_code(record.desk, _slot(record, "recovery"), code)
    return _checked(file, record, opened, floor)


def open_by_keyring(file: Keeper, held: Secret[bytes], *, floor: Cost = MODERATE) -> DeskKeys:
    """Open the desk with the key that the keyring held; the vault stays locked.

    Raises as ``open_by_passphrase`` does; ``Unavailable("key.missing")`` when the desk has no such slot.
    """
    record = file.load()
    opened = slots.open_keyring(record.desk, _slot(record, "keyring"), held)
    return _checked(file, record, opened, floor)


def _slot(record: KeyRecord, kind: str) -> Slot:
    if kind not in record.slots:
        raise Unavailable("key.missing", slot=kind)
    return record.slots[kind]


def _checked(file: Keeper, record: KeyRecord, opened: slots.Opened, cost: Cost) -> DeskKeys:
    _check(record, opened)
    return DeskKeys(file, record, opened, cost)


def _check(record: KeyRecord, opened: slots.Opened) -> None:
    """Refuse a record that others wrote: above all a public half whose private half is theirs."""
    if not hmac.compare_digest(record.mark, _marked(record, _subkeys(opened.key)).mark):
        raise Damaged("keys.changed")
    if opened.privates and (
        public_half(opened.privates.vault) != record.vault_public
        or backup_key.recipient(opened.privates.backup) != record.backup_public
    ):
        raise Damaged("keys.changed")


def _marked(record: KeyRecord, keys: Subkeys) -> KeyRecord:
    return record._replace(mark=hmac.digest(keys.record.reveal(), record.marked_part(), "sha256"))


def _subkeys(key: Secret[bytes]) -> Subkeys:
    return Subkeys(*(_subkey(key, purpose) for purpose in Subkeys._fields))


def _subkey(key: Secret[bytes], purpose: str) -> Secret[bytes]:
    """Keyed BLAKE2b with the purpose as personalisation (RFC 7693), as libsodium derives keys."""
    person = f"desk.{purpose}".encode()
    return Secret(hashlib.blake2b(key=key.reveal(), digest_size=32, person=person).digest())
