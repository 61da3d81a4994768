"""Sealed bytes open with their key, in their place, unchanged; in no other way."""

from collections.abc import Callable

import pytest

from app.domain.errors import Damaged
from app.vault.sealing import KEY_BYTES, new_key, public_half, seal, unseal, unwrap, wrap
from app.vault.secret import Secret

Close = Callable[[Secret[bytes], bytes, str], bytes]

KEY = new_key()
BLOB_KEY = new_key().reveal()


def test_keys_are_random_and_of_one_length() -> None:
    assert len({new_key().reveal() for _ in range(20)}) == 20
    assert len(KEY.reveal()) == KEY_BYTES == len(public_half(KEY))


@pytest.mark.parametrize("data", [BLOB_KEY, b"", "Мария Петрова".encode(), bytes(5000)], ids=range(4))
def test_what_is_wrapped_or_sealed_comes_back(data: bytes) -> None:
    assert unwrap(KEY, wrap(KEY, data, "blob/1"), "blob/1") == data
    assert unseal(KEY, seal(public_half(KEY), data, "blob/1"), "blob/1") == data


def test_the_same_bytes_never_look_the_same_twice() -> None:
    assert wrap(KEY, BLOB_KEY, "blob/1") != wrap(KEY, BLOB_KEY, "blob/1")
    assert seal(public_half(KEY), BLOB_KEY, "blob/1") != seal(public_half(KEY), BLOB_KEY, "blob/1")


def _sealed(key: Secret[bytes], data: bytes, context: str) -> bytes:
    return seal(public_half(key), data, context)


@pytest.mark.parametrize(
    ("close", "reopen", "code"), [(wrap, unwrap, "wrap.damaged"), (_sealed, unseal, "seal.damaged")]
)
class TestRefused:
    """Both ways of closing refuse the same things."""

    def test_another_key_or_place(self, close: Close, reopen: Close, code: str) -> None:
        closed = close(KEY, BLOB_KEY, "blob/1")
        for key, place in ((new_key(), "blob/1"), (KEY, "blob/2"), (KEY, "")):
            with pytest.raises(Damaged) as refused:
                reopen(key, closed, place)
            assert refused.value.code == code

    def test_a_change_of_any_byte_and_every_cut(self, close: Close, reopen: Close, code: str) -> None:
        closed = close(KEY, BLOB_KEY, "blob/1")
        changed = [closed[:at] + bytes([closed[at] ^ 1]) + closed[at + 1 :] for at in range(len(closed))]
        for wrong in (*changed, *(closed[:at] for at in range(len(closed))), closed + b"\0"):
            with pytest.raises(Damaged) as refused:
                reopen(KEY, wrong, "blob/1")
            assert refused.value.code == code


def test_sealing_needs_the_public_half_alone_and_cannot_open() -> None:
    public = public_half(KEY)
    with pytest.raises(Damaged):
        unseal(Secret(public), seal(public, b"names", "row"), "row")


def test_a_persons_key_around_a_seal_makes_both_needed() -> None:
    vault, person = new_key(), new_key()
    closed = wrap(person, seal(public_half(vault), BLOB_KEY, "blob/1"), "blob/1")
    assert unseal(vault, unwrap(person, closed, "blob/1"), "blob/1") == BLOB_KEY
    with pytest.raises(Damaged):
        unseal(vault, closed, "blob/1")
    with pytest.raises(Damaged):
        unwrap(new_key(), closed, "blob/1")
