"""Word files: notes, comments, boxes, pictures, properties, and what has no place in the article."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from PIL import Image

from app.domain.article import (
    Figure,
    Mark,
    Paragraph,
    Span,
)
from app.domain.article_json import from_json
from app.domain.plain_text import plain_text
from app.formats import docx_reader
from tests.support.word_files import (
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


def _item(text: str, list_id: int, level: int = 0) -> str:
    return paragraph(text, "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


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
    styled = '<w:rStyle w:val="PlaceholderText"/>'
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('Block')}</w:sdtContent></w:sdt>"
        f"<w:customXml>{paragraph('<w:smartTag>' + run('Smart') + '</w:smartTag>')}</w:customXml>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{paragraph(run('Click here', styled))}</w:sdtContent></w:sdt>"
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
        "Empty form fields ask: Click here",
    ]


def test_words_in_a_form_field_that_is_marked_empty_are_taken_in() -> None:
    body = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Written')}</w:sdtContent></w:sdt>"
    article, report, _ = read_word(word_file(body))
    assert plain_text(article) == "Written" and report == []


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
