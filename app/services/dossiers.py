"""Gathering what the desk knows about one piece."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.article import Article
from app.domain.article_json import from_json
from app.domain.dossier import Dossier
from app.domain.errors import Usage
from app.domain.findings import Finding
from app.domain.gates import evaluate
from app.domain.magazine import Magazine
from app.domain.messages import Asset, Event, Message, Reservation
from app.domain.parts import PrintedPhoto, content_hash, parts
from app.domain.people import Contributor, Protection
from app.domain.pieces import Override, PhotoUse, Piece, Recommendation, Revision
from app.domain.rights import TEXT, Grant
from app.domain.roles import Role
from app.domain.signing import Signature, stale_parts
from app.services.acts import local_day
from app.services.ports import Unit
from app.services.undoing import standing

_CREATORS = ("XMP:dc:creator", "IPTC:By-line", "EXIF:Artist")
"""Where a photograph says who made it, the best place first (IPTC Photo Metadata)."""

NAMELESS = "(no subject)"
"""What a piece is called that has neither headline nor subject, and no file whose name may be shown."""


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
    author_url: str

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
    return pointed_to(unit, itself(unit, token))


def itself(unit: Unit, token: str) -> Piece:
    """The piece with this number, also where it only points to another.  Raises as ``by_token``."""
    piece = unit.one(Piece, token=token.strip().upper())
    if piece is None:
        raise Usage("token.unknown", token=token)
    return piece


def pointed_to(unit: Unit, piece: Piece) -> Piece:
    """The piece that ``piece`` joined, or itself."""
    while piece.duplicate_of:
        piece = unit.get(Piece, piece.duplicate_of)
    return piece


def message_named(unit: Unit, key: str) -> Message:
    """The message with this id, or with this Message-ID, that of a protected person's mail included.

    Raises:
        Usage: ``message.unknown``.
    """
    names = [key, unit.lookup(key)]
    found = unit.one(Message, id=key) or next(iter(unit.find(Message, message_id=names)), None)
    if found is None:
        raise Usage("message.unknown", message=key)
    return found


def named(unit: Unit, piece: Piece) -> str:
    """What a piece without a headline is called: a subject, else a file's name; of a protected person never that."""
    messages = unit.find(Message, piece=piece.id, limit=1)
    if messages and messages[0].subject:
        return messages[0].subject
    who = unit.one(Contributor, id=piece.contributor) if piece.contributor else None
    if who is not None and who.protection is Protection.PROTECTED:
        return f"From contact {who.code}"
    files = unit.find(Asset, piece=piece.id, limit=1)
    return files[0].name if files and not files[0].sealed else NAMELESS


def is_hidden(unit: Unit, piece: Piece) -> bool:
    """Whether somebody protected sent the piece or a message on it: then names of files and persons stay closed."""
    people = {row.contributor for row in unit.find(Message, piece=piece.id)} | {piece.contributor}
    return any(
        row.protection is Protection.PROTECTED for row in unit.find(Contributor, id=list(people - {""}))
    )


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
    current, first = revision(unit, piece), revision(unit, piece, 0)
    article = article_of(current)
    uses = tuple(unit.find(PhotoUse, piece=piece.id, order="position"))
    assets = {asset.id: asset for asset in unit.find(Asset, id=[use.asset for use in uses])}
    grants = tuple(unit.find(Grant, piece=piece.id))
    printed = [PrintedPhoto(use, assets[use.asset].sha256) for use in uses]
    contributor = unit.one(Contributor, id=piece.contributor) if piece.contributor else None
    url = _author_url(article, contributor)
    hashes = parts(article, printed, grants, correction=piece.correction, author_url=url)
    signatures = standing(unit, piece)
    dossier = Dossier(
        piece=piece,
        article=article,
        photographs=uses,
        grants=grants,
        signatures=signatures,
        stale=_stale(unit, piece, signatures, hashes, magazine.roles),
        reservations=tuple(unit.find(Reservation, piece=piece.id)),
        overrides=tuple(unit.find(Override, piece=piece.id)),
        recommendations=tuple(unit.find(Recommendation, piece=piece.id)),
        protection=str(contributor.protection) if contributor else str(Protection.OPEN),
        magazine=magazine,
        day=_day(piece, local_day(now, magazine)),
        today=local_day(now, magazine),
        received_words=first.words,
        answered=_answered(unit, piece),
        taken_back=_taken_back(unit, piece),
        names_out=_names_out(article, uses, contributor),
        sender=contributor.byline if contributor and contributor.protection is Protection.OPEN else "",
        authors=_authors(first, uses, assets),
    )
    return File(piece, current, article, contributor, assets, dossier, hashes, url)


def _stale(
    unit: Unit,
    piece: Piece,
    signatures: tuple[Signature, ...],
    hashes: dict[str, str],
    roles: tuple[Role, ...],
) -> dict[str, tuple[str, ...]]:
    if not signatures:
        return {}
    changes = {row.number: row.change for row in unit.find(Revision, piece=piece.id)}
    return {
        each.id: stale_parts(
            each, hashes, [kind for number, kind in changes.items() if number > each.revision], roles
        )
        for each in signatures
    }


def _author_url(article: Article, contributor: Contributor | None) -> str:
    """Where the printed byline leads: to the contributor's address, where it is the contributor's byline."""
    return contributor.url if contributor and contributor.byline == article.byline else ""


def _answered(unit: Unit, piece: Piece) -> str:
    """The day on which the author was first written to."""
    letters = unit.find(Message, piece=piece.id, direction="out")
    return min((letter.received_at[:10] for letter in letters), default="")


def _authors(first: Revision, uses: tuple[PhotoUse, ...], assets: dict[str, Asset]) -> dict[str, str]:
    """The names that the works themselves bear: the byline as received, the creator in a photograph."""
    found = {TEXT: article_of(first).byline.strip()}
    for use in uses:
        said = assets[use.asset].metadata
        found[use.id] = next((str(said[key]) for key in _CREATORS if said.get(key)), "")
    return found


def _taken_back(unit: Unit, piece: Piece) -> str:
    """When the author last withdrew by mail."""
    letters = unit.find(Message, piece=piece.id, event=str(Event.WITHDRAWAL))
    return max((letter.received_at for letter in letters), default="")


def _day(piece: Piece, today: date) -> date:
    if piece.slot:
        return date.fromisoformat(piece.slot[:10])
    if piece.planned:
        return date.fromisoformat(piece.planned[:10])
    return today


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
