"""The phrase lists of the program."""

from __future__ import annotations

from functools import cache

from app import assets
from app.domain.phrases import Phrases, parse


@cache
def phrases() -> Phrases:
    """The phrases of every language under resources/phrases."""
    names = [name for name in assets.names("phrases") if name.endswith(".toml")]
    return parse({name: assets.text(f"phrases/{name}") for name in names})
