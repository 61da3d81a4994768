from __future__ import annotations

import struct
from pathlib import Path

import pytest

from app.sandbox import landlock, selftest
from app.sandbox.jail import JailState


def _state(**changes: object) -> JailState:
    fields: dict[str, object] = {
        "limits": True,
        "landlock_abi": 7,
        "seccomp": True,
        "user": 1000,
        "forked": True,
    }
    return JailState(**(fields | changes))  # type: ignore[arg-type]


def test_the_self_test_of_a_process_without_a_jail_fails_in_every_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "kept").write_bytes(b"x")
    (folder / "program").write_bytes(b"\0")
    (folder / "program").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    found = selftest.read(b"", {"folder": str(folder)}).value
    assert found["allowed"] == [
        "read a file of this user",
        "list a folder",
        "write a file",
        "write into its own folder",
        "delete a file",
        "open a network connection",
        "start another process",
        "run a program",
        "signal another process",
        "take a gigabyte of memory",
        "see the environment",
    ]
    assert found["limits"] is False


def test_a_whole_jail_says_what_it_is_made_of() -> None:
    assert _state().sentence == (
        "Files from outside are read in a process of its own, with limits on memory and time, "
        "Landlock 7 and seccomp; everything forbidden was refused."
    )


def test_a_jail_of_limits_alone_says_what_it_does_not_keep_out() -> None:
    state = _state(landlock_abi=0, seccomp=False, allowed=("read a file of this user", "run a program"))
    assert not state.strong
    assert state.sentence == (
        "Files from outside are read in a process of its own, with limits on memory and time; "
        "a reader that has been taken over could still read a file of this user and run a program."
    )


def test_without_limits_there_is_still_the_clock() -> None:
    assert "with a time limit;" in _state(limits=False, landlock_abi=0, seccomp=False).sentence


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (1, [2**13 - 1]),
        (2, [2**14 - 1]),
        (3, [2**15 - 1]),
        (4, [2**15 - 1, 3]),
        (5, [2**16 - 1, 3]),
        (6, [2**16 - 1, 3, 3]),
        (9, [2**16 - 1, 3, 3]),
    ],
)
def test_each_version_of_landlock_is_asked_for_all_that_it_can_forbid(
    version: int, expected: list[int]
) -> None:
    assert landlock.ruleset(version) == struct.pack(f"={len(expected)}Q", *expected)
