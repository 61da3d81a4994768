"""How a caption ends is the magazine's to say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html

from app.domain.magazine_page import Appeal, Captions
from app.domain.public import PublicArticle
from app.formats import (
    docx_writer,
    html_writer,
    markdown_writer,
    text_writer,
    wordpress_blocks,
    wordpress_writer,
)
from app.formats.captions import caption, caption_lines
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
        ("{caption} ({credit})", "A door.", "(A. Novak)"),
        ("Seen: {caption}{credit}。", "Seen: A door.", "A. Novak。"),
    ],
)
def test_the_lead_ends_as_the_pattern_says(pattern: str, words: str, credit: str) -> None:
    assert caption_lines(styled(lead=pattern), PHOTO) == (words, credit)


def test_a_photograph_in_the_body_names_its_source() -> None:
    article = styled(inline="{caption} Fonte: {credit}.")
    assert caption_lines(article, INLINE) == ("A door.", "Fonte: A. Novak.")
    own = replace(INLINE, source_line="Screenshot, state television")
    assert caption_lines(article, own) == ("A door.", "Screenshot, state television.")


def test_a_stop_is_not_printed_twice_and_nothing_ends_a_caption_without_credit() -> None:
    assert caption_lines(styled(), replace(PHOTO, credit="Weibo!")) == ("A door.", "Weibo!")
    assert caption_lines(styled(), replace(PHOTO, credit="")) == ("A door", "")
    assert caption_lines(styled(lead="Seen: {caption} {credit}."), replace(PHOTO, caption="")) == (
        "",
        "A. Novak.",
    )


def test_words_carry_the_link_of_the_lead_where_links_lead_somewhere() -> None:
    article, linked = styled(linked="Credits"), replace(PHOTO, credit_url="https://a.example/")
    assert caption_lines(article, linked) == ("A door.", "Credits.")
    assert caption_lines(article, linked, links=False) == ("A door.", "A. Novak.")
    assert caption_lines(article, PHOTO) == ("A door.", "A. Novak.")
    assert caption_lines(article, replace(linked, lead=False))[1] == "Source: A. Novak."


def test_every_target_prints_the_magazines_words() -> None:
    article = replace(styled(lead="{caption} Bild von {credit}."), photos=(PHOTO,), blocks=())
    for writer in (html_writer, markdown_writer, text_writer, wordpress_writer):
        written = b"".join(file.data for file in writer.write(article) if file.media_type.startswith("text"))
        assert "Bild von A. Novak." in re.sub("<[^>]*>", "", written.decode()).replace("\\", "")
    assert docx_writer.write(article)[0].data


def test_the_page_bears_every_appeal_of_the_magazine() -> None:
    appeals = (Appeal("Give", "It lives on gifts."), Appeal("Write", "Texts.", "Post", "mailto:a@b.example"))
    article = replace(ENGLISH, magazine=replace(ENGLISH.magazine, appeals=appeals))
    page = html_writer.write(article)[0].data.decode()
    assert all(said in page for said in ("Give", "It lives on gifts.", "Write", 'href="mailto:a@b.example"'))


@pytest.mark.parametrize(
    ("captions", "wanted"),
    [
        (Captions(), "一扇门。Source: 努尔。"),
        (Captions(inline="{caption}来源：{credit}。"), "一扇门。来源：努尔。"),
        (Captions(inline="{caption}（图：{credit}）"), "一扇门。（图：努尔）"),
    ],
)
def test_signs_of_full_width_bring_their_own_space(captions: Captions, wanted: str) -> None:
    photo = replace(INLINE, caption="一扇门", credit="努尔")
    article = replace(ENGLISH, magazine=replace(ENGLISH.magazine, captions=captions))
    assert "".join(part.text for part in caption(article, photo)) == wanted


def page_of(article: PublicArticle) -> html.HtmlElement:
    return html.document_fromstring(html_writer.write(article)[0].data)


@pytest.mark.parametrize(("linked", "shown"), [("{credit}", "A. Novak"), ("Credits", "Credits")])
def test_the_credit_of_the_lead_is_a_link_by_its_name_or_by_the_words_of_the_profile(
    linked: str, shown: str
) -> None:
    photo = replace(PHOTO, credit_url="https://example.org/p")
    article = replace(styled(linked=linked), photos=(photo,))
    figure = page_of(article).xpath("//figure[@class='lead']")[0]
    (link,) = figure.xpath(".//a")
    assert (link.text, link.get("href")) == (shown, "https://example.org/p")
    assert figure.text_content().strip() == f"A door. {shown}."
    assert figure.xpath(".//@title") == ([] if shown == "A. Novak" else ["A. Novak"])


def test_what_prints_no_link_names_whose_picture_it_is() -> None:
    photo = replace(PHOTO, credit_url="https://example.org/p")
    article = replace(styled(linked="Credits"), photos=(photo,))
    assert "A door. A. Novak." in text_writer.write(article)[0].data.decode()
    head = markdown_writer.write(article)[0].data.decode()
    assert '"credit": "A. Novak.", "creditURL": "https://example.org/p"' in head
    assert "Credit: A. Novak.\n" in wordpress_writer.write(article)[1].data.decode()


def test_the_magazines_own_word_in_a_foreign_text_is_marked_as_such() -> None:
    photo = replace(INLINE, caption="حقول.", credit="نور")
    article = replace(ENGLISH, language="ar", direction="rtl", photos=(ENGLISH.photos[0], photo), blocks=())
    page = page_of(article)
    (own,) = page.xpath("//figure[@class='photo']/figcaption/span")
    assert (own.get("lang"), own.get("dir"), own.text.strip()) == ("en", "ltr", "Source:")
    assert page.xpath("//figure[@class='photo']/figcaption/bdi/text()") == ["نور"]
    assert "Source: نور." in wordpress_blocks.content(article)
