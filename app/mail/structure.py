"""The tree of parts of a message: where each begins and ends in the raw bytes.

One tolerant reader for good and for damaged mail: nothing is copied, line ends may be CRLF or LF, and depth and
number are bounded; what lies beyond the bounds stays together as one part that is shown as an attachment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.mail import headers, transfer

DEEPEST = 40
"""Multiparts inside each other that are opened."""
MOST = 1000
"""Parts of one multipart that are told apart."""

_TOKEN = re.compile(rb"[\s\"']*([A-Za-z0-9-]+)")
_GUESS = re.compile(rb"(?:\A|\n)--([^\s][^\r\n]{0,200}?)[ \t]*\r?\n(?=[Cc]ontent-|\r?\n)")
_REST = re.compile(rb"(--)?[ \t]*\r*(?:\n|\Z)")


@dataclass(slots=True)
class Part:
    """One part: its fields, its declared type, and its body as ``raw[start:end]`` still transfer-encoded."""

    raw: bytes
    start: int
    end: int
    head: dict[str, bytes]
    media: str
    parameters: dict[str, str]
    children: list[Part] = field(default_factory=list)

    def disposition(self) -> tuple[str | None, dict[str, str]]:
        """Content-Disposition in lower case, None when absent, and its parameters (RFC 2183)."""
        value = self.head.get("content-disposition")
        if value is None:
            return None, {}
        main, found = headers.parameters(value)
        return (main if main and "=" not in main else None), found

    def encoding(self) -> str:
        """Content-Transfer-Encoding in lower case."""
        token = _TOKEN.match(self.head.get("content-transfer-encoding", b""))
        return token[1].decode("ascii").lower() if token else ""

    def bytes(self) -> tuple[bytes, str | None]:
        """The body with its transfer encoding undone, and the defect met."""
        return transfer.decoded(self.raw[self.start : self.end], self.encoding())


def read(raw: bytes, start: int, head: dict[str, bytes], defects: dict[str, None]) -> Part:
    """The tree of the message whose fields are ``head`` and whose body begins at ``start``.

    Codes of what was wrong become keys of ``defects``.
    """
    return _Reader(defects).part(Part(raw, start, len(raw), head, *_declared(head, "text/plain")), 0)


@dataclass(slots=True)
class _Reader:
    """Fills in the children of parts; ``left`` bounds their number in the whole message."""

    defects: dict[str, None]
    left: int = 4 * MOST

    def part(self, part: Part, depth: int) -> Part:
        """The part with its children, when it is a multipart; one without any delimiter line is text."""
        bare = depth == 0 and "content-type" not in part.head and part.raw.startswith(b"--", part.start)
        if not bare and not part.media.startswith("multipart/"):
            return part
        if depth >= DEEPEST:
            self.defects["too-deep"] = None
            return part
        lines = (
            []
            if bare
            else _delimiters(part, part.parameters.get("boundary", "").rstrip(" \t").encode("latin-1"))
        )
        if not lines and part.encoding() in ("base64", "quoted-printable"):
            body, _ = part.bytes()
            head = {"content-type": part.head.get("content-type", b"")}
            return self.part(Part(body, 0, len(body), head, part.media, part.parameters), depth + 1)
        if not lines:
            guess = _GUESS.search(
                part.raw, max(part.start - 1, 0), min(part.end, part.start + headers.LONGEST)
            )
            lines = _delimiters(part, guess[1]) if guess else []
            if lines or not bare:
                self.defects["wrong-boundary" if lines else "no-parts"] = None
        if bare and lines:
            part.media = "multipart/mixed"
        if lines:
            part.children = list(self._children(part, lines, depth))
        else:
            part.media = "text/plain"
        return part

    def _children(self, part: Part, lines: list[tuple[int, int, bool]], depth: int) -> Iterator[Part]:
        default = "message/rfc822" if part.media == "multipart/digest" else "text/plain"
        for number, (_, start, closing) in enumerate(lines):
            last = number + 1 == len(lines)
            if closing:
                # Text after it belongs to nobody; where parts follow nevertheless, they are read.
                if not last:
                    self.defects["early-closing-boundary"] = None
                continue
            self.left -= 1
            if number >= MOST or self.left < 0:
                self.defects["too-many-parts"] = None
                yield Part(part.raw, start, part.end, {}, "application/octet-stream", {})
                return
            if last:
                self.defects["no-closing-boundary"] = None
            end = max(start, part.end if last else lines[number + 1][0])
            head = headers.split(part.raw, start, end, root=False)
            self.defects.update(dict.fromkeys(head.defects))
            fields = head.first()
            yield self.part(Part(part.raw, head.body, end, fields, *_declared(fields, default)), depth + 1)


def _declared(head: dict[str, bytes], default: str) -> tuple[str, dict[str, str]]:
    value = head.get("content-type")
    if value is None:
        return default, {}
    media, parameters = headers.parameters(value)
    if "/" in media:
        return media, parameters
    if media in ("", "text", "plain"):
        return "text/plain", parameters
    return "text/html" if media == "html" else "application/octet-stream", parameters


def _delimiters(part: Part, boundary: bytes) -> list[tuple[int, int, bool]]:
    """Delimiter lines (RFC 2046 section 5.1.1): end of the part before, start of the next, whether it closes."""
    found: list[tuple[int, int, bool]] = []
    if not boundary:
        return found
    raw, start, end = part.raw, part.start, part.end
    mark = b"--" + boundary
    at = start if raw.startswith(mark, start, end) else _next(raw, mark, start, end)
    while at >= 0 and len(found) <= MOST:
        rest = _REST.match(raw, at + len(mark), end)
        if rest:
            before = max(at - 1, start)
            while before > start and raw[before - 1] == 13:
                before -= 1
            found.append((before, rest.end(), bool(rest[1])))
        at = _next(raw, mark, at, end)
    return found


def _next(raw: bytes, mark: bytes, start: int, end: int) -> int:
    """Where the next line that begins with ``mark`` starts, or -1."""
    found = raw.find(b"\n" + mark, start, end)
    return found + 1 if found >= 0 else -1
