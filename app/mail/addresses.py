"""Mail addresses: lists of them as they come in headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypedDict

from app.mail.headers import CONTROL, words

MOST = 2000
"""Addresses of one field that are read."""

_TOKEN = re.compile(
    r"""(?P<word>=\?[^?\s]{1,64}\?[bBqQ]\?[^?]{0,2000}\?=)"""
    r"""|(?P<local>"(?:[^"\\]++|\\.)*+"@[^\s,;<>()"]++)"""
    r"""|"(?P<quoted>(?:[^"\\]++|\\.)*+)"?"""
    r"""|<(?P<route>[^<>]*+)>?"""
    r"""|(?P<comment>\()"""
    r"""|(?P<sign>[,;:])"""
    r"""|(?P<atom>[^"<(,;:\s]++|\s++|.)""",
    re.S,
)
_COMMENT = re.compile(r"[()]|\\.?|[^()\\]++", re.S)
_INNER_COMMENT = re.compile(r"\([^()]*+\)")
_ESCAPE = re.compile(r"\\(.)", re.S)
_ADDRESS = re.compile(r"[^\s@<>\"()]++@[^\s@<>\"()]++")


class Mailbox(TypedDict):
    """One address of a field: what it is shown as and where it goes; ``address`` is None when only a name was given."""

    name: str
    address: str | None


def parse(text: str) -> list[Mailbox]:
    """The mailboxes of an address field (RFC 5322 section 3.4), groups opened, in order.  Takes anything.

    ``text`` is unfolded with its encoded words as they stand, so that an encoded comma or ``@`` stays in the name.
    """
    found: list[Mailbox] = []
    draft = _Draft()
    at = 0
    while at < len(text) and len(found) < MOST:
        token = _TOKEN.match(text, at)
        if token is None:
            break
        at = token.end()
        kind, content = token.lastgroup, token[token.lastgroup or 0]
        if kind == "comment":
            comment, at = _comment(text, at)
            draft.comments.append(comment)
        elif kind == "quoted":
            draft.words.append(_ESCAPE.sub(r"\1", content))
        elif kind in ("route", "local") and draft.route is None:
            draft.route = content
        elif kind in ("route", "local", "sign") and content != ":":
            found += draft.mailbox()
            draft = _Draft(route=None if kind == "sign" else content)
        elif content == ":" and draft.route is None and not draft.has_at:
            draft = _Draft()  # the name of a group
        else:
            draft.words.append(content)
            draft.has_at = draft.has_at or "@" in content
    # A remark below the last mailbox is no mailbox.
    return found + draft.mailbox() if draft.says_something() or not found else found


@dataclass(slots=True)
class _Draft:
    """The mailbox under way."""

    words: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    route: str | None = None
    has_at: bool = False

    def says_something(self) -> bool:
        """Whether there is more than a remark."""
        return self.route is not None or any(word.strip() for word in self.words)

    def mailbox(self) -> list[Mailbox]:
        """The finished mailbox, or nothing when there is neither name nor address."""
        shown = "".join(self.words).strip()
        address = None if self.route is None else _bare(self.route)
        if address is None and self.has_at:
            bare = _ADDRESS.search(shown)
            local = "" if bare is None or bare.start() == 0 else shown[: bare.start()]
            if shown.startswith("@") or (
                local and not local.endswith((" ", "\t")) and " " not in shown.rpartition("@")[2]
            ):
                address, shown = shown, ""
            elif bare:
                address, shown = bare[0], (local + shown[bare.end() :]).strip()
        comment = " ".join(filter(None, map(_shown, self.comments)))
        name = _shown(shown)
        if comment:
            name = f"{name} ({comment})" if name else comment
        return [{"name": name, "address": address}] if name or address else []


def _comment(text: str, at: int) -> tuple[str, int]:
    """A comment from after its first parenthesis, and where it ends; comments nest."""
    depth = 1
    out: list[str] = []
    for piece in _COMMENT.finditer(text, at):
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        if depth == 0:
            return "".join(out), piece.end()
        out.append(piece[0][1:] if piece[0][0] == "\\" else piece[0])
    return "".join(out), len(text)


def _bare(route: str) -> str | None:
    """The address inside angle brackets: no blanks, no source route (RFC 5322 section 4.4), no mailto."""
    address = CONTROL.sub("", words(route)).strip().removeprefix("mailto:")
    if '"' not in address:
        address = "".join(_INNER_COMMENT.sub("", address).split())
    if address.startswith("@") and ":" in address:
        address = address.partition(":")[2]
    return address or None


def _shown(text: str) -> str:
    return " ".join(CONTROL.sub(" ", words(text)).split())
