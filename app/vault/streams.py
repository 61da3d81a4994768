"""Blobs of any size, closed in pieces of 64 KiB with libsodium's secretstream.

The stream tells changed, reordered and repeated pieces by itself.  A stream that was cut off is told
only by its missing last tag, which is therefore demanded here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

import nacl.exceptions
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)

from app.domain.errors import Damaged
from app.vault.secret import Secret

PIECE = 64 * 1024
"""Plain bytes in each piece but the last."""

_VERSION = b"\x01"
_HEAD = crypto_secretstream_xchacha20poly1305_HEADERBYTES
_CLOSED_PIECE = PIECE + crypto_secretstream_xchacha20poly1305_ABYTES
_FINAL = crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MORE = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE


def encrypt(source: BinaryIO, sink: BinaryIO, key: Secret[bytes], blob: str) -> None:
    """Read ``source`` to its end and write it closed to ``sink``.

    ``key`` is the blob's own (32 bytes), ``blob`` its id: the bytes open under no other id.  ``OSError`` of
    either file passes through.
    """
    state = crypto_secretstream_xchacha20poly1305_state()
    sink.write(_VERSION + crypto_secretstream_xchacha20poly1305_init_push(state, key.reveal()))
    for piece, last in _pieces(source, PIECE):
        tag = _FINAL if last else _MORE
        sink.write(crypto_secretstream_xchacha20poly1305_push(state, piece, blob.encode(), tag))


def decrypt(source: BinaryIO, sink: BinaryIO, key: Secret[bytes], blob: str) -> None:
    """Write what ``encrypt`` closed to ``sink``.

    Raises ``Damaged("blob.damaged")`` when a byte differs, the end is missing, something follows the end, or
    key or id are another blob's; what was written by then is to be thrown away.
    """
    for piece in opened(source, key, blob):
        sink.write(piece)


def opened(source: BinaryIO, key: Secret[bytes], blob: str) -> Iterator[bytes]:
    """The plain pieces, one at a time; only a loop that ended without ``Damaged`` has seen the whole blob."""
    head = _read(source, 1 + _HEAD)
    if head[:1] != _VERSION or len(head) != 1 + _HEAD:
        raise Damaged("blob.damaged", blob=blob)
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, head[1:], key.reveal())
    for closed, last in _pieces(source, _CLOSED_PIECE):
        try:
            piece, tag = crypto_secretstream_xchacha20poly1305_pull(state, closed, blob.encode())
        except nacl.exceptions.CryptoError:
            raise Damaged("blob.damaged", blob=blob) from None
        if (tag == _FINAL) != last:
            raise Damaged("blob.damaged", blob=blob)
        yield piece


def encrypt_bytes(data: bytes, key: Secret[bytes], blob: str) -> bytes:
    """``encrypt`` for what is in memory."""
    state = crypto_secretstream_xchacha20poly1305_state()
    head = _VERSION + crypto_secretstream_xchacha20poly1305_init_push(state, key.reveal())
    bound = blob.encode()
    last = max(0, len(data) - 1) // PIECE * PIECE
    closed = [
        crypto_secretstream_xchacha20poly1305_push(
            state, data[at : at + PIECE], bound, _FINAL if at == last else _MORE
        )
        for at in range(0, last + 1, PIECE)
    ]
    return b"".join((head, *closed))


def decrypt_bytes(data: bytes, key: Secret[bytes], blob: str) -> bytes:
    """``decrypt`` for what is in memory."""
    return b"".join(opened(io.BytesIO(data), key, blob))


def _pieces(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of ``size`` and whether each is the last one, which is empty only where the source is."""
    piece = _read(source, size)
    while following := _read(source, size):
        yield piece, False
        piece = following
    yield piece, True


def _read(source: BinaryIO, size: int) -> bytes:
    """Exactly ``size`` bytes, fewer only at the end: raw files and sockets may give less at a time."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
