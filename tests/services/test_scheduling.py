"""Dates: what an editor says, and when that is."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import places
from app.domain.errors import Usage
from app.domain.magazine import Magazine
from app.domain.magazine_file import parse
from app.services.scheduling import understood
from tests.support.desks import MONDAY, Clock, Hands, fails
from tests.support.other_magazine import NORDLYS

REVIEW = parse(places.profile("winter-review"), "winter-review.toml")
"""Its slots: Tuesday and Thursday at 9:00, Saturday at 10:00, in Rome."""


def said(when: str, now: datetime = MONDAY, magazine: Magazine = REVIEW) -> str:
    local, zone = understood(when, now, magazine)
    assert zone == "Europe/Rome"
    return local.isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("when", "meant"),
    [
        ("2026-12-24", "2026-12-24T09:00"),
        ("2026-12-26", "2026-12-26T10:00"),
        ("2026-12-23", "2026-12-23T09:00"),
        ("2026-12-24T18:30", "2026-12-24T18:30"),
        ("2026-12-24 18:30", "2026-12-24T18:30"),
        ("2026-12-24 7:05", "2026-12-24T07:05"),
        ("2026-12-24T23:30+00:00", "2026-12-25T00:30"),
        ("2026-12-24T08:00Z", "2026-12-24T09:00"),
        ("today", "2026-11-23T09:00"),
        ("Tomorrow", "2026-11-24T09:00"),
        ("tomorrow 18:00", "2026-11-24T18:00"),
        ("saturday", "2026-11-28T10:00"),
        ("monday", "2026-11-30T09:00"),
        ("next", "2026-11-24T09:00"),
    ],
)
def test_what_an_editor_says_is_understood(when: str, meant: str) -> None:
    assert said(when) == meant


@pytest.mark.parametrize(
    "when",
    ["", "soon", "2026-13-01", "2026-02-30", "tomorrow 25:00", "tomorrow 9", "next monday", "monday 10:00 sharp",
     "9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00"],
)  # fmt: skip
def test_anything_else_is_refused(when: str) -> None:
    with fails("date.unknown"):
        understood(when, MONDAY, REVIEW)


@given(st.text(max_size=20))
def test_nothing_that_is_said_breaks_it(when: str) -> None:
    # Anything but a refusal in words would be an error here.
    with contextlib.suppress(Usage):
        assert understood(when, MONDAY, REVIEW)[1] == "Europe/Rome"


def test_today_is_the_day_where_the_magazine_is() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert said("today 12:00", late) == "2026-11-24T12:00"


def test_the_next_slot_is_after_now() -> None:
    assert said("next", datetime(2026, 11, 24, 7, 59, tzinfo=UTC)) == "2026-11-24T09:00"
    assert said("next", datetime(2026, 11, 24, 8, 0, tzinfo=UTC)) == "2026-11-26T09:00"
    assert said("next", datetime(2026, 11, 28, 12, 0, tzinfo=UTC)) == "2026-12-01T09:00"


def test_each_slot_has_its_own_zone() -> None:
    magazine = parse(NORDLYS, "nordlys.toml")

    def told(when: str, now: datetime) -> tuple[str, str]:
        local, zone = understood(when, now, magazine)
        return local.isoformat(timespec="minutes"), zone

    sunday = datetime(2026, 11, 29, 23, 29, tzinfo=UTC)
    assert told("next", sunday) == ("2026-11-29T18:30", "America/New_York")
    later = sunday + timedelta(minutes=1)
    assert told("next", later) == ("2026-11-30T01:00", "Europe/Oslo")
    assert told("2026-11-30", MONDAY) == ("2026-11-30T01:00", "Europe/Oslo")
    assert told("2026-12-01", MONDAY) == ("2026-12-01T09:00", "America/New_York")
    with fails("date.unknown"):
        understood("9999-12-31T23:59", MONDAY, magazine)


def test_a_magazine_without_slots_has_no_next_one() -> None:
    from dataclasses import replace

    without = replace(REVIEW, slots=())
    with fails("date.no-slots"):
        understood("next", MONDAY, without)
    assert said("2026-12-26", magazine=without) == "2026-12-26T09:00"


@pytest.mark.parametrize(
    ("when", "instant"),
    [
        ("2027-03-27T09:00", "2027-03-27T08:00:00Z"),
        ("2027-03-29T09:00", "2027-03-29T07:00:00Z"),  # after the clocks went forward on the 28th
        ("2027-03-28T02:30", "2027-03-28T01:30:00Z"),  # an hour that is not on the clock
        ("2027-10-31T02:30", "2027-10-31T00:30:00Z"),  # an hour that is there twice: the first
    ],
)
def test_local_time_is_resolved_late_and_keeps_its_hour(hands: Hands, when: str, instant: str) -> None:
    token = hands.ready()
    hands.desk.scheduling.schedule(token, when, "marta")
    schedule = hands.show(token)["schedule"]
    assert schedule == {"at": when, "zone": "Europe/Rome", "instant": instant}


def test_a_date_that_has_passed_is_refused(hands: Hands, clock: Clock) -> None:
    token = hands.ready()
    with fails("schedule.past"):
        hands.desk.scheduling.schedule(token, "2026-11-23T10:00", "marta")
    clock.at = MONDAY - timedelta(seconds=1)
    assert hands.desk.scheduling.schedule(token, "2026-11-23T10:00", "marta").stage == "scheduled"


def test_only_what_is_ready_is_scheduled_and_by_those_who_may(hands: Hands) -> None:
    desk, token = hands.desk, hands.edited()
    with fails("move.not-from-here"):
        desk.scheduling.schedule(token, "next", "marta")
    desk.triage.move(token, "ready", "marta")
    with fails("move.no-date"):
        desk.triage.move(token, "scheduled", "marta")
    with fails("gates.open"):
        desk.scheduling.schedule(token, "next", "marta")
    desk.signing.sign(token, "editor-in-chief", "marta")
    desk.signing.sign(token, "director", "henrik")
    with fails("role.missing"):
        desk.scheduling.schedule(token, "next", "noor")
    desk.scheduling.schedule(token, "next", "paolo")
    with fails("role.missing"):
        desk.scheduling.schedule(token, "2026-12-24", "teo")
    assert desk.scheduling.schedule(token, "2026-12-24", "ines").slot == "2026-12-24T09:00"


def test_a_permission_that_ends_before_the_new_date_refuses_it(hands: Hands) -> None:
    token = hands.ready(text="Please keep this under embargo until 1 November 2026.")
    hands.desk.scheduling.schedule(token, "next", "marta")
    for grant in hands.show(token)["grants"]:
        hands.desk.granting.revoke(token, grant["id"], "revoked", "greta", "a shorter one instead")
    hands.grant(token, "signed-licence", until="2027-03-01")
    for role, who in (("editor-in-chief", "marta"), ("director", "henrik")):
        hands.desk.signing.sign(token, role, who)
    with fails("gates.open"):
        hands.desk.scheduling.schedule(token, "2027-03-02", "marta")
    assert hands.show(token)["schedule"]["at"] == "2026-11-24T09:00"


def test_unscheduling_takes_the_date_away_and_undo_gives_it_back(hands: Hands) -> None:
    desk, token = hands.desk, hands.ready()
    desk.scheduling.schedule(token, "next", "marta")
    desk.triage.move(token, "ready", "marta")
    assert hands.show(token)["schedule"] is None
    desk.triage.undo(token, "marta")
    assert hands.show(token)["schedule"]["at"] == "2026-11-24T09:00"


def test_a_piece_is_put_off_until_its_day_and_comes_back(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    desk.scheduling.later(token, "2099-01-04", "noor")
    assert hands.show(token)["later"] == "2099-01-04"
    desk.scheduling.later(token, "", "noor")
    assert hands.show(token)["later"] is None
    desk.triage.undo(token, "noor")
    assert hands.show(token)["later"] == "2099-01-04"
    desk.triage.move(token, "editing", "marta")
    assert hands.show(token)["later"] is None
    with fails("later.past"):
        desk.scheduling.later(token, "2001-01-01", "noor")
    with fails("role.missing"):
        desk.scheduling.later(token, "2099-01-04", "teo")
    desk.triage.move(token, "dropped", "marta")
    with fails("later.closed"):
        desk.scheduling.later(token, "2099-01-04", "noor")


def test_a_wish_asks_no_gate_and_is_taken_back(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    desk.scheduling.pencil(token, "2026-12-24", "noor")
    assert hands.show(token)["schedule"] == {"planned": "2026-12-24"}
    desk.scheduling.pencil(token, "", "noor")
    assert hands.show(token)["schedule"] is None
    with fails("role.missing"):
        desk.scheduling.pencil(token, "2026-12-24", "teo")
