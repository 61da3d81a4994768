"""What a reader returns: JSON with binary blobs beside it.

A reader runs in a child without keys or network, so whatever it found has to cross a pipe;
``value`` holds only dict, list, str, int, float, bool and None, and names blobs by index.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class Unreadable(Exception):
    """The reader could not take the file in; ``reason`` is a short plain sentence without names or content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of one reader run."""

    value: Any
    blobs: tuple[bytes, ...] = ()
