"""Text of one block while it is being read, with white space collapsed as HTML says (CSS Text 3, 4.1)."""

from __future__ import annotations

import re
from dataclasses import replace

from app.domain.article import Span, Spans
from app.formats.lines import Anchor, tidy

_SPACE = re.compile(r"[ \t\n\r\f]+")


class Run:
    """Gathers pieces of text; ``spans`` is what stands between two ends of a block."""

    def __init__(self) -> None:
        self._spans: list[Span] = []
        self._gap: Span | None = None
        self._line_start = True

    def __bool__(self) -> bool:
        return bool(self._spans)

    def text(self, text: str, look: Span) -> None:
        """Text in which white space collapses."""
        first, *words = _SPACE.split(text)
        if first == "" and words and not self._line_start:
            self._gap = self._gap or look
        ends = words and words[-1] == ""
        if kept := " ".join(word for word in (first, *words) if word):
            self.verbatim(kept, look)
            self._gap = look if ends else None

    def verbatim(self, text: str, look: Span) -> None:
        """Text whose white space stays."""
        if self._gap:
            self._spans.append(replace(self._gap, text=" "))
        self._spans.append(replace(look, text=text))
        self._gap, self._line_start = None, False

    def line_break(self, look: Span) -> None:
        """The end of a line inside the block."""
        self._spans.append(replace(look, text="\n"))
        self._gap, self._line_start = None, True

    def note(self, note: str, look: Span) -> None:
        """A reference to a footnote."""
        if self._gap:
            self._spans.append(replace(self._gap, text=" "))
        self._spans.append(replace(look, note=note))
        self._gap, self._line_start = None, False

    def anchor(self, comment: str) -> None:
        """The place that ``comment`` speaks of."""
        self._spans.append(Anchor(comment=comment))

    def spans(self) -> Spans:
        """All of it, merged."""
        return tidy(self._spans, left=False, right=False)
