from __future__ import annotations

import contextlib
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reading import Result, Unreadable
from app.sandbox import framing
from app.sandbox.framing import (
    JSON_MOST,
    BadAnswer,
    Job,
    answer_chunks,
    frame,
    job_chunks,
    parse_answers,
    read_frame,
    read_job,
)

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
    max_leaves=10,
)
_RESULTS = st.builds(Result, _JSON, st.lists(st.binary(), max_size=3).map(tuple))


@given(st.lists(_RESULTS, max_size=4))
def test_results_arrive_as_they_were_sent(results: list[Result]) -> None:
    sent = b"".join(chunk for result in results for chunk in answer_chunks(result))
    assert parse_answers(sent, len(results)) == results


@given(st.binary(), st.integers(0, 3))
def test_any_bytes_are_answers_or_refused(data: bytes, count: int) -> None:
    with contextlib.suppress(BadAnswer):
        assert len(parse_answers(data, count)) == count


@given(_RESULTS, st.data())
def test_a_damaged_answer_is_refused_or_still_plain_data(result: Result, data: st.DataObject) -> None:
    sent = bytearray(b"".join(answer_chunks(result)))
    place = data.draw(st.integers(0, len(sent) - 1))
    sent[place] = data.draw(st.integers(0, 255))
    try:
        answer = parse_answers(sent, 1)[0]
    except BadAnswer:
        return
    assert isinstance(answer, Result | Unreadable)


@given(_RESULTS, st.integers(0))
def test_a_cut_answer_is_refused(result: Result, end: int) -> None:
    sent = b"".join(answer_chunks(result))
    with pytest.raises(BadAnswer):
        parse_answers(sent[: end % len(sent)], 1)


def test_a_reason_is_made_fit_to_be_shown() -> None:
    answers = [Unreadable("a\nb\u202e\u200bc"), Unreadable(""), Unreadable("x" * 1000)]
    sent = b"".join(chunk for answer in answers for chunk in answer_chunks(answer))
    told = [answer.reason for answer in parse_answers(sent, 3) if isinstance(answer, Unreadable)]
    assert told == ["a b  c", "no reason given", "x" * 300]


def test_too_much_json_is_refused_before_it_is_parsed() -> None:
    half = answer_chunks(Result("x" * (JSON_MOST // 2)))
    with pytest.raises(BadAnswer, match="too much JSON"):
        parse_answers(b"".join(half * 2), 2)


def test_a_reader_whose_answer_is_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "JSON_MOST", 100)
    (answer,) = parse_answers(b"".join(answer_chunks(Result("x" * 99))), 1)
    assert isinstance(answer, Unreadable) and answer.reason == "it holds more text than can be taken in"


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"x", {"a": object()}])
def test_a_value_that_is_no_json_cannot_be_sent(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        answer_chunks(Result(value))


def test_a_job_arrives_as_it_was_sent_with_its_items_behind_it() -> None:
    job = Job("text", {"name": "é"}, [3, 0], 1 << 30, 31)
    stream = io.BytesIO(b"".join(job_chunks(job, [b"abc", b""])))
    assert read_job(stream.read) == job
    assert stream.read() == b"abc"


def test_a_frame_holds_any_json() -> None:
    assert read_frame(io.BytesIO(frame({"a": [1, "é"]})).read) == {"a": [1, "é"]}
