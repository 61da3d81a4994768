"""Rows that only services and storage speak of, and the list rows that screens and the command line show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the desk; ``value`` is any JSON-able value under the key ``value``."""

    id: str
    value: dict[str, Any] = field(default_factory=dict)
    version: int = 1


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log: ids, never names.  ``mac`` chains it to the one before, in hex."""

    seq: int
    at: str
    actor: str
    act: str
    subject: str
    detail: dict[str, Any]
    mac: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One piece in a list, as ``transom list`` prints it."""

    token: str
    title: str
    kind: str
    stage: str
    language: str
    section: str
    byline: str
    protection: str
    assignee: str
    received_at: str
    due: str
    words: int
    photos: int
    rights: str
    id: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search; ``where`` is ``article`` or ``message``, ``ref`` the id of what was found."""

    piece: str
    where: str
    ref: str
    score: float
