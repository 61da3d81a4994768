"""A desk's key in a real Secret Service: kept, found again, and every way in which that fails."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.vault.desk_keys import create
from app.vault.keyfile import KeyFile
from app.vault.passphrase import Cost
from tests.real.secret_service import PROGRAMS, keyring_daemon, secret_service, session_bus

pytestmark = pytest.mark.real
CHEAP = Cost(1, 8192)

PROGRAM = """
import sys
from pathlib import Path
from app.domain.errors import DeskError
from app.vault.desk_keys import open_by_keyring, open_by_passphrase
from app.vault.keyfile import KeyFile
from app.vault.passphrase import Cost
from app.vault.sealing import new_key
from app.vault.system_keyring import SystemKeyring

act, file, patience = sys.argv[1], KeyFile(Path(sys.argv[2])), float(sys.argv[3])
floor, keyring = Cost(1, 8192), SystemKeyring(patience=patience)
try:
    if act == "enrol":
        held = new_key()
        keyring.store("01JDESK", held)
        open_by_passphrase(file, "winter review", floor=floor).add_keyring_slot(held)
    elif act == "open":
        desk = open_by_keyring(file, keyring.fetch("01JDESK"), floor=floor)
        assert desk.vault is None
    elif act == "remove":
        keyring.remove("01JDESK")
    elif act == "another":
        keyring.store("01JDESK", new_key())
    elif act == "garbage":
        import keyring.backends.SecretService as service
        service.Keyring().set_password("Transom", "desk:01JDESK", "garbage")
    elif act == "lock":
        import secretstorage
        with secretstorage.dbus_init() as bus:
            secretstorage.get_default_collection(bus).lock()
    print("done")
except DeskError as refused:
    print(refused)
"""

Program = Callable[..., str]


@pytest.fixture(autouse=True)
def _programs(need: Callable[..., None]) -> None:
    need(*PROGRAMS)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name, for the bus's socket."""
    with tempfile.TemporaryDirectory(prefix="bus") as name:
        yield Path(name)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Runs one act in a program of its own, as each start of the desk is; gives what it printed."""
    create(KeyFile(tmp_path / "keys.json"), "01JDESK", "winter review", data_exists=False, cost=CHEAP)

    def run(act: str, environment: dict[str, str], patience: float = 30) -> str:
        command = [sys.executable, "-c", PROGRAM, act, str(tmp_path / "keys.json"), str(patience)]
        ended = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=90, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    return run


def test_a_key_kept_in_the_keyring_opens_the_desk_the_next_time(program: Program, folder: Path) -> None:
    with secret_service(folder) as environment:
        assert program("open", environment) == "keyring.missing"
        assert program("enrol", environment) == "done"
        assert program("open", environment) == "done"
        assert program("remove", environment) == "done"
        assert program("remove", environment) == "done"
        assert program("open", environment) == "keyring.missing"


def test_the_key_is_there_after_the_keyring_was_started_again(program: Program, folder: Path) -> None:
    with session_bus(folder) as environment:
        with keyring_daemon(environment, "winter"):
            assert program("enrol", environment) == "done"
        with keyring_daemon(environment, "winter"):
            assert program("open", environment) == "done"


def test_a_locked_keyring_is_told_as_locked(program: Program, folder: Path) -> None:
    with secret_service(folder) as environment:
        assert program("enrol", environment) == "done"
        assert program("lock", environment) == "done"
        for act in ("open", "enrol", "remove"):
            assert program(act, environment) == "keyring.locked"


def test_a_keyring_locked_by_another_login_password_is_told_as_locked(program: Program, folder: Path) -> None:
    with session_bus(folder) as environment:
        with keyring_daemon(environment, "winter"):
            assert program("enrol", environment) == "done"
        with keyring_daemon(environment, "summer"):
            assert program("open", environment) == "keyring.locked"


def test_a_prompt_that_nobody_can_answer_is_told_as_dismissed(program: Program, folder: Path) -> None:
    with secret_service(folder, password=None) as environment:
        for act in ("open", "enrol"):
            assert program(act, environment) == "keyring.dismissed"


def test_a_keyring_that_does_not_answer_is_left_alone_after_a_while(program: Program, folder: Path) -> None:
    with session_bus(folder) as environment, keyring_daemon(environment, "winter") as daemon:
        assert program("enrol", environment) == "done"
        daemon.send_signal(signal.SIGSTOP)
        assert program("open", environment, patience=0.5) == "keyring.timeout (seconds=0.5)"
        daemon.send_signal(signal.SIGCONT)
        assert program("open", environment) == "done"


def test_no_bus_and_a_bus_without_a_keyring_are_told_as_none(program: Program, folder: Path) -> None:
    with session_bus(folder) as environment:
        for act in ("enrol", "open"):
            assert program(act, environment) == "keyring.none"
    for address in (environment["DBUS_SESSION_BUS_ADDRESS"], "", "nonsense", "unix:path=/nowhere"):
        nobody = environment | {"DBUS_SESSION_BUS_ADDRESS": address}
        assert program("enrol", nobody) == "keyring.none"
    del nobody["DBUS_SESSION_BUS_ADDRESS"]
    assert program("enrol", nobody) == "keyring.none"


def test_an_entry_that_somebody_else_wrote_is_told_as_wrong(program: Program, folder: Path) -> None:
    with secret_service(folder) as environment:
        assert program("enrol", environment) == "done"
        assert program("another", environment) == "done"
        assert program("open", environment) == "key.wrong (slot=keyring)"
        assert program("garbage", environment) == "done"
        assert program("open", environment) == "keyring.wrong"


def test_settings_and_plug_ins_of_the_keyring_library_are_not_followed(
    program: Program, folder: Path
) -> None:
    """Each would run: the variable's module, the configuration's module, and a plug-in that pip installed."""
    with secret_service(folder) as environment:
        plugin = folder / "plugin"
        (plugin / "evil-1.dist-info").mkdir(parents=True)
        (plugin / "evil.py").write_text(EVIL)
        (plugin / "evil-1.dist-info" / "METADATA").write_text("Name: evil\nVersion: 1\n")
        (plugin / "evil-1.dist-info" / "entry_points.txt").write_text("[keyring.backends]\nevil = evil\n")
        for config in (".config/python_keyring", "../XDG_CONFIG_HOME/python_keyring"):
            place = Path(environment["HOME"]) / config
            place.mkdir(parents=True)
            (place / "keyringrc.cfg").write_text(
                f"[backend]\ndefault-keyring=evil.Keyring\nkeyring-path={plugin}\n"
            )
        hostile = environment | {"PYTHON_KEYRING_BACKEND": "evil.Keyring", "PYTHONPATH": str(plugin)}
        assert "evil" in _ran(hostile, "import keyring; print(keyring.get_keyring())")
        (folder / "plugin" / "ran").unlink()

        assert program("enrol", hostile) == "done"
        assert program("open", hostile) == "done"
        assert not (plugin / "ran").exists()
        assert program("open", environment) == "done", "the key is in the Secret Service itself"


@pytest.mark.parametrize("name", ["null", "fail"])
def test_a_keyring_that_was_switched_off_keeps_nothing(program: Program, folder: Path, name: str) -> None:
    with secret_service(folder) as environment:
        off = environment | {"PYTHON_KEYRING_BACKEND": f"keyring.backends.{name}.Keyring"}
        assert program("enrol", off) == "keyring.none"
        assert program("open", environment) == "keyring.missing"


EVIL = """
from pathlib import Path
from keyring.backend import KeyringBackend
Path(__file__).with_name("ran").touch()

class Keyring(KeyringBackend):
    priority = 99
    get_password = set_password = delete_password = lambda *args: None
"""


def _ran(environment: dict[str, str], code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=True
    ).stdout
