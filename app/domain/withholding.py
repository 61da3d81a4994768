"""Taking out of a text what tells who somebody is, and leaving the rest to be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from app.domain.article import Article, Paragraph, Span
from app.domain.article_json import from_json, to_json
from app.domain.plain_text import block_text

WITHHELD = "[in the vault]"
"""Stands where words were taken out; the words themselves are sealed."""

_CUTS = (
    re.compile(r"(?<=[.!?;:,])\s+(?=\S)|(?<=[。！？；：，])|\n+"),
    re.compile(r"\n{2,}"),
)
_LINES = (re.compile(r"\n+"),)
_ABOVE, _UNDER, _SHORT = 2, 4, 120
"""In how many paragraphs, and of how many characters at most, a name at an edge of a text signs it."""
"""Between clauses, which are small and keep most of a letter, then between paragraphs: a name may lie over a border."""


def withheld(text: str, tells: Callable[[str], bool], *, lines: bool = False) -> str:
    """``text`` with ``WITHHELD`` in place of each part that ``tells``; all of it when no border keeps it in.

    With ``lines`` the parts are whole lines, for what stands beside it on one tells too.
    """
    if not text or not tells(text):
        return text
    for cuts in _LINES if lines else _CUTS:
        kept = _joined(_without(text, cuts, tells))
        if not tells(kept):
            return kept
    return WITHHELD


def without_contacts(article: Article, tells: Callable[[str], bool]) -> Article:
    """``article`` without the lines and links that ``tells`` how to reach somebody, as forwarded letters have them."""
    data = to_json(article)
    parts = {name: _bare(data[name], tells) for name in ("blocks", "footnotes", "comments") if name in data}
    return from_json(data | parts)


def without_signature(article: Article, tells: Callable[[str], bool]) -> Article:
    """``article`` without its author's name, where it stands by itself: above the text, under it, in its heads."""
    blocks = list(article.blocks)
    for place in {*range(len(blocks))[:_ABOVE], *range(len(blocks))[-_UNDER:]}:
        block = blocks[place]
        if isinstance(block, Paragraph) and len(said := block_text(block)) <= _SHORT and tells(said):
            blocks[place] = replace(block, spans=(Span(WITHHELD),))
    byline, bio = ("" if tells(said) else said for said in (article.byline, article.bio))
    return replace(article, blocks=tuple(blocks), byline=byline, bio=bio)


def _bare(value: Any, tells: Callable[[str], bool]) -> Any:
    if isinstance(value, list):
        return [_bare(item, tells) for item in value]
    if isinstance(value, dict):
        return {name: _held(name, held, tells) for name, held in value.items()}
    return value


def _held(name: str, held: Any, tells: Callable[[str], bool]) -> Any:
    if name == "text" and isinstance(held, str):
        return withheld(held, tells, lines=True)
    if name == "link" and isinstance(held, str):
        return "" if tells(held) else held
    return _bare(held, tells)


def _without(text: str, cuts: re.Pattern[str], tells: Callable[[str], bool]) -> Iterator[str]:
    """The parts between ``cuts`` and the cuts themselves, in order."""
    at = 0
    for cut in cuts.finditer(text):
        yield _shown(text[at : cut.start()], tells)
        yield cut[0]
        at = cut.end()
    yield _shown(text[at:], tells)


def _shown(part: str, tells: Callable[[str], bool]) -> str:
    return WITHHELD if part and tells(part) else part


def _joined(parts: Iterator[str]) -> str:
    """The parts as one text, several withheld ones side by side as one."""
    return re.sub(rf"{re.escape(WITHHELD)}(?:\s*{re.escape(WITHHELD)})+", WITHHELD, "".join(parts))
