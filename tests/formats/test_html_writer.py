"""The finished page: what it has, what it may never have, and that it is the same everywhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import fields, replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from lxml import html

from app import assets
from app.domain.article import (
    Change,
    ChangeKind,
    Direction,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Span,
)
from app.domain.language import direction_of
from app.domain.magazine_page import Appeal, Labels, Link
from app.domain.public import Office, PublicArticle, Teaser
from app.formats import html_head, html_writer, printed
from tests.support.public_articles import ARABIC, CHINESE, ENGLISH

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\u2028'


def page(article: PublicArticle) -> str:
    return html_writer.write(article)[0].data.decode("utf-8")


def tree(article: PublicArticle) -> html.HtmlElement:
    return html.document_fromstring(page(article))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_page_comes_first_and_each_photograph_is_a_file_beside_it() -> None:
    main, *photographs = html_writer.write(ENGLISH)
    assert (main.name, main.media_type) == ("the-valley-that-would-not-sign.html", "text/html")
    assert [file.name for file in photographs] == [photo.name for photo in ENGLISH.photos]
    sources = tree(ENGLISH).xpath("//img/@src")
    assert sources == [photo.name for photo in ENGLISH.photos]


def test_the_page_has_its_parts_in_order() -> None:
    text = words(tree(ENGLISH).find("body"))
    wanted = [
        "Skip to content", "Skip to footer", "Winter Review", "Belief, conscience and the law", "About China",
        "Home", "About China", "News", "The Valley That Would Not Sign", "A one-page declaration", "by Li Wei",
        "Translated by Lin Qiaoyue", "11/23/2026", "seen from the old road. Credits.", "Quiet Valley",
        "In the last week", "below the village. Source: Noor Halabieh.", "Correction", "Notes", "Regulation on",
        "Tagged With", "House Churches", "About the author", "is the pen name", "Related articles",
        "Twelve Villages", "Keep reading", "A hearing in Lyon", "Support Winter Review", "Give",
        "Masthead", "Editor-in-Chief", "Marta Veselka",
        "Henrik Aldobran", "Via dei Mulini 8", "+39 011 5550 142", "desk@winter-review.example",
        "Unpublished contributions", "© 2026", "Privacy",
    ]  # fmt: skip
    at = 0
    for part in wanted:
        assert part in text[at:], part
        at = text.index(part, at)


def test_the_lead_photograph_ends_in_its_credit_as_a_link() -> None:
    figure = tree(ENGLISH).xpath("//figure[@class='lead']")[0]
    link = figure.xpath(".//figcaption//a")[0]
    assert words(figure) == "Evening over the valley, seen from the old road. Credits."
    assert link.get("href") == "https://example.org/photographs/valley"
    image = figure.find("img")
    assert (image.get("width"), image.get("height"), image.get("alt")) == (
        "2000",
        "1250",
        "Hills in layers under a pale evening sky",
    )


def test_notes_count_in_reading_order_and_lead_back_to_every_reference() -> None:
    document = tree(ENGLISH)
    references = document.xpath("//sup[@class='ref']/a")
    assert [(link.text, link.get("href"), link.get("id")) for link in references] == [
        ("1", "#note-1", "ref-1"),
        ("2", "#note-2", "ref-2"),
        ("1", "#note-1", "ref-1-2"),
    ]
    first = document.get_element_by_id("note-1")
    assert [link.get("href") for link in first.xpath(".//a[@class='back']")] == ["#ref-1", "#ref-1-2"]
    for target in document.xpath("//a[starts-with(@href, '#')]/@href"):
        assert document.get_element_by_id(target[1:]) is not None


def test_every_id_stands_once() -> None:
    for article in (ENGLISH, CHINESE, ARABIC):
        ids = tree(article).xpath("//@id")
        assert len(ids) == len(set(ids))


def test_headings_never_skip_a_level() -> None:
    levels = [int(heading.tag[1]) for heading in tree(ENGLISH).xpath("//h1|//h2|//h3")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_tag_is_closed_where_it_should_be() -> None:
    class Nesting(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in {"meta", "link", "img", "br", "hr"}:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    for article in (ENGLISH, CHINESE, ARABIC):
        nesting = Nesting()
        nesting.feed(page(article))
        assert nesting.open == []


def test_the_page_asks_nobody_for_anything() -> None:
    text = page(ENGLISH)
    document = tree(ENGLISH)
    assert (
        document.xpath("//script/@src | //link[@rel!='canonical'] | //iframe | //form | //object | //base")
        == []
    )
    assert "data:" not in text
    assert "url(" not in text
    assert "@import" not in text
    assert [script.get("type") for script in document.iter("script")] == ["application/ld+json"]
    assert not re.search(r"<[^>]+\s(on\w+|style)=", text)


def test_the_policy_names_the_style_that_stands_in_the_page() -> None:
    document = tree(ENGLISH)
    policy = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = document.find("head/style").text
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy
    assert policy.startswith("default-src 'none'; img-src 'self'; style-src 'sha256-")


def test_words_from_outside_never_become_markup() -> None:
    article = replace(
        ENGLISH,
        headline=EVIL,
        standfirst=EVIL,
        byline=EVIL,
        byline_url="javascript:alert(1)",
        dateline=EVIL,
        date_text=EVIL,
        section=EVIL,
        breadcrumb=(Link(EVIL, "data:text/html,x"),),
        canonical_url="javascript:x",
        blocks=(
            Paragraph(
                "b1", (Span(EVIL, link='https://example.org/"onmouseover="x'), Span("x", language=EVIL))
            ),
            Heading("b2", 2, (Span(EVIL, link="javascript:alert(1)"),)),
            Figure("b3", "p2"),
        ),
        footnotes=(Footnote("n1", (Paragraph("b4", (Span(EVIL),)),)),),
        photos=tuple(
            replace(photo, caption=EVIL, credit=EVIL, credit_url=EVIL, source_line=EVIL, alt=EVIL)
            for photo in ENGLISH.photos
        ),
        bio=EVIL,
        tags=(EVIL,),
        correction=EVIL,
        related=(Teaser(EVIL, "javascript:x", EVIL, EVIL),),
        keep_reading=(Teaser(EVIL, "javascript:x", EVIL, EVIL),),
        magazine=replace(
            ENGLISH.magazine,
            masthead=(Office("director", EVIL, (EVIL,)),),
            appeals=(Appeal(EVIL, EVIL, EVIL, "javascript:x"),),
            submit=Appeal(EVIL, EVIL, EVIL, "javascript:x"),
            labels=Labels(*[EVIL] * len(fields(Labels))),
        ),
        draft=True,
    )
    document = tree(article)
    assert document.xpath("//@onerror | //@onmouseover") == []
    assert len(list(document.iter("script"))) == 1
    assert not [url for url in document.xpath("//@href") if not re.match(r"https?://|mailto:|#", url)]
    assert json.loads(document.xpath("//script")[0].text)["@graph"][0]["headline"].startswith('"><script>')


def test_links_that_are_not_for_readers_stay_words() -> None:
    for address in (
        "javascript:x",
        "ftp://a/b",
        "file:///etc",
        "//host/x",
        "http:",
        "https://a b",
        "mailto:x",
        "http://[x",
    ):
        assert printed.safe_link(address) == ""
    for address in ("https://example.org/ü?a=b&c=d#e", "mailto:desk@magazine.example", "HTTP://EXAMPLE.ORG"):
        assert printed.safe_link(address) == address


def test_deleted_text_is_not_printed() -> None:
    gone = Span("the real name", change=Change(ChangeKind.DELETION))
    article = replace(ENGLISH, blocks=(Paragraph("b1", (gone, Span("kept"))),))
    assert "the real name" not in page(article)


def test_search_engines_are_told_what_readers_see() -> None:
    article, breadcrumb = json.loads(tree(ENGLISH).xpath("//script")[0].text)["@graph"]
    assert article["@type"] == "NewsArticle"
    assert article["author"] == {"@type": "Person", "name": "Li Wei", "url": ENGLISH.byline_url}
    assert article["datePublished"] == ENGLISH.date
    assert article["image"][0]["contentUrl"] == ENGLISH.canonical_url + ENGLISH.photos[0].name
    assert article["publisher"]["member"][0]["roleName"] == "Editor-in-Chief"
    assert article["publisher"]["address"].startswith("Winter Review Association, Via dei Mulini 8")
    assert article["editor"] == [{"@type": "Person", "name": "Marta Veselka"}]
    assert article["accountablePerson"] == [{"@type": "Person", "name": "Henrik Aldobran"}]
    assert article["correction"]["@type"] == "CorrectionComment"
    assert [step["position"] for step in breadcrumb["itemListElement"]] == [1, 2, 3]
    metas = {
        (element.get("property") or element.get("name")): element.get("content")
        for element in tree(ENGLISH).iter("meta")
    }
    assert metas["og:title"] == ENGLISH.headline
    assert "og:locale" not in metas
    assert ("property", "og:locale", "zh_TW") in html_head.meta(replace(ENGLISH, language="zh-Hant-TW"))
    assert metas["og:image"] == ENGLISH.canonical_url + ENGLISH.photos[0].name
    assert metas["article:published_time"] == ENGLISH.date
    assert [value for _, name, value in html_head.meta(ENGLISH) if name == "article:tag"] == list(
        ENGLISH.tags
    )


def test_without_a_byline_the_magazine_is_the_author() -> None:
    bare = replace(
        ENGLISH, byline="", bio="", photos=(), canonical_url="", date="", breadcrumb=(), headline="word " * 40
    )
    node = json.loads(tree(bare).xpath("//script")[0].text)["@graph"][0]
    assert node["author"] == {"@type": "NewsMediaOrganization", "name": "Winter Review"}
    assert len(node["headline"]) <= 110
    assert "og:image" not in page(bare)
    assert "author-box" not in page(bare).split("</style>")[1]


def test_an_empty_article_still_makes_a_page() -> None:
    empty = replace(
        ENGLISH, headline="", standfirst="", byline="", translator="", dateline="", date="", section="",
        breadcrumb=(), blocks=(), footnotes=(), photos=(), bio="", tags=(), correction="", related=(), keep_reading=(),
    )  # fmt: skip
    assert tree(empty).xpath("//main/article")
    assert not tree(empty).xpath("//div[@class='byline']")


def test_the_byline_and_the_author_box_lead_to_the_author() -> None:
    document = tree(ENGLISH)
    (link,) = document.xpath("//p[@class='by']//a")
    assert (link.text, link.get("href")) == ("Li Wei", ENGLISH.byline_url)
    (address,) = document.xpath("//section[@class='author-box']//p[@class='address']//a")
    assert (address.text, address.get("href")) == ("winter-review.example/author/li-wei", ENGLISH.byline_url)
    assert not tree(replace(ENGLISH, byline_url="")).xpath("//p[@class='by']//a | //p[@class='address']")


def test_another_piece_is_announced_in_its_own_language_with_its_sentence() -> None:
    other = Teaser("الباب", "https://winter-review.example/d/", "كان مفتاحها معلّقًا.", "ar")
    (entry,) = tree(replace(ENGLISH, keep_reading=(other,))).xpath("//section[@class='keep-reading']//li")
    assert (entry.get("lang"), entry.get("dir")) == ("ar", "rtl")
    assert words(entry) == "الباب كان مفتاحها معلّقًا."


def test_a_draft_says_so_and_asks_not_to_be_found() -> None:
    document = tree(replace(ENGLISH, draft=True))
    assert words(document.xpath("//p[@class='draft']")[0]) == "Draft, not for publication · ED-2026-0412"
    assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not tree(ENGLISH).xpath("//p[@class='draft'] | //meta[@name='robots']")


def test_a_page_that_changed_since_says_when() -> None:
    changed = replace(ENGLISH, updated="2026-11-25T10:00:00+01:00", updated_text="11/25/2026")
    assert "Updated on 11/25/2026" in words(tree(changed))


def test_a_page_that_runs_from_right_to_left_says_so_and_its_frame_does_not() -> None:
    document = tree(ARABIC)
    assert (document.get("lang"), document.get("dir")) == ("ar", "rtl")
    head = document.xpath("//header[@class='masthead']")[0]
    assert (head.get("lang"), head.get("dir")) == ("en", "ltr")
    foreign = document.xpath("//div[@class='body']//span[@lang='en']")[0]
    assert foreign.get("dir") == "ltr"
    assert document.xpath("//nav[@class='breadcrumb']/ol/@lang | //p[@class='section']/@lang") == ["en", "en"]


def test_the_magazines_own_words_are_used() -> None:
    text = words(tree(CHINESE).find("body"))
    assert "作者：李微" in text
    assert "村下的梯田。来源：努尔。" in text
    assert "注释" in text
    assert "Notes" not in text


def test_no_photograph_is_lost_or_printed_twice() -> None:
    body = (Figure("b1", "p1"), Figure("b2", "unknown"), Paragraph("b3", (Span("x"),)))
    sources = tree(replace(ENGLISH, blocks=body)).xpath("//img/@src")
    assert sources == [photo.name for photo in ENGLISH.photos]


def test_lists_count_from_where_they_start_and_paragraphs_keep_their_direction() -> None:
    blocks = (
        ListBlock("b1", ordered=True, start=4, items=(ListItem((Span("four"),)),)),
        Paragraph("b2", (Span("שלום"),), direction=Direction.RTL),
    )
    document = tree(replace(ENGLISH, blocks=blocks))
    assert document.xpath("//div[@class='body']//ol")[0].get("start") == "4"
    assert document.xpath("//div[@class='body']//p[@dir='rtl']")[0].text == "שלום"


def test_a_note_without_text_or_reference_is_still_listed() -> None:
    article = replace(
        ENGLISH,
        blocks=(Paragraph("b1", (Span(note="n9"), Span(note="n1"))),),
        footnotes=(Footnote("n0", (Paragraph("x", (Span("never named"),)),)), Footnote("n1")),
    )
    notes = tree(article).xpath("//section[@class='notes']//li")
    assert [words(note) for note in notes] == ["↩\ufe0e", "never named"]


def test_verse_keeps_its_lines() -> None:
    verse = tree(ENGLISH).xpath("//div[@class='body']//p[@class='center']")[0]
    assert len(verse.findall("br")) == 2


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("A hill", "A hill."),
        ("A hill!", "A hill!"),
        ("“A hill.”", "“A hill.”"),
        ("山", "山。"),
        ("山。", "山。"),
        ("تل", "تل."),
        ("", ""),
        ("언덕", "언덕."),
    ],
)
def test_a_caption_ends_in_a_full_stop_of_its_script(words: str, wanted: str) -> None:
    assert printed.ended(words) == wanted


def test_scripts_know_their_direction() -> None:
    assert [direction_of(tag) for tag in ("ar", "ug", "he-IL", "ug-Cyrl", "az-Arab", "en", "zh-Hans")] == [
        "rtl", "rtl", "rtl", "ltr", "rtl", "ltr", "ltr",
    ]  # fmt: skip


def test_text_can_be_read_on_its_ground_in_both_schemes() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text."""
    style = assets.text("page/article.css")
    schemes = re.findall(r":root \{(.*?)\}", style, re.S)[:2]
    for scheme in schemes:
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", scheme))
        for front, back in (
            ("ink", "paper"), ("ink", "rail"), ("ink", "snow"), ("slate", "paper"), ("slate", "rail"),
            ("pine", "paper"), ("pine", "snow"), ("pine", "rail"), ("pine", "pine-wash"),
            ("ink", "pine-wash"), ("paper", "pine"),
        ):  # fmt: skip
            assert _contrast(colours[front], colours[back]) >= 4.5, (front, back)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
