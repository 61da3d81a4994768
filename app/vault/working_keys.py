"""The keys of an open desk, as the other rings use them: acts on bytes, never the keys themselves."""

from __future__ import annotations

from app.domain.errors import Unavailable
from app.vault import chain, marks, sealing, streams
from app.vault.desk_keys import DeskKeys
from app.vault.key_record import AuditHead
from app.vault.secret import Secret


class WorkingKeys:
    """Hides and shows, seals and unseals, marks addresses, links the audit chain."""

    def __init__(self, keys: DeskKeys) -> None:
        self._keys = keys

    @property
    def checking(self) -> bool:
        """Whether the vault's private half is in memory."""
        return self._keys.vault is not None

    def database_key(self) -> bytes:
        """The 32 raw bytes for the database."""
        return self._keys.keys.database.reveal()

    def hide(self, blob: str, data: bytes, *, to_vault: bool) -> tuple[bytes, bytes]:
        """The wrapped key and the hidden bytes of a blob."""
        key = sealing.new_key()
        hidden = streams.encrypt_bytes(data, key, blob)
        if to_vault:
            return sealing.seal(self._keys.vault_public, key.reveal(), blob), hidden
        return sealing.wrap(self._keys.keys.blobs, key.reveal(), blob), hidden

    def show(self, blob: str, wrapped: bytes, hidden: bytes, *, sealed: bool) -> bytes:
        """The data of a blob.

        Raises:
            Unavailable: ``vault.locked``.
            Damaged: ``seal.damaged`` or ``blob.damaged``.
        """
        key = self.unseal(wrapped, blob) if sealed else sealing.unwrap(self._keys.keys.blobs, wrapped, blob)
        return streams.decrypt_bytes(hidden, Secret(key), blob)

    def rewrap(self, blob: str, wrapped: bytes) -> bytes:
        """The key that the desk wrapped, sealed to the vault instead."""
        key = sealing.unwrap(self._keys.keys.blobs, wrapped, blob)
        return sealing.seal(self._keys.vault_public, key, blob)

    def seal(self, data: bytes, context: str) -> bytes:
        """``data`` sealed to the vault."""
        return sealing.seal(self._keys.vault_public, data, context)

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """What was sealed.

        Raises:
            Unavailable: ``vault.locked``.
            Damaged: ``seal.damaged``.
        """
        vault = self._keys.vault
        if vault is None:
            raise Unavailable("vault.locked")
        return vault.unseal(sealed, context)

    def lookup(self, address: str) -> str:
        """The mark of an address, in hex."""
        return marks.address_mark(self._keys.keys.addresses, address).hex()

    def link(self, previous: bytes, payload: bytes) -> bytes:
        """The next link of the audit chain."""
        return chain.link(self._keys.keys.audit, previous, payload)

    def audit_head(self) -> tuple[int, str]:
        """The last link that the key file remembers."""
        head = self._keys.audit_head
        return head.sequence, head.mac.hex()

    def save_audit_head(self, seq: int, mac: str) -> None:
        """Remember the last link."""
        self._keys.move_audit_head(AuditHead(seq, bytes.fromhex(mac)))
