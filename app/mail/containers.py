"""Where messages come from as files: single ones, mbox files (RFC 4155 and its dialects), Maildirs.

Told by content, never by name.  An mbox is read message by message; no more than the largest message and one block
are in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from app.mail import addresses, dates, headers

HEAD = 65_536
"""Bytes from the beginning of a file that the tellers here want to see."""

MOST = 256 << 20
"""Bytes of the largest message that is taken out of an mbox."""

_BLOCK = 1 << 20
_LONGEST_LINE = 1000
_ENVELOPE = re.compile(
    rb"From (?:\S+|\".{0,200}?\"\S*)?[ \t]*.{0,100}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    rb".{0,80}?\d\d?:\d\d.{0,80}\b\d{4}\b.{0,60}$"
)
_BARE_ENVELOPE = re.compile(rb"From (?:-[ \t]*$|\S+@\S+[ \t].{0,80}?\d\d?:\d\d)")
"""From_ lines of programs that leave the date or its weekday out: only a well-known field below makes them one."""
_FIELD = re.compile(rb">?From |([!-9;-~]{1,80})[ \t]*:")
_QUOTED_FROM = re.compile(rb"\n>(>*From )")
_ONLY_MAIL = (
    "received return-path message-id mime-version delivered-to dkim-signature x-received envelope-to x-original-to"
    " arc-seal authentication-results content-transfer-encoding list-id list-unsubscribe x-mailer x-mozilla-status"
    " in-reply-to user-agent"
)
_CERTAIN = frozenset(_ONLY_MAIL.split())
_TOLD_BY = re.compile(r"^(?:multipart|message|text|application|image)/[\w.+-]+", re.I)


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox: a From_ line with a date, then a header field."""
    line, _, rest = _unmarked(head).partition(b"\n")
    return _begins(line, rest) or (not rest and _is_envelope(line))


def looks_like_message(head: bytes) -> bool:
    """Whether a file that begins so is one mail message, not a text that has a colon in its first line.

    It needs a field that only mail has, or two of From, To, Date and their kin with a real address or date in one.
    """
    head = _unmarked(head[:HEAD])
    found = headers.split(head, 0, len(head), root=True)
    told = 0
    proof = False
    for name, value in found.fields[:60]:
        key, text = name.lower(), headers.unfolded(value[:2000])
        if key in _CERTAIN or (key == "content-type" and _TOLD_BY.match(text)):
            return True
        if key in ("from", "to", "cc", "reply-to", "sender"):
            told += 1
            proof = proof or any(box["address"] for box in addresses.parse(text))
        elif key in ("date", "subject"):
            told += 1
            proof = proof or (key == "date" and dates.instant(text) is not None)
    return proof and told >= 2


def split_mbox(file: BinaryIO, most: int = MOST) -> Iterator[bytes]:
    """The messages of an mbox in order, without their From_ lines and the blank line that parts them.

    A From_ line counts at the beginning or after a blank line, with a plausible date and a field below it, and
    without the blank line or the date where that field is one of the usual ones.
    Text above the first From_ line is given as a message of its own, and an empty message stands for one of more
    than ``most`` bytes.
    """
    buffer = bytearray()
    searched = 0
    ended = too_large = False
    while True:
        mark = _next_envelope(buffer, searched, ended)
        if mark is None and not ended:
            searched = max(0, len(buffer) - 3 * _LONGEST_LINE)
            if len(buffer) > most and searched > 2:
                too_large = True
                del buffer[: searched - 2]
                searched = 2
            block = file.read(_BLOCK)
            ended = not block
            buffer += block
            continue
        end = len(buffer) if mark is None else mark
        too_large = too_large or end > most
        message = b"" if too_large else _message(bytes(buffer[:end]))
        if message or too_large:
            yield message
        if mark is None:
            return
        del buffer[:mark]
        searched = 0
        too_large = False


def _next_envelope(buffer: bytearray, start: int, ended: bool) -> int | None:
    """Where the next message's From_ line begins, looked for from ``start``; None when no sure one is in the buffer."""
    while (found := buffer.find(b"\nFrom ", start)) >= 0:
        start = found + 1
        end = buffer.find(b"\n", start, start + _LONGEST_LINE)
        if not ended and len(buffer) - start < 2 * _LONGEST_LINE:
            return None
        parted = found == 0 or buffer[max(0, found - 2) : found].replace(b"\r", b"").endswith(b"\n")
        if end >= 0 and _begins(bytes(buffer[start:end]), bytes(buffer[end + 1 : end + 100]), parted):
            return start
    return None


def _begins(line: bytes, below: bytes, parted: bool = True) -> bool:
    """Whether a message begins with the From_ ``line``, to judge by it, by what stands ``below``, and by whether a
    blank line ``parted`` it from what stands above.
    """
    field = _FIELD.match(below)
    if field is None or len(line) >= _LONGEST_LINE:
        return False
    known = field[1] is not None and field[1].decode("ascii").lower() in headers.KNOWN
    if _is_envelope(line):
        return parted or known
    return known and bool(_BARE_ENVELOPE.match(line.rstrip(b"\r")))


def _is_envelope(line: bytes) -> bool:
    line = line.rstrip(b"\r")
    return line.startswith(b"From ") and len(line) < _LONGEST_LINE and bool(_ENVELOPE.match(line))


def _message(chunk: bytes) -> bytes:
    """A message without its From_ line, the blank line after it, and the ``>`` that mboxrd put before From."""
    first, _, below = _unmarked(chunk[: 2 * _LONGEST_LINE]).partition(b"\n")
    if _is_envelope(first) or _begins(first, below):
        chunk = chunk.partition(b"\n")[2]
    for end in (b"\r\n\r\n", b"\n\n"):
        if chunk.endswith(end):
            chunk = chunk[: -len(end) // 2]
            break
    return _QUOTED_FROM.sub(lambda found: _unquoted(chunk, found), chunk) if b">From " in chunk else chunk


def _unquoted(chunk: bytes, found: re.Match[bytes]) -> bytes:
    """``>From`` among other ``>`` lines is a quotation and stays; one that stands alone was put there by mboxrd."""
    before = chunk.rfind(b"\n", 0, found.start()) + 1
    after = chunk.find(b"\n", found.end()) + 1
    quoted = chunk[before : before + 1] == b">" or (after > 0 and chunk[after : after + 1] == b">")
    return found[0] if quoted else b"\n" + found[1]


def _unmarked(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf")
