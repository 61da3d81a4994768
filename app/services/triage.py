"""Moving pieces: accept, decline, hold, and take any of it back."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from app.domain.errors import RuleBroken, Usage
from app.domain.gates import open_gates
from app.domain.messages import Asset, Message, MessageClass
from app.domain.pieces import CLOSED, History, Override, Piece, Publication, Recommendation, Stage, Verdict
from app.domain.workflow import move
from app.services.acts import Desk, restored
from app.services.dossiers import by_token, open_file
from app.services.ports import Unit

_READERS = ("reader", "editor", "editor-in-chief", "director", "copy-editor", "translator", "rights", "photo-editor")
_UNDOABLE = frozenset(
    {"accept", "ask-readers", "decline", "withdraw", "back-to-inbox", "done", "back-to-review", "drop", "reopen"}
    | {"permissions-complete", "back-to-editing", "schedule", "unschedule", "hold", "release", "set", "take-down"}
    | {"publish-now", "undo", "duplicate"}
)
_Choice = TypeVar("_Choice", bound=StrEnum)


class Triage:
    """Moves pieces between stages."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def move(self, token: str, stage: str, by: str, reason: str = "") -> Piece:
        """Move a piece to a stage.

        Raises:
            Usage: for a stage, token or person that is not known.
            RuleBroken: ``move.not-from-here``, ``move.held``, ``role.missing``, ``move.no-date``, or
                ``gates.open`` with the ``findings`` that refuse.
        """
        to = chosen(Stage, stage, "stage")
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            way = move(piece, to)
            self._desk.allow(by, way.roles)
            if way.gates:
                self._check(unit, piece, signatures=way.gates == "all")
            if to is Stage.SCHEDULED and not piece.slot:
                raise RuleBroken("move.no-date", token=piece.token)
            after = replace(piece, stage=to, stage_before=piece.stage if to in CLOSED else "")
            if piece.stage is Stage.SCHEDULED and to is not Stage.PUBLISHED:
                after = replace(after, slot="", zone="")
            if to is Stage.PUBLISHED:
                after = replace(after, published_at=self._desk.at)
                self._published(unit, piece, by)
            return self._desk.act(unit, piece, after, way.act, by, reason=reason)

    def scheduled(self, unit: Unit, piece: Piece, dated: Piece, by: str) -> Piece:
        """Schedule ``piece`` for the date that ``dated`` bears; raises as ``move``."""
        if piece.stage is Stage.READY:
            self._desk.allow(by, move(piece, Stage.SCHEDULED).roles)
        elif piece.held:
            raise RuleBroken("move.held", token=piece.token)
        self._check(unit, dated, signatures=True)
        return self._desk.act(unit, piece, replace(dated, stage=Stage.SCHEDULED), "schedule", by)

    def hold(self, token: str, by: str, *, off: bool = False, reason: str = "") -> Piece:
        """Put a piece on hold, or release it: nothing of it leaves while it is held.

        Raises:
            RuleBroken: ``hold.already``.
        """
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            if piece.held is not off:
                raise RuleBroken("hold.already", token=piece.token, held=piece.held)
            after = replace(piece, held=not off)
            return self._desk.act(unit, piece, after, "release" if off else "hold", by, reason=reason)

    def undo(self, token: str, by: str) -> Piece:
        """Take back the last act on a piece that can be, an undo included.

        Raises:
            RuleBroken: ``undo.nothing``, or ``undo.later`` when something else touched it since.
        """
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            acts = unit.find(History, piece=piece.id, order="-id", limit=1)
            last = acts[0] if acts else None
            if last is None or last.act not in _UNDOABLE or not last.before:
                raise RuleBroken("undo.nothing", token=piece.token)
            after = restored(piece, last.before)
            return self._desk.act(unit, piece, after, "undo", by, undoes=last.id)

    def recommend(self, token: str, verdict: str, by: str, note: str) -> Recommendation:
        """Give a reader's two lines.

        Raises:
            Usage: ``verdict.unknown``.
            RuleBroken: ``recommend.twice``, ``recommend.closed``.
        """
        opinion = chosen(Verdict, verdict, "verdict")
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            self._desk.allow(by, _READERS)
            if piece.stage not in (Stage.INBOX, Stage.REVIEW):
                raise RuleBroken("recommend.closed", token=piece.token, stage=str(piece.stage))
            if unit.one(Recommendation, piece=piece.id, person=by):
                raise RuleBroken("recommend.twice", token=piece.token, person=by)
            row = Recommendation(
                id=self._desk.ids.new(), piece=piece.id, person=by, verdict=opinion, note=note, at=self._desk.at
            )
            unit.add(row)
            self._desk.note(unit, piece.id, "recommend", by)
            return row

    def override(self, token: str, gate: str, role: str, by: str, reason: str) -> Override:
        """Lift a gate for a piece, in a role and with a reason.

        Raises:
            Usage: ``gate.unknown``.
            RuleBroken: ``override.no-reason``, ``override.not-this-gate``, ``override.other-role``,
                ``role.missing``.
        """
        if not reason.strip():
            raise RuleBroken("override.no-reason", gate=gate)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            file = open_file(unit, piece, self._desk.magazine, self._desk.now)
            finding = next((each for each in file.findings() if each.id == gate), None)
            if finding is None:
                raise Usage("gate.unknown", gate=gate)
            if finding.severity != "override":
                raise RuleBroken("override.not-this-gate", gate=gate, severity=finding.severity)
            if role != finding.override_role:
                raise RuleBroken("override.other-role", gate=gate, role=finding.override_role)
            self._desk.allow(by, (role,))
            row = Override(
                id=self._desk.ids.new(), piece=piece.id, gate=gate, role=role, person=by, reason=reason, at=self._desk.at
            )
            unit.add(row)
            self._desk.note(unit, piece.id, "override", by, gate=gate)
            return row

    def classify(self, message: str, klass: str, by: str) -> Message:
        """Correct the class of a message; nothing is deleted by it.

        Raises:
            Usage: ``class.unknown``.
        """
        right = chosen(MessageClass, klass, "class")
        with self._desk.store.write() as unit:
            row = unit.get(Message, message)
            saved: Message = unit.save(replace(row, klass=right, corrected_by=by))
            unit.audit("class", row.id, by, klass=str(right))
            unit.changed("message", row.id)
            return saved

    def belongs(self, message: str, token: str, by: str) -> Message:
        """Put a message, with its files, on a piece."""
        with self._desk.store.write() as unit:
            row, piece = unit.get(Message, message), by_token(unit, token)
            saved: Message = unit.save(replace(row, piece=piece.id, klass=MessageClass.BELONGS, corrected_by=by))
            for asset in unit.find(Asset, message=row.id):
                unit.save(replace(asset, piece=piece.id))
            self._desk.note(unit, piece.id, "belongs", by, message=row.id)
            return saved

    def duplicate(self, token: str, of: str, by: str) -> Piece:
        """Join a piece to another: messages and files go over, the number stays as a pointer.

        Raises:
            RuleBroken: ``duplicate.itself``, ``duplicate.too-late``.
        """
        with self._desk.store.write() as unit:
            piece, other = by_token(unit, token), by_token(unit, of)
            if piece.id == other.id:
                raise RuleBroken("duplicate.itself", token=piece.token)
            if piece.stage not in (Stage.INBOX, Stage.REVIEW):
                raise RuleBroken("duplicate.too-late", token=piece.token, stage=str(piece.stage))
            for row in unit.find(Message, piece=piece.id):
                unit.save(replace(row, piece=other.id))
            self._desk.note(unit, other.id, "joined", by, other=piece.id)
            return self._desk.act(unit, piece, replace(piece, duplicate_of=other.id), "duplicate", by)

    def _check(self, unit: Unit, piece: Piece, *, signatures: bool) -> None:
        file = open_file(unit, piece, self._desk.magazine, self._desk.now)
        if refused := open_gates(file.findings(), signatures=signatures):
            raise RuleBroken("gates.open", token=piece.token, findings=refused)

    def _published(self, unit: Unit, piece: Piece, by: str) -> None:
        file = open_file(unit, piece, self._desk.magazine, self._desk.now)
        unit.add(
            Publication(
                id=self._desk.ids.new(),
                piece=piece.id,
                target="site",
                at=self._desk.at,
                by=by,
                revision=file.revision.number,
                content_hash=file.hash,
            )
        )


def chosen(kind: type[_Choice], said: str, what: str) -> _Choice:
    """The member of ``kind`` that ``said`` names.

    Raises:
        Usage: ``choice.unknown`` with the possible words.
    """
    try:
        return kind(said)
    except ValueError:
        raise Usage("choice.unknown", what=what, said=said, possible=", ".join(kind)) from None

