"""Names for files and addresses: lower-case ASCII without spaces."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 60
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """``text`` as words joined by hyphens, at most 60 characters, ``""`` when no letter has an ASCII form."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = _NOT_PLAIN.sub("-", plain.replace("'", "")).strip("-")
    if len(words) <= _LONGEST:
        return words
    return words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
