"""Bytes to text: byte order mark, label, UTF-8, and only then a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

import charset_normalizer

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "iso2022_jp": "iso2022_jp_ext",
}
"""What files under a narrow label really hold (WHATWG Encoding, 4.2)."""
_LATIN = {
    "cp1252": "éèàçùìòêâîôûëïüöäßñáíóúãõåæøœÉÈÀÇÖÜÄÓÅØ¿¡«»’“”„‘–—…•·°€§\u00a0",
    "cp1250": "ąćęłńóśźżěščřžýáíéúůďťňőűăâîşţđöüäôŁŚŻČŘŠŽĐÓÖÜÄ«»’“”„‘–—…•·°€§\u00a0",
    "iso8859_2": "ąćęłńóśźżěščřžýáíéúůďťňőűăâîşţđöüäôŁŚŻČŘŠŽĐÓÖÜÄ«»°§·\u00a0",
    "cp1254": "ığşçöüâîûİŞÇÖÜĞ«»’“”„‘–—…•·°€§\u00a0",
    "mac_roman": "éèàçùìòêâîôûëïüöäßñáíóúãõÉÈÀÇÖÜ«»’“”–—…\u00a0",
}
"""The commonest characters beyond ASCII of texts in the Latin charsets of Europe, west, east and Turkish."""
_OTHERS = ("cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "cp1251", "cp1253", "cp1256", "cp874")
_SAMPLE = 20_000
_IDEOGRAPHS = {
    "gb18030": "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会",
    "big5hkscs": "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會",
    "cp932": "のにをはがでとしてたいるなもかられさまりだこすよう",
    "euc_jp": "のにをはがでとしてたいるなもかられさまりだこすよう",
    "cp949": "이다는을의에가고하를은지한로도기사그어리서자나",
}
"""The commonest characters of texts in each charset of two bytes a character."""
_ALPHABETS = {
    "cp1251": "оеаинтсрвлкмдпуя",
    "koi8_u": "оеаинтсрвлкмдпуя",
    "cp866": "оеаинтсрвлкмдпуя",
    "iso8859_5": "оеаинтсрвлкмдпуя",
    "mac_cyrillic": "оеаинтсрвлкмдпуя",
    "cp1253": "αοιετσηνρκπυ",
    "cp1255": "יוהלאמרתבשנ",
    "cp1256": "المينوتربةعدسه",
    "iso8859_6": "المينوتربةعدسه",
    "cp874": "านรกมอเวลยสตดทป่้ีิั",
}
"""The commonest letters of texts in each charset of another alphabet than the Latin one."""


def decoded(data: bytes, labels: Iterable[str] = ()) -> str:
    """``data`` as text without its byte order mark.

    ``labels`` are charset names that the surroundings claim, best first.  Bytes that fit nothing become
    U+FFFD, so this never fails.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if wide := _unmarked_wide(data):
        return data.decode(wide, "replace")
    if (text := _strict(data, "utf-8")) is not None and (not _escaped(data)):
        return text
    if text is None and _nearly_utf8(data):
        return data.decode("utf-8", "replace")
    for label in labels:
        name = _name(label)
        if name and not name.startswith("utf") and (text := _strict(data, name)) is not None:
            return text
    if _escaped(data) and (text := _strict(data, "iso2022_jp_ext")) is not None:
        return text
    return data.decode(_guess(data), "replace")


def _nearly_utf8(data: bytes) -> bool:
    """Whether what is beyond ASCII is UTF-8 with a few letters cut or damaged; no other charset looks like it."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    good = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return good > 2 and text.count("\ufffd") * 2 <= good


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _name(label: str) -> str:
    """Python's name of the charset ``label`` for text, widened; ``""`` when there is none."""
    try:
        info = codecs.lookup(label.strip().strip("\"'"))
        b"".decode(info.name)
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(info.name, info.name)


def _escaped(data: bytes) -> bool:
    """Whether 7-bit bytes hold the escape sequences of ISO-2022-JP (RFC 1468)."""
    return bool(re.search(rb"\x1b(?:\$[@B]|\([BJ])", data)) and data.isascii()


def _unmarked_wide(data: bytes) -> str:
    """UTF-16 without a mark: text whose every second byte is a zero, or the same high byte, as a rule."""
    if len(data) < 4 or len(data) % 2 or b"\0" not in data[:_SAMPLE]:
        return ""
    sample = data[:_SAMPLE]
    high, low = sample[1::2].count(0), sample[0::2].count(0)
    if high > 3 * low and _text(data, "utf-16-le"):
        return "utf-16-le"
    if low > 3 * high and _text(data, "utf-16-be"):
        return "utf-16-be"
    return ""


def _text(data: bytes, name: str) -> bool:
    """Whether nearly all of the first characters are such as people write."""
    text = data[:4000].decode(name, "replace")
    return sum(char.isprintable() and char != "\ufffd" for char in text) > 0.9 * len(text) - 20


def _guess(data: bytes) -> str:
    """The charset whose text looks most like a language.

    Writing other than Latin is told by its commonest characters, which stand out sooner than any
    statistics of bytes; the rest is left to charset-normalizer.
    """
    sample = data[:_SAMPLE]
    scores = {name: _ideographs(sample, name, common) for name, common in _IDEOGRAPHS.items()}
    scores |= {name: _letters(sample, name, common) / 4 for name, common in _ALPHABETS.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0.08:
        return best
    shares = {name: _share(sample.decode(name, "replace"), common) for name, common in _LATIN.items()}
    likely = max(shares, key=lambda name: shares[name])
    if shares[likely] > 0.6:
        return likely
    match = charset_normalizer.from_bytes(sample, cp_isolation=list(_OTHERS)).best()
    return match.encoding if match else "cp1252"


def _ideographs(sample: bytes, name: str, common: str) -> float:
    """The share of ``common`` characters where nearly all high bytes make characters of the far East."""
    text = sample.decode(name, "replace")
    wide = [char for char in text if ord(char) > 0x2FFF and char != "\ufffd"]
    if text.count("\ufffd") * 10 > len(wide) + 9 or len(wide) * 2 < 0.8 * sum(byte > 0x7F for byte in sample):
        return 0.0
    return _share("".join(wide), common)


def _letters(sample: bytes, name: str, common: str) -> float:
    """The share of ``common`` letters where nearly half of all letters are not ASCII."""
    text = sample.decode(name, "replace")
    if sum(char > "\x7f" for char in text) < 0.45 * sum(char.isalpha() or char > "\x7f" for char in text):
        return 0.0
    return _share(text, common)


def _share(text: str, common: str) -> float:
    """Which share of the characters beyond ASCII are ``common`` ones."""
    foreign = [char for char in text if char > "\x7f"]
    return sum(char in common for char in foreign) / max(1, len(foreign))
