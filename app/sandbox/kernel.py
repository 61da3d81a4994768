"""The C library of Linux, for the calls that Python has no function for."""

from __future__ import annotations

import ctypes
import os
import sys

LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
"""None where there is no Linux; nothing of this module is called there."""

_PDEATHSIG, _DUMPABLE, _SET_SECCOMP, _NO_NEW_PRIVS = 1, 4, 22, 38
_MODE_FILTER = 2
GET_SECCOMP = 21
"""The one prctl(2) that a child keeps."""


def checked(result: int) -> int:
    """``result`` of a call into the library.

    Raises:
        OSError: when it is negative.
    """
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def hide_memory() -> None:
    """No core dump, also not by a crash handler, and no debugger of the same user (prctl(2))."""
    _prctl(_DUMPABLE, 0)


def renounce_privileges() -> None:
    """No program started from here can gain rights, which Landlock and seccomp ask for."""
    _prctl(_NO_NEW_PRIVS, 1)


def die_with_parent(signal_number: int) -> None:
    """Get ``signal_number`` when the process that forked this one ends."""
    _prctl(_PDEATHSIG, signal_number)


def seccomp_is_on() -> bool:
    """Whether this process runs under a seccomp filter."""
    return LIBC is not None and _prctl(GET_SECCOMP, 0) == _MODE_FILTER


def load_filter(program: object) -> None:
    """Apply a seccomp ``program``, a reference to a struct sock_fprog (seccomp(2))."""
    assert LIBC is not None
    checked(LIBC.prctl(ctypes.c_int(_SET_SECCOMP), ctypes.c_ulong(_MODE_FILTER), program))


def drop_capabilities() -> None:
    """Give up every capability of this process (capabilities(7)), the user stays."""
    assert LIBC is not None
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)
    checked(LIBC.capset(head, (ctypes.c_uint32 * 6)()))


def _prctl(option: int, value: int) -> int:
    assert LIBC is not None
    zero = ctypes.c_ulong(0)
    return checked(LIBC.prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero))
