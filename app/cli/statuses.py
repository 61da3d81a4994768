"""The exit status of a program run."""

from __future__ import annotations

from app.domain.errors import Conflict, Damaged, DeskError, RuleBroken, Usage

DONE, REFUSED, USAGE, UNAVAILABLE, DAMAGED = range(5)


def status_of(error: DeskError) -> int:
    """The exit status that belongs to an error."""
    if isinstance(error, (RuleBroken, Conflict)):
        return REFUSED
    if isinstance(error, Usage):
        return USAGE
    return DAMAGED if isinstance(error, Damaged) else UNAVAILABLE
