"""Messages and files as they arrived: what is kept of each, and the classes a message may have."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.folds import without


class MessageClass(StrEnum):
    """Whom a message is for; only a contribution gets a number."""

    CONTRIBUTION = "contribution"
    BELONGS = "belongs"
    PITCH = "pitch"
    QUESTION = "question"
    ERROR_REPORT = "error-report"
    REPLY_REQUEST = "reply-request"
    TAKEDOWN = "takedown"
    DATA_REQUEST = "data-request"
    INVITATION = "invitation"
    NEWSLETTER = "newsletter"
    PRESS = "press"
    MACHINE = "machine"
    SPAM = "spam"


FOR_SOMEONE = frozenset(
    {
        MessageClass.PITCH,
        MessageClass.QUESTION,
        MessageClass.ERROR_REPORT,
        MessageClass.REPLY_REQUEST,
        MessageClass.TAKEDOWN,
        MessageClass.DATA_REQUEST,
        MessageClass.INVITATION,
    }
)
"""They wait in the inbox without a number until a person answers or accepts them."""

FOR_NOBODY = frozenset({MessageClass.NEWSLETTER, MessageClass.PRESS, MessageClass.MACHINE, MessageClass.SPAM})


class Event(StrEnum):
    """What a message reports about a thread."""

    BOUNCE = "bounce"
    AUTOMATIC_ANSWER = "automatic-answer"
    WITHDRAWAL = "withdrawal"


class ArrivalState(StrEnum):
    """How far the desk has come with bytes that arrived."""

    STORED = "stored"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Bytes that arrived, committed before anything reads them.

    ``sha256`` is over the bytes, in hex, and unique: the same bytes again are ``known``.  ``kind`` is
    ``message`` or ``file``; ``path`` the argument by which they came, ``part`` the place in an mbox.
    """

    id: str
    sha256: str
    blob: str
    size: int
    kind: str
    path: str
    at: str
    part: int = 0
    state: ArrivalState = ArrivalState.STORED
    status: str = "received"
    reason: str = ""
    message: str = ""
    piece: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said, in or out.

    ``raw`` is the blob of the exact bytes; ``sealed`` holds, for a protected person, what would tell
    who wrote (JSON sealed to the vault), and then the fields here hold only what is open.
    ``head`` has a line for each field of the head, ``headers`` what was read in it and has no field here;
    ``folds`` are the ranges of ``text`` that are no new writing, each a kind, a start and an end.
    """

    id: str
    arrival: str
    direction: str
    channel: str
    klass: MessageClass
    received_at: str
    piece: str = ""
    event: str = ""
    why: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    date: str = ""
    date_text: str = ""
    sender_name: str = ""
    sender_address: str = ""
    to: tuple[dict[str, str], ...] = ()
    cc: tuple[dict[str, str], ...] = ()
    subject: str = ""
    text: str = ""
    folds: tuple[tuple[str, int, int], ...] = ()
    head: str = ""
    headers: dict[str, Any] = field(default_factory=dict)
    defects: tuple[str, ...] = ()
    language: str = ""
    contributor: str = ""
    raw: str = ""
    sealed: bytes = b""
    filed: bool = False
    corrected_by: str = ""
    version: int = 1

    @property
    def new_text(self) -> str:
        """The text without quoted history and signatures."""
        return without(self.text, self.folds)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file on the desk; the original is never changed.

    ``message`` is empty for a loose file; ``parent`` is the asset that held this one (a picture inside
    a document, a file inside a nested message).  ``read`` tells whether its text or picture was taken
    in, ``reason`` why not; ``text`` its words; ``width`` and ``height`` are pixels as shown.
    ``sealed`` holds the name and the metadata of a protected person's file.
    """

    id: str
    message: str
    piece: str
    position: int
    name: str
    media_type: str
    size: int
    sha256: str
    blob: str
    read: bool = False
    reason: str = ""
    text: str = ""
    parent: str = ""
    role: str = "file"
    width: int = 0
    height: int = 0
    metadata: dict[str, Any] = field(default_factory=dict)
    report: tuple[str, ...] = ()
    thumbnail: str = ""
    sealed: bytes = b""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Reservation:
    """A wish of the sender that limits what may be done, with the sentence that says so.

    ``kind`` is no-name, not-for-publication, exclusive, embargo, not-this-picture or see-edit;
    ``until`` an ISO date for an embargo; ``subject`` what it names: ``text``, ``name``, ``photos`` or
    the number of a photograph.  ``settled`` is the reason why a person lifted it.
    """

    id: str
    piece: str
    message: str
    kind: str
    sentence: str
    subject: str = "text"
    until: str = ""
    settled_by: str = ""
    settled: str = ""
    version: int = 1
