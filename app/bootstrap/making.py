"""Making desks: a new one, a shared one, the sample desk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import PROFILE, SAMPLE, Address, Place, keeper, now, profile
from app.bootstrap.unlocking import enrol, keys_by_passphrase
from app.domain.errors import RuleBroken, Unavailable

if TYPE_CHECKING:
    from app.vault.passphrase import Cost


@dataclass(frozen=True, slots=True)
class NewDesk:
    """What making a desk gives: the recovery code, shown once, and why the keyring does not open it."""

    recovery_code: str
    keyring: Unavailable | None


def check_new(folder: Path, magazine: str) -> None:
    """See that a desk can be made in ``folder``.

    Raises:
        RuleBroken: ``desk.exists``.
        Usage, Unavailable, RuleBroken: as ``places.profile``.
    """
    profile(magazine)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RuleBroken("desk.exists", folder=str(folder))


def new_desk(folder: Path, magazine: str, passphrase: str, cost: Cost | None = None) -> NewDesk:
    """Make a desk in ``folder``, with a slot for the system's keyring where that answers.

    Raises:
        RuleBroken: ``desk.exists``, ``passphrase.empty``.
        Usage: ``magazine.unknown``.
        Unavailable: ``disk.unwritable``.
    """
    check_new(folder, magazine)
    place = Place(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.blobs.mkdir(mode=0o700)
    except OSError as error:
        raise Unavailable("disk.unwritable", detail=error.strerror) from None
    try:
        return _made(place, magazine, passphrase, cost)
    except BaseException:
        # Half a desk holds nothing yet, and would keep the next attempt from being made.
        _empty(folder)
        raise


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def new_shared_desk(address: Address, magazine: str, passphrase: str, cost: Cost | None = None) -> NewDesk:
    """Make a desk in a PostgreSQL database that holds no table yet.

    Raises:
        RuleBroken: ``key.exists``, ``passphrase.empty``.
        Usage: ``magazine.unknown``, ``desk.address``.
        Unavailable: ``database.unreachable``.
    """
    profile(magazine)
    return _made(address, magazine, passphrase, cost)


def _made(place: Place | Address, magazine: str, passphrase: str, cost: Cost | None) -> NewDesk:
    from app.services.ids import Ids
    from app.services.stored import Setting
    from app.vault import desk_keys

    lowest = {} if cost is None else {"cost": cost}
    keys, code = desk_keys.create(keeper(place), Ids().new(), passphrase, data_exists=False, **lowest)
    with OpenDesk(place, keys, writes=True) as desk, desk.store.write() as unit:
        unit.add(Setting(id=PROFILE, value={"name": Path(magazine).stem, "text": profile(magazine)}))
        unit.audit("new", Path(magazine).stem)
    return NewDesk(code, enrol(keys))


DEMO_PASSPHRASE = "winter review"
"""The passphrase of the sample desk, which is no secret: the window shows it in its title."""


def demo_desk(folder: Path, passphrase: str, cost: Cost | None = None) -> None:
    """Make the sample desk of the invented magazine "Winter Review" in ``folder``.

    Raises:
        RuleBroken: ``desk.exists``.
    """
    from app.samples.demo import Calendar, SampleDesk, carry_out
    from app.services.stored import Setting

    new_desk(folder, "winter-review", passphrase, cost)
    calendar = Calendar(now())
    keys = keys_by_passphrase(Place(folder), passphrase, cost)
    with OpenDesk(Place(folder), keys, writes=True, clock=calendar) as desk:
        parts = SampleDesk(
            magazine=desk.magazine,
            intake=desk.intake,
            showing=desk.showing,
            triage=desk.triage,
            editing=desk.editing,
            photos=desk.photos,
            granting=desk.granting,
            signing=desk.signing,
            scheduling=desk.scheduling,
            contributors=desk.contributors,
        )
        carry_out(parts, calendar, calendar.at.date())
        if passphrase == DEMO_PASSPHRASE:
            with desk.store.write() as unit:
                unit.add(Setting(id=SAMPLE, value={"passphrase": passphrase}))


def sample_mailbox() -> list[tuple[str, bytes]]:
    """The invented mailbox that the sample desk is made from, as of today: relative paths and bytes."""
    from app.samples.mails import mailbox_files

    return mailbox_files(now().date())
