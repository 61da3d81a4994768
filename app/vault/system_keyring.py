"""The operating system's keyring, which keeps the key of a desk's keyring slot.

Only backends named here are used.  keyring's own choice is not asked: its environment variable, its
configuration file and installed plug-ins can all put other code, or a keyring that forgets, in between.
That variable can only switch the keyring off, as keyring's documentation recommends it.
"""

from __future__ import annotations

import base64
import os
import queue
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from keyring.backend import KeyringBackend
from keyring.backends import SecretService, Windows, kwallet, macOS
from keyring.errors import KeyringError, KeyringLocked, NoKeyringError

from app.domain.errors import Unavailable
from app.vault.sealing import KEY_BYTES
from app.vault.secret import Secret

_CODES: dict[type[Exception], str] = {
    KeyringLocked: "keyring.locked",
    NoKeyringError: "keyring.none",
    UnicodeDecodeError: "keyring.wrong",
    KeyringError: "keyring.failed",
    OSError: "keyring.failed",
}
"""What each error means to a person; keyring lets some errors of the systems below it through."""

if sys.platform == "linux":
    from jeepney import DBusErrorResponse
    from secretstorage import exceptions as secret_service

    _CODES = {
        secret_service.PromptDismissedException: "keyring.dismissed",
        secret_service.LockedException: "keyring.locked",
        secret_service.SecretServiceNotAvailableException: "keyring.none",
        **_CODES,
        secret_service.SecretStorageException: "keyring.failed",
        DBusErrorResponse: "keyring.failed",
    }
elif sys.platform == "win32":
    from win32ctypes.pywin32 import pywintypes

    _CODES[pywintypes.error] = "keyring.failed"

_KNOWN = tuple(_CODES)

KEYRINGS: Sequence[type[KeyringBackend]] = (
    macOS.Keyring,
    Windows.WinVaultKeyring,
    SecretService.Keyring,
    kwallet.DBusKeyring,
    kwallet.DBusKeyringKWallet4,
)
"""The keyrings that may hold a key, in the order in which they are tried."""

_SERVICE = "Transom"
_OFF = ("keyring.backends.null.Keyring", "keyring.backends.fail.Keyring")

Answer = TypeVar("Answer")


class SystemKeyring:
    """The keyring of whoever is logged in.

    Every method may show the system's prompt and wait for it, so none is called on the window's thread.
    Each raises ``Unavailable``: ``keyring.none`` (there is none that may be used), ``keyring.locked``,
    ``keyring.dismissed`` (the prompt was closed), ``keyring.timeout`` (no answer in ``patience`` seconds),
    ``keyring.failed``.
    """

    def __init__(self, keyrings: Sequence[type[KeyringBackend]] = KEYRINGS, patience: float = 60.0) -> None:
        self._keyrings = tuple(keyrings)
        self._patience = patience

    def store(self, desk: str, key: Secret[bytes]) -> None:
        """Keep a desk's key and read it back; ``keyring.discarded`` when it was not kept."""
        written = base64.b64encode(key.reveal()).decode()

        def act(ring: KeyringBackend) -> bool:
            ring.set_password(_SERVICE, _entry(desk), written)
            return ring.get_password(_SERVICE, _entry(desk)) == written

        if not self._ask(act):
            raise Unavailable("keyring.discarded")

    def fetch(self, desk: str) -> Secret[bytes]:
        """The key that ``store`` kept.

        Also raises ``keyring.missing`` (no entry) and ``keyring.wrong`` (an entry that is not ours).
        """

        def act(ring: KeyringBackend) -> Secret[str] | None:
            kept = ring.get_password(_SERVICE, _entry(desk))
            return None if kept is None else Secret(kept)

        kept = self._ask(act)
        if kept is None:
            raise Unavailable("keyring.missing")
        try:
            key = base64.b64decode(kept.reveal(), validate=True)
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise Unavailable("keyring.wrong")
        return Secret(key)

    def remove(self, desk: str) -> None:
        """Forget the desk's key; no error when there is none."""

        def act(ring: KeyringBackend) -> None:
            if ring.get_password(_SERVICE, _entry(desk)) is not None:
                ring.delete_password(_SERVICE, _entry(desk))

        self._ask(act)

    def _ask(self, act: Callable[[KeyringBackend], Answer]) -> Answer:
        """Act on a thread of its own, which an unanswered prompt may hold until the program ends."""
        answers: queue.SimpleQueue[Answer | Unavailable] = queue.SimpleQueue()

        def work() -> None:
            try:
                answers.put(act(self._chosen()))
            except Unavailable as refused:
                answers.put(refused)
            except _KNOWN as error:
                answers.put(Unavailable(_code(error)))
            finally:
                answers.put(Unavailable("keyring.failed"))  # read only where the error was none of those

        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            answer = answers.get(timeout=self._patience)
        except queue.Empty:
            raise Unavailable("keyring.timeout", seconds=self._patience) from None
        if isinstance(answer, Unavailable):
            raise answer
        return answer

    def _chosen(self) -> KeyringBackend:
        if os.environ.get("PYTHON_KEYRING_BACKEND") in _OFF:
            raise Unavailable("keyring.none")
        for ring in self._keyrings:
            if ring.viable:
                return ring()
        raise Unavailable("keyring.none")


def _entry(desk: str) -> str:
    return f"desk:{desk}"


def _code(error: BaseException) -> str:
    """The code of the error or, where keyring wrapped it in a vague one, of its cause."""
    vague = "keyring.failed"
    for shown in (error, error.__cause__):
        code = next((code for kind, code in _CODES.items() if isinstance(shown, kind)), vague)
        if code != vague:
            return code
    return vague
