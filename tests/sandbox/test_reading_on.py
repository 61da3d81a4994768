"""The words of a message become an article in the child that split it."""

from __future__ import annotations

from app.domain.article_json import from_plain, to_json
from app.domain.reading import Result
from app.sandbox.sandbox import Sandbox

_OPTIONS = {"html": False, "then": "text"}
_HEAD = (
    b"From: a@example.org\nSubject: Re: x\nIn-Reply-To: <1@x>\nContent-Type: text/plain; charset=utf-8\n\n"
)


def _answers(sandbox: Sandbox, *bodies: str) -> list[Result]:
    answers = sandbox.run_batch("mime", [_HEAD + body.encode() for body in bodies], _OPTIONS)
    return [answer for answer in answers if isinstance(answer, Result)]


def _article(sandbox: Sandbox, text: bytes) -> object:
    return sandbox.run("text", text, {"charset": "utf-8"}).value["article"]


def _read_on(answer: Result) -> object:
    if "paragraphs" in answer.value:
        return to_json(from_plain(answer.blobs[answer.value["paragraphs"]].decode()))
    return answer.value["article"]


def test_text_head_and_plain_paragraphs_come_as_they_are(sandbox: Sandbox) -> None:
    (answer,) = _answers(sandbox, "First.\n\nSecond. é\n")
    text, head, paragraphs = (
        answer.blobs[answer.value[name]].decode() for name in ("text", "head", "paragraphs")
    )
    assert (text, paragraphs) == ("First.\n\nSecond. é\n", "First.\0Second. é")
    assert head.splitlines()[:2] == ["From: a@example.org", "Subject: Re: x"]
    assert _read_on(answer) == _article(sandbox, "First.\n\nSecond. é".encode())


def test_an_article_that_has_more_than_paragraphs_comes_as_such(sandbox: Sandbox) -> None:
    body = "A title\n=======\n\nWords.\n\n* * *\n\nMore.\n"
    answer, empty, binary = _answers(sandbox, body, "\n", "\x01\x02\x03\x04 x")
    assert answer.value["article"] == _article(sandbox, body.encode())
    assert (empty.value["article"], binary.value["article"]) == (None, None)


def test_the_article_has_the_new_words_only(sandbox: Sandbox) -> None:
    body = "Yes.\n\nOn 1 May 2024, b@example.org wrote:\n> Really?\n"
    (answer,) = _answers(sandbox, body)
    assert _read_on(answer) == _article(sandbox, b"Yes.")
    assert answer.blobs[answer.value["text"]] == body.encode()
    assert answer.value["folds"] == [["quote", 6, len(body)]]


def test_a_message_without_new_words_is_its_earlier_ones(sandbox: Sandbox) -> None:
    body = "> Really?\n> Yes.\n"
    (answer,) = _answers(sandbox, body)
    assert _read_on(answer) == _article(sandbox, body.encode())


def test_without_the_option_nothing_is_read_on(sandbox: Sandbox) -> None:
    answer = sandbox.run("mime", _HEAD + b"Words.", {"html": False})
    assert "article" not in answer.value and answer.blobs == ()
    assert answer.value["text"] == "Words."
