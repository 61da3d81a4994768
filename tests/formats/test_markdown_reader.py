from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.article import (
    Article,
    Cell,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Mark,
    Paragraph,
    Quote,
    Separator,
    Span,
    Table,
)
from app.domain.article_json import from_json
from app.domain.plain_text import plain_text
from app.domain.reading import Unreadable
from app.formats.markdown_reader import read


def value(markdown: str) -> dict[str, Any]:
    found: dict[str, Any] = read(markdown.encode(), {}).value
    return found


def article(markdown: str) -> Article:
    return from_json(value(markdown)["article"])


def p(name: str, *spans: Span | str) -> Paragraph:
    return Paragraph(name, tuple(Span(span) if isinstance(span, str) else span for span in spans))


def test_common_markdown_is_read() -> None:
    markdown = """# A *wall*

Two
lines and\\
a break, **bold** and ~~gone~~ [link](https://a.example/é "t").

## Section

> Quoted
> — Bo

1. one
   - inner
2. two

* * *

| A | B |
|---|---|
| 1 | x\\|y |

![alt](cid:p)
"""
    assert article(markdown) == Article(
        "A wall",
        blocks=(
            p(
                "b1",
                "Two lines and\na break, ",
                Span("bold", frozenset({Mark.BOLD})),
                " and ",
                Span("gone", frozenset({Mark.STRIKETHROUGH})),
                " ",
                Span("link", link="https://a.example/é"),
                ".",
            ),
            Heading("b2", 2, (Span("Section"),)),
            Quote("b3", (p("b4", "Quoted — Bo"),)),
            ListBlock(
                "b5",
                True,
                1,
                (
                    ListItem((Span("one"),), (ListBlock("b6", items=(ListItem((Span("inner"),)),)),)),
                    ListItem((Span("two"),)),
                ),
            ),
            Separator("b7"),
            Table(
                "b8",
                (
                    (Cell((Span("A"),), True), Cell((Span("B"),), True)),
                    (Cell((Span("1"),)), Cell((Span("x|y"),))),
                ),
            ),
            Figure("b9", "c1"),
        ),
    )


def test_footnotes_of_both_kinds_are_read() -> None:
    found = article("a[^x] b^[inline *note*] c[^y]\n\n[^y]: why\n\n[^x]: one\n\n    two\n")
    assert found.blocks == (p("b1", "a", Span(note="n2"), " b", Span(note="n3"), " c", Span(note="n1")),)
    assert found.footnotes == (
        Footnote("n1", (p("b2", "why"),)),
        Footnote("n2", (p("b3", "one"), p("b4", "two"))),
        Footnote("n3", (p("b5", "inline ", Span("note", frozenset({Mark.ITALIC}))),)),
    )


def test_inline_html_is_read_as_html() -> None:
    found = value(
        "H<sub>2</sub>O <script>x</script><span onclick=x>y</span>\n\n<div hidden>no</div>\n\n<!-- c -->\n"
    )
    assert from_json(found["article"]).blocks == (
        p("b1", "H", Span("2", frozenset({Mark.SUBSCRIPT})), "O y"),
    )


HUGO = """---
title: A wall
description: 'On ''borders'''
authors:
  - Li Wei
  - Ann
tags: [walls, "two words"]
lang: en # English
date: 2026-01-02
draft: true
---
"""
JEKYLL = """---
"title": A wall
summary: >
  On
  'borders'
author: Li Wei, Ann
tags:
- walls
- two words
language: en
date: 2026-01-02
draft: true
...
"""
TOML = """+++
title = 'A wall'
description = "On 'borders'"
authors = ['Li Wei', 'Ann']
tags = ['walls', 'two words']
language = 'en'
date = 2026-01-02
draft = true
+++
"""


@pytest.mark.parametrize("front", [HUGO, JEKYLL, TOML])
def test_front_matter_of_site_generators_is_read(front: str) -> None:
    found = value(front + "\nText\n")
    assert from_json(found["article"]) == Article(
        "A wall",
        "On 'borders'",
        "Li Wei, Ann",
        language="en",
        tags=("walls", "two words"),
        blocks=(p("b1", "Text"),),
    )
    assert found["metadata"] == {"author": "Li Wei, Ann", "date": "2026-01-02"}
    assert found["report"] == ["Fields above the text were left out: draft"]


def test_a_heading_wins_over_the_title_above() -> None:
    found = value("---\ntitle: Other\n---\n# A wall\n\nText\n")
    assert from_json(found["article"]).headline == "A wall"
    assert found["title"] == "Other"
    assert found["report"] == ["The title above the text is not the headline: “Other”"]


def test_what_looks_like_front_matter_but_is_not_stays() -> None:
    assert plain_text(article("+++\nnot toml at all\n+++\n")) == "+++ not toml at all +++"
    assert plain_text(article("Text\n\n---\n\nmore\n")) == "Text\n\n* * *\n\nmore"


def test_links_to_programs_stay_words() -> None:
    assert plain_text(article("[x](javascript:alert(1)) [y](/rel)")) == "[x](javascript:alert(1)) y"


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\0" * 20 + b"x"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data, {})


PIECES = (
    "# ", "> ", "- ", "1. ", "\n", "\n\n", "    ", "a", "*", "**", "_", "`", "[^1]", ": ", "[x](y)", "|", "---", "<b>",
    "<div>", "</div>", "^[", "]", "~~~", "\t", "\\", "&#0;", "---\n", "+++\n", "transom: 1\n", "comments: [3]\n",
    '<!-- data-id="b1" -->\n', 'title: ["',
)  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=100),
        st.lists(st.sampled_from(PIECES), max_size=30).map(lambda parts: "".join(parts).encode()),
    )
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(Unreadable):
        from_json(read(data, {}).value["article"])
