"""Properties of an RTF file: its title, who wrote it, when."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.formats.rtf_document import Document
from app.formats.rtf_sinks import Sink, Words

Action = Callable[[Document, int | None], None]


class Info(Sink):
    """The group of properties; only the groups inside it speak."""


class Time(Sink):
    """A time, given by control words."""

    def __init__(self) -> None:
        self._parts = dict.fromkeys(("yr", "mo", "dy", "hr", "min"), 0)

    def word(self, name: str, number: int | None) -> None:
        """Learn one part."""
        if name in self._parts:
            self._parts[name] = number or 0

    def said(self) -> str:
        """The time in ISO 8601 without a zone, or ``""``."""
        year, month, day, hour, minute = self._parts.values()
        return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00" if year and month and day else ""


def collect(document: Document, done: Callable[[str], None]) -> None:
    """Collect the words of the group, then hand them to ``done``."""
    sink = document.state.sink = Words()
    document.state.closing = lambda: done(sink.said.strip())


def _info(document: Document, _: int | None) -> None:
    document.state.sink = Info()


def _property(key: str) -> Action:
    def begin(document: Document, _: int | None) -> None:
        if isinstance(document.state.sink, Info):
            collect(document, lambda said: document.properties.update({key: said}))

    return begin


def _time(key: str) -> Action:
    def begin(document: Document, _: int | None) -> None:
        if isinstance(document.state.sink, Info):
            sink = document.state.sink = Time()
            document.state.closing = lambda: document.properties.update({key: sink.said()})

    return begin


INFO: Mapping[str, Action] = {
    "info": _info,
    **{
        word: _property(key)
        for word, key in (
            ("title", "title"),
            ("subject", "subject"),
            ("author", "author"),
            ("operator", "last_modified_by"),
            ("manager", "manager"),
            ("company", "company"),
            ("category", "category"),
            ("keywords", "keywords"),
            ("doccomm", "description"),
        )
    },
    "creatim": _time("created"),
    "revtim": _time("modified"),
    "printim": _time("last_printed"),
}
"""What begins a group with such a word."""
