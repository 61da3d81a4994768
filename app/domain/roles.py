"""Roles on the desk: what each may do, and what its signature outlives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.pieces import ChangeClass


class Power(StrEnum):
    """Something that a role may do."""

    WORK = "work"
    """Edit, caption, file, hold, and move pieces on: whatever is not one of the others."""
    DECIDE = "decide"
    """Take a piece on, turn it down, join it to another, give it its date."""
    PUBLISH = "publish"
    """Let a piece out now, and take it down."""
    GRANT = "grant"
    """Record permissions and mark them."""
    SETTLE = "settle"
    """Settle what a sender reserved."""
    VAULT = "vault"
    """Protect somebody, and open a record of the vault for a reason."""
    RECOMMEND = "recommend"
    """Give a reader's two lines."""


TYPOGRAPHY = (ChangeClass.TYPOGRAPHICAL,)


@dataclass(frozen=True, slots=True)
class Role:
    """A role by ``key``: what it ``may`` do, and the classes of change that its signature ``survives``."""

    key: str
    may: tuple[Power, ...]
    survives: tuple[ChangeClass, ...] = TYPOGRAPHY


SAFETY = "safety"
"""The signature under the reading for what gives a person away; no role of the people table is called so."""

MASTHEAD_ROLES = ("editor-in-chief", "director")
"""Those who answer for what is printed; the director is the direttore responsabile of L. 47/1948 art. 3."""

_STAFF = (Power.WORK, Power.RECOMMEND)
ROLES = (
    # A correction is signed anew by the editor-in-chief, the reply of a person named by the director.
    Role("editor-in-chief", tuple(Power), (ChangeClass.TYPOGRAPHICAL, ChangeClass.REPLY)),
    Role(
        "director",
        (*_STAFF, Power.DECIDE, Power.PUBLISH, Power.GRANT, Power.VAULT),
        (ChangeClass.TYPOGRAPHICAL, ChangeClass.CORRECTION),
    ),
    Role("editor", (*_STAFF, Power.DECIDE, Power.GRANT, Power.VAULT)),
    Role("copy-editor", _STAFF),
    Role("photo-editor", (*_STAFF, Power.GRANT)),
    Role("rights", (*_STAFF, Power.GRANT, Power.SETTLE, Power.VAULT)),
    Role("translator", _STAFF),
    Role("reader", (Power.RECOMMEND,)),
)
"""The roles of a magazine whose profile names none of its own.  A reader recommends, and moves nothing."""
