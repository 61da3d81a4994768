from __future__ import annotations

from pathlib import Path

from app.domain.reading import Result, Unreadable
from app.sandbox.sandbox import Sandbox

_ACT = {"act": "as told by the data"}


def _told(answer: Result | Unreadable) -> str:
    return answer.reason if isinstance(answer, Unreadable) else "read"


def test_the_answers_of_a_batch_come_in_the_order_of_its_items(sandbox: Sandbox) -> None:
    items = [str(number).encode() * number for number in range(120)]
    answers = sandbox.run_batch("hostile", items, {"act": "echo"})
    assert [answer.blobs[0] for answer in answers if isinstance(answer, Result)] == items


def test_up_to_five_hundred_items_share_a_child(sandbox: Sandbox) -> None:
    answers = sandbox.run_batch("hostile", [b"x"] * 501, {"act": "look_round"})
    children = [answer.value["child"] for answer in answers if isinstance(answer, Result)]
    assert len(children) == 501
    assert [children.count(child) for child in dict.fromkeys(children)] == [500, 1]


def test_an_empty_batch_starts_nothing() -> None:
    with Sandbox() as sandbox:
        assert sandbox.run_batch("mime", []) == []


def test_only_the_guilty_item_fails(sandbox: Sandbox) -> None:
    answers = sandbox.run_batch(
        "hostile", [b"echo", b"abort", b"fail", b"eat", b"echo"], _ACT, memory=256 << 20
    )
    assert [_told(answer) for answer in answers] == [
        "read",
        "its reader crashed",
        "its reader failed (ValueError)",
        "reading it needs too much memory",
        "read",
    ]


def test_an_item_that_hangs_does_not_take_its_neighbours_along(sandbox: Sandbox) -> None:
    answers = sandbox.run_batch("hostile", [b"echo", b"hang", b"echo"], _ACT, timeout=0.5)
    assert [_told(answer) for answer in answers] == ["read", "it took too long to read", "read"]


def test_a_batch_of_one_that_dies_is_not_tried_again(sandbox: Sandbox) -> None:
    assert [_told(one) for one in sandbox.run_batch("hostile", [b"abort"], _ACT)] == ["its reader crashed"]


def test_a_reader_with_a_batch_function_of_its_own_is_called_once(tmp_path: Path) -> None:
    reader = tmp_path / "batcher.py"
    reader.write_text(
        "from app.domain.reading import Result, Unreadable\n"
        "def read(data, options): return Result('alone')\n"
        "def read_batch(items, options):\n"
        "    return [Result(len(items)) if item else Unreadable('it is empty') for item in items]\n"
    )
    with Sandbox(extra={"batcher": reader}) as sandbox:
        answers = sandbox.run_batch("batcher", [b"a", b"", b"c"])
        assert [one.value if isinstance(one, Result) else one.reason for one in answers] == [
            3,
            "it is empty",
            3,
        ]
        assert [one.value for one in sandbox.run_batch("batcher", [b"a"]) if isinstance(one, Result)] == [
            "alone"
        ]
