"""A desk as the window opens it: the list first, everything else after the first paint."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.bootstrap.places import PROFILE, SAMPLE, Address, Place
from app.domain.errors import Unavailable

if TYPE_CHECKING:
    from app.bootstrap.opened import OpenDesk
    from app.services.changes import Listener
    from app.services.rows import ListRow
    from app.vault.desk_keys import DeskKeys
    from app.vault.passphrase import Cost


class Reader(Protocol):
    """What reads the list and settings of an open desk, on any thread."""

    def rows(self, after: str, limit: int) -> list[ListRow]:
        """At most ``limit`` rows behind the row with the id ``after``."""

    def setting(self, id: str) -> dict[str, Any]:
        """The value of a setting; empty where the desk has none of that name."""

    def close(self) -> None:
        """Close what was opened for it."""


class SharedReader:
    """The list of a desk on a server, which is read through its services: the network takes longer than they."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk

    def rows(self, after: str, limit: int) -> list[ListRow]:
        """As ``Reader``."""
        with self._desk.store.read() as unit:
            return unit.list_pieces(limit=limit, after=after)

    def setting(self, id: str) -> dict[str, Any]:
        """As ``Reader``."""
        from app.services.stored import Setting

        with self._desk.store.read() as unit:
            found = unit.one(Setting, id=id)
        return found.value if found else {}

    def close(self) -> None:
        """The desk is closed by whoever opened it."""


class FirstPages:
    """The list of a desk whose keys are open."""

    def __init__(self, reader: Reader) -> None:
        self.rows = reader.rows
        self.magazine = _name(reader.setting(PROFILE).get("text", ""))
        self.shown_passphrase = str(reader.setting(SAMPLE).get("passphrase", ""))


class WindowDesk:
    """One desk, opened in two steps, on the lanes of the window.

    ``passphrase`` is the one that is known already, ``make`` makes a desk that is not there, ``remembered``
    says whether the next start opens the desk again, and ``floor`` is the least that a guess at the
    passphrase must cost, where it is not the program's own.
    """

    def __init__(
        self,
        place: Place | Address,
        passphrase: str | None,
        *,
        make: Callable[[Path], None] | None = None,
        remembered: bool = True,
        floor: Cost | None = None,
    ) -> None:
        self._place = place
        self._passphrase = passphrase
        self._make = make
        self._remembered = remembered
        self._floor = floor
        self._keys: DeskKeys | None = None
        self._reader: Reader | None = None
        self.opened: OpenDesk | None = None

    @property
    def folder(self) -> str:
        """Where the desk is; of a server no more than that, since its address may hold a password."""
        return str(self._place.folder) if isinstance(self._place, Place) else "PostgreSQL"

    @property
    def is_new(self) -> bool:
        """Whether ``make`` has to make the desk first."""
        return self._make is not None and isinstance(self._place, Place) and not self._place.keys.exists()

    def make(self) -> None:
        """Make the desk."""
        if self._make is not None and isinstance(self._place, Place):
            self._make(self._place.folder)

    def open(self, passphrase: str | None) -> FirstPages | None:
        """Derive the keys and open the list; None where only a passphrase helps.

        Raises:
            Unavailable: ``desk.missing``, ``key.wrong``, and as ``first_page.list_reader``.
        """
        from app.bootstrap import first_page

        place = self._place
        if isinstance(place, Place) and not place.keys.exists() and not place.database.exists():
            raise Unavailable("desk.missing", folder=self.folder)
        self._keys = self._keys_by(passphrase if passphrase is not None else self._passphrase)
        if self._keys is None:
            return None
        if isinstance(place, Place):
            self._reader = first_page.list_reader(place, self._keys)
        else:
            self._reader = SharedReader(self._open())
        return FirstPages(self._reader)

    def rest(self) -> Callable[[Listener], None]:
        """Load everything else and open the desk; gives how to listen to changes.

        Raises:
            Unavailable: ``desk.locked`` and as ``OpenDesk``.
        """
        from app.cli import last_desk

        if self._remembered and isinstance(self._place, Place):
            last_desk.remember(self._place.folder)
        return self._open().store.listen

    def close(self) -> None:
        """Close what was opened."""
        for opened in (self._reader, self.opened):
            if opened is not None:
                opened.close()

    def _open(self) -> OpenDesk:
        from app.bootstrap.opened import OpenDesk

        if self.opened is None:
            assert self._keys is not None
            self.opened = OpenDesk(self._place, self._keys, writes=True)
        return self.opened

    def _keys_by(self, passphrase: str | None) -> DeskKeys | None:
        from app.bootstrap import unlocking

        if passphrase is None:
            return unlocking.keys_by_keyring(self._place)
        return unlocking.keys_by_passphrase(self._place, passphrase, self._floor)


def _name(profile: str) -> str:
    """The name that a profile gives its magazine."""
    # A string without escapes says what it holds; TOML's own reader costs half as much as the first paint.
    if plain := re.search(r'^name = "([^"\\]+)"$', profile, re.MULTILINE):
        return plain[1]
    import tomllib

    return str(tomllib.loads(profile).get("name", ""))
