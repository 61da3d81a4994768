"""Rows that only services and storage speak of."""

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
