"""Mail addresses are seen through what hides them from machines."""

from __future__ import annotations

import pytest

from app.domain.leaks_addresses import addresses


@pytest.mark.parametrize(
    "text",
    [
        "li.wei@post.example",
        "Write to li.wei@post.example.",
        "<li.wei@post.example>",
        "mailto:li.wei@post.example?subject=a",
        "邮箱li.wei@post.example联系",
        "li.wei＠post．example",
        "li.\u200bwei@po\u00adst.example",
        "li.wei&#64;post&#46;example",
        "li.wei%40post.example",
        "li.wei\\u0040post.example",
        "li.wei [at] post [dot] example",
        "li.wei (AT) post (DOT) example",
        "li dot wei at post dot example",
        "li.wei @ post . example",
        "li.wei@post.example.The next sentence",
        "a;li.wei@post.example,b@c.example",
        "li.wei+news@post.example",
        "key=li.wei@post.example",
        "li.wei {собака} post {точка} example",
        "li.wei chiocciola post punto example",
    ],
)
def test_an_address_is_seen(text: str) -> None:
    assert "li.wei@post.example" in addresses(text)


@pytest.mark.parametrize(
    "text", ["", "no address", "look at the board", "@someone", "a@b", "at dot at dot", "li.wei@"]
)
def test_other_texts_hold_none_of_a_known_form(text: str) -> None:
    assert all("." not in found.partition("@")[2] for found in addresses(text))


def test_a_long_text_with_many_signs_is_read_in_one_go() -> None:
    text = "Look at the house at noon. " * 4_000 + "li.wei@post.example"
    assert "li.wei@post.example" in addresses(text)
