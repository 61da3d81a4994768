"""RTF files that are damaged, endless, or something else."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from app.domain.article import (
    Article,
)
from app.domain.article_json import from_json
from app.domain.plain_text import plain_text
from app.domain.reading import Unreadable
from app.formats import rtf_reader

_STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\b\fs32\outlinelevel0 heading 1;}{\s2\i heading 2{\*\keycode x};}{\s3 Title;}"
    r"{\s4\i Quote;}{\*\cs10 Emphasis;}{\s5 Subtitle;}{\s6\outlinelevel2 Own;}}"
)
_DAMAGED = "The file is damaged; what could still be read was taken in"


def _rtf(body: str | bytes, head: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    raw = body if isinstance(body, bytes) else body.encode("latin-1")
    return rb"{\rtf1" + head.encode() + b"\n" + raw + b"}"


def _read(data: bytes) -> tuple[Article, list[str], Any]:
    result = rtf_reader.read(data, {})
    return from_json(result.value["article"]), result.value["report"], result


def _text(body: str | bytes, head: str = r"\ansi\ansicpg1252\deff0") -> str:
    return plain_text(_read(_rtf(body, head))[0])


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


def test_groups_that_nobody_knows_are_passed_over() -> None:
    body = r"a{\*\unknown{\b hidden{\footnote no}}\u1234?}{\colortbl;\red0;}{\xe{\v x}}b{\*\generator G;}{\unstarred c}"
    assert _text(body) == "abc"


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
    article, report, _ = _read(data)
    assert plain_text(article) == text
    assert report == [_DAMAGED]


def test_bytes_after_the_end_that_are_no_text_are_no_damage() -> None:
    assert _read(rb"{\rtf1 x}" + b"\0\0\r\n")[1] == []


def test_endless_nesting_is_read_without_recursion() -> None:
    deep = 200_000
    assert _text("{" * deep + "x" + "}" * deep + "y") == "xy"


def test_other_files_are_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        rtf_reader.read(b"Just text", {})
    assert refusal.value.reason == "not an RTF file"
