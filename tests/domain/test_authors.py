from hypothesis import given

from app.domain.article import Article, Change, ChangeKind, Comment, ListBlock, ListItem, Paragraph, Span
from app.domain.article_json import canonical
from app.domain.authors import unsigned
from app.domain.plain_text import plain_text
from tests.support.articles import articles

MARIA = Change(ChangeKind.INSERTION, "Maria Petrova", "2026-01-02T03:04:05Z")


def test_no_author_of_a_change_or_remark_is_left() -> None:
    article = Article(
        blocks=(
            Paragraph("b1", (Span("Added", change=MARIA),), break_change=MARIA),
            ListBlock("b2", items=(ListItem((Span("One", change=MARIA),), break_change=MARIA),)),
        ),
        comments=(Comment("c1", "b1", 0, 2, "Who?", "Maria Petrova"),),
    )
    left = unsigned(article)
    assert b"Petrova" not in canonical(left)
    assert left.blocks[0] == Paragraph(
        "b1",
        (Span("Added", change=Change(ChangeKind.INSERTION, "", MARIA.at)),),
        break_change=Change(ChangeKind.INSERTION, "", MARIA.at),
    )
    assert left.comments[0].text == "Who?"


@given(articles())
def test_the_words_stay(article: Article) -> None:
    assert plain_text(unsigned(article)) == plain_text(article)
