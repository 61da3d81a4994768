"""Backups are age files (age-encryption.org/v1) to a public key, so that they need no secret to be made."""

from __future__ import annotations

from typing import BinaryIO

import pyrage

from app.domain.errors import Damaged, Unavailable
from app.vault.secret import Secret


def new_identity() -> Secret[str]:
    """A private half, ``AGE-SECRET-KEY-1...``."""
    return Secret(str(pyrage.x25519.Identity.generate()))


def recipient(private: Secret[str]) -> str:
    """The public half, ``age1...``."""
    return str(pyrage.x25519.Identity.from_str(private.reveal()).to_public())


def encrypt(source: BinaryIO, sink: BinaryIO, *publics: str) -> None:
    """Write ``source``, read to its end, as an age file to ``sink`` that each of ``publics`` opens.

    ``OSError`` of either file passes through.
    """
    plain, closed = _Watched(source), _Watched(sink)
    try:
        pyrage.encrypt_io(plain, closed, [pyrage.x25519.Recipient.from_str(public) for public in publics])
    except pyrage.EncryptError as error:
        raise plain.failure or closed.failure or error from None


def decrypt(source: BinaryIO, sink: BinaryIO, private: Secret[str]) -> None:
    """Write what the age file ``source`` holds to ``sink``.

    Raises ``Unavailable("backup.other-key")`` when the file is not for this key, and
    ``Damaged("backup.damaged")`` when it is cut off or changed; what was written by then is to be thrown
    away.  ``OSError`` of either file passes through.
    """
    closed, plain = _Watched(source), _Watched(sink)
    try:
        pyrage.decrypt_io(closed, plain, [pyrage.x25519.Identity.from_str(private.reveal())])
    except (pyrage.DecryptError, OSError) as error:
        if failure := closed.failure or plain.failure:
            raise failure from None
        if str(error) == "No matching keys found":
            raise Unavailable("backup.other-key") from None
        raise Damaged("backup.damaged") from None


class NewBackup:
    """Closes one backup to the desk's public half, and opens it again to verify it.

    The private half lies behind the passphrase, so each backup has a second key, which is in memory
    alone and gone when the backup was verified.
    """

    def __init__(self, public: str) -> None:
        self._public = public
        self._own = new_identity()

    def encrypt(self, source: BinaryIO, sink: BinaryIO) -> None:
        """As the function."""
        encrypt(source, sink, self._public, recipient(self._own))

    def decrypt(self, source: BinaryIO, sink: BinaryIO) -> None:
        """As the function."""
        decrypt(source, sink, self._own)


class _Watched:
    """A file that remembers its own ``OSError``, which pyrage tells only as a text."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failure: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._file.read(size)
        except OSError as error:
            self.failure = error
            raise

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        self._file.flush()
