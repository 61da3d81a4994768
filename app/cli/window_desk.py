"""A desk as the window opens it: the list first, everything else after the first paint."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import Unavailable

if TYPE_CHECKING:
    from app.bootstrap.opened import OpenDesk
    from app.services.changes import Listener
    from app.services.rows import ListRow
    from app.storage.list_reader import ListReader
    from app.vault.desk_keys import DeskKeys
    from app.vault.passphrase import Cost


class FirstPages:
    """The list of a desk whose keys are open."""

    def __init__(self, reader: ListReader, magazine: str, shown_passphrase: str) -> None:
        self._reader = reader
        self.magazine = magazine
        self.shown_passphrase = shown_passphrase

    def rows(self, after: str, limit: int) -> list[ListRow]:
        """At most ``limit`` rows behind the row with the id ``after``."""
        return self._reader.rows(after, limit)


class WindowDesk:
    """One desk folder, opened in two steps, on the lanes of the window.

    ``passphrase`` is the one that is known already, ``make`` makes a desk that is not there, ``remembered``
    says whether the next start opens the desk again, and ``floor`` is the least that a guess at the
    passphrase must cost, where it is not the program's own.
    """

    def __init__(
        self,
        folder: Path,
        passphrase: str | None,
        *,
        make: Callable[[Path], None] | None = None,
        remembered: bool = True,
        floor: Cost | None = None,
    ) -> None:
        self._folder = folder
        self._passphrase = passphrase
        self._make = make
        self._remembered = remembered
        self._floor = floor
        self._keys: DeskKeys | None = None
        self._reader: ListReader | None = None
        self.opened: OpenDesk | None = None

    @property
    def folder(self) -> str:
        """Where the desk is."""
        return str(self._folder)

    @property
    def is_new(self) -> bool:
        """Whether ``make`` has to make the desk first."""
        return self._make is not None and not (self._folder / "keys.json").exists()

    def make(self) -> None:
        """Make the desk."""
        if self._make is not None:
            self._make(self._folder)

    def open(self, passphrase: str | None) -> FirstPages | None:
        """Derive the keys and open the list; None where only a passphrase helps.

        Raises:
            Unavailable: ``desk.missing``, ``key.wrong``, and as ``first_page.list_reader``.
        """
        from app.bootstrap import first_page, places

        if not (self._folder / "keys.json").exists() and not (self._folder / "desk.db").exists():
            raise Unavailable("desk.missing", folder=self.folder)
        self._keys = self._keys_by(passphrase if passphrase is not None else self._passphrase)
        if self._keys is None:
            return None
        self._reader = first_page.list_reader(places.Place(self._folder), self._keys)
        profile = self._reader.setting(places.PROFILE)
        shown = self._reader.setting(places.SAMPLE).get("passphrase", "")
        return FirstPages(self._reader, _name(profile.get("text", "")), shown)

    def rest(self) -> Callable[[Listener], None]:
        """Load everything else and open the desk; gives how to listen to changes.

        Raises:
            Unavailable: ``desk.locked`` and as ``OpenDesk``.
        """
        from app.bootstrap import opened, places
        from app.cli import last_desk

        assert self._keys is not None
        if self._remembered:
            last_desk.remember(self._folder)
        self.opened = opened.OpenDesk(places.Place(self._folder), self._keys, writes=True)
        return self.opened.store.listen

    def close(self) -> None:
        """Close what was opened."""
        for opened in (self._reader, self.opened):
            if opened is not None:
                opened.close()

    def _keys_by(self, passphrase: str | None) -> DeskKeys | None:
        from app.bootstrap import places, unlocking

        place = places.Place(self._folder)
        if passphrase is None:
            return unlocking.keys_by_keyring(place)
        return unlocking.keys_by_passphrase(place, passphrase, self._floor)


def _name(profile: str) -> str:
    """The name that a profile gives its magazine."""
    # A string without escapes says what it holds; TOML's own reader costs half as much as the first paint.
    if plain := re.search(r'^name = "([^"\\]+)"$', profile, re.MULTILINE):
        return plain[1]
    import tomllib

    return str(tomllib.loads(profile).get("name", ""))
