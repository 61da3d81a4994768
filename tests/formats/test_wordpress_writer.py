"""Block markup that the WordPress editor takes as its own, and the list of photographs."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from lxml import html

from app.domain.article import (
    Align,
    Direction,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Span,
    Table,
)
from app.formats import wordpress_blocks, wordpress_writer
from app.formats.wordpress_blocks import Media
from tests.support.public_articles import ARABIC, CHINESE, ENGLISH

_COMMENT = re.compile(r"<!-- (/?)wp:([a-z-]+)(?: (\{.*?\}))? (/?)-->")


def names(content: str) -> list[str]:
    """Names of the blocks, in the order in which they open, once it is sure that all of them close."""
    opened: list[str] = []
    seen: list[str] = []
    for closing, name, attributes, empty in _COMMENT.findall(content):
        if attributes:
            json.loads(attributes)
        if closing:
            assert opened.pop() == name
        else:
            seen.append(name)
            if not empty:
                opened.append(name)
    assert opened == []
    return seen


def test_the_files_are_content_list_and_photographs() -> None:
    files = wordpress_writer.write(ENGLISH)
    assert [file.name for file in files] == [
        "the-valley-that-would-not-sign.wordpress.html",
        "the-valley-that-would-not-sign.wordpress.txt",
        *(photo.name for photo in ENGLISH.photos),
    ]
    listed = files[1].data.decode().splitlines()
    for line in (
        "Title: The Valley That Would Not Sign",
        "Category: News",
        "Byline: Li Wei",
        "Featured image: the-valley-that-would-not-sign-01.jpg",
    ):
        assert line in listed


def test_blocks_open_and_close_in_order() -> None:
    seen = names(wordpress_blocks.content(ENGLISH))
    assert set(seen) == {
        "paragraph", "heading", "quote", "image", "pullquote", "list", "list-item", "table", "separator", "columns",
        "column", "html",
    }  # fmt: skip
    for article in (CHINESE, ARABIC):
        assert names(wordpress_blocks.content(article))


def test_nothing_but_white_space_stands_between_blocks() -> None:
    content = wordpress_writer.write(ENGLISH)[0].data.decode()
    depth, at = 0, 0
    for match in _COMMENT.finditer(content):
        if depth == 0:
            assert not content[at : match.start()].strip()
        depth += -1 if match[1] else 0 if match[4] else 1
        at = match.end()
    assert not content[at:].strip()


def test_a_photograph_is_an_image_block_whose_caption_ends_in_its_source() -> None:
    content = wordpress_blocks.content(ENGLISH)
    name = ENGLISH.photos[1].name
    assert (
        '<!-- wp:image {"sizeSlug":"large","linkDestination":"none"} -->\n'
        f'<figure class="wp-block-image size-large"><img src="{name}" alt="Terraced fields on a hillside"/>'
        '<figcaption class="wp-element-caption">The terraces below the village. Source: Noor Halabieh.</figcaption>'
        "</figure>\n<!-- /wp:image -->"
    ) in content
    assert ENGLISH.photos[0].name not in content


def test_what_the_site_made_of_a_photograph_is_named_by_id() -> None:
    media = {"p2": Media(123, "https://site.example/uploads/valley-02.jpg")}
    content = wordpress_blocks.content(ENGLISH, media)
    assert '<!-- wp:image {"id":123,"sizeSlug":"large","linkDestination":"none"} -->' in content
    assert 'src="https://site.example/uploads/valley-02.jpg"' in content
    assert 'class="wp-image-123"/>' in content


def test_notes_stand_at_the_end_or_in_the_field_of_the_site() -> None:
    listed = html.fromstring("<div>" + wordpress_blocks.content(ENGLISH) + "</div>")
    assert {link.get("href") for link in listed.iter("a")} >= {"#note-1", "#note-2", "#ref-1", "#ref-2"}
    ids = sorted(name for element in listed.iter() if (name := element.get("id")))
    assert ids == ["note-1", "note-2", "ref-1", "ref-2"]
    own = wordpress_blocks.content(ENGLISH, own_notes=True)
    meta = wordpress_blocks.footnotes_meta(ENGLISH)
    notes = json.loads(meta)
    assert "\n" not in meta
    assert [list(note) for note in notes] == [["content", "id"], ["content", "id"]]
    assert own.rstrip().endswith("121.</p>\n<!-- /wp:paragraph -->")
    assert "<!-- wp:footnotes /-->" in own
    first = notes[0]["id"]
    assert f'<sup data-fn="{first}" class="fn"><a href="#{first}" id="{first}-link">1</a></sup>' in own
    assert own.count(f'id="{first}-link"') == 1


def test_an_article_without_notes_has_no_list_of_them() -> None:
    content = wordpress_blocks.content(replace(ENGLISH, footnotes=()))
    assert "wp:html" not in content
    assert "<sup><a" not in content


def test_shapes_that_wordpress_saves_in_its_own_way() -> None:
    item = ListItem((Span("x"),))
    blocks = (
        Heading("b1", 3, (Span("Three"),)),
        ListBlock("b2", True, 4, (item,)),
        Paragraph("b3", (Span("end"),), Align.END),
        Paragraph("b4", (Span("סוף"),), Align.END, Direction.RTL),
        Quote("b5", (Paragraph("b6", (Span("pulled"),)),), (Span("A lawyer"),), pull=True),
        Table("b7"),
    )
    content = wordpress_blocks.content(
        replace(ENGLISH, blocks=blocks, photos=(), footnotes=(), correction="")
    )
    for wanted in (
        '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading">Three</h3>',
        '<!-- wp:list {"ordered":true,"start":4} -->\n<ol start="4" class="wp-block-list">',
        '<!-- wp:paragraph {"align":"right"} -->\n<p class="has-text-align-right">end</p>',
        '<!-- wp:paragraph {"align":"left","direction":"rtl"} -->\n<p class="has-text-align-left" dir="rtl">סוף</p>',
        '<figure class="wp-block-pullquote"><blockquote><p>pulled</p><cite>A lawyer</cite></blockquote></figure>',
        '<figure class="wp-block-table"><table></table></figure>',
    ):
        assert wanted in content


def test_a_text_says_where_it_runs_otherwise_than_the_site() -> None:
    arabic = wordpress_blocks.content(ARABIC)
    assert '<!-- wp:paragraph {"direction":"rtl"} -->\n<p dir="rtl">في الأسبوع' in arabic
    own = replace(ARABIC, magazine=replace(ARABIC.magazine, language="ar"))
    assert "<p>في الأسبوع" in wordpress_blocks.content(own)
    assert 'dir="ltr"' not in wordpress_blocks.content(ENGLISH)


def test_words_from_outside_never_become_blocks() -> None:
    evil = '--> <!-- wp:html --><script>x</script> -- "q" & <b>'
    article = replace(
        ENGLISH,
        headline=evil,
        standfirst=evil,
        bio=evil,
        blocks=(
            Paragraph("b1", (Span(evil, link="javascript:x"), Span(note="n1"))),
            Heading("b2", 2, (Span(evil),)),
        ),
        footnotes=(Footnote("n1", (Paragraph("b3", (Span(evil),)),)),),
        photos=tuple(
            replace(photo, caption=evil, credit=evil, source_line=evil, alt=evil) for photo in ENGLISH.photos
        ),
        correction=evil,
    )
    content, listed = (file.data.decode() for file in wordpress_writer.write(article)[:2])
    assert "<script" not in content
    assert names(content) == ["paragraph", "heading", "image", "heading", "html", "paragraph"]
    assert evil in listed


def test_the_list_says_what_to_type_for_each_photograph() -> None:
    assert wordpress_writer.field_list(ENGLISH) == (
        "ED-2026-0412\n\n"
        "Title: The Valley That Would Not Sign\n"
        f"Excerpt: {ENGLISH.standfirst}\n"
        "Slug: the-valley-that-would-not-sign\n"
        "Byline: Li Wei\n"
        "Translator: Lin Qiaoyue\n"
        "Dateline: Quiet Valley\n"
        "Date: 2026-11-23T09:00:00+01:00\n"
        "Category: News\n"
        "Tags: China, House Churches, Registration Laws\n"
        "Featured image: the-valley-that-would-not-sign-01.jpg\n"
        f"About the author: {ENGLISH.bio}\n\n"
        "1. the-valley-that-would-not-sign-01.jpg  (2000 x 1250, featured image)\n"
        "   Caption: Evening over the valley, seen from the old road.\n"
        "   Credit: Credits.\n"
        "   Credit link: https://example.org/photographs/valley\n"
        "   Alternative text: Hills in layers under a pale evening sky\n\n"
        "2. the-valley-that-would-not-sign-02.jpg  (1200 x 800, in the text)\n"
        "   Caption: The terraces below the village.\n"
        "   Credit: Source: Noor Halabieh.\n"
        "   Alternative text: Terraced fields on a hillside\n"
    )
