"""Backups are written to a public key and open with its private half only."""

import io

import pytest

from app.domain.errors import Damaged, Unavailable
from app.vault.backup_key import decrypt, encrypt, new_identity, recipient

PRIVATE = new_identity()
PLAIN = b"desk.db " * 30_000


def _encrypted() -> bytes:
    sink = io.BytesIO()
    encrypt(io.BytesIO(PLAIN), sink, recipient(PRIVATE))
    return sink.getvalue()


def test_a_backup_comes_back_and_shows_nothing() -> None:
    closed, plain = _encrypted(), io.BytesIO()
    assert closed.startswith(b"age-encryption.org/v1\n")
    assert b"desk.db" not in closed
    decrypt(io.BytesIO(closed), plain, PRIVATE)
    assert plain.getvalue() == PLAIN


def test_the_private_half_is_shown_nowhere_and_gives_the_public_one() -> None:
    assert f"{PRIVATE}" == "[protected]"
    assert recipient(PRIVATE).startswith("age1")
    assert recipient(PRIVATE) != recipient(new_identity())


def test_another_key_and_damage_are_told_apart() -> None:
    closed = _encrypted()
    with pytest.raises(Unavailable, match=r"backup\.other-key"):
        decrypt(io.BytesIO(closed), io.BytesIO(), new_identity())
    middle = len(closed) // 2
    for wrong in (
        b"",
        b"no backup at all",
        closed[:100],
        closed[:-1],
        closed[:70_000],
        closed + b"\0",
        closed[:middle] + bytes([closed[middle] ^ 1]) + closed[middle + 1 :],
    ):
        with pytest.raises(Damaged, match=r"backup\.damaged"):
            decrypt(io.BytesIO(wrong), io.BytesIO(), PRIVATE)


def test_a_full_disk_is_no_damage() -> None:
    closed = _encrypted()
    with open("/dev/full", "wb", buffering=0) as full:
        with pytest.raises(OSError, match="No space"):
            encrypt(io.BytesIO(PLAIN), full, recipient(PRIVATE))
        with pytest.raises(OSError, match="No space"):
            decrypt(io.BytesIO(closed), full, PRIVATE)


def test_a_disk_that_cannot_be_read_is_no_damage() -> None:
    class Unreadable(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        decrypt(Unreadable(), io.BytesIO(), PRIVATE)
    with pytest.raises(OSError, match="Input/output"):
        encrypt(Unreadable(), io.BytesIO(), recipient(PRIVATE))
