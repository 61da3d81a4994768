"""Carries out the plan of the sample desk through the services, day by day, as its editors would have.

``calendar`` is the desk's clock: the demo sets it to the day on which a thing was done.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from app.domain.magazine import Magazine
from app.domain.pieces import Stage
from app.domain.roles import SAFETY
from app.samples import documents
from app.samples.camera import catalogue, picture
from app.samples.mails import SampleMail, as_files, mails
from app.samples.plan import PlannedGrant, PlannedPiece, pieces, protected, slot_after
from app.services.contributors import Contributors
from app.services.editing import Editing
from app.services.granting import Granting, Request
from app.services.identity import Identity
from app.services.intake import Intake
from app.services.photos import Photos
from app.services.scheduling import Scheduling
from app.services.showing import Showing
from app.services.signing import Signing
from app.services.triage import Triage

_WAY = (Stage.EDITING, Stage.RIGHTS, Stage.READY)
_FROM_INBOX = frozenset({Stage.INBOX, Stage.REVIEW, Stage.DECLINED, Stage.WITHDRAWN})
_CHIEF = "marta"


@dataclass(frozen=True, slots=True)
class SampleDesk:
    """The open desk that the demo works on."""

    magazine: Magazine
    intake: Intake
    showing: Showing
    triage: Triage
    editing: Editing
    photos: Photos
    granting: Granting
    signing: Signing
    scheduling: Scheduling
    contributors: Contributors


@dataclass(slots=True)
class Calendar:
    """A clock that stands where the demo puts it."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(slots=True)
class _Demo:
    desk: SampleDesk
    calendar: Calendar
    today: date
    tokens: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)


def carry_out(desk: SampleDesk, calendar: Calendar, today: date) -> None:
    """Fill an empty desk of the magazine "Winter Review" with pieces in every stage, as of ``today``."""
    demo = _Demo(desk, calendar, today)
    _receive(demo)
    for planned in pieces():
        _work(demo, planned)
    calendar.at = datetime.combine(today, time(8), UTC)


def _receive(demo: _Demo) -> None:
    """The mails in the order in which they were sent, each on its day; then what has no day of its own."""
    letters = list(mails(demo.today))
    plans = {planned.mail: planned for planned in pieces() if planned.protected}
    with tempfile.TemporaryDirectory() as folder:
        for letter in letters:
            demo.calendar.at = min(letter.at.astimezone(UTC) + timedelta(hours=1), _eve(demo))
            path = Path(folder, f"{letter.name}.eml")
            path.write_bytes(letter.raw)
            for receipt in demo.desk.intake.receive([str(path)]):
                demo.messages[letter.name] = receipt.message
                demo.tokens[letter.name] = receipt.token
            if letter.name in plans:
                _protect(demo, plans[letter.name])
        _receive_again(demo, letters, Path(folder))


def _receive_again(demo: _Demo, letters: list[SampleMail], folder: Path) -> None:
    """What was not a mail of its own: the same bytes once more, and the loose photograph."""
    for name, data in as_files(letters, demo.today):
        if not name.startswith(("inbox/forwarded twice/", "loose/")):
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        list(demo.desk.intake.receive([str(path)]))


def _protect(demo: _Demo, planned: PlannedPiece) -> None:
    person = protected()[planned.protected]
    if person.key in demo.hidden:
        return
    demo.hidden.add(person.key)
    contributor = demo.desk.showing.show(demo.tokens[planned.mail])["contributor"]
    names = person.real_names
    identity = Identity(
        real_name=names[0],
        addresses=person.addresses,
        phones=person.phones,
        places=person.places,
        terms=(*names[1:], *person.work),
        channel=person.channel,
    )
    demo.desk.contributors.protect(
        contributor["id"], planned.pen_name or person.pen_names[0], identity, _CHIEF
    )


def _work(demo: _Demo, planned: PlannedPiece) -> None:
    """One piece, from where it came to where it stands."""
    desk, stage = demo.desk, Stage(planned.stage)
    worked = demo.today - timedelta(days=planned.days_ago + 1)
    demo.calendar.at = datetime.combine(worked, time(9), UTC)
    token = _begun(demo, planned)
    if stage is not Stage.INBOX and stage not in _FROM_INBOX:
        desk.triage.move(token, Stage.EDITING, _CHIEF)
    _fields(demo, planned, token)
    if stage in _FROM_INBOX:
        _answered(demo, planned, token, stage)
        return
    _edit(demo, planned, token)
    _photographs(demo, planned, token)
    if planned.text:
        _grant(demo, token, planned.text, 0)
    if planned.settled:
        desk.granting.settle(token, _CHIEF, "; ".join(each.reason for each in planned.settled))
    if planned.planned_days:
        desk.scheduling.pencil(token, (demo.today + timedelta(days=planned.planned_days)).isoformat(), _CHIEF)
    if stage is Stage.DROPPED:
        desk.triage.move(token, stage, _CHIEF, planned.reason)
        return
    for step in _WAY[1:]:
        if stage is Stage.EDITING:
            break
        desk.triage.move(token, step, _CHIEF)
        if stage is step:
            break
    _leave(demo, planned, token, stage)


def _begun(demo: _Demo, planned: PlannedPiece) -> str:
    if planned.mail:
        return demo.tokens[planned.mail]
    by = planned.written_by
    token = demo.desk.editing.new_piece(planned.headline, planned.kind, by).token
    data = documents.manuscript(planned.article, demo.calendar.at, "final")
    demo.desk.editing.edit(token, f"{planned.article}.docx", data, "update", by)
    return token


def _fields(demo: _Demo, planned: PlannedPiece, token: str) -> None:
    given = {
        name: getattr(planned, name)
        for name in (
            "headline",
            "standfirst",
            "byline",
            "bio",
            "tags",
            "regions",
            "section",
            "kind",
            "assignee",
            "language",
        )
        if getattr(planned, name)
    }
    if planned.due_days:
        given["due"] = (demo.today + timedelta(days=planned.due_days)).isoformat()
    if given:
        demo.desk.editing.set(token, given, planned.assignee or _CHIEF)


def _answered(demo: _Demo, planned: PlannedPiece, token: str, stage: Stage) -> None:
    if stage is not Stage.INBOX:
        demo.desk.triage.move(token, stage, _CHIEF, planned.reason)
    for reading in planned.readers:
        demo.desk.triage.recommend(token, reading.verdict, reading.person, reading.note)


def _edit(demo: _Demo, planned: PlannedPiece, token: str) -> None:
    """The edited manuscript where the plan has one; a piece that was signed has every change decided."""
    if planned.edit is not None:
        data = documents.manuscript(planned.edit.article, demo.calendar.at, planned.edit.changes)
        demo.desk.editing.edit(token, f"{planned.edit.article}.docx", data, "update", planned.edit.by)
    decided = bool(planned.sign) and demo.desk.editing.decide(token, "accept", planned.assignee or _CHIEF)
    if planned.edit is not None or decided:
        _fields(demo, planned, token)


def _photographs(demo: _Demo, planned: PlannedPiece, token: str) -> None:
    shown = {photo["sha256"]: photo["number"] for photo in demo.desk.showing.show(token)["photos"]}
    drawn = catalogue()
    spoken_of = set()
    for photo in planned.photos:
        found = shown[hashlib.sha256(picture(drawn[photo.photo], demo.today)).hexdigest()]
        spoken_of.add(found)
        words = {
            name: getattr(photo, name) for name in ("caption", "credit", "credit_url", "source_line", "alt")
        }
        fields = words | {"lead": photo.lead, "used": photo.used}
        if photo.masks:
            fields["masks"] = list(photo.masks)
        demo.desk.photos.set(token, found, fields, planned.assignee or _CHIEF)
        if photo.grant:
            _grant(demo, token, photo.grant, found)
    for number in set(shown.values()) - spoken_of:
        demo.desk.photos.set(token, number, {"used": False, "lead": False}, _CHIEF)


def _grant(demo: _Demo, token: str, planned: PlannedGrant, photo: int) -> None:
    """Record a permission; the implied one records itself when the mail comes in."""
    if planned.basis == "implied-by-submission":
        return
    handout = {"body": planned.note, "source": planned.quote, "restrictions": "none"}
    details = handout if planned.basis == "handout" else {}
    proof = ("note.txt", planned.note.encode()) if planned.note and not planned.evidence else None
    request = Request(
        basis=planned.basis,
        photo=photo,
        message=demo.messages.get(planned.evidence, ""),
        file=proof,
        note=planned.note,
        quote=planned.quote,
        details=details,
    )
    demo.desk.granting.grant(token, request, _CHIEF)


def _leave(demo: _Demo, planned: PlannedPiece, token: str, stage: Stage) -> None:
    """Sign, schedule, publish, hold: whatever the plan says."""
    desk = demo.desk
    if planned.safety_by:
        desk.signing.sign(token, SAFETY, planned.safety_by)
    for act in planned.sign:
        desk.signing.sign(token, act.role, act.by)
    if planned.held:
        desk.triage.hold(token, _CHIEF, reason=planned.reason)
    if stage is Stage.SCHEDULED:
        day, slot = slot_after(desk.magazine, demo.today, planned.slot)
        desk.scheduling.schedule(token, f"{day.isoformat()}T{slot.time:%H:%M}", _CHIEF)
    if stage in (Stage.PUBLISHED, Stage.TAKEN_DOWN):
        out = demo.calendar.at + timedelta(days=1)
        desk.scheduling.schedule(token, f"{out:%Y-%m-%dT%H:%M}", _CHIEF)
        demo.calendar.at = out
        desk.triage.move(token, Stage.PUBLISHED, _CHIEF)
    if stage is Stage.TAKEN_DOWN:
        demo.calendar.at += timedelta(days=2)
        desk.triage.move(token, stage, _CHIEF, planned.reason)


def _eve(demo: _Demo) -> datetime:
    return datetime.combine(demo.today, time(7), UTC)
