"""The words that people read: gettext, and a sentence for every error code.

Translate first and fill afterwards, so that a translator sees the whole sentence.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.domain.errors import DeskError

_catalogue = gettext.NullTranslations()


def _(text: str) -> str:
    """``text`` in the language of whoever reads."""
    return _catalogue.gettext(text)


def told(error: DeskError) -> str:
    """One sentence for people: what happened and what to do."""
    return _(_sentences()[error.code]).format_map(_Blank(error.fields))


@cache
def _sentences() -> dict[str, Any]:
    import tomllib

    from app import assets

    return tomllib.loads(assets.text("words/errors.toml"))


class _Blank(dict[str, object]):
    """A field that an error does not carry prints as nothing."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        super().__init__({name: value for name, value in fields.items() if value is not None})

    def __missing__(self, key: str) -> str:
        return ""
