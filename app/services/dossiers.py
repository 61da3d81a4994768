"""Gathering what the desk knows about one piece."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.article import Article
from app.domain.article_json import from_json
from app.domain.errors import Usage
from app.domain.findings import Finding
from app.domain.gates import Dossier, evaluate
from app.domain.magazine import Magazine
from app.domain.messages import Asset, Message, Reservation
from app.domain.parts import PrintedPhoto, content_hash, parts
from app.domain.people import Contributor, Protection
from app.domain.pieces import Override, PhotoUse, Piece, Recommendation, Revision
from app.domain.rights import Grant
from app.domain.signing import Signature, stale_parts
from app.services.ports import Unit


@dataclass(frozen=True, slots=True)
class File:
    """One piece with everything that gates, signatures and exports are told from."""

    piece: Piece
    revision: Revision
    article: Article
    contributor: Contributor | None
    assets: dict[str, Asset]
    dossier: Dossier
    parts: dict[str, str]

    @property
    def hash(self) -> str:
        """The content hash of the piece as it stands."""
        return content_hash(self.parts)

    def findings(self) -> tuple[Finding, ...]:
        """Every gate of the piece."""
        return evaluate(self.dossier)


def by_token(unit: Unit, token: str) -> Piece:
    """The piece with this number; a duplicate's number points to the piece that it joined.

    Raises:
        Usage: ``token.unknown``.
    """
    piece = unit.one(Piece, token=token.strip().upper())
    if piece is None:
        raise Usage("token.unknown", token=token)
    return unit.get(Piece, piece.duplicate_of) if piece.duplicate_of else piece


def article_of(revision: Revision) -> Article:
    """The article that a revision holds."""
    return from_json(json.loads(revision.article))


def revision(unit: Unit, piece: Piece, number: int | None = None) -> Revision:
    """A revision of the piece, the current one by default.

    Raises:
        Usage: ``revision.unknown``.
    """
    wanted = piece.current if number is None else number
    found = unit.one(Revision, piece=piece.id, number=wanted)
    if found is None:
        raise Usage("revision.unknown", token=piece.token, number=wanted)
    return found


def open_file(unit: Unit, piece: Piece, magazine: Magazine, now: datetime) -> File:
    """Everything about ``piece``, as it stands at ``now``."""
    current = revision(unit, piece)
    article = article_of(current)
    uses = tuple(unit.find(PhotoUse, piece=piece.id, order="position"))
    assets = {asset.id: asset for asset in unit.find(Asset, piece=piece.id)}
    grants = tuple(unit.find(Grant, piece=piece.id))
    printed = [PrintedPhoto(use, assets[use.asset].sha256) for use in uses]
    hashes = parts(article, printed, grants)
    signatures = tuple(unit.find(Signature, piece=piece.id))
    contributor = unit.one(Contributor, id=piece.contributor) if piece.contributor else None
    dossier = Dossier(
        piece=piece,
        article=article,
        photographs=uses,
        grants=grants,
        signatures=signatures,
        stale=_stale(unit, piece, signatures, hashes),
        reservations=tuple(unit.find(Reservation, piece=piece.id)),
        overrides=tuple(unit.find(Override, piece=piece.id)),
        recommendations=tuple(unit.find(Recommendation, piece=piece.id)),
        protection=str(contributor.protection) if contributor else str(Protection.OPEN),
        magazine=magazine,
        day=_day(piece, now),
        today=now.date(),
        received_words=revision(unit, piece, 0).words,
        answered=bool(unit.find(Message, piece=piece.id, direction="out", limit=1)),
        names_out=_names_out(article, uses, contributor),
    )
    return File(piece, current, article, contributor, assets, dossier, hashes)


def _stale(
    unit: Unit, piece: Piece, signatures: tuple[Signature, ...], hashes: dict[str, str]
) -> dict[str, tuple[str, ...]]:
    if not signatures:
        return {}
    changes = {row.number: row.change for row in unit.find(Revision, piece=piece.id)}
    return {
        each.id: stale_parts(each, hashes, [kind for number, kind in changes.items() if number > each.revision])
        for each in signatures
    }


def _day(piece: Piece, now: datetime) -> date:
    if piece.slot:
        return date.fromisoformat(piece.slot[:10])
    if piece.planned:
        return date.fromisoformat(piece.planned[:10])
    return now.date()


def instant_of(piece: Piece) -> datetime | None:
    """When a scheduled piece goes out: its local wall time in its zone, resolved now."""
    if not piece.slot:
        return None
    return datetime.fromisoformat(piece.slot).replace(tzinfo=ZoneInfo(piece.zone))


def _names_out(
    article: Article, uses: tuple[PhotoUse, ...], contributor: Contributor | None
) -> tuple[str, ...]:
    """The places that print the byline of somebody who is open; the egress gate looks for protected names."""
    if contributor is None or contributor.protection is not Protection.OPEN or not contributor.byline.strip():
        return ()
    name = contributor.byline.casefold()
    places = [("the byline", article.byline), ("the biography", article.bio)]
    places += [(f"the credit of photograph {use.number}", use.credit) for use in uses if use.used]
    return tuple(place for place, said in places if name in said.casefold())
