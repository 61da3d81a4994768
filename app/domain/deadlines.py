"""Finding a date in a sentence of English, Italian, French, Russian, Arabic or Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

_JUST_OVER = timedelta(days=30)
"""A date without a year that lies this little back is meant so: mail is read late."""
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")
_HAN_DATE = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]")
_HAN_NUMBER = re.compile("([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)(?=[月日号號])")
_HAN = "〇一二三四五六七八九"


def first_date(text: str, months: Mapping[str, int], day: date) -> str:
    """The first date in folded ``text`` as ISO text, ``""`` when there is none.

    ``months`` maps folded names to numbers.  Where no year is said it is the next time after ``day`` that
    the date comes round.  Of ``5/6/2026`` the day is read first, unless only the other order is a date.
    """
    if "月" in text:
        text = _HAN_NUMBER.sub(_arabic, text)
    found = [*_with_numbers(text, day), *_with_names(text, tuple(months.items()), day)]
    return min(found, default=(0, ""))[1]


def _with_numbers(text: str, day: date) -> Iterator[tuple[int, str]]:
    for match in _ISO.finditer(text):
        yield from _at(match, int(match[1]), int(match[2]), int(match[3]), day)
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[2])
        month, of_month = (second, first) if second <= 12 else (first, second)
        yield from _at(match, int(match[3]), month, of_month, day)
    for match in _HAN_DATE.finditer(text):
        yield from _at(match, int(match[1] or 0), int(match[2]), int(match[3]), day)


def _with_names(text: str, months: tuple[tuple[str, int], ...], day: date) -> Iterator[tuple[int, str]]:
    numbers = dict(months)
    day_first, month_first = _patterns(tuple(numbers))
    for match in day_first.finditer(text):
        yield from _at(match, int(match[3] or 0), numbers[match[2]], int(match[1]), day)
    for match in month_first.finditer(text):
        yield from _at(match, int(match[3] or 0), numbers[match[1]], int(match[2]), day)


@lru_cache(4)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    month = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    of_month, year = r"(?<!\d)(\d{1,2})(?!\d)", r"(?!\w)\.?(?:,? ?(?:de |di |عام |سنه )?(\d{4}))?"
    ending = r"(?:st|nd|rd|th|er|e|º|°|o|-?го|-?е|\.)?"
    return (
        re.compile(rf"{of_month}{ending}[ -]?(?:day )?(?:of |di |de |من )?({month}){year}"),
        re.compile(rf"(?<!\w)({month})\.? {of_month}(?:st|nd|rd|th)?{year}"),
    )


def _at(match: re.Match[str], year: int, month: int, of_month: int, day: date) -> Iterator[tuple[int, str]]:
    """The place of the match and its date, if there is such a day."""
    years = [year] if year else [day.year - 1, day.year, day.year + 1]
    for each in years:
        try:
            made = date(each, month, of_month)
        except ValueError:
            continue
        if year or made >= day - _JUST_OVER:
            yield match.start(), made.isoformat()
            return


def _arabic(number: re.Match[str]) -> str:
    """Chinese numerals before a month or day as digits: 十 is 10, 二十三 is 23."""
    if not number[0]:
        return ""
    tens = (_HAN.index(number[1]) if number[1] else 1) if number[2] else 0
    ones = number[3] or ("" if number[2] else number[1])
    return str(tens * 10 + (_HAN.index(ones) if ones else 0))
