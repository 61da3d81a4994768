"""Loads the toolkit."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - puts in the hook that is taken out here


def without_hook() -> None:
    """Take the toolkit's import hook out again.

    PySide replaces ``__import__``, so that a module may switch snake_case names on, and for that it reads the
    source of every module that is imported from then on.  Nothing here uses such names, and reading the
    sources of the standard library and of SQLAlchemy takes as long as importing them.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
