from dataclasses import replace

import pytest

from app.domain.article import (
    Align,
    Block,
    Cell,
    Change,
    ChangeKind,
    Direction,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Span,
    Table,
)
from app.domain.article_json import from_json
from app.domain.public import PublicArticle
from app.formats import front_matter
from app.formats.markdown_reader import read
from app.formats.markdown_writer import write
from tests.support.public_articles import ARABIC, CHINESE, ENGLISH

BARE = replace(
    ENGLISH,
    blocks=(),
    footnotes=(),
    photos=(),
    correction="",
    bio="",
    date="",
    updated="",
    tags=(),
    regions=(),
    translator="",
    dateline="",
    byline="",
    section="",
    canonical_url="",
    standfirst="",
)


def text(article: PublicArticle) -> str:
    return write(article)[0].data.decode()


@pytest.mark.parametrize("article", [ENGLISH, CHINESE, ARABIC])
def test_a_site_finds_its_fields_and_the_photographs_lie_beside(article: PublicArticle) -> None:
    main, *others = write(article)
    assert (main.name, main.media_type) == (f"{article.slug}.md", "text/markdown")
    assert [file.name for file in others] == [photo.name for photo in article.photos]
    fields, body = front_matter.split(main.data.decode())
    assert fields["title"] == article.headline
    assert fields["authors"] == [article.byline]
    assert fields["draft"] is False
    assert fields["image"]["src"] == next(photo.name for photo in article.photos if photo.lead)
    assert all(f"]({photo.name})" in body for photo in article.photos if not photo.lead)
    assert write(article) == write(article)


@pytest.mark.parametrize("article", [ENGLISH, CHINESE, ARABIC])
def test_the_text_reads_back(article: PublicArticle) -> None:
    found = from_json(read(write(article)[0].data, {}).value["article"])
    assert found.headline == article.headline
    assert found.byline == article.byline
    assert len(found.footnotes) == len(article.footnotes)


def test_nothing_is_said_of_what_is_not_there() -> None:
    assert text(BARE) == (
        f'---\ntitle: "{BARE.headline}"\nslug: "{BARE.slug}"\ndraft: true\nlanguage: "en"\n---\n'
    )


def test_no_id_author_of_a_change_or_odd_link_leaves() -> None:
    change = Change(ChangeKind.DELETION, "Secret Editor", "2026-01-01T00:00:00Z")
    article = replace(
        BARE,
        blocks=(
            Paragraph(
                "01JDSECRET",
                (
                    Span("kept"),
                    Span("cut", change=change),
                    Span("x", link="javascript:x"),
                    Span(note="01JDNOTE"),
                    Span(note="gone"),
                ),
            ),
            ListBlock("b2", items=(ListItem((Span("one"),)),)),
            ListBlock("b3", items=(ListItem((Span("two"),)),)),
            Figure("b4", "nowhere"),
        ),
        footnotes=(Footnote("01JDNOTE", (Paragraph("b5", (Span("Note."),)),)),),
    )
    assert text(article).split("---\n")[-1] == "\nkeptx[^1]\n\n- one\n\n<!-- -->\n\n- two\n\n[^1]: Note.\n"


NOTE = Footnote("n1", (Paragraph("x", (Span("Told below."),)),))


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("b1", (Span("Verse"), Span(note="n1")), Align.CENTER),
        Paragraph("b1", (Span("نص"), Span(note="n1")), direction=Direction.RTL),
        Heading("b1", 2, (Span("Head"), Span(note="n1")), direction=Direction.RTL),
        Quote("b1", (Paragraph("b2", (Span("Pulled"), Span(note="n1"))),), pull=True),
    ],
)
def test_a_note_stays_a_note_whatever_its_paragraph_looks_like(block: Block) -> None:
    written = text(replace(BARE, blocks=(block,), footnotes=(NOTE,)))
    assert "[^1]\n" in written
    assert written.endswith("\n[^1]: Told below.\n")


def test_a_note_that_a_site_would_not_find_is_told_in_the_text() -> None:
    cells = ((Cell((Span("Wide"), Span(note="n1")), columns=2),), (Cell((Span("a"),)), Cell((Span("b"),))))
    other = Footnote("n2", (Paragraph("y", (Span("Nobody *names* this."),)),))
    written = text(replace(BARE, blocks=(Table("b1", cells),), footnotes=(NOTE, other)))
    assert "\n<sup>1</sup> Told below.\n" in written
    assert "\n<sup>2</sup> Nobody \\*names\\* this.\n" in written
    assert "[^" not in written


def test_the_direction_of_the_whole_text_is_said_once() -> None:
    blocks = (
        Heading("b1", 2, (Span("عنوان"),), direction=Direction.RTL),
        Paragraph("b2", (Span("نص"),), direction=Direction.RTL),
        Paragraph("b3", (Span("left"),), direction=Direction.LTR),
    )
    written = text(replace(BARE, language="ar", direction="rtl", blocks=blocks))
    assert 'direction: "rtl"' in written
    assert written.endswith('\n## عنوان\n\nنص\n\n<p dir="ltr">left</p>\n')


def test_the_correction_and_the_author_stand_below_the_text() -> None:
    article = replace(
        BARE, blocks=(Paragraph("b1", (Span("Text"),)),), correction="1. May: mended.", bio="Li *Wei*"
    )
    assert text(article).endswith("\nText\n\n* * *\n\n1\\. May: mended.\n\nLi \\*Wei\\*\n")
