"""Rows of lists, as screens and the command line show them.

They are named tuples: the first paint needs them, and a frozen dataclass takes ten times as long to define.
"""

from __future__ import annotations

from typing import NamedTuple


class ListRow(NamedTuple):
    """One piece in a list, as ``transom list`` prints it."""

    token: str
    title: str
    kind: str
    stage: str
    language: str
    section: str
    byline: str
    protection: str
    assignee: str
    received_at: str
    due: str
    words: int
    photos: int
    rights: str
    id: str = ""
    held: bool = False


class Hit(NamedTuple):
    """One answer of a search; ``where`` is ``article`` or ``message``, ``ref`` the id of what was found."""

    piece: str
    where: str
    ref: str
    score: float
