"""Signatures: a masthead role's approval, bound to the content it covers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Signature:
    """``role`` approved revision ``revision`` of ``piece``.

    ``parts`` maps the names of the parts of the content that the role covers to their hashes as they
    were; the signature is stale when one of them differs.  ``stand_in`` says by what proof another
    person acted for the role.
    """

    id: str
    piece: str
    role: str
    person: str
    at: str
    revision: int
    content_hash: str
    parts: dict[str, str] = field(default_factory=dict)
    stand_in: str = ""
    excused: tuple[str, ...] = ()
