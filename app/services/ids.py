"""Identifiers: ULIDs, made by us so that rows of one transaction can name each other."""

from __future__ import annotations

import secrets
import threading
import time

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [first + second for first in _CROCKFORD for second in _CROCKFORD]
_SHIFTS = range(120, -1, -10)
_RANDOM_BYTES = 10
_DRAWN = 64
"""Ids for which randomness is drawn at a time."""
_SCATTER = 0x9E375
"""Odd, so that multiplying by it modulo 2**20 only changes the order of the numbers."""


class Ids:
    """Makes ULIDs that rise within a process, also inside one millisecond."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0
        self._random: list[bytes] = []

    def new(self) -> str:
        """A new ULID: 26 Crockford letters, 48 bits of Unix milliseconds and 80 random bits."""
        with self._lock:
            if not self._random:
                drawn = secrets.token_bytes(_DRAWN * _RANDOM_BYTES)
                self._random = [drawn[at : at + _RANDOM_BYTES] for at in range(0, len(drawn), _RANDOM_BYTES)]
            fresh = (time.time_ns() // 1_000_000 << 8 * _RANDOM_BYTES) | int.from_bytes(self._random.pop())
            self._last = number = max(fresh, self._last + 1)
        return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


def contact_code(number: int) -> str:
    """Four Crockford letters for the ``number``-th contact: no two share one below 2**20, and none tells its place."""
    scattered = number * _SCATTER & 0xFFFFF
    return "".join(_CROCKFORD[scattered >> shift & 31] for shift in (15, 10, 5, 0))
