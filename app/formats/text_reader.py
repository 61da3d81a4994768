"""Plain text as an article, and comma-separated values as a table.

Options: ``charset`` is what the surroundings say of the bytes; ``kind`` ``"csv"`` reads a table.  Nothing of
the text is lost but white space, signs of lists and the line drawn under a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from itertools import count
from typing import Any

from app.domain.article import Article, Block, Span
from app.domain.article_json import clean_text
from app.domain.reading import Result, Unreadable
from app.formats.charsets import decoded
from app.formats.csv_table import csv_table
from app.formats.finishing import Finishing
from app.formats.heads import take_heads
from app.formats.imported import Imported, Report
from app.formats.lines import Flow, Item, Line, Role, blocks_of, plain_block
from app.formats.text_wrapping import Wrapping, joined

_BREAKS = (("\x0b", "\n"), ("\x0c", "\n"), ("\x85", "\n"), ("\u2028", "\n"), ("\u2029", "\n\n"))
"""Line ends that ``clean_text`` leaves as they are."""
_ITEM = re.compile(r"(\s*)(?:([-*•])|([1-9]\d{0,2}|0)\.)\s+(\S.*)")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,})\s*")
_ODD = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f"))
"""Control characters that are neither space nor the sign of an escape sequence."""
_LONGEST_TITLE = 150
_DEEPEST = 9


def read(data: bytes, options: dict[str, Any]) -> Result:
    """The text in ``data``.

    Raises:
        Unreadable: when there is nothing in it, or it is no text.
    """
    charset = str(options.get("charset") or "")
    text = decoded(data, [charset] if charset else ())
    _refuse_binary(text)
    imported = Imported()
    text = clean_text(text)
    if unknown := text.count("\ufffd"):
        imported.report.count("1 character could not be read", "{n} characters could not be read", unknown)
    csv = options.get("kind") == "csv"
    return imported.result(_article([csv_table(text)] if csv else _flow(text), imported.report))


def article_of(text: str) -> Article:
    """The article of what is text already, clean as ``clean_text`` leaves it.

    Raises:
        Unreadable: as ``read``.
    """
    _refuse_binary(text)
    return _article(_flow(text), Report())


def _article(flow: list[Flow], report: Report) -> Article:
    headline, standfirst, rest = take_heads(flow, "", report)
    return Article(headline, standfirst, blocks=Finishing().blocks(blocks_of(rest)))


def _refuse_binary(text: str) -> None:
    if not text.strip("\0 \t\r\n"):
        raise Unreadable("the file is empty")
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) - len(raw.translate(None, _ODD)) > 0.05 * len(text):
        raise Unreadable("the file is not text")


def _flow(text: str) -> list[Flow]:
    for sign, end in _BREAKS:
        text = text.replace(sign, end)
    chunks = [
        lines
        for part in re.split(r"\n[^\S\n]*(?=\n)", text)
        if (lines := [line for line in part.split("\n") if line.strip()])
    ]
    wrapping = Wrapping(chunks)
    out: list[Flow] = []
    items: list[list[str]] = []
    for number, lines in enumerate(chunks):
        title = _title(lines, first=not number)
        plain, found = _parted(lines[2:] if title else lines)
        if title or plain:
            out += _list(items, wrapping)
            items = []
        out += [title] if title else []
        out += _paragraphs(plain, wrapping, apart=len(chunks) > 1)
        items += found
    return out + _list(items, wrapping)


def _title(lines: Sequence[str], first: bool) -> Line | None:
    """A line with another line drawn under it: the headline where the text begins, else a heading."""
    if len(lines) < 2 or not _UNDERLINE.fullmatch(lines[1]) or len(lines[0].strip()) > _LONGEST_TITLE:
        return None
    spans = (Span(lines[0].strip()),)
    return Line(spans, Role.TITLE) if first else Line(spans, Role.HEADING, 2)


def _parted(lines: Sequence[str]) -> tuple[Sequence[str], list[list[str]]]:
    """``lines`` before the first item, and the lines of each item."""
    starts = [number for number, line in enumerate(lines) if _ITEM.fullmatch(line)]
    if not starts or (starts[0] and len(starts) < 2):
        return lines, []
    ends = [*starts[1:], len(lines)]
    return lines[: starts[0]], [list(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _paragraphs(lines: Sequence[str], wrapping: Wrapping, apart: bool) -> list[Block]:
    return [plain_block(text.strip()) for text in wrapping.paragraphs(lines, apart)] if lines else []


def _list(items: Sequence[list[str]], wrapping: Wrapping) -> list[Flow]:
    """Neighbouring items as lines of lists; one alone, such as a line of dialogue, is a paragraph."""
    if len(items) < 2:
        return [block for lines in items for block in _paragraphs(lines, wrapping, apart=True)]
    numbering = _Numbering()
    out: list[Flow] = []
    for first, *more in items:
        found = _ITEM.fullmatch(first)
        assert found
        text = reduce(joined, (line.strip() for line in more), found[4].strip())
        out.append(Line((Span(text),), item=numbering.item(found)))
    return out


class _Numbering:
    """Tells by indents and numbers which items belong to one list."""

    def __init__(self) -> None:
        self._margins: list[int] = []
        self._last: dict[int, Item] = {}
        self._families = count()

    def item(self, found: re.Match[str]) -> Item:
        """The item that ``found`` begins."""
        margin = len(found[1].expandtabs())
        while self._margins and margin <= self._margins[-1] - 2:
            self._margins.pop()
        if not self._margins or margin >= self._margins[-1] + 2:
            self._margins.append(margin)
        depth = min(len(self._margins), _DEEPEST) - 1
        self._last = {level: item for level, item in self._last.items() if level <= depth}
        ordered = found[3] is not None
        number = int(found[3]) if ordered else 1
        before = self._last.get(depth)
        goes_on = before and before.ordered is ordered and (not ordered or number == before.number + 1)
        family = before.family if before and goes_on else str(next(self._families))
        self._last[depth] = Item(family, depth, ordered, number)
        return self._last[depth]
