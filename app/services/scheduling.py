"""When a piece goes out: a promise in local wall time, or a wish in pencil."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.errors import RuleBroken, Usage
from app.domain.magazine import Magazine, Slot
from app.domain.pieces import OPEN, Piece, Stage
from app.domain.roles import Power
from app.services.acts import Desk, local_day
from app.services.dossiers import by_token
from app.services.triage import Triage

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")


class Scheduling:
    """Gives pieces their date."""

    def __init__(self, desk: Desk, triage: Triage) -> None:
        self._desk = desk
        self._triage = triage

    def schedule(self, token: str, when: str, by: str) -> Piece:
        """Promise a date: gates and signatures are looked at for that day.

        ``when`` is as ``understood`` takes it.

        Raises:
            Usage: ``date.unknown``.
            RuleBroken: ``schedule.past``, and as ``Triage.move``.
        """
        local, zone = understood(when, self._desk.now, self._desk.magazine)
        if local.replace(tzinfo=ZoneInfo(zone)) <= self._desk.now:
            raise RuleBroken("schedule.past", at=local.isoformat(timespec="minutes"))
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            if piece.stage not in (Stage.READY, Stage.SCHEDULED):
                raise RuleBroken(
                    "move.not-from-here", stage=str(piece.stage), to="scheduled", possible="ready"
                )
            dated = replace(piece, slot=local.isoformat(timespec="minutes"), zone=zone)
            return self._triage.scheduled(unit, piece, dated, by)

    def pencil(self, token: str, day: str, by: str) -> Piece:
        """Wish for a date; no gate is asked.  An empty ``day`` takes the wish back."""
        local = understood(day, self._desk.now, self._desk.magazine)[0].date().isoformat() if day else ""
        self._desk.allow(by, Power.WORK)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            return self._desk.act(unit, piece, replace(piece, planned=local), "pencil", by)

    def later(self, token: str, day: str, by: str) -> Piece:
        """Put a piece off until ``day``, when it comes back to its board; an empty one brings it back now.

        Raises:
            Usage: ``date.unknown``.
            RuleBroken: ``later.past`` for a day that is not ahead, ``later.closed``, ``role.missing``.
        """
        until = understood(day, self._desk.now, self._desk.magazine)[0].date().isoformat() if day else ""
        if until and until <= self._desk.today.isoformat():
            raise RuleBroken("later.past", day=until)
        self._desk.allow(by, Power.WORK)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            if piece.stage not in OPEN:
                raise RuleBroken("later.closed", token=piece.token, stage=str(piece.stage))
            return self._desk.act(unit, piece, replace(piece, later=until), "later", by)


def understood(when: str, now: datetime, magazine: Magazine) -> tuple[datetime, str]:
    """The local wall time and the zone that ``when`` means.

    It is an ISO 8601 date, with a time or not, and with an offset or not; or ``today``, ``tomorrow``,
    a weekday, or ``next`` for the magazine's next slot; each of these with a time behind it or not.  A
    day without a time takes that day's first slot, or nine o'clock.  A slot has a zone of its own,
    whatever else is said is meant in the magazine's.

    Raises:
        Usage: ``date.unknown``, ``date.no-slots``.
    """
    said = when.strip().casefold()
    if said == "next":
        return _next_slot(now, magazine)
    try:
        local, zone = _exact(when.strip(), magazine) or _spoken(said.split(), now, magazine)
        local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Usage("date.unknown", said=when) from None
    return local, zone


def _exact(when: str, magazine: Magazine) -> tuple[datetime, str] | None:
    """An ISO 8601 date or instant; None for what is none.  Raises OverflowError at the ends of the calendar."""
    try:
        at = datetime.fromisoformat(when)
    except ValueError:
        return None
    if at.tzinfo is not None:
        return at.astimezone(ZoneInfo(magazine.zone)).replace(tzinfo=None), magazine.zone
    if len(when) > len("2026-01-01"):
        return at, magazine.zone
    return _at_its_slot(at.date(), magazine)


def _spoken(words: list[str], now: datetime, magazine: Magazine) -> tuple[datetime, str]:
    """A day in a word, with a time behind it or not.  Raises ValueError for what is none."""
    day = _day(words[0], local_day(now, magazine)) if words else None
    if day is None or len(words) > 2:
        raise ValueError
    if len(words) == 1:
        return _at_its_slot(day, magazine)
    clock = _TIME.fullmatch(words[1])
    if clock is None:
        raise ValueError
    return datetime.combine(day, time(int(clock[1]), int(clock[2]))), magazine.zone


def _day(word: str, today: date) -> date | None:
    if word in ("today", "tomorrow"):
        return today + timedelta(days=word == "tomorrow")
    if word in _DAYS:
        return today + timedelta(days=(_DAYS.index(word) - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _at_its_slot(day: date, magazine: Magazine) -> tuple[datetime, str]:
    slots = [slot for slot in magazine.slots if slot.weekday == _DAYS[day.weekday()]]
    if not slots:
        return datetime.combine(day, time(9, 0)), magazine.zone
    first = min(slots, key=lambda slot: datetime.combine(day, slot.time, ZoneInfo(slot.zone)))
    return datetime.combine(day, first.time), first.zone


def _next_slot(now: datetime, magazine: Magazine) -> tuple[datetime, str]:
    def after(slot: Slot) -> datetime:
        here = now.astimezone(ZoneInfo(slot.zone))
        days = (_DAYS.index(slot.weekday) - here.weekday()) % 7
        at = datetime.combine(here.date() + timedelta(days=days), slot.time, here.tzinfo)
        return at if at > here else at + timedelta(days=7)

    if not magazine.slots:
        raise Usage("date.no-slots")
    at, slot = min(((after(slot), slot) for slot in magazine.slots), key=lambda found: found[0])
    return at.replace(tzinfo=None), slot.zone
