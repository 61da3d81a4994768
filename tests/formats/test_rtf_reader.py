"""RTF files as articles: letters, structure, what the report says, and damage."""

from __future__ import annotations

import pytest

from app.domain.article import (
    Align,
    Change,
    ChangeKind,
    Direction,
    Figure,
    Heading,
    Mark,
    Paragraph,
    Quote,
    Separator,
    Span,
    Table,
)
from app.domain.changes import accepted, rejected
from app.domain.plain_text import plain_text
from tests.support import rtf_files


@pytest.mark.parametrize(
    ("charset", "encoding", "text"),
    [
        (204, "cp1251", "При свете дня"),
        (134, "gb18030", "三名信徒被捕"),
        (178, "cp1256", "مرحبا بالعالم"),
        (128, "cp932", "教会の表"),
        (129, "cp949", "교회"),
        (136, "cp950", "教會許功蓋"),
        (161, "cp1253", "Αθήνα"),
        (162, "cp1254", "İstanbul ğş"),
        (177, "cp1255", "שלום"),
        (186, "cp1257", "Vilnių"),
        (222, "cp874", "สวัสดี"),
        (238, "cp1250", "Řehoř žluťoučký"),
        (77, "mac-roman", "déjà"),
        (163, "cp1258", "Hà"),
    ],
)
def test_bytes_are_read_by_the_charset_of_their_font(charset: int, encoding: str, text: str) -> None:
    escaped = "".join(
        f"\\'{byte:02x}" if byte > 127 or byte in b"\\{}" else chr(byte) for byte in text.encode(encoding)
    )
    fonts = rf"{{\fonttbl{{\f0\fnil Arial;}}{{\f1\fnil\fcharset{charset}{{\*\panose 02}} Some Font;}}}}"
    assert rtf_files.text(rf"{fonts}\f1 {escaped}\f0  caf\'e9\par") == text + " café"


def test_the_code_page_of_the_document_serves_fonts_without_one() -> None:
    body = r"{\fonttbl{\f0\fcharset0 Times;}}\f0 \'cf\'f0\'e8"
    assert rtf_files.text(body, r"\ansi\ansicpg1251\deff0") == "При"
    assert rtf_files.text(r"\'8e", r"\mac\deff0") == "é"
    assert rtf_files.text(r"\'82", r"\pc\deff0") == "é"
    assert rtf_files.text(r"\'82", r"\pca\deff0") == "é"
    assert rtf_files.text(r"\'e9", r"\ansi\ansicpg99999") == "é"
    assert rtf_files.text(r"{\fonttbl{\f7\cpg1251 A;}}\'e9{\f7\'e9}\plain\'e9") == "éйé"


def test_raw_letters_of_two_bytes_are_read_whole() -> None:
    body = (
        b"{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 "
        + "三名".encode("gb18030")
        + b"\r\n"
        + "信徒".encode("gb18030")
    )
    assert rtf_files.text(body) == "三名信徒"


def test_unicode_escapes_skip_what_stands_in_for_them() -> None:
    assert rtf_files.text(
        r"\u233?t\u233\'e9 \uc0\u19977\u21517{\uc2\u20449??!}\uc1\u-10179?\u-8704? \u8212\emdash x\u65b\b y"
    ) == ("été 三名信!😀 —xAy")
    assert rtf_files.text(r"\u-10179?x") == "x"
    assert rtf_files.text(r"{\upr{ansi}{\*\ud{\u19977?}}}") == "三"


def test_symbol_fonts_become_letters() -> None:
    fonts = r"{\fonttbl{\f0 Arial;}{\f1\fcharset2 Symbol;}{\f2\fcharset2 Wingdings;}}"
    article, report, _ = rtf_files.read(rtf_files.rtf(fonts + r"{\f1 \'61\'b7}{\f2 \'fc\'01}{\f2\u-3844?}"))
    assert plain_text(article) == "α•✓□✓"
    assert report == ["1 sign has no letter; □ stands for it"]


def test_characters_that_are_words() -> None:
    assert rtf_files.text(
        r"\ldblquote a\rdblquote\~b\_c\-d\tab e\line f\emdash\endash\bullet\lquote\rquote \{\}\\ "
    ) == ("“a”\u00a0b\u2011cd\te\nf—–•‘’{}\\")


def test_marks_and_lines() -> None:
    body = r"a{\b b{\i c}}\b d\b0 {\scaps e}{\strike f}{\super g}{\sub h}{\up6 i}{\nosupersub j}"
    body += r"{\rtlch\ab k\ltrch l}\par next"
    article, _, _ = rtf_files.read(rtf_files.rtf(body))
    assert [(span.text, set(span.marks)) for span in article.blocks[0].spans] == [  # type: ignore[union-attr]
        ("a", set()),
        ("b", {Mark.BOLD}),
        ("c", {Mark.BOLD, Mark.ITALIC}),
        ("d", {Mark.BOLD}),
        ("e", {Mark.SMALL_CAPS}),
        ("f", {Mark.STRIKETHROUGH}),
        ("g", {Mark.SUPERSCRIPT}),
        ("h", {Mark.SUBSCRIPT}),
        ("i", {Mark.SUPERSCRIPT}),
        ("j", set()),
        ("k", {Mark.BOLD}),
        ("l", set()),
    ]


def test_styles_give_headline_headings_and_quotations() -> None:
    body = rtf_files.STYLES + (
        r"\pard\s3 The door\par\pard\plain\s5 A story\par\pard\s1\b One\par"
        r"\pard\plain\s2\i Two{\b x}\par\pard\plain Text\par"
        r"\pard\s4\i Said {\b loud}\par Again\par\pard\plain\s6 Three\par\pard\outlinelevel1 Direct\par\pard * * *\par"
        r"\pard\brdrb\brdrs\par\pard End"
    )
    article, report, _ = rtf_files.read(rtf_files.rtf(body))
    assert (article.headline, article.standfirst) == ("The door", "A story")
    kinds = [type(block) for block in article.blocks]
    assert kinds == [Heading, Heading, Paragraph, Quote, Heading, Heading, Separator, Paragraph]
    assert article.blocks[1] == Heading("b2", 2, (Span("Two"), Span("x", frozenset({Mark.BOLD}))))
    assert article.blocks[3].paragraphs[0].spans == (Span("Said "), Span("loud", frozenset({Mark.BOLD})))  # type: ignore[union-attr]
    assert report == []


def test_alignment_and_direction() -> None:
    body = r"\qc c\par\pard\qr e\par\pard\qj j\par\pard\rtlpar\qr r\par\pard\rtlpar\ql l\par\pard\ltrpar\ql n"
    article, _, _ = rtf_files.read(rtf_files.rtf(body))
    assert [(block.align, block.direction) for block in article.blocks] == [  # type: ignore[union-attr]
        (Align.CENTER, Direction.AUTO),
        (Align.END, Direction.AUTO),
        (Align.JUSTIFY, Direction.AUTO),
        (Align.NATURAL, Direction.RTL),
        (Align.END, Direction.RTL),
        (Align.NATURAL, Direction.AUTO),
    ]


def test_lists_of_word() -> None:
    tables = (
        r"{\*\listtable{\list{\listlevel\levelnfc0\levelstartat3{\leveltext\'02\'00.;}}{\listlevel\levelnfc23}\listid7}"
        r"{\list{\listlevel\levelnfc255}\listid8}}"
        r"{\*\listoverridetable{\listoverride\listid7\ls1}{\listoverride\listid8\ls2}}"
    )
    body = tables + (
        r"{\listtext\pard 3.\tab}\pard\ls1 three\par{\listtext\'b7\tab}\pard\ls1\ilvl1 inside\par"
        r"{\listtext 4.\tab}\pard\ls1 four\par\pard\ls2 none\par\pard\ls1 five\par"
    )
    assert rtf_files.text(body) == "3. three\n   - inside\n4. four\n\nnone\n\n5. five"


def test_lists_of_old_programs() -> None:
    body = (
        r"{\*\pn\pnlvlbody\pndec}{\pntext\f0 1.\tab}one\par{\pntext 2.\tab}two\par\pard plain\par"
        r"{\pntext\bullet\tab}point\par{\listtext\tab a)\tab}letter"
    )
    assert rtf_files.text(body) == "1. one\n2. two\n\nplain\n\n- point\n\n1. letter"


def test_tables_keep_spans_told_from_edges() -> None:
    body = (
        r"\trowd\trhdr\cellx1000\cellx3000\pard\intbl A\cell B\cell\row"
        r"\trowd\clvmgf\cellx1010\cellx2000\cellx3000 1\cell 2\par 2b\cell 3\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx2000\clmgf\cellx3000\cell 4\cell 5\cell\row\pard After"
    )
    article, _, _ = rtf_files.read(rtf_files.rtf(body))
    table = article.blocks[0]
    assert isinstance(table, Table)
    shown = [
        [("".join(s.text for s in c.spans), c.header, c.columns, c.rows) for c in row] for row in table.rows
    ]
    assert shown == [
        [("A", True, 1, 1), ("B", True, 2, 1)],
        [("1", False, 1, 2), ("2\n2b", False, 1, 1), ("3", False, 1, 1)],
        [("4", False, 1, 1), ("5", False, 1, 1)],
    ]
    assert plain_text(article).endswith("After")


def test_odd_tables_lose_no_word() -> None:
    assert rtf_files.text(r"\trowd\cellx1\cellx2 a\cell b\cell c\row d") == "a | b | c\n\nd"
    assert rtf_files.text(r"\trowd\cellx1\cellx2\pard\intbl a\cell b") == "a | b"
    assert rtf_files.text(r"\pard\intbl a\cell b\cell\row\trowd\clmrg\cellx5 c\cell\row") == "a | b\nc"
    assert rtf_files.text(r"\trowd\cellx1\intbl only\cell\row") == "only"
    nested = r"\trowd\cellx1\cellx2\intbl\itap2 x\nestcell y\nestcell"
    nested += r"{\*\nesttableprops\trowd\cellx1\nestrow}{\nonesttables\par}"
    assert rtf_files.text(nested + r"\itap1 z\cell w\cell\row") == "x | y | z | w"


def test_footnotes_are_footnotes() -> None:
    body = r"Text{\super\chftn}{\footnote\pard\plain {\super\chftn} First {\i note}\par Second\par}.\par "
    body += r"More{\footnote\ftnalt End}"
    article, _, _ = rtf_files.read(rtf_files.rtf(body))
    assert [span.note or span.text for span in article.blocks[0].spans] == ["Text", "n1", "."]  # type: ignore[union-attr]
    assert article.footnotes[0].paragraphs == (
        Paragraph("b3", (Span("First "), Span("note", frozenset({Mark.ITALIC})))),
        Paragraph("b4", (Span("Second"),)),
    )
    assert plain_text(article).endswith("More[2]\n\n[1] First note\nSecond\n\n[2] End")


def test_fields_give_links_and_results() -> None:
    body = (
        r'{\field{\*\fldinst{HYPERLINK "https://example.org/?a=1" \\o "tip"{\*\datafield 00}}}{\fldrslt{\ul there}}} '
        r"{\field{\*\fldinst PAGE}{\fldrslt 3}}{\field{\*\fldinst DATE}{\fldrslt Monday}}"
        r'{\field{\*\fldinst HYPERLINK "javascript:x"}{\fldrslt  bad}}\par'
        r"{\field{\*\fldinst TOC}{\fldrslt Chapter 1\par Chapter 2}}\par {\ul lined} {\highlight7 high}{\caps caps}"
    )
    article, report, _ = rtf_files.read(rtf_files.rtf(body))
    assert article.blocks[0].spans == (Span("there", link="https://example.org/?a=1"), Span(" Monday bad"))  # type: ignore[union-attr]
    assert report == [
        "1 automatic page number was left out",
        "1 link that is no address of the web or of mail was left out",
        "1 passage was underlined",
        "1 passage was highlighted",
        "1 passage was shown in capitals",
        "A table of contents or an index was left out: Chapter 1Chapter 2",
    ]


def test_tracked_changes_have_author_and_time() -> None:
    packed = 0 | 9 << 6 | 23 << 11 | 11 << 16 | 126 << 20
    body = (
        r"{\*\revtbl{Unknown;}{Anna B.;}}Eleven "
        rf"{{\deleted\revauthdel1\revdttmdel{packed} was}}{{\revised\revauth1\revdttm{packed} were}} held."
        r"{\deleted\revauthdel1\par}And more."
    )
    article, _, _ = rtf_files.read(rtf_files.rtf(body))
    spans = article.blocks[0].spans  # type: ignore[union-attr]
    assert spans[1] == Span("was", change=Change(ChangeKind.DELETION, "Anna B.", "2026-11-23T09:00:00"))
    assert spans[2].change == Change(ChangeKind.INSERTION, "Anna B.", "2026-11-23T09:00:00")
    assert plain_text(accepted(article)) == "Eleven were held.And more."
    assert plain_text(rejected(article)) == "Eleven was held.\n\nAnd more."


def test_comments_are_anchored() -> None:
    body = (
        r"A {\*\atrfstart 1}word{\*\atrfend 1}{\*\atnid ab}{\*\atnauthor Ann}\chatn"
        r"{\*\annotation{\*\atnref 1}{\*\atndate 132889152}\pard Why?}"
        r" b{\*\atnid x}{\*\atnauthor Ben}{\*\annotation No}"
    )
    article, _, _ = rtf_files.read(rtf_files.rtf(body))
    assert [(c.id, c.block, c.start, c.end, c.text, c.by) for c in article.comments] == [
        ("c1", "b1", 2, 6, "Why?", "Ann"),
        ("c2", "b1", 8, 8, "No", "Ben"),
    ]
    assert article.comments[0].at.startswith("2026-")


def test_pictures_are_photographs_in_their_place() -> None:
    png = rtf_files.png()
    body = (
        r"{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A door}}}\picw2\pngblip "
        + png.hex("\n", 30)
        + "}}"
        r"{\nonshppict{\pict\wmetafile8 0102}}\par Text{\pict\wmetafile8 010009000003}\par"
        r"{\shp{\*\shpinst{\sp{\sn pib}{\sv {\pict\pngblip " + png.hex() + r"}}}}{\shprslt{\pict 00}}}\par"
        r"{\header Logo{\pict\pngblip "
        + png.hex()
        + r"}}{\object\objemb{\*\objclass X}{\*\objdata 0105}{\result seen}}"
    )
    article, report, result = rtf_files.read(rtf_files.rtf(body))
    assert [block.photo if isinstance(block, Figure) else "text" for block in article.blocks] == [
        "p1", "text", "p1", "text",
    ]  # fmt: skip
    assert plain_text(article) == "Text\n\nseen"
    assert result.value["photos"][0]["alt"] == "A door"
    assert result.blobs[result.value["photos"][0]["blob"]] == png
    assert [file["name"] for file in result.value["files"]] == ["picture.wmf", "picture.png", "object.ole"]
    assert report == [
        "1 picture of a kind that is not shown here was kept as a file",
        "1 picture outside the text was kept as a file",
        "Header text: Logo",
        "1 embedded file was kept beside the text; its words are not in the text",
    ]


def test_binary_pictures_may_hold_any_byte() -> None:
    png = rtf_files.png()
    body = (
        b"{\\pict\\pngblip\\bin"
        + str(len(png)).encode()
        + b" "
        + png
        + b"}\\par{\\footnote x{\\pict\\pngblip "
        + png.hex().encode()
    )
    article, _, result = rtf_files.read(rtf_files.rtf(body + b"}}\\bin3 abc{\\*\\unknown\\bin2 {{}end"))
    assert result.blobs == (png,)
    assert plain_text(article) == "[1]end\n\n[1] x"


def test_text_boxes_drawings_and_headers() -> None:
    body = (
        r"Before {\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv WORDART}}{\shptxt \pard In the box\par}}"
        r"{\shprslt dup}}after\par"
        r"{\*\do{\dptxbx{\dptxbxtext\pard old}}}{\footer Page {\b two}\par}{\*\moMath{\*\mr x}}{\v secret}"
    )
    article, report, _ = rtf_files.read(rtf_files.rtf(body))
    assert plain_text(article) == "Before after\n\nIn the box\n\nold"
    assert report == [
        "The words of a drawing: WORDART",
        "2 text boxes were put after their paragraphs",
        "Footer text: Page two",
        "1 formula was turned into plain text",
        "Hidden text was left out: secret",
    ]


def test_properties_are_metadata_and_a_real_title_the_headline() -> None:
    body = (
        r"{\info{\title The case of Li}{\author \'c0nna}{\operator Ben}{\company House}"
        r"{\creatim\yr2026\mo2\dy3\hr4\min5}{\revtim\yr0}{\*\unknown x}}Text {\title stays}"
    )
    article, _, result = rtf_files.read(rtf_files.rtf(body))
    assert article.headline == "The case of Li"
    assert result.value["metadata"] == {
        "title": "The case of Li",
        "author": "Ànna",
        "last_modified_by": "Ben",
        "company": "House",
        "created": "2026-02-03T04:05:00",
    }
    assert plain_text(article).endswith("Text stays")


def test_a_large_first_letter_joins_its_paragraph() -> None:
    assert rtf_files.text(r"\pard\dropcapli3\dropcapt1 T\par\pard he police") == "The police"
