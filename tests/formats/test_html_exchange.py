from dataclasses import replace

from hypothesis import given

from app.domain.article import Article, Block, Comment, Heading, Mark, Paragraph, Separator, Span
from app.domain.article_json import from_json
from app.formats.html_exchange import to_html
from app.formats.html_reader import read
from tests.support.articles import articles


def back(html: str) -> Article:
    return from_json(read(html.encode(), {}).value["article"])


@given(articles())
def test_every_article_comes_back_from_html(article: Article) -> None:
    assert back(to_html(article)) == article


def test_the_page_can_be_read_by_people() -> None:
    article = Article(
        "A wall",
        "On borders",
        language="en",
        blocks=(
            Heading("b1", 2, (Span("In the village"),)),
            Paragraph(
                "b2",
                (
                    Span("They "),
                    Span("came", frozenset({Mark.BOLD}), "https://a.example/"),
                    Span(" <at> night"),
                ),
            ),
        ),
    )
    assert (
        to_html(article)
        == """<!DOCTYPE html>
<html lang="en" data-transom="article">
<head>
<meta charset="utf-8">
<title>A wall</title>
</head>
<body>
<h1 data-field="headline">A wall</h1>
<p data-field="standfirst">On borders</p>
<h2 data-id="b1">In the village</h2>
<p data-id="b2">They <a href="https://a.example/"><strong>came</strong></a> &lt;at&gt; night</p>
</body>
</html>
"""
    )


def test_what_is_written_in_by_hand_gets_an_id_of_its_own() -> None:
    html = to_html(Article(blocks=(Paragraph("b1", (Span("One"),)), Separator("b3"))))
    edited = html.replace("<hr", "<p>Two,\n   wrapped</p>\n<p data-id='b1'>copied</p>\n<h1>H</h1>\n<hr")
    expected: tuple[Block, ...] = (
        Paragraph("b1", (Span("One"),)),
        Paragraph("b2", (Span("Two, wrapped"),)),
        Paragraph("b4", (Span("copied"),)),
        Heading("b5", 2, (Span("H"),)),
        Separator("b3"),
    )
    assert back(edited).blocks == expected


def test_a_bad_number_in_a_comment_does_no_harm() -> None:
    article = Article(blocks=(Paragraph("b1", (Span("One"),)),), comments=(Comment("c1", "b1", 1, 2, "x"),))
    edited = to_html(article).replace('data-start="1"', 'data-start="one"')
    assert back(edited) == replace(article, comments=(Comment("c1", "b1", 0, 2, "x"),))


def test_pages_from_elsewhere_cannot_pretend_to_carry_ids() -> None:
    found = back('<p data-id="evil" data-field="bio" data-note="n9">x</p>')
    assert found == Article(blocks=(Paragraph("b1", (Span("x"),)),))
