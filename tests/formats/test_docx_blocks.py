"""Word files: lists, quotations, the shape of paragraphs, tables."""

from __future__ import annotations

from app.domain.article import (
    Align,
    Direction,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Separator,
    Span,
    Table,
)
from app.domain.plain_text import plain_text
from tests.support.word_files import (
    NUMBERING,
    STYLES,
    packed,
    paragraph,
    parts_of,
    read_word,
    run,
    word_file,
)


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
