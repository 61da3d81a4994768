"""Tells what a file is by its content, and which reader of the sandbox takes it.

The name decides only between kinds of text that content cannot tell apart: text, Markdown, a fragment of
HTML, comma-separated values, and a message of a single header.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from app.domain.reading import Result
from app.formats import ole_kind, zip_kind
from app.formats.signatures import signature

EMPTY = "the file is empty"
ENCRYPTED = "the file is encrypted"
PASSWORD = "the document is protected by a password"
NOT_YET = "not yet read"

_HEAD = 65_536

_READERS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-word.document.macroEnabled.12": "docx",
    "application/rtf": "rtf",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
    "text/csv": "text",
    "text/calendar": "text",
    "text/vcard": "text",
    "image/jpeg": "photo",
    "image/png": "photo",
    "image/webp": "photo",
}

_SUFFIXES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".htm": "text/html",
    ".html": "text/html",
    ".csv": "text/csv",
    ".tsv": "text/csv",
}

_HTML = re.compile(r"(?:<!--.*?-->|<\?xml[^>]*\?>|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_SVG = re.compile(r"(?:<!--.*?-->|<\?[^>]*\?>|<!doctype\s+svg[^>]*>|\s)*<(?:svg:)?svg\b", re.I | re.S)
_XML = re.compile(r"\s*<\?xml\b")
_LONG_JSON = re.compile(r"\s*(?:\{\s*\"|\[\s*[\[{\"])")
_MBOX = re.compile(r"From \S+.*\d{4}.*\r?\n[!-9;-~]+:")
_FIELD = re.compile(r"([!-9;-~]+)[ \t]*:")
_STRONG = frozenset(
    ("received", "message-id", "return-path", "mime-version", "delivered-to", "x-mozilla-status")
)
_WEAK = _STRONG | {"from", "to", "cc", "subject", "date", "content-type", "sender", "reply-to"}
_NOT_TEXT = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_STRAY = 0.05
"""The share of control characters up to which bytes are a text that was damaged, as its reader also takes it."""
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """``reader`` is a name of the sandbox's table, or ``""`` with the ``reason`` why nothing reads the file."""

    media_type: str
    reader: str = ""
    reason: str = ""


def kind(data: bytes, name: str) -> Kind:
    """What ``data`` is; ``name`` is the file's name.  Raises nothing, whatever the bytes are."""
    if not data:
        return Kind("application/octet-stream", reason=EMPTY)
    media_type, protected = _media_type(data, name)
    if protected:
        return Kind(media_type, reason=protected)
    reader = _READERS.get(media_type, "")
    return Kind(media_type, reader, "" if reader else NOT_YET)


def read(data: bytes, options: dict[str, Any]) -> Result:
    """``kind`` for the sandbox: ``{media_type, reader, reason}``.  Option: ``name``, the file's name."""
    return Result(asdict(kind(data, str(options.get("name", "")))))


def _media_type(data: bytes, name: str) -> tuple[str, str]:
    """The media type, and why the file is closed to readers (or ``""``)."""
    found = signature(data)
    match found:
        case "application/zip":
            media_type, locked = zip_kind.media_type(data)
            return media_type, PASSWORD if locked else ""
        case "application/x-ole-storage":
            media_type, locked = ole_kind.media_type(data)
            return media_type, PASSWORD if locked else ""
        case "application/pdf":
            return found, PASSWORD if _locked_pdf(data) else ""
        case "application/age" | "application/pgp-encrypted":
            return found, ENCRYPTED
        case "":
            return _text_type(data, name), ""
    return found, ""


def _locked_pdf(data: bytes) -> bool:
    """Whether a trailer names an encryption dictionary (ISO 32000-2, 7.6)."""
    ends = data[:_HEAD] + b"\n" + data[-_HEAD:]
    return re.search(rb"/Encrypt(?:\s+\d+\s+\d+\s+R|\s*<<)", ends) is not None


def _text_type(data: bytes, name: str) -> str:
    text = _text(data[:_HEAD])
    if text is None:
        return "application/octet-stream"
    suffix = PurePosixPath(name.replace("\\", "/").lower()).suffix
    if _is_message(text, suffix):
        return "application/mbox" if _MBOX.match(text) else "message/rfc822"
    start = text.lstrip()
    if start[:15].upper() == "BEGIN:VCALENDAR":
        return "text/calendar"
    if start[:11].upper() == "BEGIN:VCARD":
        return "text/vcard"
    if start.startswith("-----BEGIN PGP MESSAGE"):
        return "application/pgp-encrypted"
    if _HTML.match(text):
        return "text/html"
    if _SVG.match(text):
        return "image/svg+xml"
    if _XML.match(text):
        return "application/xml"
    if _is_json(text, len(data) <= _HEAD):
        return "application/json"
    return _SUFFIXES.get(suffix, "text/plain")


def _text(head: bytes) -> str | None:
    """``head`` as text, or None when it is none; old 8-bit encodings pass as Latin-1."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head.decode(encoding, "ignore").removeprefix("\ufeff")
    if head.count(0) * 4 > len(head):
        sides = head[0::2].count(0), head[1::2].count(0)
        return (
            head.decode("utf-16-be" if sides[0] > sides[1] else "utf-16-le", "ignore")
            if not all(sides)
            else None
        )
    text = head.decode("latin-1")
    return None if len(_NOT_TEXT.findall(text)) > _MOST_STRAY * len(text) else text


def _is_json(text: str, whole: bool) -> bool:
    if not whole:
        return _LONG_JSON.match(text) is not None
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_message(text: str, suffix: str) -> bool:
    """Whether the text begins with header fields of mail (RFC 5322), or a message of an mbox (RFC 4155)."""
    if _MBOX.match(text):
        return True
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n", 200)[:200]):
        if not line.strip():
            break
        if line[0] in " \t" and number:
            continue
        field = _FIELD.match(line)
        if not field:
            return False
        seen.add(field[1].lower())
    if suffix == ".eml":
        return bool(seen)
    return (bool(seen & _STRONG) and len(seen & _WEAK) > 1) or (suffix != ".txt" and len(seen & _WEAK) > 2)
