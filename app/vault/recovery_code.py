"""The recovery code: seven groups of five letters on paper, the only key beside the passphrase.

The letters are Crockford's base 32.  Four letters of a group are random (140 bits in all), the fifth
checks them and the place of the group: a sum over GF(32) with a different weight for each letter, so
that one wrong letter, two swapped letters or two swapped groups are always noticed, and where.
"""

from __future__ import annotations

from functools import reduce
from operator import xor

from nacl.bindings import randombytes

from app.domain.errors import Unavailable

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans("OIL", "011")
_GROUPS = 7
_WEIGHTS = (2, 4, 8, 16)
_GROUP_LETTERS = len(_WEIGHTS) + 1
_BYTES = 3
"""More than the 20 bits that a group takes; the highest are left."""

_REDUCING = 0b100101


def make() -> str:
    """A new code, ``XXXXX-XXXXX-...``, to be shown once."""
    return "-".join(
        _checked(place, int.from_bytes(randombytes(_BYTES), "big")) for place in range(1, _GROUPS + 1)
    )


def read(typed: str) -> str:
    """The code that a person typed, in its one form.

    Case, spaces and dashes do not matter; O is read as 0, I and L as 1.
    Raises ``Unavailable`` with ``recovery.length`` (letters found and expected) or ``recovery.mistyped``
    (``group``, counted from 1, is the first that is wrong).
    """
    letters = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_LOOK_ALIKE)
    if len(letters) != _GROUPS * _GROUP_LETTERS:
        raise Unavailable("recovery.length", found=len(letters), expected=_GROUPS * _GROUP_LETTERS)
    groups = [letters[at : at + _GROUP_LETTERS] for at in range(0, len(letters), _GROUP_LETTERS)]
    for place, group in enumerate(groups, 1):
        values = [_LETTERS.find(letter) for letter in group]
        if min(values) < 0 or values[-1] != _check(place, values[:-1]):
            raise Unavailable("recovery.mistyped", group=place)
    return "-".join(groups)


def _checked(place: int, bits: int) -> str:
    values = [bits >> 5 * index & 31 for index in range(len(_WEIGHTS))]
    return "".join(_LETTERS[value] for value in (*values, _check(place, values)))


def _check(place: int, values: list[int]) -> int:
    return reduce(xor, map(_multiply, _WEIGHTS, values), place)


def _multiply(left: int, right: int) -> int:
    """The product in GF(32), modulo x^5 + x^2 + 1."""
    product = 0
    for bit in range(5):
        if right >> bit & 1:
            product ^= left << bit
    for bit in range(9, 4, -1):
        if product >> bit & 1:
            product ^= _REDUCING << bit - 5
    return product
