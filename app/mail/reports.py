"""What a mail system reports about an earlier message: delivery status (RFC 3464) and receipts (RFC 8098)."""

from __future__ import annotations

from typing import Any

from app.mail import headers

MOST = 200
"""Recipients of one report that are read."""

STATUS = frozenset(("message/delivery-status", "message/global-delivery-status"))
RECEIPT = frozenset(("message/disposition-notification", "message/global-disposition-notification"))
ORIGINAL = frozenset(("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"))

_RECIPIENT = {
    "original": "original-recipient", "final": "final-recipient", "action": "action", "status": "status",
    "diagnostic": "diagnostic-code", "remote": "remote-mta", "disposition": "disposition",
}  # fmt: skip


def of(parts: list[tuple[str, bytes]]) -> dict[str, Any] | None:
    """The report among attached parts, given as (media type, bytes), or None.

    ``{"kind": "delivery"|"receipt", "reporting": text|None, "recipients": [{original, final, action, status,
    diagnostic, remote, disposition}], "message_id": Message-ID of the message reported on|None}``; the type in front
    of addresses (``rfc822;``) is left out.
    """
    found = next(((media, data) for media, data in parts if media in STATUS | RECEIPT), None)
    if found is None:
        return None
    groups = _groups(found[1])
    about = [group for group in groups if "final-recipient" in group or "original-recipient" in group]
    first = groups[0] if groups else {}
    return {
        "kind": "delivery" if found[0] in STATUS else "receipt",
        "reporting": _value(first, "reporting-mta") or _value(first, "reporting-ua"),
        "recipients": [
            {key: _value(group, name) for key, name in _RECIPIENT.items()} for group in about[:MOST]
        ],
        "message_id": _original(parts)
        or next(filter(None, (_value(g, "original-message-id") for g in groups)), None),
    }


def _groups(data: bytes) -> list[dict[str, str]]:
    """Blocks of fields parted by blank lines."""
    groups: list[dict[str, str]] = []
    at = 0
    while at < len(data) and len(groups) <= MOST:
        head = headers.split(data, at, len(data), root=False)
        if head.fields:
            groups.append({name: headers.text_of(value) for name, value in head.first().items()})
        at = head.body if head.body > at else len(data)
    return groups


def _value(group: dict[str, str], name: str) -> str | None:
    value = group.get(name)
    if value is None:
        return None
    kind, typed, rest = value.partition(";")
    shown = rest.strip() if typed and " " not in kind.strip() and name != "disposition" else value
    return shown or None


def _original(parts: list[tuple[str, bytes]]) -> str | None:
    for media, data in parts:
        if media in ORIGINAL:
            value = headers.split(data, 0, len(data), root=False).first().get("message-id")
            if value:
                return headers.text_of(value)
    return None
