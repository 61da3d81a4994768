"""The header fields of a message that the desk acts on."""

from __future__ import annotations

import re
from typing import Any

from app.domain.classes import TOLD_FROM
from app.mail import addresses, dates, headers
from app.mail.addresses import Mailbox

MOST = 400
"""Fields that ``all`` holds."""
LONGEST = 4000
"""Letters of each of their values."""

_ID = re.compile(r"<[^<>]{1,998}>")
_USUAL = re.compile(r"([\w'.-]++(?: [\w'.-]++)*+)? ?<([\w.+-]++@[\w.-]++)>", re.A)
_ONCE = ("from", "sender", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references",
         "content-type")  # fmt: skip


def of(head: headers.Head, charset: str | None, defects: dict[str, None]) -> dict[str, Any]:
    """JSON of the fields.

    ``message_id``, ``in_reply_to``: text with its angle brackets, or None; ``references``: list of such;
    ``date``: UTC or None, ``date_text``: as written; ``from``, ``to``, ``cc``, ``reply_to``, ``sender``: lists of
    ``{name, address}``; ``return_path``: address, empty for ``<>``, None when absent; ``subject``: text
    or None; ``spam_flag``: whether a filter on the way said so; ``told``: what the fields say that a class is told
    from, by name; ``all``: a line for each field.  ``charset`` is for raw 8-bit values.
    """
    texts = [(name, headers.text_of(value, charset)) for name, value in head.fields]
    by_name: dict[str, list[int]] = {}
    for number, (name, _) in enumerate(texts):
        by_name.setdefault(name.lower(), []).append(number)
    for name in _ONCE:
        if len(by_name.get(name, ())) > 1:
            defects[f"duplicate-{name}"] = None

    def text(name: str) -> str | None:
        return texts[by_name[name][0]][1] if name in by_name else None

    def mailboxes(name: str) -> list[Mailbox]:
        return [
            box
            for number in by_name.get(name, ())[:20]
            for box in _mailboxes(head.fields[number][1], charset)
        ]

    return {
        "message_id": _first_id(text("message-id")),
        "in_reply_to": _first_id(text("in-reply-to")),
        "references": _ids(text("references")),
        "date_text": text("date"),
        "date": dates.instant(text("date") or ""),
        "from": mailboxes("from"),
        "sender": mailboxes("sender"),
        "to": mailboxes("to"),
        "cc": mailboxes("cc"),
        "reply_to": mailboxes("reply-to"),
        "subject": text("subject"),
        "return_path": _return_path(text("return-path")),
        "spam_flag": _spam(text("x-spam-flag"), text("x-spam-status")),
        "told": {name: (text(name) or "")[:LONGEST] for name in by_name.keys() & TOLD_FROM},
        "all": "\n".join([f"{name}: {value[:LONGEST]}" for name, value in texts[:MOST]]),
    }


def _mailboxes(value: bytes, charset: str | None) -> list[Mailbox]:
    line = headers.unfolded(value, charset)
    usual = _USUAL.fullmatch(line)
    if usual:
        return [{"name": usual[1] or "", "address": usual[2]}]
    found = addresses.parse(line)
    if "=?" in line and not any(box["address"] for box in found):
        # Some programs encode the whole field, address and all.
        whole = addresses.parse(headers.words(line))
        found = whole if any(box["address"] for box in whole) else found
    return found


def _first_id(text: str | None) -> str | None:
    if not text:
        return None
    found = _ID.search(text)
    return "".join(found[0].split()) if found else text[:998]


def _ids(text: str | None) -> list[str]:
    """Distinct message ids in order; of very many the first and the latest hundred."""
    found = list(dict.fromkeys("".join(one.split()) for one in _ID.findall(text or "")))
    if not found and text:
        found = [word for word in text.split() if "@" in word]
    return found if len(found) <= 101 else found[:1] + found[-100:]


def _return_path(text: str | None) -> str | None:
    return None if text is None else text.strip().strip("<>").strip()


def _spam(flag: str | None, status: str | None) -> bool:
    return (flag or "").lower().startswith(("yes", "true")) or (status or "").lower().startswith("yes")
