"""A piece on the desk, its revisions, its history, and what people said about it.

Every row of the desk is a frozen dataclass with an ``id`` (a ULID); one that changes carries
``version``, which a stale save turns into ``Conflict``.  Instants are ISO 8601 in UTC to the second.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """Where a piece stands on its way."""

    INBOX = "inbox"
    REVIEW = "review"
    EDITING = "editing"
    RIGHTS = "rights"
    READY = "ready"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"
    TAKEN_DOWN = "taken-down"


CLOSED = frozenset({Stage.DECLINED, Stage.WITHDRAWN, Stage.DROPPED, Stage.TAKEN_DOWN})
"""The stages that only reopen."""

OPEN = frozenset({Stage.INBOX, Stage.REVIEW, Stage.EDITING, Stage.RIGHTS, Stage.READY})
"""The stages in which a piece waits for somebody."""


class Kind(StrEnum):
    """What a piece is; the kind chooses its gates."""

    ARTICLE = "article"
    PITCH = "pitch"
    TIP = "tip"
    PHOTOGRAPHS = "photographs"
    TESTIMONY = "testimony"
    INTERVIEW = "interview"
    DOCUMENT = "document"
    TRANSLATION = "translation"
    EVENT = "event"


class ChangeClass(StrEnum):
    """How far an edit goes, as the person who makes it says; it decides which signatures go stale."""

    TYPOGRAPHICAL = "typographical"
    CORRECTION = "correction"
    UPDATE = "update"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Piece:
    """One submission.

    ``title`` is what lists show: headline, else subject, else file name (never the file name of a
    protected contributor).  ``slot`` is local wall time ``YYYY-MM-DDTHH:MM`` in the IANA ``zone``;
    ``planned`` a date that is only wished for; ``written_by`` and ``translated_by`` are keys of staff.
    ``filed`` says that its photographs lie in the library, for later use.
    ``readers`` are the keys of those who were asked to read it, until the day ``read_until``;
    ``correction`` has a line for each correction since it was published: the day, a space, what was wrong.
    ``terms`` is the SHA-256 of the terms in force when it came, ``unpublished_claim`` what its sender says:
    ``stated`` (that it is new), ``denied`` (that it appeared before) or ``unknown``.
    """

    id: str
    token: str
    kind: Kind
    stage: Stage
    title: str
    received_at: str
    sent_at: str = ""
    contributor: str = ""
    language: str = ""
    section: str = ""
    also_in: tuple[str, ...] = ()
    assignee: str = ""
    due: str = ""
    held: bool = False
    stage_before: str = ""
    duplicate_of: str = ""
    current: int = 0
    words: int = 0
    photos: int = 0
    later: str = ""
    planned: str = ""
    slot: str = ""
    zone: str = ""
    published_at: str = ""
    written_by: str = ""
    translated_by: str = ""
    byline_chosen: bool = False
    terms: str = ""
    unpublished_claim: str = "unknown"
    slug: str = ""
    correction: str = ""
    readers: tuple[str, ...] = ()
    read_until: str = ""
    filed: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable state of the article of ``piece``; 0 is "as received".

    ``article`` is the article's canonical JSON, ``hash`` the SHA-256 of it in hex.
    """

    id: str
    piece: str
    number: int
    at: str
    by: str
    note: str
    words: int
    hash: str
    article: str
    change: str = ChangeClass.UPDATE


@dataclass(frozen=True, slots=True)
class History:
    """One act on a piece: who, what, when, why, and what undo has to put back.

    ``before`` holds the fields of the piece that the act changed, as they were; ``undoes`` is the id
    of the act that this one takes back.
    """

    id: str
    piece: str
    at: str
    by: str
    act: str
    from_stage: str = ""
    to_stage: str = ""
    reason: str = ""
    undoes: str = ""
    before: dict[str, Any] = field(default_factory=dict)


class Verdict(StrEnum):
    """What a reader recommends."""

    TAKE = "take"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A reader's two lines, hidden from the other readers until they have given their own."""

    id: str
    piece: str
    person: str
    verdict: Verdict
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class Override:
    """A gate lifted by a role, with the reason.

    ``lifts`` is what was missing, in words: when the gate misses something else, it is open again.
    """

    id: str
    piece: str
    gate: str
    lifts: str
    role: str
    person: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One time that a piece left: the target, the revision, and the files with their hashes."""

    id: str
    piece: str
    target: str
    at: str
    by: str
    revision: int
    content_hash: str
    files: tuple[dict[str, Any], ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class PhotoUse:
    """One photograph in one piece; ``asset`` is the stored original, which never changes.

    ``crop`` is ``(x, y, width, height)`` in pixels of the picture as shown, or empty; ``masks`` are
    such boxes, painted over before anything leaves.  ``position`` orders, ``number`` names.
    """

    id: str
    piece: str
    number: int
    asset: str
    position: int
    caption: str = ""
    credit: str = ""
    credit_url: str = ""
    source_line: str = ""
    alt: str = ""
    lead: bool = False
    used: bool = True
    crop: tuple[int, ...] = ()
    masks: tuple[tuple[int, ...], ...] = ()
    version: int = 1
