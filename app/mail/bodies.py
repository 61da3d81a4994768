"""Which parts of a message are its readable body, and which are attachments (after RFC 8621 section 4.1.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial

from app.mail import charsets, html_text, transfer
from app.mail.structure import Part

LONGEST_TEXT = 4_000_000
"""Letters of one body part that are shown; a longer one is also an attachment."""
LONGEST_HTML = 2_000_000
"""Letters of HTML that are kept and read."""
NEARLY_EMPTY = 200
"""A plain part below so many letters gives way to HTML that says at least five times as much."""

_META = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_NO_BODY = frozenset(
    ("text/calendar", "text/vcard", "text/x-vcard", "text/rtf", "text/csv", "text/rfc822-headers")
)
_DEPTH = re.compile(r"(>*) ?")


@dataclass
class Piece:
    """One part of the body."""

    part: Part
    rich: bool
    decode: Callable[[], str]
    """HTML is decoded when it is first asked for: most mail says the same in plain words."""

    @cached_property
    def source(self) -> str:
        """Its text, or its HTML."""
        return self.decode()

    @cached_property
    def text(self) -> str:
        """What people read of it."""
        return html_text.text_of(self.source) if self.rich else self.source


@dataclass
class Body:
    """The readable text in order, the first HTML body beside it, what is attached, files that stood in the text."""

    text: str = ""
    rich: Piece | None = None
    attached: list[Part] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def html(self) -> str | None:
        """The HTML body."""
        return self.rich.source if self.rich else None


def of(tree: Part, defects: dict[str, None]) -> Body:
    """The body and attachments of a message's tree; codes of what was wrong become keys of ``defects``."""
    sorting = _Sorting(defects)
    pieces = sorting.pieces(tree, "", 0)
    sorting.keep_html(pieces)
    body = sorting.body
    texts = [piece.text.strip("\n") if len(pieces) > 1 else piece.text for piece in pieces]
    body.text = "\n\n".join(text for text in texts if text.strip())
    return body


@dataclass
class _Sorting:
    defects: dict[str, None]
    body: Body = field(default_factory=Body)

    def pieces(self, part: Part, parent: str, index: int) -> list[Piece]:
        """The body pieces under a part, in order; all else under it goes to the attachments."""
        if not part.children:
            if self._is_body(part, parent, index):
                return [self._piece(part)]
            self.body.attached.append(part)
            return []
        first = _first_text(part) if part.media == "multipart/related" else 0
        groups = [
            self.pieces(child, part.media, number - first) for number, child in enumerate(part.children)
        ]
        if part.media == "multipart/alternative":
            return self._best(groups)
        return [piece for group in groups for piece in group]

    def _is_body(self, part: Part, parent: str, index: int) -> bool:
        shown = part.media in ("text/plain", "text/html")
        if not shown and (parent or not part.media.startswith("text/") or part.media in _NO_BODY):
            return False
        disposition, named = part.disposition()
        if disposition not in (None, "inline") or (parent == "multipart/related" and index):
            return False
        has_name = any(key.startswith(("filename", "name")) for key in (*named, *part.parameters))
        return not has_name or index == 0 or parent == "multipart/alternative"

    def _piece(self, part: Part) -> Piece:
        """A body part; a kind of text that is not for reading as it stands is also attached."""
        rich = part.media == "text/html"
        if rich and part.end - part.start <= LONGEST_HTML:  # no decoding makes it longer
            return Piece(part, rich, partial(text_of, part, self.defects))
        text = text_of(part, self.defects)
        longest = LONGEST_HTML if rich else LONGEST_TEXT
        if len(text) > longest:
            self.defects["body-too-long"] = None
            text = text[:longest]
            self.body.attached.append(part)
        elif part.media not in ("text/plain", "text/html"):
            self.body.attached.append(part)
        if not rich:
            text, files = transfer.uu_blocks(text)
            self.body.files += files
        return Piece(part, rich, partial(str, text))

    def _best(self, groups: list[list[Piece]]) -> list[Piece]:
        """Of alternatives the plain text, unless the HTML says much more; the HTML is kept beside it."""
        plain = [
            piece
            for group in groups
            if not any(p.rich for p in group)
            for piece in group
            if piece.text.strip()
        ]
        rich = [group for group in groups if any(piece.rich for piece in group)]
        best = rich[-1] if rich else []
        chosen = _distinct(plain)
        if not chosen or (best and self._says_little(chosen, best)):
            chosen = best
        self.keep_html(best)
        for group in rich[:-1]:
            self.body.attached += [piece.part for piece in group]
        return chosen

    def _says_little(self, plain: list[Piece], rich: list[Piece]) -> bool:
        size = sum(len(piece.text.strip()) for piece in plain)
        if size >= NEARLY_EMPTY or sum(len(piece.source) for piece in rich) < 5 * size:
            return False
        little = sum(len(piece.text.strip()) for piece in rich) > max(5 * size, NEARLY_EMPTY)
        if little:
            self.defects["plain-text-nearly-empty"] = None
        return little

    def keep_html(self, pieces: list[Piece]) -> None:
        """Only one HTML part is kept: two are never merged, since one could swallow the other (EFAIL)."""
        if self.body.rich is None:
            self.body.rich = next((piece for piece in pieces if piece.rich), None)


def _first_text(part: Part) -> int:
    """Number of the child that a multipart/related is about: its first text (RFC 2387 says so of the first part)."""
    texts = (
        n
        for n, child in enumerate(part.children)
        if child.children or child.media in ("text/plain", "text/html")
    )
    return next(texts, 0)


def _distinct(pieces: list[Piece]) -> list[Piece]:
    seen: dict[str, Piece] = {}
    for piece in pieces:
        seen.setdefault(" ".join(piece.text.split()) if len(pieces) > 1 else "", piece)
    return list(seen.values())


def text_of(part: Part, defects: dict[str, None]) -> str:
    """The decoded text of a text part: line ends are LF, ``format=flowed`` lines joined (RFC 3676)."""
    data, defect = part.bytes()
    label = part.parameters.get("charset", "").split(" ")[0].strip("\"' ")
    if not label and part.media == "text/html" and (meta := _META.search(data, 0, 2048)):
        label = meta[1].decode("ascii", "replace")
    text, wrong = charsets.decode(data, label or None)
    defects.update(dict.fromkeys(code for code in (defect, wrong) if code))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.media == "text/plain" and part.parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, part.parameters.get("delsp", "").lower() == "yes")
    return text


def unflowed(text: str, delsp: bool) -> str:
    """Paragraphs of RFC 3676 on one line each, quotation marks as ``> ``."""
    paragraphs: list[list[str]] = []
    opened: int | None = None
    for line in text.split("\n"):
        mark = _DEPTH.match(line)
        depth, content = (len(mark[1]), line[mark.end() :]) if mark else (0, line)
        soft = content.endswith(" ") and content != "-- "
        shown = content[:-1] if soft and delsp else content
        if opened == depth and content != "-- ":
            paragraphs[-1].append(shown)
        else:
            paragraphs.append([f"{'>' * depth} {shown}" if depth else shown])
        opened = depth if soft else None
    return "\n".join(map("".join, paragraphs))
