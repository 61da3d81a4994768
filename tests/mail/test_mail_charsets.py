"""Bytes become the text that was meant, whatever the label says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail import charsets


@pytest.mark.parametrize(
    ("data", "label", "text", "defect"),
    [
        (b"plain", None, "plain", None),
        (b"\x93quoted\x94", "iso-8859-1", "“quoted”", None),
        ("Zürich".encode(), "us-ascii", "Zürich", "wrong-charset"),
        ("Zürich".encode(), "iso-8859-1", "Zürich", "wrong-charset"),
        ("Zürich".encode("latin-1"), "us-ascii", "Zürich", None),
        ("團體".encode("gb18030"), "gb2312", "團體", None),
        (b"\x1b$B-!\x1b(B ok", "iso-2022-jp", "① ok", None),
        (b"\x1b$B$3$s\x1b(J~\x1b(I1\x1b(B", "ISO-2022-JP", "こん~ｱ", None),
        (b"a \x1b$B$3$s\x1b(B", None, "a こん", None),
        (b"\x1b$B\xff\x24\x33x", "iso-2022-jp", "\x7fこx", None),
        ("①".encode("cp932"), "shift_jis", "①", None),
        ("①".encode("euc_jis_2004"), "euc-jp", "①", None),
        ("สวัสดี".encode("cp874"), "windows-874", "สวัสดี", None),
        ("สวัสดี".encode("cp874"), "TIS-620", "สวัสดี", None),
        ("Привет".encode("koi8-r"), "KOI8-R", "Привет", None),
        ("Hi ☃".encode("utf-7"), "utf-7", "Hi ☃", None),
        ("안녕".encode("cp949"), "ks_c_5601-1987", "안녕", None),
        ("hello ☃".encode("utf-16"), "utf-8", "hello ☃", "wrong-charset"),
        ("hello wide".encode("utf-16-le"), "utf-8", "hello wide", "wrong-charset"),
        ("hello wide".encode("utf-16-be"), None, "hello wide", None),
        ("hello".encode("utf-16"), "utf-16", "hello", None),
        ("\ufeffZürich".encode(), "utf-8", "Zürich", None),
        ("Zürich".encode("latin-1") + b" and more words", "utf-8", "Zürich and more words", "wrong-charset"),
        ("Ça a été".encode("latin-1"), "x-no-such", "Ça a été", "unknown-charset"),
        ("Ça a été".encode("latin-1"), "unicode_escape", "Ça a été", "unknown-charset"),
        ("你好！我公司在北京".encode(), "gb2312", "你好！我公司在北京", "wrong-charset"),
        ("联通公司在中国".encode("gb18030"), "gb2312", "联通公司在中国", None),
        ("Привет".encode() + b"\xd0 end", "iso-8859-1", "Привет\ufffd end", "wrong-charset"),
        ("café".encode() + b" \xe2\x80 x", "utf-8", "café \ufffd x", "wrong-charset"),
        ("Привет".encode("cp1251"), "win-1251", "Привет", None),
        ("Привет".encode("cp1251"), "charset=x-cp1251", "Привет", None),
        ("안녕".encode("cp949"), "x-windows-949", "안녕", None),
        ("سلام".encode("iso8859-6"), "iso-8859-6-i", "سلام", None),
        ("Картинка".encode() + b"\xd0", None, "Картинка\ufffd", None),
        (b"plain", "x-no-such", "plain", None),
        (b"a\x00b", None, "a\ufffdb", None),
        (b"+2AA-", "utf-7", "\ufffd", None),
        ("Привет всем".encode() + b"\xff", "utf-8", "Привет всем\ufffd", "wrong-charset"),
    ],
)
def test_the_text_that_was_meant(data: bytes, label: str | None, text: str, defect: str | None) -> None:
    assert charsets.decode(data, label) == (text, defect)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Он сказал, что приедет завтра", "koi8-r"),
        ("Статья «О свободе» — читайте", "cp1251"),
        ("Señor Muñoz, ¿cómo está?", "cp1252"),
        ("今天天气很好，我们去公园", "gb18030"),
        ("今天天氣很好我們", "big5"),
        ("مرحبا بكم في المجلة", "cp1256"),
        ("日本語のテキストです", "cp932"),
        ("日本語のテキストです", "euc_jp"),
        ("한국어 문서입니다", "cp949"),
        ("Příliš žluťoučký kůň", "cp1250"),
        ("Καλημέρα κόσμε", "cp1253"),
    ],
)
def test_unlabelled_text_is_guessed(text: str, codec: str) -> None:
    assert charsets.decode(text.encode(codec), None)[0] == text


def test_labels_are_understood_in_their_spellings() -> None:
    for label in ("UTF8", "utf_8", '"utf-8', "utf-8//TRANSLIT", "utf8mb4"):
        assert charsets.codec_of(label) == "utf-8"
    assert charsets.codec_of("windows-1251") == charsets.codec_of("cp_1251") == "cp1251"
    for wrong in (
        None,
        "",
        "idna",
        "punycode",
        "rot13",
        "zip",
        "undefined",
        "../etc",
        "\x00",
        "x" * 500,
        "é",
    ):
        assert charsets.codec_of(wrong) is None


@given(
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "latin1", "utf-7", "iso-2022-jp", "gb2312", "big5", "utf-16", "odd"]),
)
def test_all_bytes_are_text_under_any_label(data: bytes, label: str | None) -> None:
    text, _ = charsets.decode(data, label)
    assert "\0" not in text
    text.encode("utf-8")
