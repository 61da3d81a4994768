"""Address fields as they come, and the form in which addresses are looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail import addresses


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("a@b.c", [("", "a@b.c")]),
        ("<a@b.c>", [("", "a@b.c")]),
        ('"Smith, J" <a@b.c>, d@e.f (Dee)', [("Smith, J", "a@b.c"), ("Dee", "d@e.f")]),
        ("undisclosed-recipients:;", []),
        ("Friends: x@y.z, Zoe <z@y.z>; a@b.c", [("", "x@y.z"), ("Zoe", "z@y.z"), ("", "a@b.c")]),
        ("Whomever", [("Whomever", None)]),
        ("A1 (The (very) Enforcer) Gore <v@w.g>", [("A1 Gore (The (very) Enforcer)", "v@w.g")]),
        ("=?utf-8?Q?Smith,_John?= <a@b>", [("Smith, John", "a@b")]),
        ("=?utf-8?q?boss=40bank.example?= <thief@x.example>", [("boss@bank.example", "thief@x.example")]),
        ('"=?utf-8?q?J=C3=B6rg?=" <a@b>', [("Jörg", "a@b")]),
        ("A <a@b> B <c@d>", [("A B", "a@b"), ("", "c@d")]),
        ("<@r1,@r2:j@x.org>", [("", "j@x.org")]),
        ("<mailto:a@b.c>", [("", "a@b.c")]),
        ("<a @ b.c>", [("", "a@b.c")]),
        ('"q \\" q"@h.i', [("", '"q \\" q"@h.i')]),
        ("a@[IPv6:2001::1]", [("", "a@[IPv6:2001::1]")]),
        ("john smith j@x.y", [("john smith", "j@x.y")]),
        ("(only) (comments \\)", [("only comments )", None)]),
        ("<>, ,;", []),
        ('"open', [("open", None)]),
        (
            "Pete(A wonderful \\) chap) <pete(his account)@silly.test(his host)>",
            [("Pete (A wonderful ) chap)", "pete@silly.test")],
        ),
        (
            "A Group: Chris <c@(his host)public.example>, joe@b.example; (the end)",
            [("Chris", "c@public.example"), ("", "joe@b.example")],
        ),
        ("@b.c", [("", "@b.c")]),
    ],
)
def test_a_field_gives_its_mailboxes(field: str, found: list[tuple[str, str | None]]) -> None:
    assert [(box["name"], box["address"]) for box in addresses.parse(field)] == found


def test_the_number_of_mailboxes_is_bounded() -> None:
    assert len(addresses.parse("a@b.c," * 5000)) == addresses.MOST


@given(st.text("ab@.<>\"'(),;: \\=?\n\x00é", max_size=60))
def test_any_field_can_be_read(field: str) -> None:
    for box in addresses.parse(field):
        assert box["name"] or box["address"]
