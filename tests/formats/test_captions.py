"""How a caption ends is the magazine's to say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.magazine_page import Appeal, Captions
from app.domain.public import PublicArticle
from app.formats import docx_writer, html_writer, markdown_writer, printed, text_writer, wordpress_writer
from tests.support.public_articles import ENGLISH

PHOTO = replace(
    ENGLISH.photos[0], caption="A door", credit="A. Novak", credit_url="", source_line="", lead=True
)
INLINE = replace(PHOTO, lead=False)


def styled(**captions: str) -> PublicArticle:
    return replace(ENGLISH, magazine=replace(ENGLISH.magazine, captions=Captions(**captions)))


@pytest.mark.parametrize(
    ("pattern", "words", "credit"),
    [
        ("{caption} {credit}.", "A door.", "A. Novak."),
        ("{caption} (Photo: {credit})", "A door.", "(Photo: A. Novak)"),
        ("{caption} © {credit}", "A door.", "© A. Novak"),
        ("Seen: {caption}{credit}。", "Seen: A door.", "A. Novak。"),
    ],
)
def test_the_lead_ends_as_the_pattern_says(pattern: str, words: str, credit: str) -> None:
    assert printed.caption(styled(lead=pattern), PHOTO) == (words, credit)


def test_a_photograph_in_the_body_names_its_source() -> None:
    article = styled(inline="{caption} Fonte: {credit}.")
    assert printed.caption(article, INLINE) == ("A door.", "Fonte: A. Novak.")
    own = replace(INLINE, source_line="Screenshot, state television")
    assert printed.caption(article, own) == ("A door.", "Screenshot, state television.")


def test_a_stop_is_not_printed_twice_and_nothing_ends_a_caption_without_credit() -> None:
    assert printed.caption(styled(), replace(PHOTO, credit="Weibo!")) == ("A door.", "Weibo!")
    assert printed.caption(styled(), replace(PHOTO, credit="")) == ("A door", "")
    assert printed.caption(styled(lead="Seen: {caption} {credit}."), replace(PHOTO, caption="")) == (
        "",
        "A. Novak.",
    )


def test_words_carry_the_link_of_the_lead_where_links_lead_somewhere() -> None:
    article, linked = styled(linked="Credits"), replace(PHOTO, credit_url="https://a.example/")
    assert printed.caption(article, linked) == ("A door.", "Credits.")
    assert printed.caption(article, linked, links=False) == ("A door.", "A. Novak.")
    assert printed.caption(article, PHOTO) == ("A door.", "A. Novak.")
    assert printed.caption(article, replace(linked, lead=False))[1] == "Source: A. Novak."


def test_every_target_prints_the_magazines_words() -> None:
    article = replace(styled(lead="{caption} Bild von {credit}."), photos=(PHOTO,), blocks=())
    for writer in (html_writer, markdown_writer, text_writer, wordpress_writer):
        written = b"".join(file.data for file in writer.write(article) if file.media_type.startswith("text"))
        assert "Bild von A. Novak." in written.decode().replace("\\", "")
    assert docx_writer.write(article)[0].data


def test_the_page_bears_every_appeal_of_the_magazine() -> None:
    appeals = (Appeal("Give", "It lives on gifts."), Appeal("Write", "Texts.", "Post", "mailto:a@b.example"))
    article = replace(ENGLISH, magazine=replace(ENGLISH.magazine, appeals=appeals))
    page = html_writer.write(article)[0].data.decode()
    assert all(said in page for said in ("Give", "It lives on gifts.", "Write", 'href="mailto:a@b.example"'))
