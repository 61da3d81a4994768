"""Content-Transfer-Encoding undone (RFC 2045 section 6), as far as damaged data allows."""

from __future__ import annotations

import binascii
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"
_BLANKS = (b" ", b"\t", b"\r", b"\n")
_SOFT_BREAK = re.compile(rb"=[ \t]+(?=\r?\n)")
_UU_BLOCK = re.compile(
    r"^begin[ \t]+[0-7]{3,4}[ \t]+([^\n]{1,255})\n((?:[ -`]{1,80}\n)*+)(?:\n)?end[ \t]*(?:\n|\Z)", re.M
)
_IDENTITY = frozenset(("", "7bit", "8bit", "binary"))


def decoded(data: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The bytes behind a transfer encoding, and the defect met: ``bad-base64``, ``unknown-encoding`` or None."""
    if encoding in _IDENTITY:
        return data, None
    if encoding == "base64":
        return base64(data)
    if encoding == "quoted-printable":
        return quoted_printable(data), None
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return uuencoded(data)
    return data, "unknown-encoding"


def base64(data: bytes) -> tuple[bytes, str | None]:
    """Base64 with garbage between the letters, wrong padding, or several padded runs; what is none stays as it is."""
    pad = data.find(b"=")
    if (pad < 0 or len(data) - pad < 8) and not data.translate(None, _LETTERS):
        try:
            return binascii.a2b_base64(data), None
        except binascii.Error:
            pass
    body = _NOT_BASE64.sub(b"", data)
    strange = len(data) - len(body) - sum(map(data.count, _BLANKS))
    if strange * 20 > len(data):
        return data, "bad-base64"
    first = body.find(b"=")
    rest = body[first:].lstrip(b"=") if first >= 0 else b""
    runs = [body[:first] if first >= 0 else body]
    # What follows the padding is a footer in plain words, unless it reads as more runs of whole quads.
    if (
        rest
        and len(rest) % 4 == 0
        and not re.search(rb"[^A-Za-z0-9+/=\s]|[a-z] [a-z]", data[data.find(b"=") :])
    ):
        runs += rest.split(b"=")
    right = len(runs[0]) % 4 != 1 and not rest
    return b"".join(map(_quads, runs)), None if right and _padded(body) else "bad-base64"


def _padded(body: bytes) -> bool:
    return len(body) % 4 == 0


def _quads(run: bytes) -> bytes:
    """One run of base64 letters; a last letter that holds less than a byte is dropped."""
    run = run[:-1] if len(run) % 4 == 1 else run
    return binascii.a2b_base64(run + b"=" * (-len(run) % 4))


def quoted_printable(data: bytes) -> bytes:
    """Quoted-printable; soft breaks may be followed by blanks, wrong escapes stay as they are."""
    if b"= " in data or b"=\t" in data:
        data = _SOFT_BREAK.sub(b"=", data)
    return binascii.a2b_qp(data)


def uuencoded(data: bytes) -> tuple[bytes, str | None]:
    """A body that is one uuencoded file; lines that are none are skipped."""
    lines = data.splitlines()
    start = next((n + 1 for n, line in enumerate(lines) if line.startswith(b"begin ")), 0)
    out: list[bytes] = []
    whole = True
    for line in lines[start:]:
        if line.strip() == b"end":
            return b"".join(out), None if whole else "bad-uuencode"
        read = _uu_line(line)
        whole = whole and read is not None
        out.append(read or b"")
    return b"".join(out), "bad-uuencode"


def uu_blocks(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without uuencoded files inside it, and those files as (name, bytes); text with broken ones stays."""
    if "\nend" not in text or "begin " not in text:
        return text, []
    found: list[tuple[str, bytes]] = []
    kept, last = [], 0
    for block in _UU_BLOCK.finditer(text):
        lines = [_uu_line(line.encode("ascii")) for line in block[2].split("\n") if line]
        whole = [line for line in lines if line is not None]
        if not whole or len(whole) < len(lines):
            continue
        found.append((block[1].strip(), b"".join(whole)))
        kept.append(text[last : block.start()])
        last = block.end()
    kept.append(text[last:])
    return "".join(kept), found


def _uu_line(line: bytes) -> bytes | None:
    if not line:
        return b""
    size = (line[0] - 32) & 63
    need = 1 + (size + 2) // 3 * 4
    if len(line) > need + 2:
        return None
    # The last of its letters may hold bits that are nobody's: then it is read without those.
    for letters in (need, (size * 4 + 5) // 3):
        try:
            return binascii.a2b_uu(line[:letters])
        except binascii.Error:
            continue
    return None
