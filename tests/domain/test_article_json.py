import json

import pytest

from app.domain.article import (
    Align,
    Article,
    Cell,
    Change,
    ChangeKind,
    Comment,
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
from app.domain.article_json import canonical, clean_text, from_json, from_plain, to_json, to_plain
from app.domain.errors import Damaged

WHOLE = Article(
    headline="A wall",
    language="en",
    tags=("walls",),
    blocks=(
        Heading("b1", 3, (Span("In the "), Span("village", frozenset({Mark.BOLD, Mark.ITALIC})))),
        Paragraph("b2", (Span("One\nTwo", link="https://a.example/"), Span(note="n1")), Align.CENTER),
        Paragraph("b3", (Span("old", change=Change(ChangeKind.DELETION, "Ann", "2026-01-02T03:04:05Z")),)),
        Quote("b4", (Paragraph("b5", (Span("So."),)),), (Span("Li"),), pull=True),
        ListBlock(
            "b6", True, 3, (ListItem((Span("x"),), (ListBlock("b7", items=(ListItem((Span("y"),)),)),)),)
        ),
        Separator("b8"),
        Figure("b9", "p1"),
        Table("b10", ((Cell((Span("a"),), header=True, columns=2),),)),
    ),
    footnotes=(Footnote("n1", (Paragraph("n1p", (Span("Note."),)),)),),
    comments=(Comment("c1", "b2", 0, 3, "Really?", "Ann"),),
)


def test_an_article_survives_json() -> None:
    assert from_json(json.loads(json.dumps(to_json(WHOLE)))) == WHOLE


def test_the_canonical_form_does_not_depend_on_how_a_letter_was_typed() -> None:
    assert canonical(Article(headline="caf\u00e9")) == canonical(Article(headline="cafe\u0301"))
    assert canonical(Article(headline="a\r\nb")) == canonical(Article(headline="a\nb"))


def test_a_lone_surrogate_has_no_canonical_form() -> None:
    with pytest.raises(Damaged):
        canonical(Article(headline="\ud800"))
    assert clean_text("a\ud800\0b\r\nc") == "a\ufffdb\nc"


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"headline": 3},
        {"blocks": {}},
        {"blocks": [{"type": "video"}]},
        {"blocks": [{"type": "paragraph"}]},
        {"blocks": [{"type": "paragraph", "id": "b", "align": "sideways"}]},
        {"colour": "red"},
        {"blocks": ["x"]},
        {"footnotes": ["x"]},
        {"blocks": [{"type": "heading", "id": "b", "level": True}]},
    ],
)
def test_what_is_not_an_article_is_refused(data: object) -> None:
    with pytest.raises(Damaged):
        from_json(data)


def test_nesting_without_end_is_refused() -> None:
    block: dict[str, object] = {"type": "list", "id": "b"}
    for _ in range(200):
        block = {"type": "list", "id": "b", "items": [{"lists": [block]}]}
    with pytest.raises(Damaged):
        from_json({"blocks": [block]})


def test_plain_paragraphs_travel_as_their_words() -> None:
    plain = Article(blocks=(Paragraph("b1", (Span("One."),)), Paragraph("b2", (Span("二。"),))))
    sent = to_plain(plain)
    assert sent == "One.\0二。" and from_plain(sent) == plain


@pytest.mark.parametrize(
    "article",
    [
        Article(),
        Article("A title", blocks=(Paragraph("b1", (Span("One."),)),)),
        Article(blocks=(Paragraph("b1", (Span("One."), Span("two", link="https://a.example"))),)),
        Article(blocks=(Paragraph("b1", (Span("One.", frozenset({Mark.BOLD})),)),)),
        Article(blocks=(Paragraph("b1", (Span("One."),)), Separator("b2"))),
    ],
)
def test_an_article_that_has_more_does_not(article: Article) -> None:
    assert to_plain(article) is None
