"""The head of a message or part: fields, encoded words (RFC 2047) and parameters (RFC 2045, 2231).

Everything here takes any bytes, never raises, and needs time in proportion to their number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from app.mail import charsets, transfer

LONGEST = 65_536
"""Bytes of one field's value that are looked at; the raw message keeps the rest."""

_OF_MAIL = (
    "from to cc bcc subject date sender reply-to message-id in-reply-to references received return-path mime-version"
    " content-type content-transfer-encoding content-disposition content-id content-description content-language"
    " delivered-to dkim-signature authentication-results x-mailer user-agent envelope-to x-original-to importance"
    " resent-from resent-to resent-date x-received arc-seal list-id list-unsubscribe precedence auto-submitted"
    " status x-status x-mozilla-status x-mozilla-keys x-uidl x-spam-status x-spam-flag thread-topic thread-index"
    " newsgroups organization priority x-priority comments keywords lines xref path"
)
KNOWN = frozenset(_OF_MAIL.split())
"""Field names in lower case that say that a block of lines is the head of a message."""
_OF_MACHINES = frozenset(
    (
        "received", "return-path", "message-id", "mime-version", "delivered-to", "dkim-signature", "x-received",
        "authentication-results", "content-type", "content-transfer-encoding", "arc-seal", "references", "received-spf",
    )
)  # fmt: skip
_MOST_STRAY = 12

_FIELD = re.compile(rb"([!-9;-~]{1,128}+)[ \t]*+:((?:[^\n]*+\n[ \t])*+[^\n]*+)(?:\n|\Z)")
_BLANK = re.compile(rb"\r+\n")
_BLANKS = re.compile(rb"(?:[ \t]*+\r*+\n)*+")
_LINE = re.compile(rb"[^\n]*\n?")
_ENVELOPE = re.compile(rb">?From [^\n]*(?:\n|\Z)")
_WORD = re.compile(r"=\?([^?\s*]{1,64})(?:\*[^?\s]{0,32})?\?([bBqQ])\?([^?]*+(?:\?(?![=])[^?]*+){0,4})\?=")
CONTROL = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")
"""Characters that no header shows: controls, line and paragraph separators, lone surrogates."""
_PARAM = re.compile(
    r"""(?:;|(?<!\s)\s)\s*+([\w!#$&+.^`|~*%'-]{1,80}+)\s*+=\s*+("(?:[^"\\]++|\\.)*+"?|[^;\s]*+(?:\s++(?![\w*-]+=)[^;\s]++)*+)""",
    re.S | re.A,
)
_TYPE = re.compile(r"""["'\s]*([\w!#$&+.^-]{1,100}/[\w!#$&+.^-]{1,150})""", re.A)
_ESCAPED = re.compile(r'\\(["\\])')
_PIECE = re.compile(r"(.+?)\*(?:(\d{1,3})(\*)?)?\Z", re.S)


class Head(NamedTuple):
    """Fields in order, as (name as written, raw value); the offset of the body; what was wrong."""

    fields: list[tuple[str, bytes]]
    body: int
    defects: tuple[str, ...]

    def first(self) -> dict[str, bytes]:
        """Lower-case name to the first value of that name."""
        found: dict[str, bytes] = {}
        for name, value in self.fields:
            found.setdefault(name.lower(), value)
        return found


def split(raw: bytes, start: int, end: int, root: bool) -> Head:
    """The head at ``raw[start:end]``.  At the root a block without any field known in mail is no head but text."""
    fields: list[tuple[str, bytes]] = []
    defects: list[str] = []
    at = start
    if root:
        at = _after_envelope(raw, start, end)
    while at < end:
        if raw[at] == 10:
            at += 1
            break
        if raw[at] == 13 and (blank := _BLANK.match(raw, at, end)):
            at = blank.end()
            break
        field = _FIELD.match(raw, at, end)
        if field:
            fields.append((field[1].decode("ascii"), field[2]))
            at = field.end()
            continue
        line = _LINE.match(raw, at, end)
        after = line.end() if line else end
        if fields and (going_on := _stray(raw, after, end)):
            defects.append("stray-line-in-header")
            at = going_on
            continue
        defects.append("missing-blank-line")
        break
    if root and not any(_is_of_mail(name) for name, _ in fields):
        return Head([], start, ("no-header",))
    return Head(fields, at, tuple(defects))


def _stray(raw: bytes, at: int, end: int) -> int:
    """Where the head goes on below a line that is no field, or 0: with any field of mail right below it, or, after a
    few lines more whose blank was lost in front of them, with one that no letter speaks of.
    """
    for number in range(_MOST_STRAY):
        field = _FIELD.match(raw, at, end)
        name = field[1].decode("ascii").lower() if field else ""
        if name in KNOWN if number == 0 else (name in _OF_MACHINES or name.startswith("x-")):
            return at
        line = _LINE.match(raw, at, end)
        if line is None or not line[0].strip():
            break
        at = line.end()
    return 0


def _after_envelope(raw: bytes, start: int, end: int) -> int:
    """Where the first field begins: after blank lines and an mbox From_ line, if fields follow them."""
    blanks = _BLANKS.match(raw, start, end)
    at = blanks.end() if blanks else start
    while envelope := _ENVELOPE.match(raw, at, end):
        at = envelope.end()
    field = _FIELD.match(raw, at, end)
    return at if field and at > start and _is_of_mail(field[1].decode("ascii")) else start


def _is_of_mail(name: str) -> bool:
    return name.lower() in KNOWN or name[:2] in ("X-", "x-")


def text_of(value: bytes, fallback: str | None = None) -> str:
    """A field's value for people: unfolded, encoded words decoded, control characters made blanks.

    ``fallback`` is the charset label of the message's body, tried for raw 8-bit values that are not UTF-8.
    """
    if len(value) < LONGEST and b"=?" not in value and value.isascii():
        text = value.decode("ascii")
        if "\n" in text:
            text = text.replace("\r", "").replace("\n", "")
        text = text.strip()
    else:
        text = words(unfolded(value, fallback))
    return text if text.isprintable() else CONTROL.sub(" ", text).strip()


def unfolded(value: bytes, fallback: str | None = None) -> str:
    """The value on one line, its bytes decoded, encoded words as they stand."""
    value = value[:LONGEST]
    if b"\n" in value:
        value = value.replace(b"\r", b"").replace(b"\n", b"")
    value = value.strip()
    if value.isascii():
        return value.decode("ascii")
    label = None if _is_utf8(value) else fallback
    return charsets.decode(value, label)[0]


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def words(text: str) -> str:
    """Text with its encoded words decoded; a letter split between two words is whole again."""
    if "=?" not in text:
        return text
    out: list[str] = []
    run: list[tuple[str, str, str]] = []
    at = 0
    for word in _WORD.finditer(text):
        gap = text[at : word.start()]
        if not run or gap.strip():
            out += (_joined(run), gap)
            run = []
        run.append((word[1].lower(), word[2].lower(), word[3]))
        at = word.end()
    out += (_joined(run), text[at:])
    return "".join(out)


def _joined(run: list[tuple[str, str, str]]) -> str:
    """Adjacent encoded words: bytes of one charset are joined before they are decoded."""
    out: list[str] = []
    label, pending, base64 = "", b"", ""
    for charset, encoding, payload in [*run, ("", "", "")]:
        if base64 and (charset != label or encoding != "b" or (len(base64) % 4 == 0)):
            pending, base64 = pending + _word_bytes("b", base64), ""
        if charset != label:
            out.append(charsets.decode(pending, label)[0] if pending else "")
            label, pending = charset, b""
        if encoding == "b":
            base64 += payload
            if "=" in payload:
                pending, base64 = pending + _word_bytes("b", base64), ""
        else:
            pending += _word_bytes(encoding, payload)
    return "".join(out)


def _word_bytes(encoding: str, payload: str) -> bytes:
    data = payload.encode("utf-8", "replace")
    if encoding == "b":
        return transfer.base64(data)[0]
    return transfer.quoted_printable(data.replace(b"_", b" ").rstrip(b"="))


@lru_cache(1024)
def parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """The main token in lower case and the raw parameters, first of each name; bytes stand as latin-1 letters.

    The dict is shared between callers: read it only.
    """
    text = value[:LONGEST].replace(b"\r", b"").replace(b"\n", b"").decode("latin-1")
    if text.lstrip().startswith("=?"):  # the whole field as an encoded word, which no RFC allows
        text = words(text).encode("utf-8", "replace").decode("latin-1")
    found: dict[str, str] = {}
    for name, raw in _PARAM.findall(text):
        content = _ESCAPED.sub(r"\1", raw[1:].removesuffix('"')) if raw.startswith('"') else raw.strip()
        found.setdefault(name.lower(), content)
        if len(found) >= 500:
            break
    kind = _TYPE.match(text)
    main = kind[1] if kind else text.split(";", 1)[0].strip(" \t\"'")
    return main.lower()[:255], found


def parameter_text(found: dict[str, str], name: str, fallback: str | None = None) -> str | None:
    """One parameter for people: RFC 2231 pieces joined and decoded, encoded words too; None when it is not there."""
    plain = found.get(name)
    pieces: list[tuple[int, bool, str]] = []
    for key, content in found.items():
        piece = _PIECE.match(key)
        if piece and piece[1] == name:
            pieces.append((int(piece[2] or 0), bool(piece[3]) or not piece[2], content))
    if not pieces:
        if plain is None:
            return None
        return words(unfolded(plain.encode("latin-1"), fallback))
    pieces.sort()
    label, data = "", b""
    for number, encoded, content in pieces:
        if encoded and number == pieces[0][0] and content.count("'") >= 2:
            label, _, content = content.split("'", 2)
        data += unquote_to_bytes(content.encode("latin-1")) if encoded else content.encode("latin-1")
    text, _ = charsets.decode(data, label or None)
    return words(text)
