"""Earlier mail, forwarded mail and signatures inside a plain-text body: ranges to fold, never to delete.

Right more often than clever: a run of ``>`` lines is history, words above it belong to it when they name a date or
an address and end in a colon, and a block of From/Sent/To/Subject lines is history in a reply but a forward in a
fresh message.  What is forwarded is what the sender wants to be read, so it stays in the new text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import Literal, NamedTuple

from app.domain.folds import Fold
from app.mail.quote_words import (
    ATTRIBUTION,
    FORWARD,
    FORWARD_SUBJECT,
    LABELS,
    MOBILE,
    OPENING,
    ORIGINAL,
    REPLY_SUBJECT,
)

MOST = 5000
"""Runs of quoted lines that are folded in one body."""
LONGEST_SIGNATURE = 20
"""Lines below ``-- `` that still are a signature; more is text that an author parted with two dashes."""

RULE = "* * *"
"""A ruled line of HTML, as its reader gives it."""

_STARTS = (">", "-", "_", "*", "=")
_LABEL = re.compile(r"[ \t*]{0,8}([^:：\n*]{1,30}?)[ \t]?\*?[:：]\*?[ \t]*(.*)")
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\xad]")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.\w")
_DATE = re.compile(r"\d{1,4}[./:年-]\d{1,2}|\d{1,2}\.? \w{3,10}\.? \d{4}|\b(?:19|20)\d\d\b|\d{1,2}:\d\d")
_TIME = re.compile(r"\d{1,2}[:.]\d\d")


class _Body(NamedTuple):
    """The text, where its lines start, and the lines without marks of direction."""

    text: str
    starts: list[int]
    lines: list[str]
    reply: bool
    forward: bool

    def end_of(self, line: int) -> int:
        return self.starts[line] if line < len(self.starts) else len(self.text)


def folds(text: str, *, subject: str = "", answers: bool = False) -> tuple[Fold, ...]:
    """What of ``text`` is no new writing, in order and without overlap.

    ``subject`` and ``answers`` (the message names an earlier one) tell a reply and a forward from a fresh message.
    """
    if not text:
        return ()
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    reply = answers or bool(REPLY_SUBJECT.match(subject))
    if not text.isascii():
        lines = [_MARKS.sub("", line) for line in lines]
    body = _Body(text, starts, lines, reply, bool(FORWARD_SUBJECT.match(subject)))
    found = _history(body)
    return tuple(sorted(found + _signatures(body, found), key=lambda fold: fold.start))


def _history(body: _Body) -> list[Fold]:
    """Quoted runs with the line that introduces them, Outlook's blocks, forwards."""
    found: list[Fold] = []
    done = 0
    for number, raw in enumerate(body.lines):
        if number < done or not (":" in raw or "：" in raw or raw.lstrip().startswith(_STARTS)):
            continue
        bare = raw.strip()
        if bare.startswith(">"):
            done = _run(body, number)
            if not _poem(body, number):
                found.append(_quote(body, _introduction(body, number, found), done))
            continue
        if len(found) >= MOST:
            break
        tail, first = _tail(body, number, bare) if bare else (None, number)
        if tail:
            found.append(Fold(tail, body.starts[_ruled(body, first)], len(body.text)))
            break
    return found


def _quote(body: _Body, start: int, stop: int) -> Fold:
    return Fold("quote", body.starts[start], body.end_of(stop))


def _run(body: _Body, number: int) -> int:
    """Where a run of ``>`` lines ends; a single blank line does not part it."""
    stop = number
    while stop < len(body.lines):
        if body.lines[stop].lstrip().startswith(">") or (
            not body.lines[stop].strip()
            and body.lines[stop + 1 : stop + 2]
            and body.lines[stop + 1].startswith(">")
        ):
            stop += 1
        else:
            break
    return stop


def _above(body: _Body, number: int) -> list[int]:
    """Up to three lines of the paragraph above a line, the nearest first, over at most two blank ones."""
    at = number - 1
    while at >= max(0, number - 2) and not body.lines[at].strip():
        at -= 1
    out: list[int] = []
    while at >= 0 and len(out) < 3 and body.lines[at].strip() and body.lines[at].lstrip()[:1] != ">":
        out.append(at)
        at -= 1
    return out


def _introduction(body: _Body, number: int, found: list[Fold]) -> int:
    """First line of "On ... wrote:" above a quoted run, else the run's own first line."""
    floor = bisect_left(body.starts, found[-1].end) if found else 0
    above = [at for at in _above(body, number) if at >= floor]
    weak = number
    for first in above:
        words = _joined(body, first, above[0])
        if _strong(words) and (weak == number or OPENING.match(words)):
            return first
        if weak != number and OPENING.match(words) and _ADDRESS.search(words):
            return first
        if weak == number and body.reply and ATTRIBUTION.search(words) and words.endswith((":", "：")):
            weak = first
    return weak


def _poem(body: _Body, number: int) -> bool:
    """Lines with ``>`` under "my mother wrote:" in a message that answers nothing: the author's own."""
    if body.reply:
        return False
    above = _above(body, number)
    if not above:
        return False
    nearest = _joined(body, above[0], above[0])
    if not nearest.endswith((":", "：")) or not ATTRIBUTION.search(nearest):
        return False
    return not any(_strong(_joined(body, at, above[0])) for at in above)


def _joined(body: _Body, first: int, last: int) -> str:
    return " ".join(line.strip() for line in body.lines[first : last + 1])


def _strong(words: str) -> bool:
    """A line that introduces earlier mail and little else: a date or time, with an address or a verb, then a colon."""
    if len(words) > 400 or not words.endswith((":", "：")):
        return False
    return bool(_DATE.search(words) and (_ADDRESS.search(words) or ATTRIBUTION.search(words)))


def _tail(body: _Body, number: int, bare: str) -> tuple[Literal["quote", "forward"] | None, int]:
    """Whether everything from this line on is earlier mail or a forward, and the line where that begins."""
    if bare[0] in "-_*" or bare[-1] in ":：-":
        if FORWARD.match(bare):
            return "forward", number
        if ORIGINAL.match(bare):
            return "forward" if body.forward or _nothing_above(body, number) else "quote", number
        if set(bare) <= {"_"} and len(bare) >= 10 and _block(body, number + 1):
            return _outlook(body, number, parted=True), number
        first = _unmarked_reply(body, number) if bare[-1] in ":：" else None
        if first is not None:
            return "quote", first
    if (":" in bare[:30] or "：" in bare[:30]) and _block(body, number):
        return _outlook(body, number, parted=False), number
    return None, number


def _ruled(body: _Body, number: int) -> int:
    """The line from which earlier mail counts that begins at ``number``: a rule that parts it off belongs to it."""
    above = number - 1
    while above >= max(0, number - 2) and not body.lines[above].strip():
        above -= 1
    return above if above >= 0 and body.lines[above].strip() == RULE else number


def _outlook(body: _Body, number: int, parted: bool) -> Literal["quote", "forward"]:
    if body.forward or _nothing_above(body, number):
        return "forward"
    return "quote" if body.reply or parted else "forward"


def _nothing_above(body: _Body, number: int) -> bool:
    return not body.text[: body.starts[number]].strip()


def _block(body: _Body, number: int) -> bool:
    """From, then a date, and To or Subject, in the labels of one of the languages, within seven lines."""
    seen: list[str] = []
    for line in body.lines[number : number + 9]:
        if not line.strip():
            if seen:
                break
            continue
        label = _LABEL.match(line)
        kind = LABELS.get(label[1].strip().lower()) if label else None
        if not seen and kind not in ("from", "date"):
            return False
        if kind:
            seen.append(kind)
    return len(seen) >= 3 and {"from", "date"} <= set(seen)


def _unmarked_reply(body: _Body, number: int) -> int | None:
    """Where "On ... wrote:" begins that ends with this line, above history without ``>`` marks.

    Asks for more proof than a line above marks, since all below is folded.
    """
    following = next((line for line in body.lines[number + 1 : number + 4] if line.strip()), ">")
    if following.lstrip().startswith(">"):
        return None
    for first in range(number, max(number - 3, -1), -1):
        if not body.lines[first].strip():
            break
        words = _joined(body, first, number)
        if not _strong(words) or (first < number and not OPENING.match(words)):
            continue
        # Some web mailers write only when and who, and some set what follows in as a quotation.
        sure = bool(_ADDRESS.search(words))
        if ATTRIBUTION.search(words):
            sure = sure or (body.reply and bool(_TIME.search(words)))
        else:
            set_in = following.startswith("    ") or (body.reply and bool(OPENING.match(words)))
            sure = sure and set_in and bool(_TIME.search(words))
        if sure:
            return first
    return None


def _signatures(body: _Body, history: list[Fold]) -> list[Fold]:
    """Below ``-- ``, and what telephones add, up to the history that follows or the end."""
    found: list[Fold] = []
    # A signature stands at the end of new writing: before some history, or at the end of the text.
    begins = 0
    for fold in [*history, None]:
        stop = bisect_left(body.starts, fold.start) if fold else len(body.lines)
        start = _signature(body, begins, stop)
        if start is not None and start < stop:
            found.append(Fold("signature", body.starts[start], body.end_of(stop)))
        if fold:
            begins = bisect_left(body.starts, fold.end)
    return found


def _signature(body: _Body, begins: int, stop: int) -> int | None:
    last = stop
    while last > begins and not body.lines[last - 1].strip():
        last -= 1
    for number in range(last - 1, max(begins, last - LONGEST_SIGNATURE - 1) - 1, -1):
        line = body.lines[number]
        if line == "-- " or (line == "--" and last - number <= 8):
            return number
    for number in range(max(begins, last - 3), last):
        if MOBILE.match(body.lines[number].strip()):
            return number
    return None
