"""Where the passphrase comes from, in this order: a file, the environment, the keyring, a prompt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.domain.errors import Unavailable

VARIABLE = "TRANSOM_PASSPHRASE"
_environment: list[str] = []


def take_from_environment() -> None:
    """Move the passphrase out of the environment, so that no child process inherits it."""
    found = os.environ.pop(VARIABLE, None)
    if found is not None:
        _environment[:] = [found]


def given(file: str | None) -> str | None:
    """The passphrase of ``--passphrase-file`` or of the environment, None when neither is there.

    Raises:
        Unavailable: ``passphrase.file``.
    """
    if file is not None:
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise Unavailable("passphrase.file", path=file, reason=reason) from None
    return _environment[0] if _environment else None


def asked(*, twice: bool = False) -> str:
    """The passphrase as typed on the terminal.

    Raises:
        Unavailable: ``key.needed`` where there is no terminal.
    """
    if not sys.stdin.isatty():
        raise Unavailable("key.needed")
    import getpass

    while True:
        typed = getpass.getpass("Passphrase: ")
        if not twice or typed == getpass.getpass("Once more: "):
            return typed
        print("These were not the same.", file=sys.stderr)
