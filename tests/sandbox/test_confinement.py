"""The steps of the jail one by one, in processes that are thrown away."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.reading import Result
from app.sandbox.control import END, READY, REPLY, REQUEST, START
from app.sandbox.framing import Job, job_chunks, parse_answers
from app.sandbox.launch import Plan

Outside = Callable[..., subprocess.Popen[str]]
Told = Callable[[subprocess.Popen[str]], str]

_TRY = """
import json
from pathlib import Path
from app.sandbox import kernel, landlock, selftest
from app.sandbox.confine import confine_zygote, leave_with_zygote
root = Path(app.__file__).parents[1]
def attempt():
    found = selftest.read(b"", {"folder": FOLDER}).value
    print(json.dumps(found))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kept").write_bytes(b"x")
    (tmp_path / "program").write_bytes(b"\0")
    (tmp_path / "program").chmod(0o755)
    return tmp_path


def _trying(folder: Path, code: str) -> str:
    return (
        "import app, os\n" + _TRY.replace("FOLDER", repr(str(folder))) + f"os.chdir({str(folder)!r})\n" + code
    )


def test_the_zygote_may_fork_and_signal_and_no_more(outside: Outside, told: Told, folder: Path) -> None:
    code = "confine_zygote(root, [p for p in sys.path if p.endswith('site-packages')])\nattempt()\n"
    found = json.loads(told(outside(_trying(folder, code))))
    assert set(found["allowed"]) <= {
        "start another process",
        "signal another process",
        "take a gigabyte of memory",
        "see the environment",
    }
    assert found["seccomp"]
    assert (folder / "kept").exists()


def test_the_child_may_do_nothing(outside: Outside, told: Told, folder: Path) -> None:
    code = (
        "leave_with_zygote(os.getppid())\n"
        "os.environ.clear()\n"
        "confine_zygote(root, [p for p in sys.path if p.endswith('site-packages')])(700 << 20, 60)\n"
        "attempt()\n"
    )
    found = json.loads(told(outside(_trying(folder, code))))
    assert found["allowed"] == []
    assert found["limits"]


def test_seccomp_alone_keeps_a_reader_from_changing_files(outside: Outside, told: Told, folder: Path) -> None:
    code = (
        "from app.sandbox import seccomp\n"
        "kernel.renounce_privileges()\nseccomp.zygote_filter().load()\nseccomp.child_filter().load()\nattempt()\n"
    )
    found = json.loads(told(outside(_trying(folder, code))))
    assert found["allowed"] == [
        "read a file of this user",
        "list a folder",
        "take a gigabyte of memory",
        "see the environment",
    ]


def test_landlock_alone_keeps_a_reader_from_files(outside: Outside, told: Told, folder: Path) -> None:
    code = (
        "kernel.renounce_privileges()\n"
        "landlock.restrict([Path(sys.prefix), Path(sys.base_prefix), root / 'app', Path('/not/there')])\n"
        "attempt()\n"
    )
    found = json.loads(told(outside(_trying(folder, code))))
    assert not {act for act in found["allowed"] if "file" in act or "folder" in act or "program" in act}


def test_root_is_given_up_for_nobody_or_at_least_its_capabilities(
    outside: Outside, told: Told, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.mkdir(mode=0o700)
    code = """
import os, json, sqlite3.dump
from pathlib import Path
from app.sandbox.confine import stop_being_root
stop_being_root([Path({place!r})])
print(json.dumps([os.getuid(), Path("/proc/self/status").read_text()]))
"""
    users = []
    for place in ("/usr", str(secret)):
        user, status = json.loads(told(outside(code.replace("{place!r}", repr(place)))))
        users.append(user)
        assert "CapEff:\t0000000000000000" in status
    assert users == ([65534, 0] if os.getuid() == 0 else [os.getuid()] * 2)


def test_the_zygote_forks_a_child_for_each_request_and_ends_with_its_program(
    outside: Outside, told: Told, tmp_path: Path
) -> None:
    hostile = {"hostile": str(Path(__file__).with_name("hostile_reader.py"))}
    control, theirs = socket.socketpair()
    control.settimeout(60)
    with control:
        with theirs:
            code = f"from app.sandbox import child\nchild.serve({theirs.fileno()})\n"
            zygote = outside(code, (theirs.fileno(),))
        control.sendall(Plan(str(tmp_path), {"missing": "app.formats.missing"}, hostile).configuration())
        assert control.recv(1) == READY

        job = Job("hostile", {"act": "echo"}, [3], 700 << 20, 60)
        ours, handed = socket.socketpair()
        with ours:
            with handed:
                socket.send_fds(control, [REQUEST.pack(START, 0)], [handed.fileno()])
                child = REPLY.unpack(control.recv(REPLY.size))[0]
            ours.sendall(b"".join(job_chunks(job, [b"abc"])))
            answer = parse_answers(b"".join(iter(lambda: ours.recv(1 << 16), b"")), 1)
        assert answer == [Result({"length": 3, "options": {"act": "echo"}}, (b"abc",))]
        control.sendall(REQUEST.pack(END, child))
        assert REPLY.unpack(control.recv(REPLY.size)) == (0,)

        waiting, handed = socket.socketpair()
        waiting.settimeout(60)
        with waiting:
            with handed:
                socket.send_fds(control, [REQUEST.pack(START, 0)], [handed.fileno()])
                control.recv(REPLY.size)
            control.shutdown(socket.SHUT_RDWR)
            assert waiting.recv(1) == b""
    assert told(zygote) == ""
