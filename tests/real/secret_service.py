"""A Secret Service (gnome-keyring) on a session bus of its own, without a screen.

Needs the programs ``dbus-daemon`` and ``gnome-keyring-daemon`` (Debian: dbus, gnome-keyring).
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import MatchRule, message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
_SECONDS = 20
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""


@contextmanager
def session_bus(folder: Path) -> Iterator[dict[str, str]]:
    """A bus that starts nothing by itself; gives the environment of a program that uses it.

    ``folder`` is a short path, since a socket's has at most 107 bytes.
    """
    socket, config = folder / "bus", folder / "bus.conf"
    config.write_text(_BUS.format(socket=socket))
    inherited = {name: value for name, value in os.environ.items() if "KEYRING" not in name}
    environment = inherited | {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}"}
    places = ("XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME")
    for place in places:
        (folder / place).mkdir(mode=0o700)
        environment[place] = str(folder / place)
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"]
    with _running(command, environment) as daemon:
        assert daemon.stdout is not None
        assert daemon.stdout.readline().startswith(b"unix:"), "the bus did not start"
        yield environment


@contextmanager
def keyring_daemon(environment: dict[str, str], password: str | None) -> Iterator[subprocess.Popen[bytes]]:
    """The keyring on a bus, its login keyring opened (made, the first time) with ``password``.

    ``None`` unlocks nothing, as after a login without a password; an empty password would do the same.
    """
    control = f"--control-directory={environment['XDG_RUNTIME_DIR']}/keyring"
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", control]
    if password is not None:
        command.append("--unlock")
    changed = MatchRule(
        type="signal",
        sender=message_bus.bus_name,
        interface=message_bus.interface,
        member="NameOwnerChanged",
        path=message_bus.object_path,
    )
    changed.add_arg_condition(0, "org.freedesktop.secrets")
    with (
        open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"]) as bus,
        bus.filter(changed) as changes,
    ):
        Proxy(message_bus, bus).AddMatch(changed)
        with _running(command, environment) as daemon:
            assert daemon.stdin is not None
            daemon.stdin.write((password or "").encode())
            daemon.stdin.close()
            owner = ""
            while not owner:
                _name, _before, owner = bus.recv_until_filtered(changes, timeout=_SECONDS).body
            yield daemon


@contextmanager
def secret_service(folder: Path, password: str | None = "winter") -> Iterator[dict[str, str]]:
    """Bus and keyring together; gives the environment of a program that uses them."""
    with session_bus(folder) as environment, keyring_daemon(environment, password):
        yield environment


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(_SECONDS)
