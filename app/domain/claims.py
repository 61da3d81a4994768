"""Whether a sender says that a text was published before."""

from __future__ import annotations

from app.domain.phrases import Phrases, fold

_LONG = 1500
"""Characters of a text of which only the ends are looked at: between them stands the manuscript."""
_ENDS = 500


def unpublished_claim(text: str, phrases: Phrases) -> str:
    """``stated`` when the sender says that it is unpublished, ``denied`` when it appeared before, else ``unknown``.

    "Not published before" holds the words of "published before": where the two meet, it is unpublished.
    """
    if not phrases.claims.by_word:
        return "unknown"
    said = fold(text if len(text) <= _LONG else f"{text[:_ENDS]}\n{text[-_ENDS:]}")
    found = phrases.claims.matches(said)
    new, old = found.get("unpublished"), found.get("published")
    if old is None:
        return "stated" if new else "unknown"
    if new is not None and new.start() < old.end() and old.start() < new.end():
        return "stated"
    return "denied"
