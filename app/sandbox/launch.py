"""How the sandbox's processes are started: isolated, with an empty environment, in an empty folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import app
from app.sandbox.framing import frame

ROOT = Path(app.__file__).resolve().parents[1]
"""The folder that holds the packages app and resources."""

_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_BOOT = """\
import sys
sys.path.insert(0, sys.argv[1])
import app, resources
sys.path[:] = [*sys.path[1:], *(place for place in sys.argv[2:] if place not in sys.path)]
from app.sandbox import child
child.{call}
"""
"""The root is on the path only while our own two packages are found: no other module of that
folder, whatever it is called, can ever be imported from it.  The other arguments are the folders of
installed libraries, since isolation leaves the user's own out."""


class Ending(StrEnum):
    """Why the program stopped listening to a child."""

    FINISHED = "finished"
    TIMED_OUT = "timed out"
    FLOODED = "flooded"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a child sent, and its exit code (negative for a signal)."""

    data: bytes | bytearray
    ending: Ending
    status: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a process of the sandbox is made of: ``modules`` are readers by module name, ``files`` a
    test's readers by path, ``folder`` the empty folder that it runs in."""

    folder: str
    modules: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)

    def configuration(self) -> bytes:
        """The first thing that the process is told."""
        return frame(
            {
                "root": str(ROOT),
                "site": _installed(),
                "modules": dict(self.modules),
                "files": dict(self.files),
            }
        )


def command(call: str) -> list[str]:
    """The command line of an isolated interpreter that makes ``call`` in app.sandbox.child."""
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", _BOOT.format(call=call), str(ROOT), *_installed()]


def environment() -> dict[str, str]:
    """What the interpreter itself needs, and a time zone that gives nothing away."""
    return {"TZ": "UTC"} | {name: os.environ[name] for name in _NEEDED if name in os.environ}


def _installed() -> list[str]:
    return [place for place in sys.path if Path(place).name in ("site-packages", "dist-packages")]
