"""What the desk shows of a piece, a message, a list: plain data, the same for screens and scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC
from typing import Any

from app.domain.article import Article
from app.domain.article_json import to_json
from app.domain.changes import accepted
from app.domain.comparing import differences
from app.domain.errors import RuleBroken
from app.domain.magazine import Magazine, may_act, roles_that_may
from app.domain.messages import Asset, Message
from app.domain.pieces import History, Piece, Publication, Recommendation, Revision
from app.domain.plain_text import plain_text
from app.domain.rights import Grant
from app.domain.roles import Power
from app.services.acts import local_day
from app.services.dossiers import File, article_of, by_token, instant_of, message_named, open_file, revision
from app.services.ports import Clock, Store, Unit
from app.services.receipts import attachment_json, is_attachment
from app.services.rows import Hit, ListRow
from app.services.snippets import snippet
from app.services.stored import AuditEntry

Writers = dict[str, Callable[[Article], str]]
"""How an article is written as html or markdown without losing anything of it."""


class Showing:
    """Reads; changes nothing."""

    def __init__(self, store: Store, magazine: Magazine, clock: Clock, writers: Writers) -> None:
        self._store = store
        self._magazine = magazine
        self._clock = clock
        self._writers = writers

    def pieces(self, stage: str = "", search: str = "", *, library: bool = False) -> list[ListRow]:
        """The pieces of a stage, or all; with ``search``, those whose text has its words, best first.

        Photographs in the ``library`` are listed by themselves.
        """
        with self._store.read() as unit:
            rows = unit.list_pieces(stage=stage, library=library)
            if not search:
                return rows
            by_id = {row.id: row for row in rows}
            hits = unit.search(search, 1000)
            found = dict.fromkeys(hit.piece for hit in hits if hit.piece in by_id)
            return [by_id[id] for id in found]

    def show(self, token: str, viewer: str | None = None) -> dict[str, Any]:
        """Everything about one piece, as ``transom show --json`` prints it.

        A ``viewer`` who may not decide, and one who is not known (``""``), sees what others recommend once
        their own recommendation is given; None is the desk itself.
        """
        with self._store.read() as unit:
            file = open_file(unit, by_token(unit, token), self._magazine, self._clock())
            messages = unit.find(Message, piece=file.piece.id)
            files = unit.find(Asset, piece=file.piece.id, order="position")
            revisions = unit.find(Revision, piece=file.piece.id, order="number")
            return {
                **_heads(file),
                "messages": [message_json(row, files) for row in messages],
                "files": [attachment_json(row) for row in files if not row.message and is_attachment(row)],
                "revisions": [_revision(row) for row in revisions],
                "photos": [_photo(file, use.id) for use in file.dossier.photographs],
                "grants": [_grant(row) for row in file.dossier.grants],
                "signoffs": [_signature(file, row.id, revisions) for row in file.dossier.signatures],
                "reservations": [
                    {
                        "kind": r.kind,
                        "sentence": r.sentence,
                        "subject": r.subject,
                        "until": r.until or None,
                        "settled": r.settled or None,
                    }
                    for r in file.dossier.reservations
                ],
                "recommendations": [
                    {"person": r.person, "verdict": str(r.verdict), "note": r.note, "at": r.at}
                    for r in self._opinions(file, viewer)
                ],
                "gates": [finding.as_json() for finding in file.findings()],
                "schedule": _schedule(file.piece),
                "publications": [_publication(row) for row in unit.find(Publication, piece=file.piece.id)],
                "history": [_history(row) for row in unit.find(History, piece=file.piece.id)],
                "import_report": import_report(messages, files),
            }

    def message(self, id: str) -> dict[str, Any]:
        """One message with its class and the number of its piece."""
        with self._store.read() as unit:
            row = message_named(unit, id)
            piece = unit.one(Piece, id=row.piece) if row.piece else None
            shown = message_json(row, unit.find(Asset, message=row.id, order="position"))
            return {**shown, "class": str(row.klass), "token": piece.token if piece else None}

    def messages(self, klass: str = "", *, unfiled: bool = False) -> list[dict[str, Any]]:
        """Messages of a class, or all; ``unfiled`` are those that are on no piece and not put away."""
        with self._store.read() as unit:
            rows = unit.find(Message, klass=klass) if klass else unit.find(Message)
            tokens = {
                piece.id: piece.token for piece in unit.find(Piece, id=list({row.piece for row in rows}))
            }
            return [
                {
                    "id": row.id,
                    "class": str(row.klass),
                    "event": row.event or None,
                    "why": row.why,
                    "token": tokens.get(row.piece),
                    "date": row.date or None,
                    "from": _person(row),
                    "subject": row.subject,
                    "filed": row.filed,
                }
                for row in rows
                if not unfiled or not (row.piece or row.filed)
            ]

    def raw(self, id: str) -> bytes:
        """The exact bytes of a message.

        Raises:
            Usage: ``message.unknown``.
            RuleBroken: ``message.sealed``; a protected person's is read with a reason, by ``Contributors``.
        """
        with self._store.read() as unit:
            row = message_named(unit, id)
            if row.sealed:
                raise RuleBroken("message.sealed", message=row.id)
            return unit.blob(row.raw)

    def text(self, token: str, number: int | None, form: str) -> str | dict[str, Any]:
        """The article of a revision as ``text``, ``html``, ``markdown``, or as data for ``json``."""
        with self._store.read() as unit:
            article = article_of(revision(unit, by_token(unit, token), number))
        if form == "json":
            return to_json(article)
        if form == "text":
            return plain_text(accepted(article))
        return self._writers[form](article)

    def search(self, text: str, limit: int = 50) -> list[dict[str, Any]]:
        """Hits, best first, with a few words round the first that matched."""
        with self._store.read() as unit:
            return [_hit(unit, hit, text) for hit in unit.search(text, limit)]

    def audit(self) -> list[dict[str, Any]]:
        """The audit log, oldest first."""
        with self._store.read() as unit:
            return [asdict(row) for row in unit.find(AuditEntry, order="seq")]

    def diff(self, token: str, older: int | None, newer: int | None) -> list[dict[str, str]]:
        """What changed between two revisions: by default from the one as received to the current one."""
        with self._store.read() as unit:
            piece = by_token(unit, token)
            before = article_of(revision(unit, piece, older or 0))
            return [asdict(each) for each in differences(before, article_of(revision(unit, piece, newer)))]

    def gates(self, token: str) -> list[dict[str, Any]]:
        """Every gate of a piece."""
        with self._store.read() as unit:
            file = open_file(unit, by_token(unit, token), self._magazine, self._clock())
            return [finding.as_json() for finding in file.findings()]

    def _opinions(self, file: File, viewer: str | None) -> tuple[Recommendation, ...]:
        given = file.dossier.recommendations
        if viewer is None or not viewer:
            return given if viewer is None else ()
        day = local_day(self._clock(), self._magazine)
        deciders = roles_that_may(self._magazine, Power.DECIDE)
        decides = any(may_act(self._magazine, viewer, role, day) for role in deciders)
        return given if decides or any(each.person == viewer for each in given) else ()


def _hit(unit: Unit, hit: Hit, asked: str) -> dict[str, Any]:
    piece = unit.one(Piece, id=hit.piece) if hit.piece else None
    message = unit.one(Message, id=hit.ref) if hit.where == "message" else None
    if message is not None:
        body = message.text
    else:
        body = plain_text(accepted(article_of(revision(unit, piece)))) if piece else ""
    return {
        "token": piece.token if piece else None,
        "title": piece.title if piece else (message.subject if message else ""),
        "stage": str(piece.stage) if piece else None,
        "where": hit.where,
        "snippet": snippet(body, asked),
        "score": round(hit.score, 6),
    }


def message_json(row: Message, assets: list[Asset]) -> dict[str, Any]:
    """One message as ``show`` prints it; of a protected person, what is open."""
    mine = [asset for asset in assets if asset.message == row.id and is_attachment(asset)]
    return {
        "id": row.id,
        "direction": row.direction,
        "channel": row.channel,
        "class": str(row.klass),
        "event": row.event or None,
        "message_id": None if row.sealed else row.message_id or None,
        "date": row.date or None,
        "from": _person(row),
        "to": [_written(each["name"], each["address"]) for each in row.to],
        "subject": row.subject,
        "text": row.text,
        "new_text": row.new_text,
        "defects": list(row.defects),
        "attachments": [attachment_json(asset) for asset in mine],
    }


def import_report(messages: list[Message], files: list[Asset]) -> list[str]:
    """What had no place in the article, and what was damaged."""
    lines = [defect for row in messages for defect in row.defects]
    for asset in files:
        lines += [f"{asset.name}: {line}" for line in asset.report]
        if not asset.read:
            lines.append(f"{asset.name}: {asset.reason}")
    return lines


def _heads(file: File) -> dict[str, Any]:
    piece, who = file.piece, file.contributor
    return {
        "token": piece.token,
        "title": piece.title,
        "kind": str(piece.kind),
        "stage": str(piece.stage),
        "held": piece.held,
        "language": file.article.language or piece.language,
        "section": piece.section,
        "also_in": list(piece.also_in),
        "assignee": piece.assignee,
        "due": piece.due or None,
        "later": piece.later or None,
        "filed": piece.filed,
        "readers": list(piece.readers),
        "read_until": piece.read_until or None,
        "received_at": piece.received_at,
        "contributor": {
            "id": who.id if who else None,
            "code": who.code if who else None,
            "byline": who.byline if who else "",
            "protection": str(who.protection) if who else "open",
        },
        "byline": file.article.byline,
        "standfirst": file.article.standfirst,
        "words": piece.words,
        "content_hash": file.hash,
        "terms": piece.terms or None,
        "unpublished": piece.unpublished_claim,
    }


def _photo(file: File, id: str) -> dict[str, Any]:
    use = next(use for use in file.dossier.photographs if use.id == id)
    asset = file.assets[use.asset]
    return {
        "number": use.number,
        "name": asset.name,
        "media_type": asset.media_type,
        "width": asset.width,
        "height": asset.height,
        "sha256": asset.sha256,
        "caption": use.caption,
        "credit": use.credit,
        "credit_url": use.credit_url,
        "source_line": use.source_line,
        "alt": use.alt,
        "lead": use.lead,
        "used": use.used,
        "masks": [list(mask) for mask in use.masks],
        "grants": [_grant(grant) for grant in file.dossier.grants if grant.subject == id],
        "metadata": asset.metadata,
    }


def _grant(row: Grant) -> dict[str, Any]:
    return {
        "id": row.id,
        "subject": row.subject,
        "basis": str(row.basis),
        "evidence": {"kind": row.evidence_kind, "id": row.evidence},
        "quote": row.quote or None,
        "terms": row.terms or None,
        "media": list(row.media),
        "edits": list(row.edits),
        "start": row.start or None,
        "until": row.until or None,
        "status": row.status,
        "at": row.at,
        "by": row.by or None,
    }


def _signature(file: File, id: str, revisions: list[Revision]) -> dict[str, Any]:
    row = next(row for row in file.dossier.signatures if row.id == id)
    stale = file.dossier.stale.get(id, ())
    return {
        "role": row.role,
        "person": row.person,
        "at": row.at,
        "revision": row.revision,
        "content_hash": row.content_hash,
        "stand_in": row.stand_in or None,
        "fresh": not stale,
        "changed": list(stale),
        "since": [
            {"revision": each.number, "change": each.change, "by": each.by, "at": each.at}
            for each in revisions
            if row.revision < each.number <= file.piece.current
        ],
    }


def _revision(row: Revision) -> dict[str, Any]:
    return {
        "number": row.number,
        "at": row.at,
        "by": row.by,
        "note": row.note,
        "words": row.words,
        "hash": row.hash,
        "change": row.change,
    }


def _schedule(piece: Piece) -> dict[str, Any] | None:
    instant = instant_of(piece)
    if instant is None:
        return {"planned": piece.planned} if piece.planned else None
    return {
        "at": piece.slot,
        "zone": piece.zone,
        "instant": instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _publication(row: Publication) -> dict[str, Any]:
    return {
        "target": row.target,
        "at": row.at,
        "by": row.by,
        "revision": row.revision,
        "content_hash": row.content_hash,
        "files": list(row.files),
        "address": row.address or None,
    }


def _history(row: History) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": row.at,
        "by": row.by,
        "act": row.act,
        "from": row.from_stage or None,
        "to": row.to_stage or None,
        "reason": row.reason or None,
        "undoes": row.undoes or None,
    }


def _person(row: Message) -> str:
    return _written(row.sender_name, row.sender_address)


def _written(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and address else name or address
