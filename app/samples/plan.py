"""What the sample desk has done with its mailbox: which piece stands where, with what rights and words.

Data only: the demo carries it out through the services.  Dates are relative to the day of the demo.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app import assets
from app.domain.magazine import Magazine, Slot
from app.samples.documents import Changes


@dataclass(frozen=True, slots=True)
class PlannedGrant:
    """A permission: its basis, the mail that is its evidence (or a note), and the sentence that grants."""

    basis: str
    evidence: str = ""
    quote: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPhoto:
    """A photograph of the piece: ``photo`` is its key in photos.toml, ``masks`` boxes in its pixels."""

    photo: str
    caption: str
    credit: str
    alt: str
    credit_url: str = ""
    source_line: str = ""
    lead: bool = False
    used: bool = True
    masks: tuple[tuple[int, int, int, int], ...] = ()
    grant: PlannedGrant | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A role and the person who acts in it."""

    role: str
    by: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader's recommendation."""

    person: str
    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A wish of the sender (kind of reservation) that a person of the desk has met, and how."""

    wish: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A second revision: the manuscript ``article`` with its tracked changes treated as ``changes`` says."""

    article: str
    changes: Changes
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class PlannedPiece:
    """One piece of the sample desk.

    ``mail`` is the key of the mail it begins with, or ``article`` the manuscript of a piece written by
    ``written_by`` without mail.  ``slot`` is the how-manieth publication slot after today, ``days_ago`` when
    it was published, ``due_days`` and ``planned_days`` are ahead of today.  ``protected`` names a person of
    ``protected()``, ``approved`` and ``withdrawal`` name mails; ``reason`` goes with a closing move or a hold.
    """

    key: str
    stage: str
    language: str
    mail: str = ""
    article: str = ""
    written_by: str = ""
    kind: str = "article"
    section: str = ""
    regions: tuple[str, ...] = ()
    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    bio: str = ""
    tags: tuple[str, ...] = ()
    assignee: str = ""
    protected: str = ""
    pen_name: str = ""
    held: bool = False
    reason: str = ""
    slot: int = 0
    days_ago: int = 0
    due_days: int = 0
    planned_days: int = 0
    safety_by: str = ""
    approved: str = ""
    withdrawal: str = ""
    text: PlannedGrant | None = None
    edit: Edit | None = None
    sign: tuple[Act, ...] = ()
    settled: tuple[Settled, ...] = ()
    readers: tuple[Reading, ...] = ()
    photos: tuple[PlannedPhoto, ...] = ()
    translation: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProtectedPerson:
    """An invented protected contributor: what the demo puts into the vault, all of it secret but the pen names."""

    key: str
    pen_names: tuple[str, ...]
    real_names: tuple[str, ...]
    addresses: tuple[str, ...]
    phones: tuple[str, ...]
    places: tuple[str, ...]
    work: tuple[str, ...]
    language: str
    channel: str

    def secrets(self) -> tuple[str, ...]:
        """Every term that must not leave."""
        return (*self.real_names, *self.addresses, *self.phones, *self.places, *self.work)


def pieces() -> tuple[PlannedPiece, ...]:
    """All pieces of the plan, in the order of the file."""
    return tuple(_piece(entry) for entry in tomllib.loads(assets.text("samples/plan.toml"))["pieces"])


def protected() -> dict[str, ProtectedPerson]:
    """The protected contributors by key."""
    table = tomllib.loads(assets.text("samples/protected.toml"))
    return {key: ProtectedPerson(key, **_tuples(entry)) for key, entry in table.items()}


def slot_after(magazine: Magazine, today: date, number: int) -> tuple[date, Slot]:
    """The day and slot of the magazine's ``number``-th publication slot after ``today``, from 1."""
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    day = today
    while number:
        day += timedelta(days=1)
        for slot in (slot for slot in magazine.slots if slot.weekday == weekdays[day.weekday()]):
            number -= 1
            if not number:
                return day, slot
    raise ValueError("slots count from 1")


def _piece(entry: dict[str, Any]) -> PlannedPiece:
    text, edit = entry.pop("text", None), entry.pop("edit", None)
    return PlannedPiece(
        text=PlannedGrant(**text) if text else None,
        edit=Edit(**edit) if edit else None,
        sign=tuple(Act(**act) for act in entry.pop("sign", ())),
        settled=tuple(Settled(**wish) for wish in entry.pop("settled", ())),
        readers=tuple(Reading(**reading) for reading in entry.pop("readers", ())),
        photos=tuple(_photo(photo) for photo in entry.pop("photos", ())),
        **_tuples(entry),
    )


def _photo(entry: dict[str, Any]) -> PlannedPhoto:
    grant = entry.pop("grant", None)
    masks = tuple(tuple(box) for box in entry.pop("masks", ()))
    return PlannedPhoto(**entry, masks=masks, grant=PlannedGrant(**grant) if grant else None)


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
