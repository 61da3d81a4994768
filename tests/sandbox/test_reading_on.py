"""The words of a message become an article in the child that split it."""

from __future__ import annotations

from app.domain.reading import Result
from app.sandbox.sandbox import Sandbox

_OPTIONS = {"html": False, "then": "text"}
_HEAD = (
    b"From: a@example.org\nSubject: Re: x\nIn-Reply-To: <1@x>\nContent-Type: text/plain; charset=utf-8\n\n"
)


def _values(sandbox: Sandbox, *bodies: str) -> list[dict[str, object]]:
    answers = sandbox.run_batch("mime", [_HEAD + body.encode() for body in bodies], _OPTIONS)
    return [answer.value for answer in answers if isinstance(answer, Result)]


def test_the_article_stands_beside_the_words(sandbox: Sandbox) -> None:
    plain, empty = _values(sandbox, "First.\n\nSecond.\n", "\n")
    article = sandbox.run("text", b"First.\n\nSecond.", {"charset": "utf-8"}).value["article"]
    assert (plain["article"], plain["new_text"]) == (article, None)
    assert (empty["article"], empty["text"]) == (None, "")


def test_new_words_are_sent_only_where_they_differ(sandbox: Sandbox) -> None:
    body = "Yes.\n\nOn 1 May 2024, b@example.org wrote:\n> Really?\n"
    (value,) = _values(sandbox, body)
    assert value["new_text"] == "Yes."
    assert value["article"] == sandbox.run("text", b"Yes.", {"charset": "utf-8"}).value["article"]


def test_without_the_option_nothing_is_read_on(sandbox: Sandbox) -> None:
    value = sandbox.run("mime", _HEAD + b"Words.", {"html": False}).value
    assert "article" not in value
    assert value["new_text"] == "Words."
