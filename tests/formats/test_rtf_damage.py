"""RTF files that are damaged, endless, or something else."""

from __future__ import annotations

import pytest

from app.domain.plain_text import plain_text
from app.domain.reading import Unreadable
from app.formats import rtf_reader
from tests.support import rtf_files


def test_groups_that_nobody_knows_are_passed_over() -> None:
    body = r"a{\*\unknown{\b hidden{\footnote no}}\u1234?}{\colortbl;\red0;}{\xe{\v x}}b{\*\generator G;}{\unstarred c}"
    assert rtf_files.text(body) == "abc"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (rb"{\rtf1 cut {\b off in the", "cut off in the"),
        (rb"{\rtf1 one}} two}", "one two"),
        (rb"{\rtf1 a{{{b", "ab"),
        (rb"{\rtf1 {\field{\*\fldinst HYPERLINK", ""),
        (rb"{\rtf1 x{\footnote y", "x[1]\n\n[1] y"),
        (rb"{\rtf1 x\bin999999 yz", "x"),
        (rb"{\rtf1 x\'", "x'"),
    ],
)
def test_damaged_files_give_what_is_left(data: bytes, text: str) -> None:
    article, report, _ = rtf_files.read(data)
    assert plain_text(article) == text
    assert report == [rtf_files.DAMAGED]


def test_bytes_after_the_end_that_are_no_text_are_no_damage() -> None:
    assert rtf_files.read(rb"{\rtf1 x}" + b"\0\0\r\n")[1] == []


def test_endless_nesting_is_read_without_recursion() -> None:
    deep = 200_000
    assert rtf_files.text("{" * deep + "x" + "}" * deep + "y") == "xy"


def test_other_files_are_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        rtf_reader.read(b"Just text", {})
    assert refusal.value.reason == "not an RTF file"
