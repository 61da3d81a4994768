"""Bytes to text, whatever the label says.

Labels lie in known ways: ``gb2312`` is gb18030, ``iso-8859-1`` is windows-1252 (the WHATWG Encoding
Standard says so too), ``iso-2022-jp`` carries NEC's row 13, ``utf-8`` is sometimes UTF-16.  Only codecs
of a fixed list are used, since Python's table also holds ``punycode``, ``unicode_escape`` and others
that are no charsets.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import lru_cache

from charset_normalizer import from_bytes

SAMPLE = 4096
"""How many bytes the detection of an unlabelled charset looks at."""

_SAME_AS = {
    "ascii": "cp1252", "usascii": "cp1252", "ansix341968": "cp1252", "iso88591": "cp1252", "latin1": "cp1252",
    "l1": "cp1252", "ansi": "cp1252", "iso88599": "cp1254", "latin5": "cp1254", "iso885911": "cp874",
    "tis620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "xgbk": "gb18030", "cp936": "gb18030",
    "gb231280": "gb18030", "euccn": "gb18030", "hzgb2312": "hz", "shiftjis": "cp932", "sjis": "cp932",
    "xsjis": "cp932", "mskanji": "cp932", "windows31j": "cp932", "xeucjp": "euc_jp", "big5": "big5hkscs",
    "xbig5": "big5hkscs", "cnbig5": "big5hkscs", "euckr": "cp949", "ksc56011987": "cp949", "ksc5601": "cp949",
    "windows949": "cp949", "windows874": "cp874", "iso88598i": "iso8859-8", "iso88598e": "iso8859-8",
    "macintosh": "mac-roman", "xmacroman": "mac-roman", "xmaccyrillic": "mac-cyrillic", "utf8mb4": "utf-8",
    "unicode11utf8": "utf-8", "utf8bom": "utf-8", "unicode11utf7": "utf-7", "xunicode20utf7": "utf-7",
    "ansix31101983": "cp1252", "iso88596i": "iso8859-6", "iso88596e": "iso8859-6",
    "unicode": "utf-16", "ucs2": "utf-16", "iso2022jpms": "iso2022_jp", "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp", "cp50222": "iso2022_jp",
}  # fmt: skip
_CHARSETS = (
    "utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be utf-7 gb18030 hz big5hkscs cp950 cp932 euc_jp"
    " iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_3 iso2022_jp_ext iso2022_kr cp949 johab cp1250 cp1251 cp1252"
    " cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp737 cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862"
    " cp863 cp864 cp865 cp866 cp869 cp874 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8"
    " iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u koi8-t kz1048 ptcp154 mac-roman"
    " mac-cyrillic mac-greek mac-iceland mac-latin2 mac-turkish"
)
_ALLOWED = frozenset(_CHARSETS.split())
_SEVEN_BIT = ("utf-7", "hz", "iso2022", "utf-16", "utf-32")
_LIKELY = (
    "cp1252 cp1251 koi8_r cp1256 gb18030 big5 cp932 euc_jp cp949 cp1250 cp1253 cp1254 cp1255 cp874 cp1258"
)
_CODE_PAGE = re.compile(r"x?(?:cp|win|windows|ms|ibm|dos)(\d{3,4})")
_JIS = re.compile(rb"\x1b(\$[@B]|\$\([BDQOP]|\([BJIH])([^\x1b]*)")
_TURNS = "[а-яё][А-ЯЁ]|[а-яё][A-Za-z]|[A-Za-z][а-яё]"
_RUSSIAN_LOWER, _RUSSIAN_UPPER, _RUSSIAN_TURN = (re.compile(p) for p in ("[а-яё]", "[А-ЯЁ]", _TURNS))
_WESTERN_NOT = re.compile(
    "[^\\x01-\\x7f\xa0àâäáãåæçéèêëíìîïñóòôöõøúùûüßÀÂÄÁÅÆÇÉÈÊËÍÎÏÑÓÔÖØÚÛÜœŒ€“”„‘’–—…«»°·¡¿©®•]"
)
_STRAY = re.compile("[\x00\ud800-\udfff]")


@lru_cache(512)
def codec_of(label: str | None) -> str | None:
    """Name of the codec to use for a charset label, or None when the label is missing or unknown."""
    if not label:
        return None
    key = re.sub(r"[^a-z0-9]", "", label.lower().split("//", 1)[0])[:40]
    key = key.removeprefix("charset")
    numbered = _CODE_PAGE.fullmatch(key)
    page = f"cp{numbered[1]}" if numbered else key
    for known in (key, page):
        if known in _SAME_AS:
            return _SAME_AS[known]
    for name in (page, re.sub(r"[^a-z0-9]+", "-", label.lower()[:40]).strip("-"), key):
        try:
            found = codecs.lookup(name).name
        except LookupError:
            continue
        if found in _ALLOWED:
            return found
    return None


def clean(text: str) -> str:
    """The text without what no store takes: NUL and lone surrogates become U+FFFD."""
    return _STRAY.sub("\ufffd", text) if _has_stray(text) else text


def decode(data: bytes, label: str | None) -> tuple[str, str | None]:
    """Text of ``data``, and the defect met: ``unknown-charset``, ``wrong-charset`` or None.  Never raises."""
    codec = codec_of(label)
    plain = data.isascii() and b"\0" not in data and b"\x1b" not in data
    if plain and (codec is None or not codec.startswith(_SEVEN_BIT)):
        return data.decode("ascii"), None
    text, right = _with_codec(data, codec) if codec else (None, False)
    if text is None:
        text = _detected(data)
        right = not label
    return clean(text), None if right else "wrong-charset" if codec else "unknown-charset"


def _with_codec(data: bytes, codec: str) -> tuple[str | None, bool]:
    """The text under a label, or None when the label cannot be true; and whether the label was right."""
    wide = None if codec.startswith("utf-16") else _wide(data)
    if wide:
        return data.decode(wide, "replace"), False
    text = _strict(data, "utf-8-sig")
    if text is not None and (codec in ("cp1252", "utf-8") or _surely_utf8(text)):
        return text, codec == "utf-8" or data.isascii()
    if codec == "cp1252" and text is None and _nearly_utf8(data):
        return data.decode("utf-8", "replace"), False
    for name in _tries(codec):
        text = _strict(data, name)
        if text is not None:
            return text.removeprefix("\ufeff"), True
    if codec.startswith("iso2022_jp"):
        return _jis(data), True
    text = data.decode(codec, "replace")
    lost = text.count("\ufffd")
    beyond = sum(1 for char in text[: SAMPLE * 16] if char > "\x7f")
    # Other charsets hardly ever give a whole letter of UTF-8.
    most = 8 if codec != "utf-8" else 2
    mostly = lost * most <= beyond or lost <= 2 < len(data) // 32
    return (text, False) if mostly else (None, False)


def _surely_utf8(text: str) -> bool:
    """Whether text that could be read as UTF-8 is UTF-8 whatever its label says: none other gives as much by chance."""
    beyond = [char for char in text[: SAMPLE * 16] if char > "\x7f"]
    return (
        len(beyond) > 3
        and "\x1b" not in text
        and (len(beyond) > 8 or any(char > "\u07ff" for char in beyond))
    )


def _nearly_utf8(data: bytes) -> bool:
    """Whether nearly all that is beyond ASCII is UTF-8; a letter was cut or damaged on the way."""
    text = data[: SAMPLE * 16].decode("utf-8", "replace")
    good = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return good > 3 and text.count("\ufffd") * 4 <= good


def _tries(codec: str) -> tuple[str, ...]:
    more = {
        "euc_jp": ("euc_jp", "euc_jis_2004"),
        "big5hkscs": ("big5hkscs", "cp950"),
        "cp874": ("cp874", "iso8859-11"),
    }
    return more.get(codec, (codec,))


def _detected(data: bytes) -> str:
    """Text of bytes without a usable label: UTF-8, UTF-16, ISO-2022-JP, else what statistics say."""
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    text = _strict(data, "utf-8-sig")
    if text is not None:
        return _jis(data) if b"\x1b$" in data else text
    if _nearly_utf8(data):
        return data.decode("utf-8", "replace")
    eight = next((at for at, byte in enumerate(data) if byte > 0x7F), 0)
    start = data.rfind(b"\n", 0, eight) + 1
    sample = data[max(start, eight - 64) : eight + SAMPLE]
    return data.decode(_western(sample) or _russian(sample) or _statistical(sample), "replace")


def _russian(sample: bytes) -> str | None:
    """KOI8-R or windows-1251, told apart by case: in the wrong one the words start small and go on large."""
    for codec in ("cp1251", "koi8_u"):
        text = sample.decode(codec, "replace")
        lower, upper = len(_RUSSIAN_LOWER.findall(text)), len(_RUSSIAN_UPPER.findall(text))
        other = sum(1 for char in text if char > "\x7f") - lower - upper
        # Hebrew and Arabic bytes also fall on small letters here, but never on these.
        sure = upper or any(char in text for char in "ыьэюя")
        if sure and lower > 3 * (upper + other) and not _RUSSIAN_TURN.search(text):
            return codec
    return None


def _western(sample: bytes) -> str | None:
    """windows-1252 when every letter beyond ASCII is one that its languages use often."""
    text = _strict(sample, "cp1252")
    words = text is not None and not _WESTERN_NOT.search(text)
    return "cp1252" if words and sum(byte > 0x7F for byte in sample) * 5 < len(sample) * 2 else None


def _statistical(sample: bytes) -> str:
    best = from_bytes(sample, steps=1, chunk_size=SAMPLE, cp_isolation=_LIKELY.split()).best()
    return best.encoding if best else "cp1252"


def _wide(data: bytes) -> str | None:
    """``utf-16`` for bytes that are plainly two to a letter, by their mark or by where the zeros stand."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and len(data) % 2 == 0:
        return "utf-16"
    head = data[:400]
    pairs = len(head) // 2
    if b"\0" not in head or pairs < 2:
        return None
    if head[1::2].count(0) * 5 > pairs * 3 and head[::2].count(0) * 5 < pairs:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) * 5 > pairs * 3 and head[1::2].count(0) * 5 < pairs else None


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeError:
        return None


def _jis(data: bytes) -> str:
    """ISO-2022-JP as it is written in practice: rows 9 to 13 and above as in code page 932."""
    first = data.find(b"\x1b")
    out = [data[: first if first >= 0 else len(data)].decode("ascii", "replace")]
    readers: dict[bytes, Callable[[bytes], str]] = {b"$": _jis_double, b"(I": _jis_kana}
    for mode, run in _JIS.findall(data):
        reader = readers.get(mode[:1]) or readers.get(mode)
        out.append(reader(run) if reader else run.decode("ascii", "replace"))
    return "".join(out)


def _jis_kana(run: bytes) -> str:
    return bytes(byte | 0x80 for byte in run).decode("cp932", "replace")


def _jis_double(run: bytes) -> str:
    out = bytearray()
    at = 0
    while at < len(run):
        high, low = run[at], run[at + 1] if at + 1 < len(run) else 0
        if not (0x21 <= high <= 0x7E and 0x21 <= low <= 0x7E):
            out.append(high & 0x7F)
            at += 1
            continue
        row = (high - 0x21) // 2
        out.append(row + (0x81 if row < 31 else 0xC1))
        out.append(low + (0x1F if low < 0x60 else 0x20) if high % 2 else low + 0x7E)
        at += 2
    return out.decode("cp932", "replace")


def _has_stray(text: str) -> bool:
    return "\0" in text or _strict_utf8(text) is None


def _strict_utf8(text: str) -> bytes | None:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return None
