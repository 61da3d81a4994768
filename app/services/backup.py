"""Making backups, and letting the oldest go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from app.domain.thinning import kept
from app.services.ports import Clock

_STAMP = "%Y-%m-%dT%H-%M-%SZ"


class Snapshots(Protocol):
    """The backups of one desk in one folder."""

    def names(self) -> list[str]:
        """Those that were verified, in no order."""

    def make(self, name: str) -> int:
        """Make one and verify it by restoring it; gives how many blobs were copied for it.

        Raises Unavailable and Damaged; then nothing of that name is there.
        """

    def drop(self, names: list[str]) -> None:
        """Remove some, and the blobs that only they needed."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: its name, the blobs copied for it, and the names of those thinned out."""

    name: str
    blobs: int
    dropped: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As ``transom backup --json`` prints it."""
        return {"name": self.name, "blobs_copied": self.blobs, "dropped": list(self.dropped)}


class Backup:
    """Makes backups of a desk in a folder."""

    def __init__(self, snapshots: Snapshots, clock: Clock) -> None:
        self._snapshots = snapshots
        self._clock = clock

    def make(self) -> Made:
        """Make a backup, verify it, and thin out the older ones.

        Raises:
            Unavailable: ``backup.running``, ``backup.other-desk``, ``disk.full``, ``disk.unwritable``.
            Damaged: ``backup.damaged`` when it is not what was written, ``blob.missing``,
                ``database.damaged`` and ``audit.broken`` when the desk itself is not sound.
        """
        at = self._clock().astimezone(UTC)
        before = self._snapshots.names()
        while _name(at) in before:
            at += timedelta(seconds=1)
        blobs = self._snapshots.make(_name(at))
        made = {_at(name): name for name in (*before, _name(at)) if is_name(name)}
        stay = kept(made, at) | {at}
        dropped = sorted(name for made_at, name in made.items() if made_at not in stay)
        self._snapshots.drop(dropped)
        return Made(_name(at), blobs, tuple(dropped))


def is_name(name: str) -> bool:
    """Whether a backup may be called so: its instant in UTC."""
    try:
        return _name(_at(name)) == name
    except ValueError:
        return False


def _name(at: datetime) -> str:
    return at.strftime(_STAMP)


def _at(name: str) -> datetime:
    return datetime.strptime(name, _STAMP).replace(tzinfo=UTC)
