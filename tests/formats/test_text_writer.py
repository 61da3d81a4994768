from dataclasses import replace

import pytest

from app.domain.article import Change, ChangeKind, Paragraph, Span
from app.domain.public import PublicArticle
from app.formats.text_writer import write
from tests.support.public_articles import ARABIC, CHINESE, ENGLISH


@pytest.mark.parametrize("article", [ENGLISH, CHINESE, ARABIC])
def test_the_text_stands_in_one_file_and_the_photographs_beside_it(article: PublicArticle) -> None:
    main, *others = write(article)
    assert (main.name, main.media_type) == (f"{article.slug}.txt", "text/plain")
    assert [file.data for file in others] == [photo.data for photo in article.photos]
    text = main.data.decode()
    assert text.startswith(article.headline + "\n\n" + article.standfirst + "\n\n")
    assert all(f"[{photo.name}] " in text for photo in article.photos)
    assert "\n[1] " in text
    assert article.bio in text
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    assert write(article) == write(article)


def test_words_taken_out_stay_out() -> None:
    change = Change(ChangeKind.DELETION, "Secret Editor")
    article = replace(
        ENGLISH,
        blocks=(Paragraph("b1", (Span("kept"), Span("cut", change=change))),),
        footnotes=(),
        photos=(),
        translator="",
        dateline="",
        date_text="",
        correction="",
        bio="",
        tags=(),
        byline="",
        standfirst="",
    )
    assert write(article)[0].data.decode() == (
        f"{ENGLISH.headline}\n\nkept\n\n{ENGLISH.magazine.copyright_line}\n"
    )
