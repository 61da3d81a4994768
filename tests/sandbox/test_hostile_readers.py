"""A reader that has been taken over costs its own reading and nothing else.

These run again as an unprivileged user in test_as_nobody, since root proves nothing.
"""

from __future__ import annotations

import json
import os
import signal
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from app.domain.reading import Result, Unreadable
from app.sandbox.sandbox import Sandbox

_HEAD = struct.Struct("!cII")


def _reason(sandbox: Sandbox, act: str, data: bytes = b"x", timeout: float = 20, **options: Any) -> str:
    with pytest.raises(Unreadable) as refusal:
        sandbox.run("hostile", data, {"act": act, **options}, timeout=timeout)
    assert sandbox.run("hostile", b"abc", {"act": "echo"}).value["length"] == 3
    return refusal.value.reason


def test_a_reader_gets_bytes_and_options_and_gives_json_and_blobs(sandbox: Sandbox) -> None:
    data = bytes(range(256)) * 4096
    result = sandbox.run("hostile", data, {"act": "echo", "é": [1, None]})
    assert result == Result({"options": {"act": "echo", "é": [1, None]}, "length": 1 << 20}, (data,))


def test_a_readers_own_reason_arrives_as_one_short_plain_line(sandbox: Sandbox) -> None:
    reason = _reason(sandbox, "refuse", reason="it is \u202eencrypted\n\x1b" + "x" * 10_000)
    assert reason.startswith("it is  encrypted  xxx")
    assert len(reason) == 300


def test_a_reader_that_raises_anything_else_tells_its_kind_and_no_content(sandbox: Sandbox) -> None:
    assert _reason(sandbox, "fail") == "its reader failed (ValueError)"
    assert _reason(sandbox, "no_json") == "its reader failed (TypeError)"
    assert _reason(sandbox, "recurse") == "its reader failed (RecursionError)"


def test_lone_surrogates_do_not_leave_the_child(sandbox: Sandbox) -> None:
    assert sandbox.run("hostile", b"", {"act": "surrogate"}).value == "a\ufffdb"


def test_a_reader_that_hangs_with_every_signal_blocked_is_killed(sandbox: Sandbox) -> None:
    assert _reason(sandbox, "hang", timeout=0.3) == "it took too long to read"


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ("abort", "its reader crashed"),
        ("segfault", "its reader crashed"),
        ("half", "its reader crashed"),
        ("leave", "its reader stopped half-way"),
        ("eat", "reading it needs too much memory"),
        ("flood", "its reader sent more than it may"),
    ],
)
def test_a_reader_that_dies_or_overflows_fails_alone(sandbox: Sandbox, act: str, reason: str) -> None:
    assert _reason(sandbox, act) == reason


@pytest.mark.parametrize("act", ["fork", "exec", "socket", "pair", "kill", "trace"])
def test_no_process_no_program_no_network_no_signal(sandbox: Sandbox, act: str) -> None:
    assert _reason(sandbox, act) == "its reader failed (PermissionError)"


def test_a_reader_cannot_start_a_thread(sandbox: Sandbox) -> None:
    assert _reason(sandbox, "thread") == "its reader failed (RuntimeError)"


def test_a_reader_cannot_kill_the_program(sandbox: Sandbox) -> None:
    assert _reason(sandbox, "kill", pid=os.getpid()) == "its reader failed (PermissionError)"


@pytest.mark.parametrize("act", ["open", "write", "truncate", "remove"])
def test_a_file_of_the_user_can_be_neither_read_nor_changed(
    sandbox: Sandbox, tmp_path: Path, act: str
) -> None:
    kept = tmp_path / "kept"
    kept.write_text("secret")
    kept.chmod(0o666)
    tmp_path.chmod(0o777)
    assert _reason(sandbox, act, path=str(kept)) == "its reader failed (PermissionError)"
    assert kept.read_text() == "secret"


@pytest.mark.parametrize("path", ["/etc/shadow", "/etc/passwd", "/proc/self/environ", "/dev/zero"])
def test_system_files_cannot_be_read(sandbox: Sandbox, path: str) -> None:
    assert _reason(sandbox, "open", path=path) == "its reader failed (PermissionError)"


def test_folders_cannot_be_listed_nor_files_made(sandbox: Sandbox, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    assert _reason(sandbox, "list", path=str(tmp_path)) == "its reader failed (PermissionError)"
    assert _reason(sandbox, "write", path=str(tmp_path / "new")) == "its reader failed (PermissionError)"
    assert _reason(sandbox, "write", path="new") == "its reader failed (PermissionError)"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\0" * 100,
        b"Traceback (most recent call last)",
        _HEAD.pack(b"r", 10**9, 0) + b"{}",
        _HEAD.pack(b"r", 2, 10**9) + b"{}",
        _HEAD.pack(b"r", 2, 1) + struct.pack("!Q", 10**9) + b"{}",
        _HEAD.pack(b"r", 2, 1) + struct.pack("!Q", 2**64 - 1) + b"{}",
        _HEAD.pack(b"r", 2, 0) + b"{}" + b"more",
        _HEAD.pack(b"r", 2, 0) + b"{]",
        _HEAD.pack(b"r", 2, 0) + b"\xff\xff",
        _HEAD.pack(b"r", 3, 0) + b"NaN",
        _HEAD.pack(b"r", 8, 0) + b'"\\ud800"',
        _HEAD.pack(b"r", 5000, 0) + b"9" * 5000,
        _HEAD.pack(b"r", 200_000, 0) + b"[" * 200_000,
        _HEAD.pack(b"u", 2, 0) + b"{}",
        _HEAD.pack(b"u", 3, 1) + struct.pack("!Q", 0) + b'"a"',
        _HEAD.pack(b"x", 2, 0) + b"{}",
    ],
)
def test_an_answer_that_lies_is_no_answer(sandbox: Sandbox, sent: bytes) -> None:
    assert _reason(sandbox, "send", sent) in ("its reader sent no proper answer", "its reader crashed")


def test_a_right_answer_counts_even_when_its_child_then_hangs(sandbox: Sandbox) -> None:
    sent = _HEAD.pack(b"r", 2, 0) + b"{}"
    assert sandbox.run("hostile", sent, {"act": "send_and_hang"}).value == {}


def test_the_child_has_no_environment_an_empty_folder_and_only_its_own_pipe(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSOM_PASSPHRASE", "winter review")
    with Sandbox(extra={"hostile": Path(__file__).with_name("hostile_reader.py")}) as box:
        for number in range(2):
            seen = box.run("hostile", str(number).encode(), {"act": "look_round"}).value
            assert seen["environment"] == {}
            assert os.listdir(seen["folder"]) == []
            assert len(seen["open"]) == 1
            assert all(Path(place).is_absolute() for place in seen["path"])
            assert not {"app.sandbox.sandbox", "app.storage", "keyring", "sqlalchemy"} & set(seen["modules"])
    assert "winter review" not in json.dumps(seen)


def test_modules_and_codecs_that_load_late_are_still_found(sandbox: Sandbox) -> None:
    assert sandbox.run("hostile", b"\xc1", {"act": "late_import"}).value[1] == "а"


def test_what_a_reader_prints_goes_nowhere(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    assert sandbox.run("hostile", b"", {"act": "print"}).value == "printed"
    assert capfd.readouterr() == ("", "")


def test_each_job_has_a_child_of_its_own(sandbox: Sandbox) -> None:
    seen = [sandbox.run("hostile", b"", {"act": "look_round"}).value for _ in range(3)]
    assert len({one["child"] for one in seen}) == 3
    assert len({one["zygote"] for one in seen}) == 1


def test_a_zygote_that_was_killed_is_started_again(sandbox: Sandbox) -> None:
    before = sandbox.run("hostile", b"", {"act": "look_round"}).value["zygote"]
    os.kill(before, signal.SIGKILL)
    assert sandbox.run("hostile", b"", {"act": "look_round"}).value["zygote"] != before


def test_a_job_whose_zygote_is_killed_under_it_is_done_by_the_next(sandbox: Sandbox) -> None:
    zygote = sandbox.run("hostile", b"", {"act": "look_round"}).value["zygote"]
    children = Path(f"/proc/{zygote}/task/{zygote}/children")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(sandbox.run, "hostile", b"", {"act": "work_a_while"})
        while not children.read_text() and not running.done():
            os.sched_yield()
        os.kill(zygote, signal.SIGKILL)
        assert running.result().value == sum(range(20_000_000))


def test_many_threads_share_one_sandbox(sandbox: Sandbox) -> None:
    items = [bytes([number]) * (number * 1000 + 1) for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda item: sandbox.run("hostile", item, {"act": "echo"}), items))
    assert [result.blobs for result in results] == [(item,) for item in items]


def test_the_self_test_finds_everything_forbidden_refused(sandbox: Sandbox) -> None:
    state = sandbox.state()
    assert state.allowed == ()
    assert state.strong
    assert state.limits
    assert state.landlock_abi > 0
    assert state.seccomp
    assert state.forked
    assert state.sentence.endswith("everything forbidden was refused.")
