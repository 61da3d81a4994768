"""Recording permissions with their proof, and settling what authors reserved."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.errors import RuleBroken, Usage
from app.domain.magazine import terms_at
from app.domain.messages import Asset, Message, Reservation
from app.domain.pieces import Piece
from app.domain.rights import TEXT, Basis, Grant, missing
from app.domain.roles import Power
from app.services.acts import Desk, local_day
from app.services.dossiers import by_token, is_hidden, message_named
from app.services.photos import numbered
from app.services.ports import Unit
from app.services.triage import a_day, chosen
from app.services.undoing import rows_as_they_were, rows_made

_NO_PROOF = frozenset({Basis.VERBAL, Basis.NONE_KNOWN, Basis.PUBLIC_DOMAIN})
"""Bases whose evidence may be a sentence of the person who records them."""
_MEDIA = ("web", "archive", "print", "newsletter", "social", "syndication", "anthology", "ai-training")


@dataclass(frozen=True, slots=True)
class Request:
    """A permission to be recorded: for the text, or for photograph ``photo``.

    ``message`` is the id of a message of the piece, ``file`` the name and bytes of a proof, ``note`` a
    sentence where the basis needs no other proof.
    """

    basis: str
    photo: int = 0
    message: str = ""
    file: tuple[str, bytes] | None = None
    note: str = ""
    quote: str = ""
    until: str = ""
    scope: tuple[str, ...] = ()
    details: dict[str, str] = field(default_factory=dict)


class Granting:
    """Records why the magazine may print something."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def grant(self, token: str, request: Request, by: str) -> Grant:
        """Record a permission.

        Raises:
            Usage: ``choice.unknown``, ``photo.unknown``, ``date.unknown``.
            RuleBroken: ``grant.no-proof``, ``grant.other-piece``, ``grant.incomplete`` with what the
                basis asks for, ``grant.too-wide`` for more than sending permits, ``grant.no-terms``,
                ``role.missing``.
        """
        basis = chosen(Basis, request.basis, "basis")
        until = a_day(request.until) if request.until else ""
        for medium in request.scope:
            if medium not in _MEDIA:
                raise Usage("choice.unknown", what="scope", said=medium, possible=", ".join(_MEDIA))
        self._desk.allow(by, Power.GRANT)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            kind, evidence = self._evidence(unit, piece, basis, request)
            row = Grant(
                id=self._desk.ids.new(),
                piece=piece.id,
                subject=numbered(unit, piece, request.photo).id if request.photo else TEXT,
                basis=basis,
                evidence_kind=kind,
                evidence=evidence,
                at=self._desk.at,
                by=by,
                quote=request.quote,
                media=request.scope or ("web", "archive"),
                until=until,
                note=request.note,
                details=request.details,
            )
            if basis is Basis.IMPLIED_BY_SUBMISSION:
                row = self._as_the_terms_say(unit, row, request)
            if lacking := missing(row):
                raise RuleBroken("grant.incomplete", basis=str(basis), missing=", ".join(lacking))
            unit.add(row)
            self._desk.act(
                unit, piece, piece, "grant", by, reason=str(basis), keep={"made": rows_made([row])}
            )
            return row

    def revoke(self, token: str, grant: str, status: str, by: str, reason: str) -> Grant:
        """Mark a permission as revoked or disputed; it stays, with the reason.

        Raises:
            Usage: ``choice.unknown``.
        """
        if status not in ("revoked", "disputed", "active"):
            raise Usage("choice.unknown", what="status", said=status, possible="revoked, disputed, active")
        self._desk.allow(by, Power.GRANT)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            row = unit.one(Grant, id=grant, piece=piece.id)
            if row is None:
                raise Usage("grant.unknown", grant=grant)
            saved: Grant = unit.save(replace(row, status=status, note=reason))
            keep = {"rows": rows_as_they_were([row], [saved])}
            self._desk.act(unit, piece, piece, status, by, reason=reason, keep=keep)
            return saved

    def settle(self, token: str, by: str, reason: str) -> int:
        """Settle every open reservation of a piece, with the reason; gives their number.

        Raises:
            RuleBroken: ``settle.no-reason``, ``role.missing``.
        """
        if not reason.strip():
            raise RuleBroken("settle.no-reason")
        self._desk.allow(by, Power.SETTLE)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            waiting = [row for row in unit.find(Reservation, piece=piece.id) if not row.settled]
            settled = [unit.save(replace(row, settled=reason, settled_by=by)) for row in waiting]
            if waiting:
                keep = {"rows": rows_as_they_were(waiting, settled)}
                self._desk.act(unit, piece, piece, "settle", by, reason=reason, keep=keep)
            return len(waiting)

    def _as_the_terms_say(self, unit: Unit, row: Grant, request: Request) -> Grant:
        """What sending permits is of the size of the terms in force when it came, and its proof is what was sent."""
        if row.evidence_kind != "message":
            raise RuleBroken("grant.no-proof", basis=str(row.basis))
        came = datetime.fromisoformat(unit.get(Message, row.evidence).received_at)
        terms = terms_at(self._desk.magazine, local_day(came, self._desk.magazine))
        if terms is None:
            raise RuleBroken("grant.no-terms", day=came.date().isoformat())
        if beyond := set(request.scope) - set(terms.media):
            raise RuleBroken("grant.too-wide", media=", ".join(sorted(beyond)), terms=", ".join(terms.media))
        media = request.scope or terms.media
        return replace(row, media=media, edits=terms.edit, terms=terms.sha256)

    def _evidence(self, unit: Unit, piece: Piece, basis: Basis, request: Request) -> tuple[str, str]:
        if request.file is not None:
            name, data = request.file
            hidden = is_hidden(unit, piece)
            asset = Asset(
                id=self._desk.ids.new(),
                message="",
                piece=piece.id,
                position=0,
                name="proof" if hidden else name,
                media_type="application/octet-stream",
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
                blob=unit.put_blob(data, to_vault=hidden),
                reason="kept as proof",
                role="evidence",
            )
            unit.add(asset)
            return "file", asset.id
        if request.message:
            message = message_named(unit, request.message)
            if message.piece != piece.id:
                raise RuleBroken("grant.other-piece", message=request.message, token=piece.token)
            return "message", message.id
        if basis is Basis.NONE_KNOWN or (basis in _NO_PROOF and request.note):
            return "note", request.note
        raise RuleBroken("grant.no-proof", basis=str(basis))
