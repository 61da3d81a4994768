"""What a row of the list says, to the eye and to the ear."""

from __future__ import annotations

from app.services.rows import ListRow
from app.words import _

_STAGES = {
    "inbox": "Inbox",
    "review": "Review",
    "editing": "Editing",
    "rights": "Rights",
    "ready": "Ready",
    "scheduled": "Scheduled",
    "published": "Published",
    "declined": "Not for us",
    "withdrawn": "Withdrawn",
    "dropped": "Dropped",
    "taken-down": "Taken down",
}
_PROTECTIONS = {"pen-name": "Pen name", "protected": "Protected"}


def title(row: ListRow) -> str:
    """The title, or what stands in its place."""
    return row.title or _("Without a title")


def stage(row: ListRow) -> str:
    """The stage as the screen says it."""
    return _(_STAGES.get(row.stage, row.stage))


def protection(row: ListRow) -> str:
    """Protection as the screen says it; what is open needs no word."""
    return _(_PROTECTIONS[row.protection]) if row.protection in _PROTECTIONS else ""


def amounts(row: ListRow) -> list[str]:
    """How long it is, and how many photographs it has; what there is none of is left out."""
    parts = []
    if row.words:
        parts.append(_("1 word") if row.words == 1 else _("{n} words").format(n=f"{row.words:,}"))
    if row.photos:
        parts.append(_("1 photograph") if row.photos == 1 else _("{n} photographs").format(n=row.photos))
    return parts


def sentence(row: ListRow) -> str:
    """The row as a screen reader says it."""
    parts = [
        title(row),
        stage(row),
        _("on hold") if row.held else "",
        protection(row),
        _("by {byline}").format(byline=row.byline) if row.byline else "",
        *amounts(row),
        row.token,
    ]
    return ", ".join(part for part in parts if part)
