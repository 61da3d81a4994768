"""What a fault in a profile is."""

from __future__ import annotations

Path = tuple[str | int, ...]
"""Keys and indexes from the root of the file: ``("people", 2, "roles")``."""


class Fault(Exception):
    """Something in the profile does not hold: where, and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason
