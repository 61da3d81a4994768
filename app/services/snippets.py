"""A few words of a text round the first place that matches."""

from __future__ import annotations

_AROUND = 80


def snippet(body: str, asked: str) -> str:
    """Some 160 characters of ``body`` on one line, round the first of the words of ``asked`` that it holds."""
    flat = " ".join(body.split())
    folded = flat.casefold()
    places = [place for word in asked.casefold().split() if (place := folded.find(word)) >= 0]
    start = max(0, min(places, default=0) - _AROUND)
    cut = flat[start : start + 2 * _AROUND]
    return f"{'…' if start else ''}{cut}{'…' if start + len(cut) < len(flat) else ''}"
