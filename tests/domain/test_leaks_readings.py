"""A secret is found behind escapes, in letters that are drawn otherwise, and in bytes read with the wrong encoding."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from app.domain.leaks import Matcher, Place, Term
from app.domain.leaks_addresses import addresses
from app.domain.leaks_readings import readings

TERMS = [
    Term(text, kind, "01ARZ3NDEKTSV4RRFFQ69G5FAV")
    for text, kind in (
        ("Zhang Xiulan", "name"),
        ("张秀兰", "name"),
        ("Алексей Громов", "name"),
        ("Jürgen Müßig", "name"),
        ("+86 371 5550 199", "phone"),
    )
]
MATCHER = Matcher(TERMS)
HAN, RUSSIAN = "张秀兰", "Алексей Громов"

HIDDEN = {
    "tones as numbers": "Zhang1 Xiu4lan2",
    "tones as numbers, together": "zhang1xiu4lan2",
    "a Markdown escape": r"Zhang\-Xiu\lan is Zhang\_Xiulan",
    "letters of tags": "A flag: " + "".join(chr(0xE0000 + ord(letter)) for letter in "Zhang Xiulan"),
    "right to left by force": "\u202enaluiX gnahZ\u202c and more",
    "right to left, isolated": "\u2067\u202enaluiX gnahZ\u202c\u2069",
    "framed letters": "".join(chr(0x1F150 + ord(letter) - 65) for letter in "ZHANGXIULAN"),
    "boxed letters": "".join(chr(0x1F170 + ord(letter) - 65) for letter in "ZHANGXIULAN"),
    "letters of flags": "".join(chr(0x1F1E6 + ord(letter) - 65) for letter in "ZHANGXIULAN"),
    "octal escapes": "".join(f"\\{byte:03o}" for byte in HAN.encode()),
    "bytes of Python": str(HAN.encode()),
    "an address in the encoding of China": quote(HAN.encode("gb18030")),
    "an address in an encoding of Russia": quote(RUSSIAN.encode("cp1251")),
    "UTF-8 taken for Latin-1": HAN.encode().decode("latin-1"),
    "UTF-8 taken for Windows": "Громов Алексей".encode().decode("cp1252", "replace").replace("\ufffd", ""),
    "Chinese taken for Western": HAN.encode("gb18030").decode("latin-1"),
    "accents taken for Latin-1": "it says JÃ¼rgen MÃ¼ÃŸig",
    "KOI8 taken for Western": RUSSIAN.encode("koi8-r").decode("latin-1"),
    "an old spelling in Latin letters": "Alexei Gromoff",
    "Chinese numerals": "电话〇三七一五五五〇一九九",
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_hidden_secret_is_found(how: str) -> None:
    hits = MATCHER.find(f"A quiet line. {HIDDEN[how]} and more words.", Place.BODY)
    # Some letters of UTF-8 have no sign in the encoding of Windows and are lost on the way.
    assert [hit for hit in hits if not hit.part or how == "UTF-8 taken for Windows"]


def test_the_telephone_number_of_a_town_alone_warns() -> None:
    assert [hit.severity for hit in MATCHER.find("ring 5550-199 at night", Place.BODY)] == ["warn"]
    assert [hit.severity for hit in MATCHER.find("5550199", Place.METADATA)] == ["block"]
    assert MATCHER.find("no 155501991", Place.BODY) == []


def test_an_address_is_seen_behind_the_escapes_of_markdown() -> None:
    assert "li.wei@post.example" in addresses(r"li.wei \[at\] post \[dot\] example")
    assert "li_wei@post.example" in addresses(r"li\_wei\@post.example")


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, a1 and b2, and nothing else.",
        "„Weiß“ – «où»… ‘so’ – “fine”.",
        "Zürich, Besançon, São Paulo, Łódź, Đorđe.",
        "二〇二六年十一月二十三日",
        "🇨🇭",
        "100 % of 50% is 50",
    ],
)
def test_ordinary_text_is_read_once(text: str) -> None:
    assert list(readings(text)) == [text]


@pytest.mark.parametrize(
    "text", [r"\400\999", "%C3%28%FF", "\u202e", "xn--\u00e9", "\\u{110000}", "\\U99999999"]
)
def test_what_only_looks_like_an_escape_does_no_harm(text: str) -> None:
    assert next(iter(readings(text))) == text
