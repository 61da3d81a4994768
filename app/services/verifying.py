"""Checking that everything stored is what was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from app.domain.errors import Damaged, DeskError
from app.words import told


@dataclass(frozen=True, slots=True)
class Check:
    """One check by name, whether it holds, and a sentence."""

    name: str
    ok: bool
    detail: str

    def as_json(self) -> dict[str, Any]:
        """As ``transom verify --json`` prints it."""
        return {"name": self.name, "ok": self.ok, "detail": self.detail}


class Inspected(Protocol):
    """What storage can check of itself; each gives a sentence, and raises Damaged."""

    def pages(self) -> str:
        """Every page of the database, its codes, its structure, its references."""

    def blobs(self) -> str:
        """Every blob, read to its end and compared with its row."""

    def audit(self) -> str:
        """The chain of the audit log, and its head."""

    def texts(self) -> str:
        """Every revision against its hash, every original against its SHA-256."""

    def arrivals(self) -> str:
        """What was stored and not read yet, and what could not be read."""


class Verifying:
    """Runs every check; none of them changes anything."""

    def __init__(self, inspected: Inspected, jail: Callable[[], str], keyring: Callable[[], str]) -> None:
        self._inspected = inspected
        self._jail = jail
        self._keyring = keyring

    def verify(self) -> list[Check]:
        """Every check.  The keyring's answer and the jail's strength are told and never count as damage."""
        return [
            _checked("database", self._inspected.pages),
            _checked("blobs", self._inspected.blobs),
            _checked("audit log", self._inspected.audit),
            _checked("texts and originals", self._inspected.texts),
            _checked("arrivals", self._inspected.arrivals),
            _checked("keyring", self._keyring),
            _checked("sandbox", self._jail),
        ]


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except Damaged as error:
        return Check(name, False, f"{told(error)} [{error}]")
    except DeskError as error:
        return Check(name, True, f"not looked at: {told(error)}")
