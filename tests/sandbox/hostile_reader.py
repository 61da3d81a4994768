"""A reader that has been taken over: it does what ``options["act"]`` says.  Loaded by path, in a child."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import stat
import struct
import sys
import threading
from pathlib import Path
from typing import Any

from app.domain.reading import Result, Unreadable


def read(data: bytes, options: dict[str, Any]) -> Result:
    act = data.decode() if options["act"] == "as told by the data" else options["act"]
    return Result(globals()[f"act_{act}"](data, options), (data,))


def act_echo(data: bytes, options: dict[str, Any]) -> Any:
    return {"options": options, "length": len(data)}


def act_refuse(data: bytes, options: dict[str, Any]) -> Any:
    raise Unreadable(options["reason"])


def act_fail(data: bytes, options: dict[str, Any]) -> Any:
    raise ValueError("words of the document")


def act_no_json(data: bytes, options: dict[str, Any]) -> Any:
    return {1, 2}


def act_surrogate(data: bytes, options: dict[str, Any]) -> Any:
    return "a\ud800b"


def act_hang(data: bytes, options: dict[str, Any]) -> Any:
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass


def act_work_a_while(data: bytes, options: dict[str, Any]) -> Any:
    return sum(range(20_000_000))


def act_abort(data: bytes, options: dict[str, Any]) -> Any:
    os.abort()


def act_segfault(data: bytes, options: dict[str, Any]) -> Any:
    return ctypes.string_at(0)


def act_leave(data: bytes, options: dict[str, Any]) -> Any:
    sys.exit(0)


def act_eat(data: bytes, options: dict[str, Any]) -> Any:
    eaten = []
    while True:
        eaten.append(bytearray(16 << 20))


def act_recurse(data: bytes, options: dict[str, Any]) -> Any:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    return deep


def act_fork(data: bytes, options: dict[str, Any]) -> Any:
    while True:
        os.fork()


def act_thread(data: bytes, options: dict[str, Any]) -> Any:
    threading.Thread(target=print).start()


def act_exec(data: bytes, options: dict[str, Any]) -> Any:
    os.execv(sys.executable, [sys.executable, "-c", "print('out')"])


def act_socket(data: bytes, options: dict[str, Any]) -> Any:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def act_pair(data: bytes, options: dict[str, Any]) -> Any:
    socket.socketpair()


def act_open(data: bytes, options: dict[str, Any]) -> Any:
    return Path(options["path"]).read_text()


def act_write(data: bytes, options: dict[str, Any]) -> Any:
    return Path(options["path"]).write_text("x")


def act_truncate(data: bytes, options: dict[str, Any]) -> Any:
    os.truncate(options["path"], 0)


def act_remove(data: bytes, options: dict[str, Any]) -> Any:
    os.remove(options["path"])


def act_list(data: bytes, options: dict[str, Any]) -> Any:
    return os.listdir(options["path"])


def act_kill(data: bytes, options: dict[str, Any]) -> Any:
    os.kill(options.get("pid", os.getppid()), signal.SIGKILL)


def act_trace(data: bytes, options: dict[str, Any]) -> Any:
    library = ctypes.CDLL(None, use_errno=True)
    if library.ptrace(16, os.getppid(), None, None) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def act_look_round(data: bytes, options: dict[str, Any]) -> Any:
    return {
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "path": sys.path,
        "zygote": os.getppid(),
        "child": os.getpid(),
        "open": [handle for handle in range(3, 32) if _is_open(handle)],
        "modules": sorted(sys.modules),
    }


def act_late_import(data: bytes, options: dict[str, Any]) -> Any:
    import colorsys

    return [colorsys.rgb_to_hls(0, 0, 0), data.decode("koi8-r")]


def act_flood(data: bytes, options: dict[str, Any]) -> Any:
    while True:
        os.write(_channel(), b"\0" * 65536)


def act_print(data: bytes, options: dict[str, Any]) -> Any:
    print("words")  # noqa: T201
    print("words", file=sys.stderr)  # noqa: T201
    return "printed"


def act_send(data: bytes, options: dict[str, Any]) -> Any:
    """Send the data itself as the answer, and end."""
    os.write(_channel(), data)
    os._exit(0)


def act_send_and_hang(data: bytes, options: dict[str, Any]) -> Any:
    os.write(_channel(), data)
    os.close(_channel())
    act_hang(data, options)


def act_half(data: bytes, options: dict[str, Any]) -> Any:
    os.write(_channel(), struct.pack("!cII", b"r", 4, 0) + b'"a')
    os.abort()


def _channel() -> int:
    return next(handle for handle in range(3, 32) if _is_open(handle))


def _is_open(handle: int) -> bool:
    try:
        mode = os.fstat(handle).st_mode
    except OSError:
        return False
    return stat.S_ISSOCK(mode) or stat.S_ISFIFO(mode) or stat.S_ISREG(mode)
