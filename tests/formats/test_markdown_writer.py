from dataclasses import replace

import pytest

from app.domain.article import Change, ChangeKind, Figure, Footnote, ListBlock, ListItem, Paragraph, Span
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


def test_the_correction_and_the_author_stand_below_the_text() -> None:
    article = replace(
        BARE, blocks=(Paragraph("b1", (Span("Text"),)),), correction="1. May: mended.", bio="Li *Wei*"
    )
    assert text(article).endswith("\nText\n\n* * *\n\n1\\. May: mended.\n\nLi \\*Wei\\*\n")
