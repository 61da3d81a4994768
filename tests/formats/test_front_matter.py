from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.front_matter import parse, split, write
from tests.support.articles import texts

scalars = st.one_of(texts, st.booleans(), st.integers())
values = st.one_of(
    scalars,
    st.lists(scalars, max_size=3),
    st.lists(st.dictionaries(texts, scalars, max_size=2), min_size=1, max_size=3),
)


@given(st.dictionaries(st.sampled_from(("title", "tags", "a_b", "x")), values, max_size=4), texts)
def test_what_is_written_is_read(fields: dict[str, Any], body: str) -> None:
    assert split(write(fields) + body) == (fields, body)


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("x: plain words", "plain words"),
        ("x: 'it''s'", "it's"),
        ('x: "a \\"b\\" \\n c\\d"', 'a "b" \n cd'),
        ("x: 3", 3),
        ("x: true # yes", "true"),
        ("x: ~", ""),
        ("x:", ""),
        ("x: # nothing", ""),
        ("x: [a, 'b, c', \"d\", 4]", ["a", "b, c", "d", 4]),
        ("x: [a,\n  b]", ["a", "b"]),
        ("x:\n  - a\n  - 'b'", ["a", "b"]),
        ("x:\n- a", ["a"]),
        ("x: |\n  one\n    two\n\n  three\n", "one\n  two\n\nthree"),
        ("x: >-\n  one\n  two\n\n  three\n", "one two\n\nthree"),
        ("x: one\n  two", "one two"),
        ("x:\n  y: 1\n  z: 2", "y: 1\nz: 2"),
        ("x: 'open", "'open"),
        ('x: "open', '"open'),
        ("x: [open", ["open"]),
        ("x: http://a.example/", "http://a.example/"),
    ],
)
def test_yaml_as_people_write_it_is_understood(yaml: str, value: Any) -> None:
    assert parse(yaml) == {"x": value}


def test_lines_that_are_no_fields_are_passed_over() -> None:
    assert parse("# comment\n\n{}\nx: 1\n%") == {"x": 1}


def test_text_without_fields_is_left_alone() -> None:
    for text in ("---\nx: 1\n", "x: 1\n---\n", "text", "+++\n= broken\n+++\n"):
        assert split(text) == ({}, text)
    assert split("---\n---\ntext") == ({}, "text")
    assert split("+++\nx = [1, {y = 2}]\nz = 10:00:00\n+++\n") == ({"x": [1, {"y": 2}], "z": "10:00:00"}, "")
