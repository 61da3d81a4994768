"""Reader of mail messages: bytes in, headers, text and attachments out.

Any bytes are a message: damage is noted in ``defects`` and what can be had is given.  Depth, number of parts and
sizes are bounded, and the time grows with the number of bytes alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.domain.article_json import clean_text
from app.domain.reading import Result
from app.mail import bodies, charsets, fields, headers, html_text, names, quotes, reports, structure
from app.mail.structure import Part

DEEPEST = 8
"""Messages within messages that are opened; the one below is kept as an attachment."""
LONGEST_ATTACHED_TEXT = 1_000_000
"""Letters of an attached text that are given beside its bytes."""

_NESTED = frozenset(("message/rfc822", "message/global", "message/news"))


def read(data: bytes, options: dict[str, Any]) -> Result:
    """One message.  With ``options["html"]`` false its HTML is left out, and is not even decoded where the same
    is said in plain words.  Raises nothing, whatever the bytes.

    The value: ``{head, headers, text, folds: [[kind, start, end]], html, language: null, attachments: [{name,
    name_raw, media_type, disposition, content_id, blob, nested, text}], defects: [code], delivery_status}``; a nested
    message is the same again, its blobs in the same list.  ``docs`` of the headers: :func:`app.mail.fields.of`.
    """
    shared = _Shared(4 * len(data) + 65_536, bool(options.get("html", True)))
    return Result(_message(data, shared, 0), tuple(shared.blobs))


def read_batch(items: list[bytes], options: dict[str, Any]) -> list[Result]:
    """Several messages of one source, in order; each as :func:`read` gives it."""
    return [read(data, options) for data in items]


@dataclass(slots=True)
class _Shared:
    """What nested messages have in common: how many more bytes of messages may be opened, whether HTML is
    wanted, the blobs."""

    room: int
    html: bool
    blobs: list[bytes] = field(default_factory=list)

    def put(self, data: bytes) -> int:
        self.blobs.append(data)
        return len(self.blobs) - 1


def _message(data: bytes, shared: _Shared, depth: int) -> dict[str, Any]:
    defects: dict[str, None] = {}
    raw = _legible(data, defects)
    head = headers.split(raw, 0, len(raw), root=True)
    defects.update(dict.fromkeys(head.defects))
    tree = structure.read(raw, head.body, head.first(), defects)
    told = fields.of(head, _charset(tree), defects)
    body = bodies.of(tree, defects)
    attachments: list[dict[str, Any]] = []
    reported: list[tuple[str, bytes]] = []
    for part in body.attached:
        content, defect = part.bytes()
        if defect:
            defects[defect] = None
        reported.append((part.media, content))
        attachments.append(_attachment(part, content, len(attachments) + 1, shared, depth))
    for name, content in body.files:
        number = len(attachments) + 1
        attachments.append(_entry(name, "application/octet-stream", number, shared.put(content)))
    text = clean_text(body.text)
    folds = quotes.folds(
        text, subject=told["subject"] or "", answers=bool(told["in_reply_to"] or told["references"])
    )
    return {
        "head": told.pop("all"),
        "headers": told,
        "text": text,
        "folds": [list(fold) for fold in folds],
        "html": body.html if shared.html else None,
        "language": None,
        "attachments": attachments,
        "defects": list(defects),
        "delivery_status": reports.of(reported),
    }


def _legible(data: bytes, defects: dict[str, None]) -> bytes:
    """Bytes with line feeds and without a byte order mark; a message saved as UTF-16 is made UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        defects["utf-16-message"] = None
        return charsets.decode(data, "utf-16")[0].encode("utf-8", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if b"\n" not in data and b"\r" in data:
        defects["bare-cr"] = None
        return data.replace(b"\r", b"\n")
    return data


def _charset(tree: Part) -> str | None:
    """The charset label of the first text, for raw 8-bit headers: programs that write these use one charset for all."""
    part = tree
    for _ in range(structure.DEEPEST):
        if part.parameters.get("charset") or not part.children:
            break
        part = part.children[0]
    return part.parameters.get("charset")


def _attachment(part: Part, content: bytes, number: int, shared: _Shared, depth: int) -> dict[str, Any]:
    disposition, given = part.disposition()
    name = headers.parameter_text(given, "filename") or headers.parameter_text(part.parameters, "name")
    entry = _entry(name, part.media, number, shared.put(content))
    entry["disposition"] = disposition
    content_id = part.head.get("content-id")
    entry["content_id"] = headers.text_of(content_id).strip("<> ") if content_id else None
    if part.media in _NESTED and depth < DEEPEST and shared.room >= len(content):
        shared.room -= len(content)
        entry["nested"] = _message(content, shared, depth + 1)
        entry["text"] = entry["nested"]["text"]
    elif part.media.startswith("text/") and part.media not in ("text/rtf", "text/richtext"):
        entry["charset"] = part.parameters.get("charset")
        text = bodies.text_of(part, {})[: 2 * LONGEST_ATTACHED_TEXT]
        entry["text"] = (html_text.text_of(text) if part.media == "text/html" else text)[
            :LONGEST_ATTACHED_TEXT
        ]
    return entry


def _entry(name: str | None, media: str, number: int, blob: int) -> dict[str, Any]:
    return {
        "name": names.shown(name, media, number),
        "name_raw": None if name is None else charsets.clean(name)[:1000],
        "media_type": media,
        "charset": None,
        "disposition": None,
        "content_id": None,
        "blob": blob,
        "nested": None,
        "text": None,
    }
