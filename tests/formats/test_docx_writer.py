"""The Word document: real styles, footnotes and pictures, and nobody's traces."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from lxml import etree

from app.domain.article import (
    Align,
    Cell,
    Column,
    Direction,
    Footnote,
    ListBlock,
    ListItem,
    Mark,
    Paragraph,
    Parallel,
    Quote,
    Span,
    Table,
)
from app.domain.public import PublicArticle
from app.formats import docx_writer
from app.formats.word_xml import NAMESPACES
from tests.support.public_articles import ARABIC, CHINESE, ENGLISH

ARTICLES = [ENGLISH, CHINESE, ARABIC]


def made(article: PublicArticle) -> bytes:
    return docx_writer.write(article)[0].data


def opened(article: PublicArticle) -> Document:
    return docx.Document(io.BytesIO(made(article)))


def parts(article: PublicArticle) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made(article))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def find(data: bytes, path: str) -> list[Any]:
    found = etree.fromstring(data).xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return found


def styled(article: PublicArticle) -> dict[str, list[str]]:
    """The paragraphs of the document by the name of their style."""
    found: dict[str, list[str]] = {}
    for paragraph in opened(article).paragraphs:
        assert paragraph.style is not None
        found.setdefault(str(paragraph.style.name), []).append(paragraph.text)
    return found


def test_every_part_of_the_article_has_its_style() -> None:
    found = styled(ENGLISH)
    assert found["Title"] == [ENGLISH.headline]
    assert found["Standfirst"] == [ENGLISH.standfirst]
    assert found["Byline"] == ["by Li Wei · Translated by Lin Qiaoyue · 11/23/2026"]
    assert found["Dateline"] == ["Quiet Valley"]
    assert found["Heading 2"] == ["What the sheet says"]
    assert found["Heading 3"] == ["A blank is an answer"]
    assert len(found["Quote"]) == 2
    assert found["Attribution"] == ["— The sheet, lines three and four"]
    assert len(found["Intense Quote"]) == 1
    assert len(found["List Number"]) == 3
    assert len(found["List Bullet 2"]) == 3
    assert found["Caption"] == [
        "Evening over the valley, seen from the old road.",
        "The terraces below the village.",
    ]
    assert found["Credit"] == ["Credits.", "Source: Noor Halabieh."]
    assert found["Correction"] == [f"Correction: {ENGLISH.correction}"]
    assert found["Author Name"] == ["Li Wei"]
    assert found["Author Note"] == [ENGLISH.bio]


def test_every_style_that_is_used_is_defined() -> None:
    for article in ARTICLES:
        found = parts(article)
        defined = set(find(found["word/styles.xml"], "//w:style/@w:styleId"))
        for name, data in found.items():
            if name.startswith("word/") and name.endswith(".xml"):
                used = find(
                    data, "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val | //w:basedOn/@w:val"
                )
                assert set(used) <= defined, name


def test_every_relation_leads_somewhere() -> None:
    for article in ARTICLES:
        found = parts(article)
        for owner in ("document", "footnotes"):
            links = found.get(f"word/_rels/{owner}.xml.rels", b"<x/>")
            relations = {entry.get("Id"): entry for entry in etree.fromstring(links)}
            used = set(find(found[f"word/{owner}.xml"], "//@r:id | //@r:embed"))
            assert used <= set(relations)
            for entry in relations.values():
                outside = entry.get("TargetMode") == "External"
                assert outside or f"word/{entry.get('Target')}" in found
                assert not outside or str(entry.get("Target")).startswith(("https://", "mailto:"))


def test_footnotes_are_real_and_a_second_reference_repeats_the_number() -> None:
    found = parts(ENGLISH)
    assert find(found["word/document.xml"], "//w:footnoteReference/@w:id") == ["1", "2"]
    notes = {
        note.get(f"{{{NAMESPACES['w']}}}id"): note
        for note in find(found["word/footnotes.xml"], "//w:footnote")
    }
    assert set(notes) == {"-1", "0", "1", "2"}
    assert "the reading by lamp" in "".join(notes["1"].itertext())
    assert "article 41" in "".join(notes["2"].itertext())
    repeated = find(found["word/document.xml"], "//w:r[w:rPr/w:rStyle/@w:val='FootnoteReference']/w:t/text()")
    assert repeated == ["1"]


def test_notes_that_the_text_does_not_name_stand_at_the_end() -> None:
    notes = (
        Footnote("n1", (Paragraph("x", (Span("See "), Span(note="n2"))),)),
        Footnote("n2", (Paragraph("y", (Span("Named by a note."),)),)),
        Footnote("n3"),
    )
    article = replace(
        ENGLISH,
        blocks=(Paragraph("b1", (Span("Text"), Span(note="n1"), Span(note="gone"))),),
        footnotes=notes,
    )
    assert styled(article)["footnote text"] == ["2.", "Named by a note.", "3."]
    empty = replace(ENGLISH, blocks=(Paragraph("b1", (Span(note="n3"),)),), footnotes=(Footnote("n3"),))
    assert find(parts(empty)["word/document.xml"], "//w:footnoteReference/@w:id") == ["1"]


def test_pictures_are_inside_with_their_words_and_not_too_large() -> None:
    found = parts(ENGLISH)
    document = opened(ENGLISH)
    assert find(found["word/document.xml"], "//wp:docPr/@descr") == [photo.alt for photo in ENGLISH.photos]
    assert find(found["word/document.xml"], "//wp:docPr/@id") == ["1", "2"]
    assert [round(shape.width.mm) for shape in document.inline_shapes] == [160, 160]
    media = [name for name in found if name.startswith("word/media/")]
    assert media == ["word/media/image1.jpeg", "word/media/image2.jpeg"]
    assert len(found[media[0]]) < len(ENGLISH.photos[0].data)
    assert [file.name for file in docx_writer.write(ENGLISH)[1:]] == [photo.name for photo in ENGLISH.photos]


def properties_of(article: PublicArticle, style: str) -> list[str]:
    """The names of the properties of the first paragraph in ``style``, with its ``jc``."""
    (first, *_) = find(parts(article)["word/document.xml"], f"//w:pPr[w:pStyle/@w:val='{style}']")
    names = [etree.QName(each).localname for each in first]
    return [*names[1:], *first.xpath("w:jc/@w:val", namespaces=NAMESPACES)]


def test_a_picture_its_caption_and_its_credit_stay_on_one_page() -> None:
    assert properties_of(ENGLISH, "Caption") == ["keepNext"]
    assert properties_of(ENGLISH, "Credit") == []
    alone = replace(ENGLISH, photos=(replace(ENGLISH.photos[0], credit=""),))
    assert properties_of(alone, "Caption") == ["spacing"]


def test_words_of_the_other_direction_stand_where_the_others_begin() -> None:
    assert properties_of(ARABIC, "Title") == ["bidi"]
    assert properties_of(ARABIC, "Section") == ["jc", "right"]
    photos = tuple(replace(photo, credit="Courtesy of the author") for photo in ARABIC.photos)
    assert properties_of(replace(ARABIC, photos=photos), "Credit") == ["jc", "right"]
    assert properties_of(replace(ENGLISH, headline="الوادي"), "Title") == ["bidi", "jc", "right"]


def test_nothing_speaks_of_who_made_the_file_or_when() -> None:
    for article in ARTICLES:
        names = list(parts(article))
        assert names[0] == "[Content_Types].xml"
        assert not [name for name in names if "custom" in name or "thumbnail" in name or "app.xml" in name]
        with zipfile.ZipFile(io.BytesIO(made(article))) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert {
                (member.create_system, member.extra, member.comment) for member in archive.infolist()
            } == {(0, b"", b"")}
            assert archive.comment == b""
        for name, data in parts(article).items():
            assert b"rsid" not in data, name
            assert b"python" not in data, name


def test_the_properties_are_the_magazines() -> None:
    properties = opened(ENGLISH).core_properties
    assert (properties.title, properties.author, properties.language) == (
        ENGLISH.headline,
        "Winter Review",
        "en",
    )
    assert properties.created is not None
    assert properties.created.isoformat() == "2026-11-23T08:00:00+00:00"
    assert properties.last_modified_by == ""
    undated = replace(ENGLISH, date="", date_text="")
    assert b"created" not in parts(undated)["docProps/core.xml"]


def test_the_header_carries_the_number_of_the_piece() -> None:
    header = opened(ENGLISH).sections[0].header
    assert header.paragraphs[0].text == "Winter Review · ED-2026-0412"


def test_links_and_looks_are_kept() -> None:
    data = parts(ENGLISH)["word/document.xml"]
    for element in ("b", "i", "smallCaps", "strike"):
        assert find(data, f"//w:rPr/w:{element}"), element
    assert find(data, "//w:vertAlign/@w:val") == ["subscript", "superscript"]
    assert find(data, "//w:hyperlink[.//w:t='provincial regulation']")
    unsafe = replace(ENGLISH, blocks=(Paragraph("b1", (Span("words", link="javascript:x"),)),))
    assert not find(parts(unsafe)["word/document.xml"], "//w:hyperlink[.//w:t='words']")


def test_languages_and_directions_are_said() -> None:
    foreign = parts(ENGLISH)["word/document.xml"]
    assert find(foreign, "//w:lang/@w:eastAsia") == ["zh"]
    assert find(foreign, "//w:lang/@w:bidi") == ["ar"]
    assert find(foreign, "//w:r[w:rPr/w:rtl]/w:t/text()") == ["السلام عليكم"]
    assert find(parts(CHINESE)["word/styles.xml"], "//w:docDefaults//w:lang/@w:eastAsia") == ["zh-Hans"]
    arabic = parts(ARABIC)
    assert find(arabic["word/styles.xml"], "//w:docDefaults//w:lang/@w:bidi") == ["ar"]
    assert find(arabic["word/document.xml"], "//w:sectPr/w:bidi")
    assert find(arabic["word/document.xml"], "//w:tblPr/w:bidiVisual")
    left_to_right = find(arabic["word/document.xml"], "//w:r[not(w:rPr/w:rtl)]/w:t/text()")
    assert "Regulation on Religious Affairs" in left_to_right
    assert not [text for text in left_to_right if any("\u0600" <= sign <= "\u06ff" for sign in text)]


@pytest.mark.parametrize(
    ("language", "font"),
    [("zh-Hant-TW", "PMingLiU"), ("zh", "SimSun"), ("ja", "MS Mincho"), ("ko", "Batang"), ("en", "SimSun")],
)
def test_each_east_asian_language_has_its_font(language: str, font: str) -> None:
    styles = parts(replace(ENGLISH, language=language))["word/styles.xml"]
    assert find(styles, "//w:docDefaults//w:rFonts/@w:eastAsia") == [font]


def cell(words: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell((Span(words),), columns=columns, rows=rows)


def test_cells_reach_over_columns_and_rows() -> None:
    rows = (
        (cell("A", columns=2, rows=2), cell("B")),
        (cell("C"),),
        (cell("D"), cell("E", rows=5), cell("F")),
        (cell("G", columns=9),),
    )
    table = opened(replace(ENGLISH, blocks=(Table("b1", rows),))).tables[0]
    grid = [[each.text for each in row.cells] for row in table.rows]
    assert len({len(row) for row in grid}) == 1
    assert grid[0][:3] == ["A", "A", "B"]
    assert grid[1][:3] == ["A", "A", "C"]
    assert grid[3][:2] == ["G", "E"]


def test_odd_tables_and_columns_still_open() -> None:
    wide = Table("b2", (tuple(cell(str(number)) for number in range(200)),))
    blocks = (
        Table("b1"),
        wide,
        Table("b3", ((), (cell("x", columns=0, rows=0),))),
        Parallel("b4"),
        Parallel("b5", (Column("zh"),)),
    )
    assert len(opened(replace(ENGLISH, blocks=blocks)).tables) == 5


def test_each_numbered_list_counts_for_itself() -> None:
    item = ListItem((Span("one"),))
    deep = ListBlock("b9", items=(item,))
    for _ in range(12):
        deep = ListBlock("b8", ordered=True, start=3, items=(ListItem((Span("deeper"),), (deep,)),))
    blocks = (
        ListBlock("b1", True, 1, (item,)),
        ListBlock("b2", True, 7, (item,)),
        ListBlock("b3", items=(item,)),
        deep,
    )
    found = parts(replace(ENGLISH, blocks=blocks))
    numbers = find(found["word/document.xml"], "//w:numId/@w:val")
    assert numbers[:3] == ["2", "3", "1"]
    assert find(found["word/numbering.xml"], "//w:num[@w:numId='3']//w:startOverride/@w:val") == ["7"]
    assert max(map(int, find(found["word/document.xml"], "//w:ilvl/@w:val"))) == 8
    assert set(numbers) <= set(find(found["word/numbering.xml"], "//w:num/@w:numId"))


def test_paragraphs_keep_alignment_direction_and_lines() -> None:
    blocks = (
        Paragraph("b1", (Span("one\ntwo\tthree"),), Align.CENTER),
        Paragraph("b2", (Span("קצת"),), Align.JUSTIFY),
        Paragraph("b3", (Span("latin"),), Align.END, Direction.RTL),
        Quote("b4", (Paragraph("b5", (Span("said", frozenset({Mark.BOLD, Mark.ITALIC})),)),)),
    )
    data = parts(replace(ENGLISH, blocks=blocks, photos=()))["word/document.xml"]
    assert find(data, "//w:jc/@w:val") == ["center", "both", "right"]
    assert len(find(data, "//w:pPr/w:bidi")) == 2
    assert len(find(data, "//w:p//w:br")) == 1
    assert len(find(data, "//w:p//w:tab")) == 1


def test_words_that_xml_cannot_hold_do_no_harm() -> None:
    nasty = "a\x00b\x0bc\ufffe<&>\"'\u202e]]>"
    article = replace(
        ENGLISH,
        headline=nasty,
        byline=nasty,
        language='en"/><x',
        blocks=(Paragraph("b1", (Span(nasty, language=nasty),)),),
    )
    assert opened(article).paragraphs[1].text == "abc<&>\"'\u202e]]>"


def test_an_article_with_nothing_in_it_still_opens() -> None:
    empty = replace(
        ENGLISH, headline="", standfirst="", byline="", translator="", dateline="", date="", date_text="", section="",
        blocks=(), footnotes=(), photos=(), bio="", tags=(), correction="",
    )  # fmt: skip
    assert [paragraph.text for paragraph in opened(empty).paragraphs] == []


def test_libreoffice_reads_every_word(tmp_path: Path, need: Callable[..., None]) -> None:
    need("soffice")
    (tmp_path / "x.docx").write_bytes(made(ENGLISH))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--norestore"]
    command += [
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "x.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = (tmp_path / "x.txt").read_text("utf-8-sig")
    for words in ("Would Not Sign", "not known", "السلام عليكم", "本户确认", "Nobody signs it."):
        assert words in text, words
