"""Damaged documents are read as far as they go or refused with a reason; nothing else ever happens."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.domain.article_json import canonical, from_json
from app.domain.reading import Result, Unreadable
from app.formats import docx_reader, rtf_reader
from tests.support.word_files import packed, paragraph, parts_of, run


def _rich_parts() -> dict[str, str | bytes]:
    png = io.BytesIO()
    Image.new("RGB", (2, 2)).save(png, "PNG")
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        paragraph("Head", "Title")
        + paragraph(
            run("A", "<w:b/>") + '<w:del w:id="1" w:author="A"><w:r><w:delText>x</w:delText></w:r></w:del>'
        )
        + paragraph("item", "", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
        + paragraph(
            field.format("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + field.format("end")
        )
        + f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("cell")}</w:tc>'
        + f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("cell")}</w:tc></w:tr></w:tbl>'
        + paragraph(
            '<w:commentRangeStart w:id="3"/><w:r><w:footnoteReference w:id="2"/></w:r><w:commentRangeEnd w:id="3"/>'
        )
        + paragraph('<w:r><w:drawing><a:blip r:embed="p"/></w:drawing></w:r>')
    )
    parts = parts_of(
        body,
        {"p": ("image", "media/p.png")},
        footnotes=f'<w:footnote w:id="2">{paragraph("note")}</w:footnote>',
        comments=f'<w:comment w:id="3" w:author="A">{paragraph("why")}</w:comment>',
    )
    return parts | {"word/media/p.png": png.getvalue()}


_RICH = _rich_parts()
_RTF = (
    rb"{\rtf1\ansi\ansicpg1251\uc1{\fonttbl{\f0\fcharset134 A;}{\f1\fcharset2 Symbol;}}{\stylesheet{\s1 heading 1;}}"
    rb"{\info{\title T}{\creatim\yr2026\mo1\dy1}}{\*\revtbl{A;}}\s1 Head\par\pard {\b x}\u20013?\'b9\'fa{\f1\'61}"
    rb'{\field{\*\fldinst HYPERLINK "https://a.example"}{\fldrslt l}}{\footnote n\par}{\*\atrfstart 1}w{\*\atrfend 1}'
    rb"{\*\annotation{\*\atndate 5}c}{\pict\pngblip 89504e47}{\deleted\revauthdel0 d}{\listtext 1.\tab}\ls1 i\par"
    rb"\trowd\clvmgf\cellx100\cellx200\intbl a\cell b\cell\row"
    rb"\trowd\clvmrg\cellx100 c\cell\row\pard\bin3 abc{\shptxt t}}"
)


def _is_sound(result: Result) -> bool:
    value: dict[str, Any] = result.value
    canonical(from_json(value["article"]))
    named = [part["blob"] for part in [*value["photos"], *value["files"]]]
    return all(0 <= index < len(result.blobs) for index in named) and all(
        isinstance(line, str) for line in value["report"]
    )


def _holds(reader: Any, data: bytes) -> None:
    try:
        result = reader.read(data, {})
    except Unreadable:
        return
    assert _is_sound(result)


def test_the_whole_examples_are_read() -> None:
    assert _is_sound(docx_reader.read(packed(_RICH), {}))
    assert _is_sound(rtf_reader.read(_RTF, {}))


@given(st.integers(min_value=0, max_value=4000), st.integers(0, 255), st.booleans())
def test_a_word_file_with_a_wrong_byte_or_an_early_end(place: int, byte: int, cut: bool) -> None:
    data = bytearray(packed(_RICH))
    place = place * len(data) // 4001
    data[place] = byte
    _holds(docx_reader, bytes(data[:place]) if cut else bytes(data))


@given(st.sampled_from([name for name, data in _RICH.items() if isinstance(data, str)]), st.data())
def test_a_word_file_with_damaged_xml(name: str, data: st.DataObject) -> None:
    text = str(_RICH[name])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    put = data.draw(st.sampled_from(["", "<", "&#0;", "-9999999999999", "</w:p>", "<w:p>", '"', "\ud800"]))
    damaged = (text[:start] + put + text[end:]).encode("utf-8", "surrogatepass")
    _holds(docx_reader, packed(_RICH | {name: damaged}))


@given(st.sampled_from(sorted(_RICH)))
def test_a_word_file_without_one_of_its_parts(name: str) -> None:
    _holds(docx_reader, packed({key: data for key, data in _RICH.items() if key != name}))


@given(st.data())
def test_an_rtf_file_with_damage(data: st.DataObject) -> None:
    start = data.draw(st.integers(6, len(_RTF)))
    end = data.draw(st.integers(start, min(len(_RTF), start + 30)))
    put = data.draw(
        st.sampled_from(
            [b"", b"{", b"}", b"\\", b"\\*", b"\\u", b"\\bin9999999999 ", b"\\par", b"\\cell\\row", b"\xff"]
        )
    )
    _holds(rtf_reader, _RTF[:start] + put + _RTF[end:])


_PIECES = (
    rb"{ } \* \trowd \cellx9. \cell \row \par \footnote. \field \fldrslt. \fldinst.TOC \pict. "
    rb"\sv. \sn. \listtext.1. \ls1. "
    rb"\ilvl99. \ilvl-5. \u55357. \info \title. \shptxt. \upr \ud. \annotation. \fonttbl \f1 \fcharset2. \uc-3. \s1. "
    rb"\dropcapli1. \intbl. \clvmrg \clmrg \outlinelevel-1. text \'e9"
)


@given(st.lists(st.sampled_from(_PIECES.replace(b".", b" ").split(b" ")), max_size=60))
def test_any_order_of_rtf_words(words: list[bytes]) -> None:
    _holds(rtf_reader, b"{\\rtf1 " + b"".join(words))


@pytest.mark.long
@given(st.binary(max_size=2000))
def test_any_bytes_behind_an_rtf_beginning(data: bytes) -> None:
    _holds(rtf_reader, b"{\\rtf1 " + data)
