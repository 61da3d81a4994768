"""Word files as articles: text, structure, and what the report says of the rest."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from PIL import Image

from app.domain.article import (
    Align,
    Direction,
    Figure,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Separator,
    Span,
    Table,
)
from app.domain.article_json import from_json
from app.domain.plain_text import plain_text
from app.formats import docx_reader
from tests.support.word_files import (
    NUMBERING,
    STYLES,
    packed,
    paragraph,
    part,
    parts_of,
    read_word,
    relations,
    run,
    word_file,
)


def _png(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2), colour).save(out, "PNG")
    return out.getvalue()


def _drawing(identifier: str, alt: str = "A door") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{identifier}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing></w:r>"
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


def _item(text: str, list_id: int, level: int = 0) -> str:
    return paragraph(text, "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_lists_nest_count_on_and_start_where_they_say() -> None:
    body = (
        _item("one", 1) + _item("under one", 1, 1) + _item("point", 2, 1) + _item("two", 1)
        + paragraph("between") + _item("three", 1) + _item("seven", 4)
        + paragraph("next") + _item("a", 2) + paragraph("styled", "Points")
    )  # fmt: skip
    article, report, _ = read_word(word_file(body))
    assert plain_text(article) == (
        "1. one\n   1. under one\n   - point\n2. two\n\nbetween\n\n3. three\n\n7. seven\n\nnext\n\n- a\n  - styled"
    )
    assert report == ["Lists that count in letters or other signs are numbered with digits"]
    first = article.blocks[0]
    assert isinstance(first, ListBlock)
    assert [block.id for block in first.items[0].lists] == ["b2", "b3"]


def test_a_list_without_its_part_is_one_of_points_and_zero_is_none() -> None:
    parts = parts_of(_item("a", 9) + _item("b", 0))
    del parts["word/numbering.xml"]
    article, _, _ = read_word(packed(parts))
    assert plain_text(article) == "- a\n\nb"


def test_the_number_of_a_heading_is_reported() -> None:
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    body = paragraph("Head", "Title") + paragraph("Part", "berschrift2", numbered)
    article, report, _ = read_word(word_file(body))
    assert isinstance(article.blocks[0], Heading)
    assert report == ["The automatic number of 1 heading was left out"]


def test_a_list_style_leads_to_the_list_it_names() -> None:
    styles = STYLES + (
        '<w:style w:type="numbering" w:styleId="Mine"><w:name w:val="Mine"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        NUMBERING.replace(
            '<w:num w:numId="1">',
            '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="Mine"/></w:abstractNum><w:num w:numId="1">',
            1,
        )
        + '<w:num w:numId="8"><w:abstractNumId w:val="8"/></w:num>'
    )
    article, _, _ = read_word(word_file(_item("one", 8), styles=styles, numbering=numbering))
    assert plain_text(article) == "1. one"


def test_quotations_join_and_scene_breaks_divide() -> None:
    ruled = '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'
    body = (
        paragraph("First", "Quote") + paragraph("Second", "Quote") + paragraph("* * *") + paragraph("Text")
        + f"<w:p><w:pPr>{ruled}</w:pPr></w:p>" + paragraph("End")
        + '<w:p><w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r></w:p>'
    )  # fmt: skip
    article, _, _ = read_word(word_file(body))
    assert [type(block) for block in article.blocks] == [
        Quote,
        Separator,
        Paragraph,
        Separator,
        Paragraph,
        Separator,
    ]
    assert len(article.blocks[0].paragraphs) == 2  # type: ignore[union-attr]


def test_an_attribution_belongs_to_its_quotation() -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Attribution"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="I"><w:name w:val="Intense Quote"/></w:style>'
    )
    body = (
        paragraph("Said", "I") + paragraph("— A teacher", "A") + paragraph("Other", "I")
        + paragraph("Text") + paragraph("Nobody", "A")
    )  # fmt: skip
    article, _, _ = read_word(word_file(body, styles=styles))
    first, second, *rest = article.blocks
    assert isinstance(first, Quote)
    assert isinstance(second, Quote)
    assert (first.pull, first.attribution, second.attribution) == (True, (Span("A teacher"),), ())
    assert [type(block) for block in rest] == [Paragraph, Paragraph]


def test_alignment_and_direction_of_paragraphs() -> None:
    body = (
        paragraph("c", "", '<w:jc w:val="center"/>')
        + paragraph("e", "", '<w:jc w:val="right"/>')
        + paragraph("j", "", '<w:jc w:val="both"/>')
        + paragraph("مرحبا", "", '<w:bidi/><w:jc w:val="left"/>')
        + paragraph("l", "", '<w:bidi w:val="0"/>')
    )
    article, _, _ = read_word(word_file(body))
    assert [(block.align, block.direction) for block in article.blocks] == [  # type: ignore[union-attr]
        (Align.CENTER, Direction.AUTO),
        (Align.END, Direction.AUTO),
        (Align.JUSTIFY, Direction.AUTO),
        (Align.NATURAL, Direction.RTL),
        (Align.NATURAL, Direction.AUTO),
    ]


def test_characters_that_are_elements() -> None:
    inner = (
        "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c\u00adc</w:t><w:softHyphen/><w:noBreakHyphen/><w:cr/>"
        '<w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F061"/>'
        '<w:sym w:font="Wingdings" w:char="F001"/><w:sym w:font="Arial" w:char="zz"/></w:r>'
        + run("ab", '<w:rFonts w:ascii="Symbol"/>')
        + run("\uf0a7", '<w:rFonts w:ascii="Wingdings"/>')
    )
    article, report, _ = read_word(word_file(paragraph(inner)))
    assert plain_text(article) == "a\nb\tcc\u2011\n✓α□□αβ▪"
    assert report == ["2 signs have no letter; □ stands for them"]


def test_white_space_of_the_xml_is_no_text() -> None:
    body = "<w:p><w:r><w:t>\n   one\n   two </w:t></w:r></w:p><w:p><w:r><w:t> </w:t></w:r></w:p>"
    assert plain_text(read_word(word_file(body))[0]) == "one two"


def test_tables_keep_their_spans_and_header_rows() -> None:
    def cell(text: str, shape: str = "") -> str:
        return f"<w:tc><w:tcPr>{shape}</w:tcPr>{paragraph(text)}</w:tc>"

    inner_table = f"<w:tbl><w:tr>{cell('x')}{cell('y')}</w:tr></w:tbl>"
    body = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("H", '<w:gridSpan w:val="2"/>') + cell("I") + "</w:tr><w:tr>"
        + cell("a", '<w:vMerge w:val="restart"/>') + cell("b")
        + f"<w:tc>{_item('li', 1)}{paragraph('p')}{inner_table}<w:p/></w:tc></w:tr><w:tr>"
        + cell("", "<w:vMerge/>") + cell("d") + cell("e")
        + "</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell("f")
        + cell("g", '<w:hMerge w:val="restart"/>') + cell("", '<w:hMerge w:val="continue"/>') + "</w:tr></w:tbl>"
    )  # fmt: skip
    article, report, _ = read_word(word_file(body))
    table = article.blocks[0]
    assert isinstance(table, Table)
    shown = [
        [("".join(s.text for s in c.spans), c.header, c.columns, c.rows) for c in row] for row in table.rows
    ]
    assert shown == [
        [("H", True, 2, 1), ("I", True, 1, 1)],
        [("a", False, 1, 2), ("b", False, 1, 1), ("1. li\np\nx | y", False, 1, 1)],
        [("d", False, 1, 1), ("e", False, 1, 1)],
        [("", False, 1, 1), ("f", False, 1, 1), ("g", False, 2, 1)],
    ]
    assert report == [
        "Tables inside tables were written as lines of their cell",
        "Lists inside tables were written as lines of their cell",
    ]


def test_a_table_of_one_cell_is_a_frame_around_text() -> None:
    body = f"<w:tbl><w:tr><w:tc>{paragraph('Head', 'berschrift1')}{paragraph('Text')}</w:tc></w:tr></w:tbl>"
    article, report, _ = read_word(word_file(body))
    assert (article.headline, plain_text(article)) == ("Head", "Head\n\nText")
    assert report == ["1 table of a single cell was opened: its text stands in the article"]


def test_footnotes_and_endnotes_come_with_their_formatting_in_order_of_reference() -> None:
    body = paragraph(
        run("A") + '<w:r><w:endnoteReference w:id="1"/></w:r>' + run("B") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + '<w:r><w:footnoteReference w:id="2"/><w:footnoteReference w:id="99"/></w:r>'
    )  # fmt: skip
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" Foot ")}{run("note", "<w:i/>")}</w:p>'
        "</w:footnote>"
        f'<w:footnote w:id="3">{paragraph("Nobody asks")}</w:footnote>'
    )
    article, report, _ = read_word(
        word_file(body, footnotes=notes, endnotes=f'<w:endnote w:id="1">{paragraph("End")}</w:endnote>')
    )
    assert [span.note or span.text for span in article.blocks[0].spans] == ["A", "n1", "B", "n2", "n2"]  # type: ignore[union-attr]
    assert article.footnotes[0].paragraphs == (Paragraph("b2", (Span("End"),)),)
    assert article.footnotes[1].paragraphs[0].spans == (Span("Foot "), Span("note", frozenset({Mark.ITALIC})))
    assert report == ["1 footnote is missing in the file", "A footnote that nothing refers to: Nobody asks"]


def test_comments_are_anchored_to_characters_and_answers_to_their_question() -> None:
    def edge(kind: str, identifier: int) -> str:
        return f'<w:comment{kind} w:id="{identifier}"/>'

    body = (
        paragraph("", "", "")
        + paragraph(run("Eleven ") + edge("RangeStart", 5) + run("believers") + edge("RangeEnd", 5)
                    + f"<w:r>{edge('Reference', 5)}</w:r>" + run(" were") + f"<w:r>{edge('Reference', 6)}</w:r>")
        + paragraph(edge("RangeStart", 8) + run("From here")) + paragraph(run("to there") + edge("RangeEnd", 8))
    )  # fmt: skip
    comments = "".join(
        f'<w:comment w:id="{key}" w:author="Ann" w:date="{date}"><w:p w14:paraId="{key}{key}"/>'
        f'<w:p w14:paraId="0{key}"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
        for key, date, text in (
            (5, "2026-01-02T03:04:05Z", "Is eleven confirmed?"),
            (6, "yesterday", "Tense"),
            (7, "2026-01-02T04:00:00Z", "Yes"),
            (8, "", "Long"),
        )
    )
    extended = (
        '<w15:commentEx w15:paraId="05" w15:done="1"/><w15:commentEx w15:paraId="07" w15:paraIdParent="05"/>'
    )
    article, _, _ = read_word(word_file(body, comments=comments, commentsExtended=extended))
    found = [(c.id, c.block, c.start, c.end, c.text, c.at, c.parent, c.resolved) for c in article.comments]
    assert found == [
        ("c1", "b1", 7, 16, "Is eleven confirmed?", "2026-01-02T03:04:05Z", "", True),
        ("c2", "b1", 7, 16, "Yes", "2026-01-02T04:00:00Z", "c1", False),
        ("c3", "b1", 21, 21, "Tense", "", "", False),
        ("c4", "b2", 0, 9, "Long", "", "", False),
    ]


def test_text_boxes_come_once_and_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    body = paragraph(
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        + run("Its paragraph")
    )
    article, report, _ = read_word(word_file(body))
    assert plain_text(article) == "Its paragraph\n\nIn the box"
    assert report == ["1 text box was put after its paragraph"]


def test_wrappers_are_transparent() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('Block')}</w:sdtContent></w:sdt>"
        f"<w:customXml>{paragraph('<w:smartTag>' + run('Smart') + '</w:smartTag>')}</w:customXml>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Click here')}</w:sdtContent></w:sdt>"
        f"<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
        f"</m:oMath></m:oMathPara>"
        + paragraph("<w:r><w:ruby><w:rt><w:r><w:t>かん</w:t></w:r></w:rt><w:rubyBase>"
                    "<w:r><w:t>漢</w:t></w:r></w:rubyBase>"
                    "</w:ruby></w:r>")
    )  # fmt: skip
    article, report, _ = read_word(word_file(body))
    assert plain_text(article) == "Block\n\nSmart\n\n1/2\n\n漢(かん)"
    assert report == [
        "1 formula was turned into plain text",
        "Readings above the text were put behind it, in brackets",
        "1 empty form field was left out",
    ]


def test_a_large_first_letter_joins_its_paragraph() -> None:
    body = paragraph("T", "", '<w:framePr w:dropCap="drop"/>') + paragraph("he police came")
    assert plain_text(read_word(word_file(body))[0]) == "The police came"


def test_hidden_text_stays_out_and_is_reported() -> None:
    article, report, _ = read_word(word_file(paragraph(run("Seen ") + run("real name", "<w:vanish/>"))))
    assert plain_text(article) == "Seen"
    assert report == ["Hidden text was left out: real name"]


def test_pictures_are_photographs_in_their_place() -> None:
    png = _png()
    body = (
        paragraph(_drawing("p") + run("Caption")) + paragraph(run("Text ") + _drawing("p") + _drawing("q", "Other"))
        + paragraph('<w:r><w:pict><v:shape><v:imagedata r:id="wmf" o:title="old"/></v:shape></w:pict></w:r>')
        + paragraph(_drawing("gone") + _drawing("linked"))
    )  # fmt: skip
    links = {
        "p": ("image", "media/image1.png"),
        "q": ("image", "media/image2.png"),
        "wmf": ("image", "media/image3.wmf"),
        "gone": ("image", "media/none.png"),
        "linked": ("image", "https://example.org/spy.png"),
    }
    parts = parts_of(body, links)
    parts |= {
        "word/media/image1.png": png,
        "word/media/image2.png": _png("blue"),
        "word/media/image3.wmf": b"\xd7\xcd\xc6\x9a" + bytes(40),
        "word/media/logo.png": _png("green"),
    }
    article, report, result = read_word(packed(parts))
    assert [block.photo if isinstance(block, Figure) else "text" for block in article.blocks] == [
        "p1",
        "text",
        "text",
        "p1",
        "p2",
    ]
    photos = result.value["photos"]
    assert [(photo["key"], photo["name"], photo["media_type"], photo["alt"]) for photo in photos] == [
        ("p1", "image1.png", "image/png", "A door"),
        ("p2", "image2.png", "image/png", "Other"),
    ]
    assert result.blobs[photos[0]["blob"]] == png
    assert [(file["name"], file["media_type"]) for file in result.value["files"]] == [
        ("image3.wmf", "image/wmf"),
        ("logo.png", "image/png"),
    ]
    assert report == [
        "1 picture of a kind that is not shown here was kept as a file",
        "2 pictures are not in the document",
        "1 picture outside the text (in a header, bullet or background) was kept as a file",
    ]


def test_embedded_files_charts_and_word_art_are_kept_or_named() -> None:
    body = (
        '<w:altChunk r:id="chunk"/>'
        + paragraph('<w:r><w:object><o:OLEObject r:id="ole"/></w:object></w:r>')
        + paragraph('<w:r><w:drawing><wp:inline><c:chart r:id="chart"/></wp:inline></w:drawing></w:r>')
        + paragraph('<w:r><w:pict><v:shape><v:textpath string="CHENGDU"/></v:shape></w:pict></w:r>')
    )
    links = {
        "chunk": ("aFChunk", "part.html"),
        "ole": ("oleObject", "embeddings/o.bin"),
        "chart": ("chart", "c.xml"),
    }
    parts = parts_of(body, links) | {
        "word/part.html": b"<p>chunk",
        "word/embeddings/o.bin": b"object",
        "word/embeddings/rest.xlsx": b"PK\3\4rest",
        "word/c.xml": part("c:chartSpace", "<c:v>Arrests</c:v><a:p><a:r><a:t>Year</a:t></a:r></a:p>"),
    }
    article, report, result = read_word(packed(parts))
    assert plain_text(article) == "ArrestsYear\n\nCHENGDU"
    assert [result.blobs[file["blob"]] for file in result.value["files"]] == [
        b"<p>chunk",
        b"object",
        b"PK\3\4rest",
    ]
    assert report == [
        "3 embedded files were kept beside the text; their words are not in the text",
        "The words of drawings were put after their paragraphs",
        "1 chart or diagram was left out",
    ]


def test_headers_footers_macros_and_outside_references_are_reported() -> None:
    links = {
        "h": ("header", "header1.xml"),
        "f": ("footer", "footer1.xml"),
        "t": ("frame", "https://example.org/x"),
    }
    parts = parts_of(paragraph("Text"), links, settings='<w:documentProtection w:edit="readOnly"/>') | {
        "word/header1.xml": part("w:hdr", paragraph("Draft for Anna")),
        "word/footer1.xml": part("w:ftr", paragraph("Confidential")),
        "word/vbaProject.bin": b"macro",
        "word/_rels/settings.xml.rels": relations(
            {"a": ("attachedTemplate", "https://example.org/evil.dotm")}
        ),
    }
    types = "[Content_Types].xml"
    _, report, _ = read_word(packed(parts | {types: str(parts[types]).replace(".document.", ".template.")}))
    assert report == [
        "Header text: Draft for Anna",
        "Footer text: Confidential",
        "The document holds macros; they were left out",
        "The file is a template; it was read like a document",
        "2 references to files outside the document were not followed",
        "The document is protected against editing in Word",
    ]


def test_properties_are_metadata() -> None:
    parts = parts_of(paragraph("Text")) | {
        "docProps/core.xml": part(
            "cp:coreProperties", "<dc:creator>Anna</dc:creator><cp:lastModifiedBy>Ben</cp:lastModifiedBy>"
        ),
        "docProps/app.xml": '<Properties xmlns="x"><Company>House church</Company></Properties>',
        "docProps/custom.xml": '<Properties xmlns="x"><property name="Case"><v>17</v></property></Properties>',
    }
    _, _, result = read_word(packed(parts))
    assert result.value["metadata"] == {
        "author": "Anna",
        "last_modified_by": "Ben",
        "company": "House church",
        "custom: Case": "17",
    }


def test_a_language_counts_where_the_letters_agree() -> None:
    body = paragraph(
        run("La porta sigillata della chiesa di Chengdu e la sua storia ", '<w:lang w:val="it-IT"/>')
        + run("三名信徒", '<w:lang w:eastAsia="zh-CN"/>')
        + run(" Li Wei ", '<w:lang w:val="fr-FR"/>')
        + run("Привет", '<w:lang w:val="de-DE"/>')
    )
    article, _, _ = read_word(word_file(body))
    assert article.language == "it-IT"
    assert [(span.text, span.language) for span in article.blocks[0].spans][1] == ("三名信徒", "zh-CN")  # type: ignore[union-attr]
    assert {span.language for span in article.blocks[0].spans} == {"", "zh-CN"}  # type: ignore[union-attr]


@pytest.mark.parametrize(("default", "text", "language"), [
    ("de-DE", "Die versiegelte Tür", "de-DE"), ("en-US", "The door", ""), ("de-DE", "三名信徒", ""),
])  # fmt: skip
def test_the_default_language_counts_unless_it_is_english(default: str, text: str, language: str) -> None:
    styles = f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{default}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    assert read_word(word_file(paragraph(text), styles=styles + STYLES))[0].language == language


def test_footnotes_and_changes_of_the_headline_are_not_lost() -> None:
    body = paragraph(
        run("The ") + f'<w:ins w:id="1" w:author="Ed">{run("sealed ")}</w:ins>' + run("door", "<w:i/>")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>', "Title",
    ) + paragraph("Text")  # fmt: skip
    article, report, _ = read_word(
        word_file(body, footnotes=f'<w:footnote w:id="2">{paragraph("Asterisk")}</w:footnote>')
    )
    assert article.headline == "The sealed door"
    assert article.blocks[0] == Paragraph("b1", (Span(note="n1"),))
    assert report == [
        "The tracked changes in the headline were accepted",
        "The formatting of words in the headline was left out",
        "The footnotes of the headline stand in a paragraph of their own",
    ]


def test_the_strict_variant_reads_the_same() -> None:
    body = paragraph("Head", "Title") + _item("one", 1) + paragraph(_drawing("p"))
    parts = parts_of(body, {"p": ("image", "media/i.png")}) | {"word/media/i.png": _png()}
    strict = {
        name: data.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                           "http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/")
        .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                 "http://purl.oclc.org/ooxml/officeDocument/relationships")
        if isinstance(data, str) else data
        for name, data in parts.items()
    }  # fmt: skip
    assert strict["word/document.xml"] != parts["word/document.xml"]
    assert docx_reader.read(packed(strict), {}) == docx_reader.read(packed(parts), {})


def test_reading_twice_gives_the_same_answer() -> None:
    data = word_file(paragraph("Head", "Title") + _item("one", 1))
    assert docx_reader.read(data, {}) == docx_reader.read(data, {})


def test_what_python_docx_writes_is_read() -> None:
    document = docx.Document()
    document.add_heading("The headline", 0)
    document.add_heading("Section", 1)
    document.add_paragraph("One", style="List Number")
    document.add_paragraph("Point", style="List Bullet")
    document.add_paragraph("Deeper", style="List Bullet 2")
    document.add_paragraph("Quoted", style="Intense Quote")
    remark = document.add_paragraph("Remarked")
    document.add_comment(remark.runs, text="Why?", author="Ann", initials="A")
    document.add_picture(io.BytesIO(_png()))
    out = io.BytesIO()
    document.save(out)
    article, _, result = read_word(out.getvalue())
    assert article.headline == "The headline"
    assert plain_text(article).startswith(
        "The headline\n\nSection\n\n1. One\n\n- Point\n  - Deeper\n\nQuoted\n\nRemarked"
    )
    assert [(remark.text, remark.end) for remark in article.comments] == [("Why?", 8)]
    assert len(result.blobs) == 1
    assert from_json(result.value["article"]) == article


def test_nothing_in_the_reader_asks_for_the_name_of_a_file(tmp_path: Path) -> None:
    data = word_file(paragraph("Text"))
    (tmp_path / "x.docx").write_bytes(data)
    assert docx_reader.read(data, {"anything": 1}).value["article"]["blocks"][0]["spans"] == [
        {"text": "Text"}
    ]
