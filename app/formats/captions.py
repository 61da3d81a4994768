"""A caption that ends in its credit, as the patterns of the magazine's profile put the two together."""

from __future__ import annotations

import unicodedata
from typing import Literal, NamedTuple

from app.domain.public import PublicArticle, PublicPhoto
from app.formats.printed import ended, gap_after, safe_link

_STOPS = (".", "。", "۔")
"""Full stops with which a pattern ends; after another sign at the end of a credit they are left out."""


class CaptionPart(NamedTuple):
    """A run of a caption: the editor's ``words``, the magazine's ``own``, or the ``credit``."""

    kind: Literal["words", "own", "credit"]
    text: str


def caption(article: PublicArticle, photo: PublicPhoto, *, links: bool = True) -> tuple[CaptionPart, ...]:
    """What stands below a photograph, run by run.

    Where ``links`` lead somewhere, the credit of the lead may be the words that carry its address.  A
    source line of its own stands in the body in place of the magazine's words and the credit.
    """
    words, credit, captions = photo.caption.strip(), photo.credit.strip(), article.magazine.captions
    if photo.lead and links and credit and safe_link(photo.credit_url):
        credit = captions.linked.format(credit=credit)
    pattern = (captions.lead if photo.lead else captions.inline).format(caption="\0", credit="\1")
    before, _, rest = pattern.partition("\0")
    between, _, after = rest.partition("\1")
    if photo.source_line.strip() and not photo.lead:
        credit, between = photo.source_line.strip(), " "
    if not credit:
        return (CaptionPart("words", words),) if words else ()
    words = ended(before + words) if words else ""
    spaced = bool(words) and between[:1].isspace() and bool(gap_after(words))
    if after in _STOPS and unicodedata.category(credit[-1])[0] not in "LNM":
        after = ""
    parts = (
        CaptionPart("words", words),
        CaptionPart("own", f"{' ' if spaced else ''}{between.lstrip()}"),
        CaptionPart("credit", credit),
        CaptionPart("own", ended(credit).removeprefix(credit) if after == "." else after),
    )
    return tuple(part for part in parts if part.text)


def caption_lines(article: PublicArticle, photo: PublicPhoto, *, links: bool = True) -> tuple[str, str]:
    """The caption, and what says whose picture it is, for writers that keep the two apart."""
    parts = caption(article, photo, links=links)
    words = "".join(part.text for part in parts if part.kind == "words")
    return words, "".join(part.text for part in parts if part.kind != "words").strip()
