"""Sample texts as they lie in resources/samples: a TOML head between ``+++`` lines, then the text."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from app import assets


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of resources/samples: its ``head`` as TOML gives it, its ``body`` without blank ends."""

    key: str
    head: dict[str, Any]
    body: str


def sheet(folder: str, key: str) -> Sheet:
    """The text ``key`` of ``folder`` (``articles`` or ``mails``)."""
    _, head, body = assets.text(f"samples/{folder}/{key}.md").split("+++\n", 2)
    return Sheet(key, tomllib.loads(head), body.strip())


def keys(folder: str) -> list[str]:
    """The keys of all texts of ``folder``, sorted."""
    return [name.removesuffix(".md") for name in assets.names(f"samples/{folder}")]
