"""Landlock: a process shuts itself out of the file system and the network (landlock(7), Linux 5.13).

Called by system call number, since no C library wraps it; the numbers are the same everywhere.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from app.sandbox.kernel import LIBC, checked

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""ABI version to the number of file rights it knows; later versions know as many as 5."""


def abi() -> int:
    """The version that the kernel offers, 0 for none."""
    if LIBC is None:
        return 0
    return max(0, _call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG)))


def ruleset(version: int) -> bytes:
    """The attributes that forbid everything which ``version`` can forbid.

    From 4 on that is also TCP, from 6 on signals and abstract sockets to processes outside.
    """
    forbidden = [(1 << _FILE_RIGHTS[min(version, 5)]) - 1]
    if version >= 4:
        forbidden.append(3)
    if version >= 6:
        forbidden.append(3)
    return struct.pack(f"={len(forbidden)}Q", *forbidden)


def restrict(readable: Iterable[Path]) -> bool:
    """Leave this process and its children nothing but reading below ``readable``.

    Paths that do not exist are passed over.  False where the kernel has no Landlock.

    Raises:
        OSError: when the kernel has it and refuses.
    """
    version = abi()
    if not version:
        return False
    attributes = ruleset(version)
    rules = checked(_call(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0)))
    with closing(os.fdopen(rules, "rb", buffering=0)):
        for path in readable:
            if path.exists():
                _allow_reading(rules, path)
        checked(_call(_RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0)))
    return True


def _allow_reading(rules: int, path: Path) -> None:
    rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, place)
        checked(_call(_ADD_RULE, ctypes.c_int(rules), ctypes.c_int(_PATH_BENEATH), rule, ctypes.c_uint32(0)))
    finally:
        os.close(place)


def _call(number: int, *arguments: object) -> int:
    assert LIBC is not None
    return int(LIBC.syscall(ctypes.c_long(number), *arguments))
