"""Moving pieces: accept, decline, hold, and take any of it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.errors import RuleBroken, Usage
from app.domain.gates import open_gates
from app.domain.messages import Asset, Message
from app.domain.pieces import (
    CLOSED,
    History,
    Override,
    PhotoUse,
    Piece,
    Publication,
    Recommendation,
    Stage,
    Verdict,
)
from app.domain.plain_text import plain_text
from app.domain.roles import Power
from app.domain.workflow import move
from app.services.acts import Desk
from app.services.closing import close_loose, retitle
from app.services.dossiers import (
    article_of,
    by_token,
    is_hidden,
    itself,
    message_named,
    named,
    open_file,
    revision,
)
from app.services.joining import join, part, put_on, with_its_rows
from app.services.ports import Unit
from app.services.undoing import may_take_back, put_back, rows_as_they_were, rows_made

_UNDOABLE = frozenset(
    {
        "accept",
        "ask-readers",
        "decline",
        "withdraw",
        "back-to-inbox",
        "done",
        "back-to-review",
        "drop",
        "reopen",
    }
    | {
        "permissions-complete",
        "back-to-editing",
        "schedule",
        "unschedule",
        "hold",
        "release",
        "set",
        "take-down",
    }
    | {"publish-now", "undo", "edit", "pencil", "later"}
    | {
        "photo",
        "grant",
        "revoked",
        "disputed",
        "active",
        "settle",
        "override",
        "sign",
        "belongs",
        "file",
        "unfile",
    }
)
_JOINED = "duplicate"
_Choice = TypeVar("_Choice", bound=StrEnum)


class Triage:
    """Moves pieces between stages."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def move(
        self,
        token: str,
        stage: str,
        by: str,
        reason: str = "",
        *,
        readers: tuple[str, ...] = (),
        until: str = "",
    ) -> Piece:
        """Move a piece to a stage; to review also whom was asked to read it, and until which day.

        Raises:
            Usage: for a stage, token, person or day that is not known, and ``review.only``.
            RuleBroken: ``move.not-from-here``, ``move.held``, ``role.missing``, ``move.no-date``, or
                ``gates.open`` with the ``findings`` that refuse.
        """
        to = chosen(Stage, stage, "stage")
        asked = _asked(self._desk, to, readers, until)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            way = move(piece, to)
            self._desk.allow(by, way.power)
            if to is Stage.SCHEDULED and not piece.slot:
                raise RuleBroken("move.no-date", token=piece.token)
            if way.gates:
                # What goes out now is looked at for today, whatever day it was meant for.
                meant = replace(piece, slot="", planned="") if to is Stage.PUBLISHED else piece
                self._check(unit, meant, signatures=way.gates == "all")
            # Whoever decides has looked: what was put off is so no more.
            after = replace(
                piece, stage=to, stage_before=piece.stage if to in CLOSED else "", later="", filed=False
            )
            after = replace(after, **asked)
            if piece.stage is Stage.SCHEDULED and to is not Stage.PUBLISHED:
                after = replace(after, slot="", zone="")
            if way.act == "publish-now":
                after = replace(after, published_at=self._desk.at)
                self._published(unit, piece, by)
            return self._desk.act(unit, piece, after, way.act, by, reason=reason)

    def scheduled(self, unit: Unit, piece: Piece, dated: Piece, by: str) -> Piece:
        """Schedule ``piece`` for the date that ``dated`` bears; raises as ``move``."""
        self._desk.allow(by, Power.DECIDE)
        if piece.stage is not Stage.SCHEDULED:
            move(piece, Stage.SCHEDULED)
        elif piece.held:
            raise RuleBroken("move.held", token=piece.token)
        self._check(unit, dated, signatures=True)
        return self._desk.act(unit, piece, replace(dated, stage=Stage.SCHEDULED), "schedule", by)

    def hold(self, token: str, by: str, *, off: bool = False, reason: str = "") -> Piece:
        """Put a piece on hold, or release it: nothing of it leaves while it is held.

        Raises:
            RuleBroken: ``hold.already``, ``role.missing``.
        """
        self._desk.allow(by, Power.WORK)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            if piece.held is not off:
                raise RuleBroken("hold.already", token=piece.token, held=piece.held)
            after = replace(piece, held=not off)
            return self._desk.act(unit, piece, after, "release" if off else "hold", by, reason=reason)

    def undo(self, token: str, by: str) -> Piece:
        """Take back the last act on a piece, an undo included.

        Raises:
            RuleBroken: ``undo.nothing``, ``undo.later`` when the last act is not taken back by undo,
                ``role.missing``.
        """
        with self._desk.store.write() as unit:
            piece = itself(unit, token)
            acts = unit.find(History, piece=piece.id, order="-id", limit=1)
            last = acts[0] if acts else None
            if last is None or last.act in ("received", "new"):
                raise RuleBroken("undo.nothing", token=piece.token)
            self._desk.allow(by, may_take_back(self._desk, last))
            if last.act == _JOINED:
                part(unit, piece, last)
                self._desk.note(unit, piece.duplicate_of, "parted", by, other=piece.id)
                return self._desk.act(
                    unit, piece, replace(piece, duplicate_of=""), "part", by, undoes=last.id
                )
            if last.act not in _UNDOABLE or not last.before:
                raise RuleBroken("undo.later", token=piece.token, act=last.act)
            after, inverse = put_back(unit, piece, last)
            if after.current != piece.current:
                after = self._back_to(unit, after)
            return self._desk.act(unit, piece, after, "undo", by, undoes=last.id, keep=inverse)

    def _back_to(self, unit: Unit, piece: Piece) -> Piece:
        """``piece`` as its current revision says; the later revisions stay, and are not current."""
        article = article_of(revision(unit, piece))
        title = article.headline or named(unit, piece)
        unit.index("article", piece.id, piece.id, title, plain_text(article))
        return replace(piece, title=title)

    def recommend(self, token: str, verdict: str, by: str, note: str) -> Recommendation:
        """Give a reader's two lines.

        Raises:
            Usage: ``verdict.unknown``.
            RuleBroken: ``recommend.twice``, ``recommend.closed``.
        """
        opinion = chosen(Verdict, verdict, "verdict")
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            self._desk.allow(by, Power.RECOMMEND)
            if piece.stage not in (Stage.INBOX, Stage.REVIEW):
                raise RuleBroken("recommend.closed", token=piece.token, stage=str(piece.stage))
            if unit.one(Recommendation, piece=piece.id, person=by):
                raise RuleBroken("recommend.twice", token=piece.token, person=by)
            row = Recommendation(
                id=self._desk.ids.new(),
                piece=piece.id,
                person=by,
                verdict=opinion,
                note=note,
                at=self._desk.at,
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
                id=self._desk.ids.new(),
                piece=piece.id,
                gate=gate,
                lifts=finding.why,
                role=role,
                person=by,
                reason=reason,
                at=self._desk.at,
            )
            unit.add(row)
            keep = {"made": rows_made([row]), "role": role}
            self._desk.act(
                unit, piece, piece, "override", by, reason=f"{gate}: {reason}", keep=keep, gate=gate
            )
            return row

    def belongs(self, message: str, token: str, by: str) -> Message:
        """Put a message, with its files, on a piece.

        Raises:
            Usage: ``message.unknown``, ``token.unknown``.
            RuleBroken: ``role.missing``.
        """
        self._desk.allow(by, Power.WORK)
        with self._desk.store.write() as unit:
            row, piece = message_named(unit, message), by_token(unit, token)
            before = with_its_rows(unit, row)
            made = put_on(unit, self._desk, row, piece, by)
            after = with_its_rows(unit, unit.get(Message, row.id))
            keep = {"rows": rows_as_they_were(before, after), "made": rows_made(made)}
            uses = sum(isinstance(each, PhotoUse) for each in made)
            piece = self._closed(unit, piece, piece)
            counted = replace(piece, photos=piece.photos + uses)
            self._desk.act(unit, piece, counted, "belongs", by, keep=keep, message=row.id)
            unit.changed("message", row.id)
            return unit.get(Message, row.id)

    def duplicate(self, token: str, of: str, by: str) -> Piece:
        """Join a piece to another: messages and files go over, the number stays as a pointer; undo parts them.

        Raises:
            RuleBroken: ``duplicate.itself``, ``duplicate.too-late``, ``role.missing``.
        """
        self._desk.allow(by, Power.DECIDE)
        with self._desk.store.write() as unit:
            piece, other = by_token(unit, token), by_token(unit, of)
            if piece.id == other.id:
                raise RuleBroken("duplicate.itself", token=piece.token)
            if piece.stage not in (Stage.INBOX, Stage.REVIEW):
                raise RuleBroken("duplicate.too-late", token=piece.token, stage=str(piece.stage))
            went = join(unit, piece, other)
            piece = self._closed(unit, piece, other)
            self._desk.note(unit, other.id, "joined", by, other=piece.id)
            return self._desk.act(unit, piece, replace(piece, duplicate_of=other.id), _JOINED, by, keep=went)

    def _closed(self, unit: Unit, piece: Piece, on: Piece) -> Piece:
        """Seal the loose files of ``on`` where somebody protected is among its people, and the title of ``piece``."""
        if not is_hidden(unit, on):
            return piece
        close_loose(unit, self._desk.keys, unit.find(Asset, piece=on.id, message=""))
        return retitle(unit, piece)

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


def _asked(desk: Desk, to: Stage, readers: tuple[str, ...], until: str) -> dict[str, Any]:
    """The fields that say who reads a piece in review; in every other stage they are empty."""
    if to is not Stage.REVIEW and (readers or until):
        raise Usage("review.only", stage=str(to))
    for who in readers:
        desk.allow(who, Power.RECOMMEND)
    return {"readers": tuple(dict.fromkeys(readers)), "read_until": a_day(until) if until else ""}


def chosen(kind: type[_Choice], said: str, what: str) -> _Choice:
    """The member of ``kind`` that ``said`` names.

    Raises:
        Usage: ``choice.unknown`` with the possible words.
    """
    try:
        return kind(said)
    except ValueError:
        raise Usage("choice.unknown", what=what, said=said, possible=", ".join(kind)) from None


def a_day(said: str) -> str:
    """An ISO 8601 date, as it was said.

    Raises:
        Usage: ``date.unknown``.
    """
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise Usage("date.unknown", said=said) from None
