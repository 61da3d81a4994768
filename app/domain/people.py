"""Contributors: by what name they are shown, and what must never be shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Protection(StrEnum):
    """How much of a contributor may be seen."""

    OPEN = "open"
    PEN_NAME = "pen-name"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who sends.

    ``code`` is four Crockford letters ("7F3K"), the name of a protected contact on the screen;
    ``byline`` the name printed by default: for PEN_NAME and PROTECTED it is the pen name.
    ``real_name_allowed`` records a consent that the real name be the byline, ``consent`` where it is written.
    """

    id: str
    code: str
    byline: str
    protection: Protection
    created_at: str
    language: str = ""
    bio: str = ""
    url: str = ""
    real_name_allowed: bool = False
    consent: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address of a contributor: ``lookup`` is its HMAC, ``value`` is empty when it is sealed."""

    id: str
    contributor: str
    lookup: str
    value: str = ""
    name: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class VaultRecord:
    """What the vault holds of one contributor: JSON sealed to the vault's public key."""

    id: str
    contributor: str
    sealed: bytes
    version: int = 1


@dataclass(frozen=True, slots=True)
class SealedTerm:
    """One thing that must not leave, sealed: a JSON object of ``text``, ``kind`` and ``settled`` places."""

    id: str
    contributor: str
    sealed: bytes
