"""Closing small things: under a key that both sides hold, or to the vault, which only the vault opens.

``context`` names the row or blob that the sealed bytes belong to; bytes that were moved to another
place do not open there.
"""

from __future__ import annotations

import hashlib
from hmac import compare_digest

import nacl.exceptions
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    crypto_box_seal,
    crypto_box_seal_open,
    crypto_scalarmult_base,
    randombytes,
)

from app.domain.errors import Damaged
from app.vault.secret import Secret

KEY_BYTES = 32
"""The length of every key here: desk, person, blob, and both halves of the vault's."""

_NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_VERSION = b"\x01"


def new_key() -> Secret[bytes]:
    """A random key of 32 bytes: for a blob, a person, a desk, or as a private half."""
    return Secret(randombytes(KEY_BYTES))


def public_half(private: Secret[bytes]) -> bytes:
    """The X25519 public key (32 bytes) of a private half."""
    return crypto_scalarmult_base(private.reveal())


def wrap(key: Secret[bytes], data: bytes, context: str) -> bytes:
    """Close ``data`` (a blob's key, a sealed key) under a key of 32 bytes: XChaCha20-Poly1305.

    Wrapping what was sealed to the vault under a person's key makes both needed to open it.
    """
    nonce = randombytes(_NONCE_BYTES)
    closed = crypto_aead_xchacha20poly1305_ietf_encrypt(data, _bound("wrap", context), nonce, key.reveal())
    return _VERSION + nonce + closed


def unwrap(key: Secret[bytes], wrapped: bytes, context: str) -> bytes:
    """What ``wrap`` closed.

    Raises ``Damaged("wrap.damaged")`` for another key, another context or changed bytes.
    """
    version, nonce, closed = wrapped[:1], wrapped[1 : 1 + _NONCE_BYTES], wrapped[1 + _NONCE_BYTES :]
    if version != _VERSION or len(closed) < crypto_aead_xchacha20poly1305_ietf_ABYTES:
        raise Damaged("wrap.damaged", context=context)
    bound = _bound("wrap", context)
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(closed, bound, nonce, key.reveal())
    except nacl.exceptions.CryptoError:
        raise Damaged("wrap.damaged", context=context) from None


def seal(public: bytes, data: bytes, context: str) -> bytes:
    """Close ``data`` to the holder of the private half (libsodium's sealed box).

    It needs no secret, so the desk does it while nobody is there.
    """
    return _VERSION + crypto_box_seal(_bound("seal", context) + data, public)


def unseal(private: Secret[bytes], sealed: bytes, context: str) -> bytes:
    """What ``seal`` closed.

    Raises ``Damaged("seal.damaged")`` for another key, another context or changed bytes.
    """
    try:
        opened = crypto_box_seal_open(sealed[1:], public_half(private), private.reveal())
    except nacl.exceptions.CryptoError:
        raise Damaged("seal.damaged", context=context) from None
    bound = _bound("seal", context)
    if sealed[:1] != _VERSION or not compare_digest(opened[: len(bound)], bound):
        raise Damaged("seal.damaged", context=context)
    return opened[len(bound) :]


def _bound(act: str, context: str) -> bytes:
    return hashlib.blake2b(context.encode(), digest_size=16, person=f"transom.{act}".encode()).digest()
