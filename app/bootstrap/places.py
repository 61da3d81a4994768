"""Where desks are: a folder, or a PostgreSQL database; and the profiles that come with the program."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.domain.errors import Unavailable, Usage

if TYPE_CHECKING:
    from app.vault.keyfile import Keeper


PROFILE, SAMPLE = "magazine", "sample"
"""Settings of a desk: its profile (``name`` of the file, ``text``), and the ``passphrase`` that a sample desk shows."""


def now() -> datetime:
    """The instant, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def magazines() -> list[str]:
    """The names of the profiles that come with the program."""
    from app import assets

    return [name.removesuffix(".toml") for name in assets.names("magazines") if name.endswith(".toml")]


def profile(name: str) -> str:
    """The text of a profile: one that comes with the program, or a file of one's own, ``PATH.toml``.

    Raises:
        Usage: ``magazine.unknown``.
        Unavailable: ``file.unreadable``.
        RuleBroken: ``magazine.broken`` with file, line and reason.
    """
    from app import assets
    from app.domain.magazine_file import parse

    if name.endswith(".toml"):
        text = _own_profile(Path(name))
        parse(text, Path(name).name)
        return text
    if name not in magazines():
        raise Usage("magazine.unknown", name=name, known=", ".join(magazines()))
    return assets.text(f"magazines/{name}.toml")


def _own_profile(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Unavailable("file.unreadable", path=str(path), reason=reason) from None


class Place(NamedTuple):
    """Where a desk is: a folder with its database, keys, lock and blobs."""

    folder: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / "desk.db"

    @property
    def blobs(self) -> Path:
        """The folder of the large blobs."""
        return self.folder / "blobs"

    @property
    def keys(self) -> Path:
        """The wrapped keys."""
        return self.folder / "keys.json"


class Address(NamedTuple):
    """Where a shared desk is: a PostgreSQL database, which holds its keys and blobs too."""

    url: str


def place_of(named: str) -> Place | Address:
    """The folder or the database that somebody named."""
    shared = named.startswith(("postgresql://", "postgres://"))
    return Address(named) if shared else Place(Path(named))


def keeper(place: Place | Address) -> Keeper:
    """Where the wrapped keys of a desk lie."""
    if isinstance(place, Place):
        from app.vault.keyfile import KeyFile

        return KeyFile(place.keys)
    from app.storage.key_row import KeyRow
    from app.vault.key_table import KeyTable

    return KeyTable(KeyRow(place.url))
