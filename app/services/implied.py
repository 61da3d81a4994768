"""The grant that sending gives by itself, in the exact size of the terms in force, and no more."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.magazine import Terms
from app.domain.messages import Message, Reservation
from app.domain.pieces import Kind, PhotoUse, Piece
from app.domain.rights import SPEAKS_FOR_OWN_WORK_ONLY, TEXT, Basis, Grant
from app.services.filing import Filing

_STOPS_ALL = frozenset({"not-for-publication", "exclusive"})


def implied_grants(
    piece: Piece,
    message: Message,
    photographs: Iterable[PhotoUse],
    reservations: Iterable[Reservation],
    terms: Terms | None,
    filing: Filing,
) -> list[Grant]:
    """The grants of ``piece`` that follow from ``message`` alone: for its text and for its photographs.

    A reservation stops the grant for what it names; an embargo with a date only moves its beginning.
    """
    if terms is None or piece.kind in SPEAKS_FOR_OWN_WORK_ONLY:
        return []
    reserved = list(reservations)
    if any(each.kind in _STOPS_ALL and each.subject == TEXT for each in reserved):
        return []
    undated = any(each.kind == "embargo" and not each.until for each in reserved)
    start = max((each.until for each in reserved if each.kind == "embargo"), default="")
    subjects = (
        [TEXT] if "own-text" in terms.covers and not undated and piece.kind is not Kind.PHOTOGRAPHS else []
    )
    if "own-photographs" in terms.covers and not undated:
        subjects += [use.id for use in photographs if not _names(reserved, use)]
    return [
        Grant(
            id=filing.ids.new(),
            piece=piece.id,
            subject=subject,
            basis=Basis.IMPLIED_BY_SUBMISSION,
            evidence_kind="message",
            evidence=message.id,
            at=filing.at,
            by="",
            terms=terms.sha256,
            media=terms.media,
            edits=terms.edit,
            start=start,
        )
        for subject in subjects
    ]


def _names(reserved: list[Reservation], use: PhotoUse) -> bool:
    stops = [each for each in reserved if each.kind in ("not-this-picture", "not-for-publication")]
    return any(each.subject in ("photos", str(use.number)) for each in stops)
