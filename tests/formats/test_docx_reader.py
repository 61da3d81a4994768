"""Word files as articles: text, structure, and what the report says of the rest."""

from __future__ import annotations

import io

import docx
import pytest

from app.domain.article import (
    Heading,
    Mark,
    Paragraph,
    Quote,
    Span,
)
from app.domain.plain_text import plain_text
from tests.support.word_files import (
    packed,
    paragraph,
    parts_of,
    read_word,
    run,
    word_file,
)


def test_the_title_becomes_the_headline_and_the_subtitle_the_standfirst() -> None:
    body = (
        paragraph("Above all")
        + paragraph("The sealed door", "Title")
        + paragraph("How a congregation", "Sub")
        + paragraph("lost its house", "Sub")
        + paragraph("Part one", "berschrift1")
    )
    article, report, _ = read_word(word_file(body))
    assert article.headline == "The sealed door"
    assert article.standfirst == "How a congregation lost its house"
    assert [type(block) for block in article.blocks] == [Paragraph, Heading]
    assert report == []


def test_the_first_heading_1_is_the_headline_where_no_title_is() -> None:
    body = paragraph("Chengdu", "berschrift1") + paragraph("Text") + paragraph("Two", "berschrift1")
    article, _, _ = read_word(word_file(body))
    assert article.headline == "Chengdu"
    assert article.blocks == (Paragraph("b1", (Span("Text"),)), Heading("b2", 2, (Span("Two"),)))


def test_a_heading_1_deep_in_the_text_is_a_section_where_others_follow() -> None:
    text = "".join(paragraph(f"Paragraph {number}") for number in range(5))
    article, _, _ = read_word(
        word_file(text + paragraph("One", "berschrift1") + paragraph("Two", "berschrift1"))
    )
    assert article.headline == ""
    assert [block.level for block in article.blocks if isinstance(block, Heading)] == [2, 2]


def test_a_single_late_heading_1_is_the_headline() -> None:
    text = "".join(paragraph(f"Paragraph {number}") for number in range(5))
    article, _, _ = read_word(word_file(text + paragraph("One", "berschrift1") + paragraph("End")))
    assert article.headline == "One"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("The case of Li", "The case of Li"),
        ("Microsoft Word - draft 3.doc", ""),
        ("Document1", ""),
        ("17", ""),
    ],
)
def test_a_title_property_counts_only_when_a_person_wrote_it(title: str, headline: str) -> None:
    document = docx.Document()
    document.core_properties.title = title
    document.add_paragraph("The case of Li")
    document.add_paragraph("Text")
    out = io.BytesIO()
    document.save(out)
    article, _, result = read_word(out.getvalue())
    assert (article.headline, result.value["title"]) == (headline, headline)
    assert len(article.blocks) == (1 if headline else 2)


def test_a_single_line_stays_text_where_the_title_property_says_the_same() -> None:
    document = docx.Document()
    document.core_properties.title = "They closed the hall."
    document.add_paragraph("They closed the hall.")
    out = io.BytesIO()
    document.save(out)
    article, _, _ = read_word(out.getvalue())
    assert (article.headline, plain_text(article)) == ("", "They closed the hall.")


def test_headings_are_told_through_inheritance_and_outline_levels() -> None:
    body = (
        paragraph("Head", "Title")
        + paragraph("Own", "Own")
        + paragraph("Deep", "Deep")
        + paragraph("Direct", "", '<w:outlineLvl w:val="2"/>')
        + paragraph("Not any more", "Own", '<w:outlineLvl w:val="9"/>')
    )
    article, _, _ = read_word(word_file(body))
    levels = [block.level if isinstance(block, Heading) else 0 for block in article.blocks]
    assert levels == [2, 3, 3, 0]


def test_styles_are_told_by_their_names_where_the_styles_are_missing() -> None:
    parts = parts_of(
        paragraph("Die Tür", "Titel") + paragraph("Eins", "berschrift1") + paragraph("引言", "Quote")
    )
    del parts["word/styles.xml"], parts["word/numbering.xml"]
    article, _, _ = read_word(packed(parts))
    assert article.headline == "Die Tür"
    assert [type(block) for block in article.blocks] == [Heading, Quote]


def test_marks_come_from_runs_and_styles_and_two_styles_cancel_each_other() -> None:
    body = paragraph(
        run("b", "<w:b/>")
        + run("i", '<w:rStyle w:val="Emphasis"/>')
        + run("s", "<w:dstrike/>")
        + run("c", '<w:smallCaps w:val="true"/>')
        + run("up", '<w:vertAlign w:val="superscript"/>')
        + run("down", '<w:position w:val="-6"/><w:sz w:val="14"/>')
        + run("off", '<w:b w:val="0"/>')
        + run("rtl", "<w:rtl/><w:bCs/><w:i/>")
    ) + paragraph(run("loud") + run("quiet", '<w:rStyle w:val="Bold"/>'), "Strong")
    article, _, _ = read_word(word_file(body))
    marks = [(span.text, set(span.marks)) for span in article.blocks[0].spans]  # type: ignore[union-attr]
    assert marks == [
        ("b", {Mark.BOLD}),
        ("i", {Mark.ITALIC}),
        ("s", {Mark.STRIKETHROUGH}),
        ("c", {Mark.SMALL_CAPS}),
        ("up", {Mark.SUPERSCRIPT}),
        ("down", {Mark.SUBSCRIPT}),
        ("off", set()),
        ("rtl", {Mark.BOLD}),
    ]
    assert article.blocks[1].spans == (Span("loud", frozenset({Mark.BOLD})), Span("quiet"))  # type: ignore[union-attr]


def test_the_look_of_a_heading_or_quotation_is_no_mark() -> None:
    body = (
        paragraph("Head", "Title")
        + paragraph(run("Bold from end to end", "<w:b/>"), "berschrift2")
        + paragraph(run("Said ") + run("he", '<w:rStyle w:val="Emphasis"/>'), "Quote")
    )
    article, _, _ = read_word(word_file(body))
    assert article.blocks[0] == Heading("b1", 2, (Span("Bold from end to end"),))
    assert isinstance(article.blocks[1], Quote)
    assert article.blocks[1].paragraphs[0].spans == (Span("Said "), Span("he", frozenset({Mark.ITALIC})))


def test_what_the_article_has_no_look_for_is_counted() -> None:
    body = paragraph(
        run("one", '<w:u w:val="single"/>') + run("two", '<w:u w:val="single"/><w:b/>') + run("three")
    )
    body += paragraph(
        run("four", '<w:u w:val="single"/>') + run("five", '<w:highlight w:val="yellow"/><w:caps/>')
    )
    _, report, _ = read_word(word_file(body))
    assert sorted(report) == [
        "1 passage was highlighted",
        "1 passage was shown in capitals",
        "2 passages were underlined",
    ]


def test_links_keep_only_addresses_of_web_and_mail() -> None:
    body = paragraph(
        f'<w:hyperlink r:id="web">{run("web")}</w:hyperlink><w:hyperlink r:id="bad">{run("bad")}</w:hyperlink>'
        f'<w:hyperlink w:anchor="_Toc1">{run("inside")}</w:hyperlink>'
        f"<w:fldSimple w:instr=' HYPERLINK \"mailto:a@b.example\" '>{run('mail')}</w:fldSimple>"
    )
    links = {
        "web": ("hyperlink", "https://example.org/a b"),
        "bad": ("hyperlink", "file:///C:/Users/x/y.doc"),
    }
    article, report, _ = read_word(word_file(body, links))
    spans = article.blocks[0].spans  # type: ignore[union-attr]
    assert [(span.text, span.link) for span in spans] == [
        ("web", "https://example.org/a%20b"),
        ("badinside", ""),
        ("mail", "mailto:a@b.example"),
    ]
    assert report == [
        "1 link that is no address of the web or of mail was left out",
        "1 link inside the document was left out",
    ]


def _field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_results_of_fields_stay_and_page_numbers_and_contents_go() -> None:
    body = paragraph(_field(' HYPERLINK "https://example.org" \\l "part" ', run("there")) + run(" on "))
    body += paragraph(_field(" PAGE ", run("17")) + run("page ") + _field("DATE", run("Monday")))
    body += (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("Chapter one")}</w:p>'
        f'<w:p>{run(" 5")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ) + paragraph(_field("DDEAUTO cmd", run("kept")))
    article, report, _ = read_word(word_file(body))
    assert plain_text(article) == "there on\n\npage Monday\n\nkept"
    assert article.blocks[0].spans[0].link == "https://example.org#part"  # type: ignore[union-attr]
    assert report == [
        "1 automatic page number was left out",
        "1 field asks for another file or program; it was not followed",
        "A table of contents or an index was left out: Chapter one 5",
    ]


def test_a_field_without_an_end_swallows_nothing() -> None:
    body = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    body += f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("All the text")}</w:p>' + paragraph(
        "and more"
    )
    article, _, _ = read_word(word_file(body))
    assert plain_text(article) == "All the text\n\nand more"


def test_old_form_fields_show_their_state() -> None:
    body = paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
        '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="no"/>'
        '<w:listEntry w:val="yes"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert plain_text(read_word(word_file(body))[0]) == "☒yes"
