import pytest
from hypothesis import given

from app.domain.article import (
    Article,
    Cell,
    Change,
    ChangeKind,
    Column,
    Comment,
    Download,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Parallel,
    Quote,
    Separator,
    Span,
    Table,
)
from app.domain.changes import accepted
from app.domain.plain_text import block_text, count_words, note_numbers, plain_text, words
from tests.support.articles import articles


def paragraph(text: str, name: str = "b") -> Paragraph:
    return Paragraph(name, (Span(text),))


INNER = ListBlock("b6", True, 2, (ListItem((Span("nested\nlines"),)),))
WHOLE = Article(
    headline="A wall",
    standfirst="On borders.",
    byline="Li Wei",
    blocks=(
        Heading("b1", 2, (Span("In the "), Span("village", link="https://a.example/"))),
        Paragraph(
            "b2",
            (
                Span("Old", change=Change(ChangeKind.DELETION)),
                Span("New", change=Change(ChangeKind.INSERTION)),
                Span(" words"),
                Span(note="n2"),
                Span(" and"),
                Span(note="n1"),
                Span(note="gone"),
            ),
        ),
        Quote("b3", (paragraph("So."), paragraph("Yes.")), (Span("Li"),)),
        Figure("b4", "p1"),
        ListBlock("b5", True, 9, (ListItem((Span("nine"),)), ListItem((Span("ten"),), (INNER,)))),
        ListBlock("b7", items=(ListItem((Span("bullet"),)),)),
        Separator("b8"),
        Table("b9", ((Cell((Span("Year"),)), Cell((Span("Place\nname"),))), (Cell((Span("1999"),)), Cell()))),
        Download("b10", "f1", (Span("The report"),)),
        Parallel("b11", (Column("en", (paragraph("Peace"),)), Column("zh", (paragraph("和平"),)))),
    ),
    footnotes=(
        Footnote("n1", (paragraph("First."),)),
        Footnote("n2", (paragraph("Second."), paragraph("More."))),
        Footnote("n3", (paragraph("Unused."),)),
    ),
    comments=(Comment("c1", "b2", 0, 3, "Really?"),),
)


def test_the_whole_article_is_printed() -> None:
    assert (
        plain_text(WHOLE)
        == """A wall

On borders.

In the village

New words[1] and[2]

So.

Yes.

Li

9. nine
10. ten
    2. nested
       lines

- bullet

* * *

Year | Place name
1999 |

The report

Peace

和平

[1] Second.
More.

[2] First.

[3] Unused."""
    )


def test_a_piece_without_readable_text_prints_nothing() -> None:
    assert plain_text(Article()) == ""
    assert plain_text(Article(headline="Photographs", blocks=(Figure("b1", "p1"), Separator("b2")))) == ""
    assert plain_text(Article(headline="X", blocks=(ListBlock("b1", items=(ListItem(),)),))) == ""


def test_a_note_alone_is_readable_text() -> None:
    assert plain_text(Article(footnotes=(Footnote("n1", (paragraph("x"),)),))) == "[1] x"


def test_a_reference_inside_a_note_has_the_same_number() -> None:
    notes = (
        Footnote("n1", (Paragraph("b2", (Span("see"), Span(note="n2"))),)),
        Footnote("n2", (paragraph("x"),)),
    )
    article = Article(blocks=(Paragraph("b1", (Span("a"), Span(note="n1"))),), footnotes=notes)
    assert note_numbers(article) == {"n1": 1, "n2": 2}
    assert plain_text(article) == "a[1]\n\n[1] see[2]\n\n[2] x"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("One two", 2),
        ("don't stop", 2),
        ("e.g. 1,000 people", 3),
        ("well-known", 1),
        ("now—then", 2),
        ("and/or", 2),
        ("… * - —", 0),
        ("和平与自由。", 5),
        ("COVID在中国", 4),
        ("日本のニュース", 7),
        ("평화와 자유", 2),
        ("مرحبا بالعالم", 2),
        ("Привет, мир!", 2),
        ("“Quoted” word", 2),
        ("x" * 50, 1),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, number: int) -> None:
    assert count_words(text) == number


def test_the_words_of_an_article_are_those_of_its_body() -> None:
    assert words(WHOLE) == 23


def test_comments_are_anchored_in_text_with_deletions_and_without_notes() -> None:
    assert block_text(WHOLE.blocks[1]) == "OldNew words and"
    assert block_text(WHOLE.blocks[4]) == "nine\nten\nnested\nlines"


@given(articles())
def test_every_word_that_stays_is_printed(article: Article) -> None:
    printed = "".join(plain_text(article).split())
    for block in accepted(article).blocks:
        for line in block_text(block).split("\n"):
            bare = "".join(line.split())
            assert bare in printed or "[" in printed
