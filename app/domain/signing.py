"""Signatures: a masthead role's approval, bound to the content it covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.parts import TEXT_PARTS
from app.domain.pieces import Piece
from app.domain.roles import TYPOGRAPHY, Role


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


def stale_parts(
    signature: Signature, now: Mapping[str, str], changes: Iterable[str], roles: Iterable[Role]
) -> tuple[str, ...]:
    """The parts whose content is no longer what was signed, by name.

    ``changes`` are the classes of the revisions made since, ``roles`` say which of these a signature
    survives.  They excuse differences of the text only: a photograph, its words and a permission are
    always looked at again.
    """
    different = sorted(
        {name for name in {*now, *signature.parts} if now.get(name) != signature.parts.get(name)}
    )
    survived = next((role.survives for role in roles if role.key == signature.role), TYPOGRAPHY)
    made = list(changes)
    excused = bool(made) and all(change in survived for change in made)
    return tuple(name for name in different if not (excused and name in TEXT_PARTS))


def own_work_only(signers: Iterable[str], piece: Piece) -> bool:
    """Whether the editorial signatures are all by one person, who wrote or translated ``piece``."""
    alone = set(signers)
    return len(alone) == 1 and not alone.isdisjoint({piece.written_by, piece.translated_by})
