"""Which backups stay, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.thinning import kept

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

instants = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: NOW - timedelta(days=1000, minutes=-minutes))


def test_everything_of_two_days_stays() -> None:
    made = [NOW - HOUR * n for n in range(48)]
    assert kept(made, NOW) == set(made)


def test_a_year_of_hourly_backups_becomes_days_weeks_and_months() -> None:
    made = [NOW - HOUR * n for n in range(365 * 24)]
    stay = sorted(kept(made, NOW), reverse=True)
    older = [at for at in stay if NOW - at >= 2 * DAY]
    assert len(older) == 12 + 10 + 9
    gaps = [first - second for first, second in pairwise(older)]
    assert all(gap <= DAY for gap in gaps[:11])
    assert all(gap <= 8 * DAY for gap in gaps[11:21])
    assert older[-1] < NOW - 280 * DAY


def test_thinned_every_hour_for_a_year_the_same_spread_is_left() -> None:
    stay: set[datetime] = set()
    for hour in range(0, 365 * 24, 3):
        now = NOW + HOUR * hour
        stay = kept(stay | {now}, now)
    older = [at for at in stay if now - at >= 2 * DAY]
    assert 12 + 10 + 7 <= len(older) <= 12 + 10 + 9
    assert now - min(older) > 250 * DAY


def test_a_clock_that_jumped_back_takes_nothing_away() -> None:
    made = [NOW - HOUR * n for n in range(48)]
    assert kept(made, NOW - 400 * DAY) == set(made)


def test_a_clock_that_jumped_ahead_leaves_the_last_of_each_day() -> None:
    made = [NOW - HOUR * n for n in range(24 * 5)]
    stay = kept([*made, NOW + 5000 * DAY], NOW + 5000 * DAY)
    assert {at.date() for at in stay} == {at.date() for at in made} | {(NOW + 5000 * DAY).date()}


@given(st.lists(instants, max_size=60), instants)
def test_the_newest_and_the_future_stay_and_thinning_twice_is_thinning_once(
    made: list[datetime], now: datetime
) -> None:
    stay = kept(made, now)
    assert stay <= set(made)
    assert not made or max(made) in stay
    assert {at for at in made if at > now} <= stay
    assert {at.date() for at in sorted(made, reverse=True)[:1]} <= {at.date() for at in stay}
    assert kept(stay, now) == stay
