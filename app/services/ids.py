"""Identifiers: ULIDs, made by us so that rows of one transaction can name each other."""

from __future__ import annotations

import secrets
import threading
import time

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [first + second for first in _CROCKFORD for second in _CROCKFORD]
_SHIFTS = range(110, -1, -10)
_RANDOM_BITS = 70
"""Of the 80 after the time; the last ten count the ids of one beginning."""
_SCATTER = 0x9E375
"""Odd, so that multiplying by it modulo 2**20 only changes the order of the numbers."""


class Ids:
    """Makes ULIDs that rise within a process, also inside one millisecond."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0
        self._time = 0
        self._beginning = ""
        self._used = len(_PAIRS)

    def new(self) -> str:
        """A new ULID: 26 Crockford letters, 48 bits of Unix milliseconds and 80 more.

        Ids of one millisecond begin alike, with 70 random bits, and are counted in their last ten.
        """
        with self._lock:
            now = time.time_ns() // 1_000_000
            if now > self._time or self._used == len(_PAIRS):
                self._time, self._used = now, 0
                fresh = now << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
                self._last = number = max(fresh, self._last + 1)
                self._beginning = "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])
            self._used += 1
            return self._beginning + _PAIRS[self._used - 1]


def contact_code(number: int) -> str:
    """Four Crockford letters for the ``number``-th contact: no two share one below 2**20, and none tells its place."""
    scattered = number * _SCATTER & 0xFFFFF
    return "".join(_CROCKFORD[scattered >> shift & 31] for shift in (15, 10, 5, 0))
