"""What a transaction changed, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The things that one committed transaction changed, as ``(kind, id)``, up to ``seq`` of the change log."""

    seq: int
    things: frozenset[tuple[str, str]]


Listener = Callable[[Changes], None]
