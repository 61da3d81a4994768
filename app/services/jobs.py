"""How long work is stopped and how it tells how far it has come."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.domain.errors import Cancelled


class Cancel:
    """A request to stop, looked at between steps and never inside a transaction."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def set(self) -> None:
        """Ask the work to stop."""
        self._asked.set()

    def check(self) -> None:
        """Stop here if asked.

        Raises:
            Cancelled: when ``set`` was called.
        """
        if self._asked.is_set():
            raise Cancelled


Progress = Callable[[int, int], None]
"""Called with how many of how many are done; the second is 0 while the number is not known."""


def no_progress(done: int, total: int) -> None:
    """For callers that do not show progress."""
