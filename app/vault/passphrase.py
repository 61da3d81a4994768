"""From a passphrase to a key: Argon2id (RFC 9106), and what it may cost."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import nacl.exceptions
from nacl.bindings import (
    crypto_pwhash_alg,
    crypto_pwhash_ALG_ARGON2ID13,
    crypto_pwhash_argon2id_MEMLIMIT_MODERATE,
    crypto_pwhash_argon2id_OPSLIMIT_MODERATE,
    crypto_pwhash_SALTBYTES,
)

from app.domain.errors import Damaged, RuleBroken, Unavailable
from app.vault.secret import Secret

SALT_BYTES = crypto_pwhash_SALTBYTES
_KEY_BYTES = 32
_MOST_OPERATIONS = 64
_MOST_MEMORY = 4 << 30


class Cost(NamedTuple):
    """What one guess costs: passes over the memory, and the memory in bytes."""

    operations: int
    memory: int

    def check(self, floor: Cost) -> None:
        """Raise ``Damaged``: ``keys.weakened`` below ``floor``, ``keys.damaged`` for an absurd cost."""
        if self.operations < floor.operations or self.memory < floor.memory:
            raise Damaged("keys.weakened", operations=self.operations, memory=self.memory)
        if self.operations > _MOST_OPERATIONS or self.memory > _MOST_MEMORY:
            raise Damaged("keys.damaged")


MODERATE = Cost(crypto_pwhash_argon2id_OPSLIMIT_MODERATE, crypto_pwhash_argon2id_MEMLIMIT_MODERATE)
"""Three passes over 256 MiB, about a second."""


def stretch(passphrase: str, salt: bytes, cost: Cost) -> Secret[bytes]:
    """The key of 32 bytes that a passphrase makes.

    Raises ``RuleBroken("passphrase.empty")``, and ``Unavailable("passphrase.memory")`` when the machine
    cannot give the memory.
    """
    words = _prepared(passphrase)
    if not words:
        raise RuleBroken("passphrase.empty")
    try:
        key = crypto_pwhash_alg(
            _KEY_BYTES, words, salt, cost.operations, cost.memory, crypto_pwhash_ALG_ARGON2ID13
        )
    except nacl.exceptions.RuntimeError:
        raise Unavailable("passphrase.memory", memory=cost.memory) from None
    return Secret(key)


def _prepared(passphrase: str) -> bytes:
    """As RFC 8265 (OpaqueString) has it: every kind of space is a space, then NFC."""
    spaced = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in passphrase)
    return unicodedata.normalize("NFC", spaced).encode("utf-8", "surrogatepass")
