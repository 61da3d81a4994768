"""Guessing what kind of piece a contribution is."""

from __future__ import annotations

import re

from app.domain.phrases import KINDS, Phrases, fold
from app.domain.pieces import Kind

_FEW_WORDS = 60
_FEW_HAN = 120
"""Characters of a Chinese or Japanese text that say as much."""
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_BEGINNING = 200


def guess(subject: str, text: str, photographs: int, phrases: Phrases) -> Kind:
    """The kind of a contribution by its subject and the first words of its text; an article when nothing tells."""
    if photographs and len(text.split()) < _FEW_WORDS and len(_HAN.findall(text[:2000])) < _FEW_HAN:
        return Kind.PHOTOGRAPHS
    # A subject names a kind as a heading does: "Tip" says as much as "Tip: books moved by night".
    if not phrases.kinds.by_word:
        return Kind.ARTICLE
    found = phrases.kinds.matches(f"{fold(subject)}:\n{fold(text[:_BEGINNING])}")
    return next((Kind(name) for name in KINDS if name in found), Kind.ARTICLE)
