"""Grants: a right, why the desk has it, and where that is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.pieces import Kind


class Basis(StrEnum):
    """Why the magazine may print something."""

    IMPLIED_BY_SUBMISSION = "implied-by-submission"
    REPUBLISHED_WITH_PERMISSION = "republished-with-permission"
    EXPLICIT_EMAIL = "explicit-email"
    SIGNED_LICENCE = "signed-licence"
    COMMISSION_OR_STAFF = "commission-or-staff"
    AGENCY_SUBSCRIPTION = "agency-subscription"
    HANDOUT = "handout"
    CC = "cc"
    PUBLIC_DOMAIN = "public-domain"
    QUOTATION_ART70 = "quotation-art70"
    CURRENT_EVENTS_ART65 = "current-events-art65"
    FAIR_USE_NOTE = "fair-use-note"
    SCREENSHOT_OF_VIDEO = "screenshot-of-video"
    VERBAL = "verbal"
    NONE_KNOWN = "none-known"


TEXT = "text"
"""The subject of a grant for the text; a grant for a photograph names the photo use's id."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One permission in ``piece`` for ``subject`` (``text`` or the id of a photo use).

    ``evidence`` is the id of a message or an asset and ``evidence_kind`` says which (``message``,
    ``file`` or ``note``); ``quote`` the sentence that grants; ``media`` and ``edits`` its extent;
    ``until`` an ISO date or empty; ``details`` what the basis asks for (licence, source, agency ...).
    ``status`` is active, disputed or revoked.
    """

    id: str
    piece: str
    subject: str
    basis: Basis
    evidence_kind: str
    evidence: str
    at: str
    by: str
    quote: str = ""
    terms: str = ""
    media: tuple[str, ...] = ("web", "archive")
    edits: tuple[str, ...] = ("form", "cut")
    exclusivity: str = "none"
    start: str = ""
    until: str = ""
    status: str = "active"
    note: str = ""
    details: dict[str, str] = field(default_factory=dict)
    version: int = 1


SPEAKS_FOR_OWN_WORK_ONLY = frozenset({Kind.PITCH, Kind.TIP, Kind.DOCUMENT, Kind.TRANSLATION})
"""Kinds that sending permits nothing for: leaked documents, the texts of others, mere hints."""

_QUOTED = ("purpose", "extent", "source", "author", "reviewer")
NEEDS: dict[Basis, tuple[str, ...]] = {
    Basis.REPUBLISHED_WITH_PERMISSION: ("first-published", "address", "printed-line"),
    Basis.AGENCY_SUBSCRIPTION: ("agency", "account", "item", "restrictions"),
    Basis.HANDOUT: ("body", "source", "restrictions"),
    Basis.CC: ("licence", "title", "author", "source", "archived", "adapted"),
    Basis.PUBLIC_DOMAIN: ("reason", "jurisdiction"),
    Basis.QUOTATION_ART70: _QUOTED,
    Basis.CURRENT_EVENTS_ART65: _QUOTED,
    Basis.FAIR_USE_NOTE: _QUOTED,
    Basis.SCREENSHOT_OF_VIDEO: ("purpose", "source", "time-code", "date"),
}
"""What is told with a basis, beside its evidence (L. 633/1941 arts 65 and 70; CC: title, author, source, licence)."""


def missing(grant: Grant) -> tuple[str, ...]:
    """The details that the basis of ``grant`` asks for and that are not there."""
    return tuple(name for name in NEEDS.get(grant.basis, ()) if not grant.details.get(name))


def in_force(grant: Grant, medium: str, day: str) -> bool:
    """Whether ``grant`` covers ``medium`` on ``day`` (an ISO date)."""
    return (
        grant.status == "active"
        and grant.basis is not Basis.NONE_KNOWN
        and medium in grant.media
        and grant.start <= day
        and (not grant.until or day <= grant.until)
    )
