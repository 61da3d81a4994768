"""Names for files and addresses."""

from __future__ import annotations

import pytest

from app.domain.slugs import slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A hall was closed", "a-hall-was-closed"),
        ("  It's *never* over!  ", "its-never-over"),
        ("Ürümqi: été", "urumqi-ete"),
        ("不要发表", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("word " * 20, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("a" * 99, "a" * 60),
        ("Con", ""),
        ("LPT1", ""),
        ("COM\u00b9", ""),
        ("con " + "a" * 99, ""),
        ("Console", "console"),
    ],
)
def test_a_headline_becomes_a_plain_name(text: str, name: str) -> None:
    assert slug(text) == name
