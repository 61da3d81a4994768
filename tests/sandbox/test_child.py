"""What a child does with its job, here without a jail around it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from app.domain.reading import Result, Unreadable
from app.sandbox.child import answer_all, do_job, load_readers, take
from app.sandbox.control import NO_MEMORY
from app.sandbox.framing import Job, parse_answers

_HOSTILE = Path(__file__).with_name("hostile_reader.py")


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    handles = os.pipe()
    yield handles
    for handle in handles:
        os.close(handle)


def _done(pipe: tuple[int, int], act: str, items: list[bytes]) -> tuple[int, list[Result | Unreadable]]:
    """The status and answers of a job in this process; its items go and its answers come by the one pipe."""
    os.write(pipe[1], b"".join(items))
    job = Job("hostile", {"act": act}, [len(item) for item in items], 1 << 30, 60)
    readers = load_readers({}, {"hostile": str(_HOSTILE)})
    confined = []
    with open(pipe[0], "rb", buffering=0, closefd=False) as source:
        status = do_job(job, source, pipe[1], readers, lambda *limits: confined.append(limits))
    assert confined == [(1 << 30, 60)]
    return status, [] if status else parse_answers(os.read(pipe[0], 65536), len(items))


def test_a_job_is_answered_item_by_item(pipe: tuple[int, int]) -> None:
    status, answers = _done(pipe, "echo", [b"abc", b""])
    assert status == 0
    assert [answer.blobs for answer in answers if isinstance(answer, Result)] == [(b"abc",), (b"",)]


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ("fail", "its reader failed (ValueError)"),
        ("no_json", "its reader failed (TypeError)"),
        ("refuse", "its reader failed (KeyError)"),
    ],
)
def test_what_goes_wrong_is_answered_too(pipe: tuple[int, int], act: str, reason: str) -> None:
    status, answers = _done(pipe, act, [b"x"])
    assert status == 0
    assert [answer.reason for answer in answers if isinstance(answer, Unreadable)] == [reason]


def test_memory_that_runs_out_is_told_by_the_exit_status(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("greedy")
    module.read = lambda data, options: bytearray(1 << 62)  # type: ignore[attr-defined]
    monkeypatch.setattr("app.sandbox.child._module_of_file", lambda path: module)
    assert _done(pipe, "echo", [b"x"]) == (NO_MEMORY, [])


def test_a_reader_that_is_missing_or_broken_answers_with_its_reason(tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("1 / 0")
    readers = load_readers(
        {"docx": "app.formats.not_written_yet"}, {"broken": str(broken), "odd": str(tmp_path)}
    )
    answers = [answer_all(readers, name, [b""], {})[0] for name in ("docx", "broken", "odd", "unknown")]
    missing = "this kind of file has no reader"
    assert [answer.reason for answer in answers if isinstance(answer, Unreadable)] == [
        missing,
        "the reader of this kind of file does not start (ZeroDivisionError)",
        missing,
        missing,
    ]


def test_bytes_are_taken_whole_or_not_at_all(pipe: tuple[int, int]) -> None:
    reading, writing = os.pipe()
    with open(reading, "rb", buffering=0) as source:
        os.write(writing, b"abc")
        assert take(source, 0) == b""
        assert take(source, 2) == b"ab"
        os.close(writing)
        with pytest.raises(EOFError):
            take(source, 2)
