"""The kinds of error that people are told about; anything else is a bug.

Each carries a stable ``code`` (``"rights.missing"``) and fields; words for people are made from
them in one place, never from ``str(error)``.
"""

from __future__ import annotations


class DeskError(Exception):
    """Base of the errors that the desk explains.  ``code`` is dotted and stable, ``fields`` are plain values."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.fields.items())
        return f"{self.code} ({told})" if told else self.code


class RuleBroken(DeskError):
    """A rule of the desk refuses the act (exit status 1)."""


class Usage(DeskError):
    """The request itself is not understood: an unknown person, stage or key (exit status 2)."""


class Unavailable(DeskError):
    """A lock, key, server or program is not there now (exit status 3)."""


class Conflict(DeskError):
    """Somebody else saved the same thing first (exit status 1)."""


class Damaged(DeskError):
    """Stored data is not what was written (exit status 4)."""


class Cancelled(DeskError):
    """The person asked for it to stop."""

    def __init__(self) -> None:
        super().__init__("cancelled")
