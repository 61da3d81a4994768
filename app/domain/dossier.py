"""What the gates look at: everything that is known about one piece, and what its permissions come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.article import Article
from app.domain.magazine import Magazine
from app.domain.messages import Reservation
from app.domain.pieces import Override, PhotoUse, Piece, Recommendation
from app.domain.rights import SPEAKS_FOR_OWN_WORK_ONLY, TEXT, Basis, Grant, in_force
from app.domain.signing import Signature


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that the gates look at.

    ``stale`` maps the ids of signatures to the parts that changed since; ``day`` is the day on which
    the piece is to go out, ``today`` the day of looking; ``received_words`` counts revision 0.
    ``names_out`` are the places of the piece that hold a name the contributor must not be printed by,
    ``taken_back`` the instant at which the author last withdrew by mail, ``answered`` the day on which
    the author was first written to, each ``""`` for never.  ``sender`` is what an open contributor is
    called, ``authors`` maps subjects of permissions to the name that the work itself bears.
    """

    piece: Piece
    article: Article
    photographs: tuple[PhotoUse, ...]
    grants: tuple[Grant, ...]
    signatures: tuple[Signature, ...]
    stale: dict[str, tuple[str, ...]]
    reservations: tuple[Reservation, ...]
    overrides: tuple[Override, ...]
    recommendations: tuple[Recommendation, ...]
    protection: str
    magazine: Magazine
    day: date
    today: date
    received_words: int = 0
    answered: str = ""
    taken_back: str = ""
    names_out: tuple[str, ...] = ()
    sender: str = ""
    authors: Mapping[str, str] = field(default_factory=dict)

    @property
    def printed(self) -> tuple[PhotoUse, ...]:
        """The photographs that will be printed."""
        return tuple(use for use in self.photographs if use.used)


def covered(dossier: Dossier, subject: str) -> bool:
    """Whether a permission for ``subject`` (the text, or the id of a photo use) permits what will happen."""
    return any(permits(dossier, each) for each in grants_of(dossier, subject))


def permits(dossier: Dossier, grant: Grant) -> bool:
    """Whether a grant permits what will happen: sending alone permits nothing of the work of others."""
    implied = grant.basis is Basis.IMPLIED_BY_SUBMISSION
    if implied and dossier.piece.kind in SPEAKS_FOR_OWN_WORK_ONLY:
        return False
    return in_force(grant, "web", dossier.day.isoformat())


def explicit(grant: Grant) -> bool:
    """Whether somebody gave this permission in so many words."""
    return grant.status == "active" and grant.basis not in (Basis.IMPLIED_BY_SUBMISSION, Basis.NONE_KNOWN)


def grants_of(dossier: Dossier, subject: str) -> list[Grant]:
    """The permissions for ``subject``, good or not."""
    return [each for each in dossier.grants if each.subject == subject]


def used_grants(dossier: Dossier) -> list[Grant]:
    """The grants that the piece stands on: for its text, and for the photographs that are printed."""
    subjects = {TEXT, *(use.id for use in dossier.printed)}
    return [each for each in dossier.grants if each.subject in subjects]


def subject_name(dossier: Dossier, grant: Grant) -> str:
    """What a permission is for, in words."""
    numbers = {use.id: use.number for use in dossier.photographs}
    return "the text" if grant.subject == TEXT else f"photograph {numbers[grant.subject]}"


def trouble(grant: Grant) -> str:
    """What is wrong with a permission by itself, ``""`` for nothing."""
    if grant.status != "active":
        return grant.status
    return "without any known basis" if grant.basis is Basis.NONE_KNOWN else ""
