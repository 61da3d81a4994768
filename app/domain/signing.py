"""Signatures: a masthead role's approval, bound to the content it covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.parts import TEXT_PARTS
from app.domain.pieces import Piece

SAFETY = "safety"
"""The reading for what gives a protected person away: no editorial signature."""


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


_EXCUSED: dict[str, dict[str, bool]] = {
    "editor-in-chief": {"typographical": True, "correction": False, "update": False, "reply": True},
    "director": {"typographical": True, "correction": True, "update": False, "reply": False},
}
"""Whether a masthead role's signature survives a change of the text, by the class of the change: a
correction is signed anew by the editor-in-chief, the reply of a person named by the director."""


def stale_parts(signature: Signature, now: Mapping[str, str], changes: Iterable[str]) -> tuple[str, ...]:
    """The parts whose content is no longer what was signed, by name.

    ``changes`` are the classes of the revisions made since.  They excuse differences of the text only:
    a photograph, its words and a permission are always looked at again.
    """
    different = sorted(
        {name for name in {*now, *signature.parts} if now.get(name) != signature.parts.get(name)}
    )
    rules = _EXCUSED.get(signature.role, {"typographical": True})
    made = list(changes)
    excused = bool(made) and all(rules.get(change, False) for change in made)
    return tuple(name for name in different if not (excused and name in TEXT_PARTS))


def own_work_only(signers: Iterable[str], piece: Piece) -> bool:
    """Whether the editorial signatures are all by one person, who wrote or translated ``piece``."""
    alone = set(signers)
    return len(alone) == 1 and not alone.isdisjoint({piece.written_by, piece.translated_by})
