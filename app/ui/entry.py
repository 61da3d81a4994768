"""How the window comes to its desk: whoever starts it fills this in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.services.changes import Listener
from app.services.rows import ListRow


class Pages(Protocol):
    """The list of an open desk, before anything else of it is loaded.  Called on lanes, by several threads."""

    @property
    def magazine(self) -> str:
        """The name of the magazine."""

    @property
    def shown_passphrase(self) -> str:
        """The passphrase of a sample desk, which is no secret; else empty."""

    def rows(self, after: str, limit: int) -> list[ListRow]:
        """At most ``limit`` rows behind the row with the id ``after``."""


class Entry(Protocol):
    """The desk that the window is to open.  Everything but ``folder`` and ``is_new`` is called on a lane."""

    @property
    def folder(self) -> str:
        """Where the desk is, for people."""

    @property
    def is_new(self) -> bool:
        """Whether ``make`` has to make the desk first."""

    def make(self) -> None:
        """Make the desk unless it is there."""

    def open(self, passphrase: str | None) -> Pages | None:
        """Derive the keys and open the list; None where only a passphrase helps.

        Raises:
            Unavailable: ``key.wrong``, and what else keeps the desk closed.
        """

    def rest(self) -> Callable[[Listener], None]:
        """Load and open everything else; gives how to listen to changes.

        Raises:
            Unavailable: ``desk.locked`` and what else keeps the services closed.
        """

    def close(self) -> None:
        """Close what was opened."""
