"""The way of systems without fork: the same promises, an interpreter for each job."""

from __future__ import annotations

import pytest

from app.domain.reading import Result, Unreadable
from app.sandbox.sandbox import Sandbox


def test_it_reads(fresh: Sandbox) -> None:
    data = bytes(range(256)) * 4096
    result = fresh.run("hostile", data, {"act": "echo"})
    assert result == Result({"options": {"act": "echo"}, "length": 1 << 20}, (data,))


def test_what_a_reader_prints_is_no_part_of_the_answer(fresh: Sandbox) -> None:
    assert fresh.run("hostile", b"", {"act": "print"}).value == "printed"


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ("refuse", "it is encrypted"),
        ("fork", "its reader failed (PermissionError)"),
        ("socket", "its reader failed (PermissionError)"),
        ("abort", "its reader crashed"),
        ("leave", "its reader stopped half-way"),
        ("eat", "reading it needs too much memory"),
    ],
)
def test_a_reader_that_misbehaves_fails(fresh: Sandbox, act: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        fresh.run("hostile", b"x", {"act": act, "reason": "it is encrypted"}, memory=256 << 20)
    assert refusal.value.reason == reason


def test_a_reader_that_hangs_is_killed(fresh: Sandbox) -> None:
    with pytest.raises(Unreadable, match="too long"):
        fresh.run("hostile", b"x", {"act": "hang"}, timeout=1)


def test_a_reader_that_floods_is_cut_off(fresh: Sandbox) -> None:
    with pytest.raises(Unreadable, match="more than it may"):
        fresh.run("hostile", b"x", {"act": "flood"})


def test_a_child_that_dies_before_it_took_its_input_blocks_nothing(fresh: Sandbox) -> None:
    with pytest.raises(Unreadable, match="too much memory"):
        fresh.run("hostile", bytes(8 << 20), {"act": "echo"}, memory=1 << 20)


def test_only_the_guilty_item_of_a_batch_fails(fresh: Sandbox) -> None:
    answers = fresh.run_batch("hostile", [b"echo", b"abort"], {"act": "as told by the data"})
    assert [type(answer) for answer in answers] == [Result, Unreadable]


def test_its_jail_is_as_strong_on_linux(fresh: Sandbox) -> None:
    state = fresh.state()
    assert state.strong
    assert not state.forked
