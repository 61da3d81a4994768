"""The system's keyring, with stand-ins for the ways in which keyrings fail; the real one is in tests/real."""

import queue
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, null
from keyring.compat import properties
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError
from secretstorage.exceptions import (
    LockedException,
    PromptDismissedException,
    SecretServiceNotAvailableException,
    SecretStorageException,
)

from app.domain.errors import Unavailable
from app.vault.sealing import new_key
from app.vault.system_keyring import KEYRINGS, SystemKeyring

KEY = new_key()


def _ring(read: Callable[[], str | None] | None = None) -> type[KeyringBackend]:
    """A keyring in memory; ``read`` answers in its place."""
    kept: dict[tuple[str, str], str] = {}

    class Ring(KeyringBackend):
        @properties.classproperty
        def priority(cls) -> float:
            return 1

        def get_password(self, service: str, username: str) -> str | None:
            return read() if read else kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del kept[service, username]

    return Ring


def _fail(error: Exception, cause: Exception | None = None) -> SystemKeyring:
    def read() -> str | None:
        raise error from cause

    return SystemKeyring([_ring(read)])


@pytest.fixture(autouse=True)
def _switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)


def test_a_key_is_kept_found_and_forgotten_by_desk() -> None:
    keyring = SystemKeyring([_ring()])
    other = new_key()
    keyring.store("one", KEY)
    keyring.store("two", other)
    assert keyring.fetch("one") == KEY
    assert keyring.fetch("two") == other
    keyring.remove("one")
    keyring.remove("one")
    with pytest.raises(Unavailable, match=r"keyring\.missing"):
        keyring.fetch("one")
    assert keyring.fetch("two") == other


def test_a_keyring_that_forgets_at_once_is_found_out() -> None:
    with pytest.raises(Unavailable, match=r"keyring\.discarded"):
        SystemKeyring([null.Keyring]).store("one", KEY)


@pytest.mark.parametrize("kept", ["", "not ours", "c2hvcnQ=", "ключ"])
def test_an_entry_that_is_not_ours_is_told(kept: str) -> None:
    with pytest.raises(Unavailable, match=r"keyring\.wrong"):
        SystemKeyring([_ring(lambda: kept)]).fetch("one")


@pytest.mark.parametrize(
    ("error", "cause", "code"),
    [
        (KeyringLocked("x"), None, "keyring.locked"),
        (LockedException("x"), None, "keyring.locked"),
        (NoKeyringError("x"), None, "keyring.none"),
        (InitError("x"), SecretServiceNotAvailableException("x"), "keyring.none"),
        (InitError("x"), PromptDismissedException("x"), "keyring.dismissed"),
        (PromptDismissedException("x"), None, "keyring.dismissed"),
        (UnicodeDecodeError("utf-8", b"", 0, 0, "x"), None, "keyring.wrong"),
        (InitError("x"), None, "keyring.failed"),
        (KeyringError("x"), ValueError("x"), "keyring.failed"),
        (SecretStorageException("x"), None, "keyring.failed"),
        (ConnectionResetError(104, "x"), None, "keyring.failed"),
    ],
)
def test_every_failure_has_its_code_in_every_act(
    error: Exception, cause: Exception | None, code: str
) -> None:
    keyring = _fail(error, cause)
    for act in (
        partial(keyring.store, "one", KEY),
        partial(keyring.fetch, "one"),
        partial(keyring.remove, "one"),
    ):
        with pytest.raises(Unavailable) as refused:
            act()
        assert (refused.value.code, refused.value.fields) == (code, {})


def test_an_error_that_nobody_foresaw_is_reported_and_leaves_the_passphrase(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reported: queue.SimpleQueue[type[BaseException]] = queue.SimpleQueue()
    monkeypatch.setattr(threading, "excepthook", lambda report: reported.put(report.exc_type))
    with pytest.raises(Unavailable, match=r"keyring\.failed"):
        _fail(ZeroDivisionError()).fetch("one")
    assert reported.get(timeout=10) is ZeroDivisionError


@pytest.fixture
def prompt() -> Iterator[threading.Event]:
    """A prompt that stays open until the test ends."""
    closed = threading.Event()
    yield closed
    closed.set()


def test_a_prompt_that_nobody_answers_does_not_hold_the_desk(prompt: threading.Event) -> None:
    keyring = SystemKeyring([_ring(lambda: str(prompt.wait(30)))], patience=0.05)
    with pytest.raises(Unavailable, match=r"keyring\.timeout \(seconds=0\.05\)"):
        keyring.fetch("one")
    waiting = [thread for thread in threading.enumerate() if thread.name == "keyring"]
    assert all(thread.daemon for thread in waiting)


def test_only_keyrings_of_operating_systems_are_asked() -> None:
    assert {(kind.__module__, kind.__name__) for kind in KEYRINGS} == {
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.macOS", "Keyring"),
        ("keyring.backends.Windows", "WinVaultKeyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
        ("keyring.backends.kwallet", "DBusKeyringKWallet4"),
    }


def test_without_a_session_bus_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with pytest.raises(Unavailable, match=r"keyring\.none"):
        SystemKeyring([SecretService.Keyring]).fetch("one")


@pytest.mark.parametrize("name", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"])
def test_a_keyring_that_was_switched_off_is_not_asked(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    with pytest.raises(Unavailable, match=r"keyring\.none"):
        SystemKeyring([_ring()]).store("one", KEY)
