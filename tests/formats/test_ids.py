from hypothesis import given

from app.domain.article import (
    Article,
    Column,
    Footnote,
    ListBlock,
    ListItem,
    Paragraph,
    Parallel,
    Quote,
    Separator,
)
from app.formats.ids import with_ids
from tests.support.articles import articles


def test_what_has_no_id_gets_one_that_nobody_has() -> None:
    inner = ListBlock("", items=(ListItem(),))
    article = Article(
        blocks=(
            Quote("", (Paragraph(""), Paragraph("b1"))),
            ListBlock("x", items=(ListItem((), (inner,)),)),
            Parallel("x", (Column("en", (Paragraph("b4"),)),)),
            Separator(""),
        ),
        footnotes=(Footnote("n1", (Paragraph("b1"),)),),
    )
    assert with_ids(article) == Article(
        blocks=(
            Quote("b2", (Paragraph("b3"), Paragraph("b1"))),
            ListBlock("x", items=(ListItem((), (ListBlock("b5", items=(ListItem(),)),)),)),
            Parallel("b6", (Column("en", (Paragraph("b4"),)),)),
            Separator("b7"),
        ),
        footnotes=(Footnote("n1", (Paragraph("b8"),)),),
    )


@given(articles())
def test_ids_that_are_unique_stay(article: Article) -> None:
    assert with_ids(article) == article
