"""What of a message's text is no new writing: ranges that are folded on the screen and never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

KINDS = frozenset({"quote", "signature", "forward"})


class Fold(NamedTuple):
    """A range of characters of the text; ``kind`` is one of ``KINDS``."""

    kind: str
    start: int
    end: int


def without(text: str, folds: Iterable[tuple[str, int, int]]) -> str:
    """The new text: quotes and signatures left out, forwards kept, blank lines at its ends stripped.

    ``folds`` stand in order and do not overlap.
    """
    kept, at = [], 0
    for kind, start, end in folds:
        if kind != "forward":
            kept.append(text[at:start].strip("\n"))
            at = end
    kept.append(text[at:].strip("\n"))
    return "\n\n".join(filter(None, kept)).strip()
