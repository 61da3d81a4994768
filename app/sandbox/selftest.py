"""Tries, as a reader inside the jail, each act that the jail forbids."""

from __future__ import annotations

import mmap
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.domain.reading import Result
from app.sandbox import kernel, landlock

if sys.platform != "win32":
    import resource

_GIGABYTE = 1 << 30


def read(data: bytes, options: dict[str, Any]) -> Result:
    """What succeeded of what should have failed, and what the jail is made of.

    ``options["folder"]`` is a folder that the user may read and write, with a file ``kept`` in it
    and a file ``program`` that is executable but no program.
    """
    folder = Path(options["folder"])
    acts: dict[str, Callable[[], object]] = {
        "read a file of this user": (folder / "kept").read_bytes,
        "list a folder": lambda: os.listdir(folder),
        "write a file": lambda: (folder / "new").write_bytes(b"x"),
        "write into its own folder": lambda: Path("new").write_bytes(b"x"),
        "delete a file": lambda: (folder / "kept").unlink(),
        "open a network connection": lambda: socket.socket().close(),
        "start another process": _fork,
        "run a program": lambda: _run(folder / "program"),
        "signal another process": _signal,
        "take a gigabyte of memory": lambda: mmap.mmap(-1, _GIGABYTE).close(),
        "see the environment": _environment,
    }
    return Result(
        {
            "allowed": [name for name, act in acts.items() if _succeeds(act)],
            "limits": _limits(),
            "landlock": landlock.abi(),
            "seccomp": kernel.seccomp_is_on(),
            "user": os.getuid() if sys.platform != "win32" else None,
        }
    )


def _succeeds(act: Callable[[], object]) -> bool:
    try:
        act()
    except (OSError, MemoryError):
        return False
    return True


def _fork() -> None:
    if not hasattr(os, "fork"):
        raise PermissionError
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _run(program: Path) -> None:
    """Whether execve gets as far as finding out that the file is no program."""
    try:
        os.execv(program, [str(program)])
    except PermissionError:
        raise
    except OSError:
        return


def _signal() -> None:
    if sys.platform == "win32":  # there os.kill ends the process, whatever the signal
        raise PermissionError
    os.kill(os.getppid(), 0)


def _environment() -> None:
    if not os.environ:
        raise PermissionError


def _limits() -> bool:
    return sys.platform != "win32" and resource.getrlimit(resource.RLIMIT_FSIZE)[1] == 0
