"""Date fields of mail (RFC 5322 section 3.3 and the forms that are sent instead) to instants."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: n + 1 for n, name in enumerate(_NAMES.split())}
_ZONES = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "cet": 1, "cest": 2,
          "bst": 1, "msk": 3, "jst": 9}  # fmt: skip
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?(?:\s*(?P<half>[ap]m)\b)?"
)
_ZONE = r"(?:\s*(?:(?:gmt|utc)\s?(?=[+-]))?(?P<zone>[+-]\d{1,2}(?::?\d{2})?|[a-z]{1,5}))?"
_COMMENT = re.compile(r"\([^()]*+\)")
_AROUND_COLON = re.compile(r" ?: ?")
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"(?<!\d)(?P<day>\d{{1,2}})[\s.-]{{1,9}}(?P<month>[a-z]{{3}})[a-z]*[\s.,-]{{1,9}}(?P<year>\d{{2,4}})(?!\d)[\s,]{{1,9}}(?:at\s)?{_CLOCK}{_ZONE}",
        rf"(?<!\d)(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})[\sT]{{1,9}}{_CLOCK}{_ZONE}",
        rf"\b(?P<month>[a-z]{{3}})[a-z]*\.?\s{{1,9}}(?P<day>\d{{1,2}})\s{{1,9}}{_CLOCK}{_ZONE}\s{{1,9}}(?P<year>\d{{4}})(?!\d)",
        rf"\b(?P<month>[a-z]{{3}})[a-z]*\.?\s{{1,9}}(?P<day>\d{{1,2}}),?\s{{1,9}}(?P<year>\d{{4}})(?!\d)[\s,]{{1,9}}(?:at\s)?{_CLOCK}{_ZONE}",
    )
)  # fmt: skip


def instant(text: str) -> str | None:
    """ISO 8601 UTC to the second (``2026-04-12T08:00:00Z``) of a Date field, or None when it says no instant.

    An unknown or missing zone counts as UTC (RFC 5322 section 4.3), a year of two digits is 1950 to 2049,
    a leap second is the second before it.
    """
    head = _AROUND_COLON.sub(":", " ".join(_COMMENT.sub(" ", text[:400]).split()))[:200]
    for form in _FORMS:
        found = form.search(head)
        if found:
            return _utc(found.groupdict())
    return None


def _utc(at: dict[str, str | None]) -> str | None:
    month = _MONTHS.get((at["month"] or "").lower()) or _number(at["month"])
    year = _number(at["year"])
    if len(at["year"] or "") < 4:
        year += 2000 if year < 50 else 1900
    hour = _number(at["hour"])
    if at["half"]:
        hour = hour % 12 + (12 if at["half"].lower() == "pm" else 0)
    try:
        second = min(_number(at["second"]), 59)
        local = datetime(year, month, _number(at["day"]), hour, _number(at["minute"]), second, tzinfo=UTC)
        return (local - _offset(at["zone"] or "")).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _offset(zone: str) -> timedelta:
    if zone[:1] in ("+", "-"):
        hours = zone[1:].replace(":", "")
        digits = (hours if len(hours) > 2 else f"{hours}00").rjust(4, "0")
        size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return -size if zone[0] == "-" else size
    return timedelta(hours=_ZONES.get(zone.lower(), 0))
