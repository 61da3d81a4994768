"""Hostile and broken Word files: refused with a reason, or read as far as they go."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from app.domain.plain_text import plain_text
from app.domain.reading import Unreadable
from app.formats import docx_reader
from app.formats.docx_package import MOST_MEMBERS, Package
from app.formats.imported import Report
from tests.support.word_files import packed, paragraph, parts_of, read_word, relations, word_file

_DAMAGED = "The file is damaged; what could still be read was taken in"


def _refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        docx_reader.read(data, {})
    return refusal.value.reason


def _with(name: str, data: str | bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO(word_file(paragraph("Text")))
    with zipfile.ZipFile(out, "a", method) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def test_a_bomb_is_refused_before_anything_is_unpacked() -> None:
    data = _stored_as(_zeros(300), 300 << 20)
    assert len(data) < 400_000
    tracemalloc.start()
    reason = _refusal(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reason == "a part of the file unpacks to far more than a document holds"
    assert peak < 20 << 20


def _zeros(megabytes: int) -> bytes:
    """So many zeros, deflated: one piece again and again."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (deflate.compress(bytes(1 << 20)) + deflate.flush(zlib.Z_FULL_FLUSH)) * megabytes + b"\3\0"


def _stored_as(deflated: bytes, size: int) -> bytes:
    """An archive with word/document.xml of ``deflated`` bytes that claims ``size``."""
    name = b"word/document.xml"
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(deflated), size, len(name), 0) + name
    central = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, 0, len(deflated), size, len(name), 0, 0, 0, 0, 0, 0
    )
    central += name
    start = len(local) + len(deflated)
    return local + deflated + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), start, 0)


def test_a_part_that_lies_about_its_size_is_stopped_while_it_unpacks() -> None:
    bomb = _zeros(60)
    tracemalloc.start()
    reason = _refusal(_stored_as(bomb, 1000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacks to far more" in reason
    assert peak < 60 << 20


def test_too_many_parts_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(MOST_MEMBERS + 1):
            archive.writestr(f"x{number}", b"")
    assert _refusal(out.getvalue()) == "the file has too many parts"
    assert _refusal(b"PK\1\2" * (MOST_MEMBERS * 2 + 1)) == "the file has too many parts"


@pytest.mark.parametrize("name", ["../up.xml", "/abs.xml", "C:\\x.xml", "word/../../x", "a\\..\\b"])
def test_unsafe_names_are_refused(name: str) -> None:
    assert _refusal(_with(name, "x")) == "the file has a part with an unsafe name"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_different_parts_of_one_name_are_refused_and_equal_ones_reported() -> None:
    assert _refusal(_with("word/document.xml", "<x/>")) == "the file has two different parts of the same name"
    same = parts_of(paragraph("Text"))["word/document.xml"]
    article, report, _ = read_word(_with("word/document.xml", same))
    assert plain_text(article) == "Text"
    assert report == ["The file holds a part twice; the copies are equal"]


def test_a_password_is_named() -> None:
    data = bytearray(word_file(paragraph("Text")))
    place = data.index(b"PK\1\2")
    data[place + 8] |= 1
    assert _refusal(bytes(data)) == "the document is protected by a password"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert _refusal(ole + "EncryptedPackage".encode("utf-16-le")) == "the document is protected by a password"
    assert _refusal(ole) == "not a Word document"


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        "<!DOCTYPE x>",
    ],
)
def test_documents_with_entities_are_refused(declaration: str) -> None:
    parts = parts_of(paragraph("&e;" if "ENTITY e" in declaration else "Text"))
    text = str(parts["word/document.xml"])
    head, rest = text.split("?>", 1)
    for encoding in ("utf-8", "utf-16"):
        parts["word/document.xml"] = (head.replace("UTF-8", encoding) + "?>" + declaration + rest).encode(
            encoding
        )
        assert _refusal(packed(parts)) == "the file declares entities, which no Word document does"


def test_nothing_is_fetched_or_followed_from_outside() -> None:
    links = {"x": ("image", "http://127.0.0.1:9/x.png"), "o": ("oleObject", "file:///etc/passwd")}
    body = paragraph(
        '<w:r><w:drawing><a:blip r:link="x"/></w:drawing><w:object><o:OLEObject r:id="o"/></w:object></w:r>'
    )
    _, report, result = read_word(word_file(body, links))
    assert result.blobs == ()
    assert report == [
        "1 picture is not in the document",
        "1 linked file is not in the document",
        "1 reference to a file outside the document was not followed",
    ]


def test_other_archives_are_no_word_documents() -> None:
    assert _refusal(packed({"xl/workbook.xml": "<x/>"})) == "not a Word document"
    sheet = {
        "_rels/.rels": relations({"r": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": "<x/>",
    }
    assert _refusal(packed(sheet)) == "not a Word document"
    assert _refusal(b"no archive at all") == "the file is damaged"
    assert _refusal(b"") == "the file is damaged"


def test_a_document_is_found_under_another_name_and_with_backslashes() -> None:
    parts = parts_of(paragraph("Text"))
    parts["word/other.xml"] = parts.pop("word/document.xml")
    parts["word/_rels/other.xml.rels"] = parts.pop("word/_rels/document.xml.rels")
    parts["_rels/.rels"] = relations({"r": ("officeDocument", "/word/other.xml")})
    assert (
        plain_text(read_word(packed({name.replace("/", "\\"): data for name, data in parts.items()}))[0])
        == "Text"
    )


def test_a_document_that_is_only_its_main_part_is_read() -> None:
    main = parts_of(paragraph("Text", "Heading2"))["word/document.xml"]
    assert plain_text(read_word(packed({"word/document.xml": main}))[0]) == "Text"


def test_a_file_that_was_cut_off_gives_what_is_left() -> None:
    body = "".join(paragraph(f"Paragraph {number} of the text") for number in range(3000))
    parts = parts_of(body)
    data = packed({"word/document.xml": parts.pop("word/document.xml")} | parts)
    article, report, _ = read_word(data[: len(data) // 2])
    assert plain_text(article).startswith("Paragraph 0 of the text\n\nParagraph 1 of the text")
    assert report == [_DAMAGED]


def test_an_archive_without_its_directory_is_read_in_full() -> None:
    data = word_file(paragraph("Title", "Title") + paragraph("Text"))
    article, report, _ = read_word(data[: data.index(b"PK\1\2")])
    assert (article.headline, plain_text(article)) == ("Title", "Title\n\nText")
    assert report == [_DAMAGED]


def test_a_damaged_part_is_read_as_far_as_it_goes() -> None:
    parts = parts_of(paragraph("Text"))
    parts["word/document.xml"] = str(parts["word/document.xml"]).replace("</w:t>", "</w:t", 1)
    parts["word/styles.xml"] = "no xml"
    article, report, _ = read_word(packed(parts))
    assert plain_text(article).startswith("Text")
    assert report == [_DAMAGED]
    assert _refusal(packed(parts | {"word/document.xml": ""})) == "the file is damaged"


def test_a_part_packed_in_a_way_that_word_does_not_know_is_missing() -> None:
    package = Package(_with("word/odd.xml", "<x/>", zipfile.ZIP_LZMA), Report())
    assert package.data("word/odd.xml") is None
    assert package.data("word/none.xml") is None


def test_deep_nesting_is_refused_or_read_but_never_breaks_the_reader() -> None:
    nested = "<w:sdt><w:sdtContent>" * 100 + paragraph("Deep") + "</w:sdtContent></w:sdt>" * 100
    assert plain_text(read_word(word_file(nested))[0]) == "Deep"
    tables = "<w:tbl><w:tr><w:tc>" * 80 + paragraph("Deep") + "</w:tc></w:tr></w:tbl>" * 80
    assert _depth(word_file(tables)) in ("Deep", "the document is nested too deep")
    endless = "<w:p>" * 5000 + "</w:p>" * 5000
    read_word(word_file(endless))


def _depth(data: bytes) -> str:
    try:
        return plain_text(read_word(data)[0])
    except Unreadable as refusal:
        return refusal.reason
