"""Which of the older backups stay: fewer and fewer with age."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

_ALL = timedelta(days=2)
_PERIODS: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
    (12, lambda at: (at.year, at.month, at.day)),
    (10, lambda at: tuple(at.isocalendar())[:2]),
    (9, lambda at: (at.year, at.month)),
)
"""How many days, then weeks, then months keep their last backup."""


def kept(made: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of the backups, by their instants, that stay.

    Everything of the last two days stays, and everything that seems to come from the future: then a
    clock was wrong.  Of what is older the last backup of each of 12 days, then of 10 weeks, then of 9
    months stays; only periods that have a backup count, so a clock that jumps ahead takes no more away.
    The newest always stays.
    """
    newest_first = sorted(made, reverse=True)
    stay = {at for at in newest_first if now - at < _ALL} | set(newest_first[:1])
    older = [at for at in newest_first if at not in stay]
    for count, period in _PERIODS:
        lasts: dict[tuple[int, ...], datetime] = {}
        for at in older:
            lasts.setdefault(period(at), at)
        taken = sorted(lasts.values(), reverse=True)[:count]
        stay.update(taken)
        older = [at for at in older if taken and at < taken[-1] and period(at) != period(taken[-1])]
    return stay
