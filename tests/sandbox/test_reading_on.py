"""The words of a message become an article in the child that split it."""

from __future__ import annotations

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


def test_the_article_stands_beside_the_words(sandbox: Sandbox) -> None:
    plain, empty = _answers(sandbox, "First.\n\nSecond. é\n", "\n")
    assert plain.value["article"] == _article(sandbox, "First.\n\nSecond. é".encode())
    assert plain.blobs[plain.value["text_blob"]].decode() == "First.\n\nSecond. é\n"
    assert (empty.value["article"], empty.blobs) == (None, (b"",))


def test_the_article_has_the_new_words_only(sandbox: Sandbox) -> None:
    body = "Yes.\n\nOn 1 May 2024, b@example.org wrote:\n> Really?\n"
    (answer,) = _answers(sandbox, body)
    assert answer.value["article"] == _article(sandbox, b"Yes.")
    assert answer.blobs == (body.encode(),)
    assert answer.value["folds"] == [["quote", 6, len(body)]]


def test_a_message_without_new_words_is_its_earlier_ones(sandbox: Sandbox) -> None:
    body = "> Really?\n> Yes.\n"
    (answer,) = _answers(sandbox, body)
    assert answer.value["article"] == _article(sandbox, body.encode())


def test_without_the_option_nothing_is_read_on(sandbox: Sandbox) -> None:
    answer = sandbox.run("mime", _HEAD + b"Words.", {"html": False})
    assert "article" not in answer.value and answer.blobs == ()
    assert answer.value["text"] == "Words."
