"""Blobs come back whole or not at all."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Damaged
from app.vault.sealing import new_key
from app.vault.streams import PIECE, decrypt, decrypt_bytes, encrypt, encrypt_bytes, opened

KEY = new_key()
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17]
CLOSED_PIECE = PIECE + 17
HEAD = 25


def _data(size: int) -> bytes:
    return (b"photograph 7F3K " * (size // 16 + 1))[:size]


class Dribble(io.BytesIO):
    """A file that gives less than it was asked for, as sockets and pipes do."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size, 1000) if size and size > 0 else size)


@pytest.mark.parametrize("size", SIZES)
def test_every_size_comes_back(size: int) -> None:
    closed = encrypt_bytes(_data(size), KEY, "blob/1")
    assert decrypt_bytes(closed, KEY, "blob/1") == _data(size)
    assert b"photograph" not in closed


@given(st.binary(max_size=3000))
@settings(max_examples=50, deadline=None)
def test_any_bytes_come_back(data: bytes) -> None:
    assert decrypt_bytes(encrypt_bytes(data, KEY, "blob/1"), KEY, "blob/1") == data


@pytest.mark.parametrize("size", [0, PIECE, 2 * PIECE + 5])
def test_files_that_give_little_at_a_time_are_read_to_the_end(size: int) -> None:
    closed, plain = io.BytesIO(), io.BytesIO()
    encrypt(Dribble(_data(size)), closed, KEY, "blob/1")
    assert len(closed.getvalue()) == len(encrypt_bytes(_data(size), KEY, "blob/1"))
    decrypt(Dribble(closed.getvalue()), plain, KEY, "blob/1")
    assert plain.getvalue() == _data(size)


def test_the_same_blob_never_looks_the_same_twice() -> None:
    assert encrypt_bytes(b"x", KEY, "blob/1") != encrypt_bytes(b"x", KEY, "blob/1")


Harm = Callable[[bytes], bytes]


@pytest.mark.parametrize("size", [0, 5, PIECE, 2 * PIECE + 5])
@pytest.mark.parametrize(
    "harm",
    [
        lambda closed: b"",
        lambda closed: closed[:10],
        lambda closed: closed[:HEAD],
        lambda closed: closed[:-1],
        lambda closed: closed + b"\0",
        lambda closed: closed + closed,
        lambda closed: b"\x02" + closed[1:],
        lambda closed: closed[:1] + bytes([closed[1] ^ 1]) + closed[2:],
        lambda closed: closed[:-1] + bytes([closed[-1] ^ 128]),
        lambda closed: closed[:HEAD] + bytes([closed[HEAD] ^ 1]) + closed[HEAD + 1 :],
    ],
)
def test_a_blob_that_was_changed_or_cut_is_refused(harm: Harm, size: int) -> None:
    with pytest.raises(Damaged) as refused:
        decrypt_bytes(harm(encrypt_bytes(_data(size), KEY, "blob/1")), KEY, "blob/1")
    assert (refused.value.code, refused.value.fields) == ("blob.damaged", {"blob": "blob/1"})


def test_a_blob_cut_between_two_pieces_is_refused_though_every_piece_is_good() -> None:
    closed = encrypt_bytes(_data(3 * PIECE), KEY, "blob/1")
    pieces = opened(io.BytesIO(closed[: HEAD + CLOSED_PIECE]), KEY, "blob/1")
    with pytest.raises(Damaged):
        list(pieces)


def test_pieces_in_another_order_are_refused() -> None:
    closed = encrypt_bytes(_data(3 * PIECE), KEY, "blob/1")
    first, second = closed[HEAD : HEAD + CLOSED_PIECE], closed[HEAD + CLOSED_PIECE : HEAD + 2 * CLOSED_PIECE]
    with pytest.raises(Damaged):
        decrypt_bytes(closed[:HEAD] + second + first + closed[HEAD + 2 * CLOSED_PIECE :], KEY, "blob/1")


def test_another_key_or_the_id_of_another_blob_is_refused() -> None:
    closed = encrypt_bytes(b"the original", KEY, "blob/1")
    for key, blob in ((new_key(), "blob/1"), (KEY, "blob/2")):
        with pytest.raises(Damaged):
            decrypt_bytes(closed, key, blob)


def test_a_full_disk_is_told_as_the_disk_tells_it() -> None:
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError, match="No space"):
        encrypt(io.BytesIO(b"x"), full, KEY, "blob/1")
