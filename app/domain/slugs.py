"""Names for files and addresses: lower-case ASCII without spaces."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 60
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for devices, whatever suffix follows."""


def slug(text: str) -> str:
    """``text`` as words joined by hyphens, at most 60 characters.

    ``""`` when no letter has an ASCII form, or when the whole of it would be the name of a device.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = _NOT_PLAIN.sub("-", plain.replace("'", "")).strip("-")
    if len(words) > _LONGEST:
        words = words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
    return "" if _DEVICE.fullmatch(words) else words
