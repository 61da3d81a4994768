import pytest
from hypothesis import given

from app.domain.article import (
    Article,
    Cell,
    Comment,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Mark,
    Paragraph,
    Quote,
    Span,
    Table,
)
from app.domain.article_json import clean_text, from_json
from app.formats.markdown_exchange import to_markdown
from app.formats.markdown_reader import read
from tests.support.articles import AWKWARD, articles


def back(markdown: str) -> Article:
    return from_json(read(markdown.encode(), {}).value["article"])


@given(articles())
def test_every_article_comes_back_from_markdown(article: Article) -> None:
    assert back(to_markdown(article)) == article


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_comes_back_wherever_it_stands(text: str) -> None:
    text, bold = clean_text(text), frozenset({Mark.BOLD})
    spans = (Span(f"a{text}"), Span(f"b{text}c", bold), Span(f"{text}."))
    article = Article(
        blocks=(
            Paragraph("b1", (Span(text),)),
            Paragraph("b2", spans),
            Heading("b3", 2, (Span(text),)),
            Quote("b4", (Paragraph("b5", (Span(text),)),), (Span(text),)),
            ListBlock("b6", True, 3, (ListItem((Span(text),)), ListItem(spans))),
            Table("b7", ((Cell((Span(text),), True), Cell(spans, True)),)),
        )
    )
    assert back(to_markdown(article)) == article


_INNER = ListBlock("b4", True, 2, (ListItem((Span("inner"),)),))
_READABLE = Article(
    "A wall: on borders",
    tags=("walls",),
    language="en",
    blocks=(
        Heading("b1", 2, (Span("In the "), Span("village", link="https://a.example/"))),
        Paragraph(
            "b2",
            (
                Span("They "),
                Span("came", frozenset({Mark.BOLD})),
                Span(" at 1. night,\n- and"),
                Span(note="n1"),
                Span("x", frozenset({Mark.SUPERSCRIPT})),
            ),
        ),
        ListBlock("b3", items=(ListItem((Span("outer"),), (_INNER,)), ListItem((Span("b|c"),)))),
        Table(
            "b5",
            ((Cell((Span("Year"),), True), Cell((Span("a|b"),), True)), (Cell(), Cell((Span("1999"),)))),
        ),
    ),
    footnotes=(Footnote("n1", (Paragraph("b6", (Span("Note."),)),)),),
    comments=(Comment("c1", "b2", 0, 4, "Who?"),),
)
_AS_MARKDOWN = """---
transom: 1
title: "A wall: on borders"
language: "en"
tags: ["walls"]
comments:
  - {"id": "c1", "block": "b2", "end": 4, "text": "Who?"}
---

<!-- data-id="b1" -->
## In the [village](https://a.example/)

<!-- data-id="b2" -->
They **came** at 1. night,\\
\\- and[^n1]<sup>x</sup>

<!-- data-id="b3" -->
- outer
  <!-- data-id="b4" start="2" -->
  2. inner
- b\\|c

<!-- data-id="b5" -->
| Year | a\\|b |
| --- | --- |
|  | 1999 |

[^n1]:
    <!-- data-id="b6" -->
    Note.
"""


def test_the_text_can_be_read_by_people() -> None:
    assert to_markdown(_READABLE) == _AS_MARKDOWN


def test_what_is_written_in_by_hand_is_read() -> None:
    written = to_markdown(Article("H", blocks=(Paragraph("b1", (Span("One"),)),)))
    found = back(written + "\nTwo *words*\n")
    assert found.blocks == (
        Paragraph("b1", (Span("One"),)),
        Paragraph("b2", (Span("Two "), Span("words", frozenset({Mark.ITALIC})))),
    )


def test_damaged_fields_are_reported() -> None:
    found = read(b'---\ntransom: 1\ntitle: "H"\ntags: 3\n---\n\nText\n', {}).value
    assert from_json(found["article"]) == Article(blocks=(Paragraph("b1", (Span("Text"),)),))
    assert found["report"] == ["The fields above the text are damaged and were left out"]
