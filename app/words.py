"""The words that people read: gettext, and a sentence for every error code.

Translate first and fill afterwards, so that a translator sees the whole sentence.
"""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Mapping
from typing import Any

from app import assets
from app.domain.errors import DeskError

_SENTENCES: dict[str, Any] = tomllib.loads(assets.text("words/errors.toml"))
_catalogue = gettext.NullTranslations()


def _(text: str) -> str:
    """``text`` in the language of whoever reads."""
    return _catalogue.gettext(text)


def told(error: DeskError) -> str:
    """One sentence for people: what happened and what to do."""
    return _(_SENTENCES[error.code]).format_map(_Blank(error.fields))


class _Blank(dict[str, object]):
    """A field that an error does not carry prints as nothing."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        super().__init__({name: value for name, value in fields.items() if value is not None})

    def __missing__(self, key: str) -> str:
        return ""
