"""Telling the language of a text: by its script, and among Latin ones by their most frequent words; and
which way a language is written.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

_LOOKED_AT = 1500
_SCRIPTS = re.compile(
    "(?P<hangul>[\uac00-\ud7af])|(?P<kana>[\u3040-\u30ff])|(?P<han>[\u3400-\u4dbf\u4e00-\u9fff])"
    "|(?P<arabic>[\u0620-\u06ff])|(?P<cyrillic>[\u0400-\u04ff])|(?P<hebrew>[\u05d0-\u05ea])|(?P<greek>[\u0370-\u03ff])"
    "|(?P<thai>[\u0e00-\u0e7f])|(?P<tibetan>[\u0f00-\u0fff])|(?P<devanagari>[\u0900-\u097f])"
    "|(?P<burmese>[\u1000-\u109f])|(?P<georgian>[\u10a0-\u10ff])|(?P<armenian>[\u0530-\u058f])"
    "|(?P<latin>[A-Za-z\u00c0-\u024f\u1e00-\u1eff])"
)
_SIGNS = {name: chr(ord("a") + number) for name, number in _SCRIPTS.groupindex.items()}
_NAMES = {sign: name for name, sign in _SIGNS.items()}
"""One letter for each script, so that characters can be counted without a Python step for each."""
_WEIGHTS = {"han": 3, "kana": 3, "hangul": 3}
_BY_SCRIPT = {
    "hangul": "ko",
    "kana": "ja",
    "han": "zh",
    "hebrew": "he",
    "greek": "el",
    "thai": "th",
    "tibetan": "bo",
    "devanagari": "hi",
    "burmese": "my",
    "georgian": "ka",
    "armenian": "hy",
}
_ARABIC = (("ug", "ېۆۈۋ"), ("ur", "ٹڈڑںے"), ("fa", "پچژگ"))
"""Letters that Arabic itself does not write, the more particular alphabets first."""
_CYRILLIC = (("uk", "їєґ"), ("be", "ў"), ("sr", "ђћџ"), ("kk", "әғқңһ"))
_LATIN = {
    "en": "the of and to in is that was for it with as his on be at by had not are but from they have this were",
    "it": "di che e la il un per non sono del si le da una con come ma ha anche della gli nel più alla dei è",
    "fr": "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más pero sus le",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus",
    "pt": "de que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à",
    "nl": "de van een het en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit",
    "pl": "w i na z się nie do to że jest o jak po co ale od za przez był dla jego tak",
    "tr": "bir ve bu da de için ile çok ne daha gibi kadar olarak olan var en sonra ama değil",
    "vi": "và của là có được cho không người trong một các với những này đã khi ở",
    "cs": "a se v na je že o s z do to i ve pro za by jsem ale jako po byl",
    "ro": "de și în a la cu o pe care un din nu că mai este pentru sau au ce",
}
_SPOKEN_IN: dict[str, list[str]] = {}
for _language, _words in _LATIN.items():
    for _each in set(_words.split()):
        _SPOKEN_IN.setdefault(_each, []).append(_language)
_WORD = re.compile(r"[a-zà-ɏḀ-ỿ]+")
_PLAIN = bytes(ord(chr(code).lower()) if chr(code).isalpha() else 32 for code in range(128)) + bytes(128)
"""Letters small, anything else a blank."""
_RIGHT_TO_LEFT = {
    "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd", "syr", "ug",
    "ur", "yi",
}  # fmt: skip
_RIGHT_TO_LEFT_SCRIPTS = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"}


class _Scripts(dict[int, str]):
    """Maps a code point to the sign of its script, nothing for one that tells no script."""

    def __missing__(self, code: int) -> str:
        found = _SCRIPTS.match(chr(code))
        self[code] = sign = _SIGNS[str(found.lastgroup)] if found else ""
        return sign


_script = _Scripts()


def tell(text: str) -> str:
    """The primary BCP 47 tag of the language of ``text``, ``""`` when it does not tell."""
    head = text[:_LOOKED_AT]
    if head.isascii():
        return _latin(head)
    signs = head.translate(_script)
    if not signs:
        return ""
    seen = {sign: number for sign in _NAMES if (number := signs.count(sign))}
    # A Chinese character says as much as several letters, and kana tells Japanese beside any number of them.
    # Of scripts with as many, the one that comes first.
    most = max(seen, key=lambda sign: (seen[sign] * _WEIGHTS.get(_NAMES[sign], 1), -signs.index(sign)))
    script = _NAMES[most]
    if script in ("han", "kana"):
        return "ja" if seen.get(_SIGNS["kana"], 0) * 10 > seen.get(_SIGNS["han"], 0) else "zh"
    if script == "arabic":
        return _by_letters(head, _ARABIC, "ar")
    if script == "cyrillic":
        return _by_letters(head, _CYRILLIC, "ru")
    return _latin(head) if script == "latin" else _BY_SCRIPT[script]


def direction_of(language: str) -> str:
    """``rtl`` or ``ltr``, as the script of a BCP 47 ``language`` runs."""
    primary, *rest = language.split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0].title() in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary.lower() in _RIGHT_TO_LEFT else "ltr"


def _by_letters(text: str, alphabets: tuple[tuple[str, str], ...], common: str) -> str:
    for language, letters in alphabets:
        if sum(text.count(letter) for letter in letters) * 200 > len(text):
            return language
    return common


def _latin(text: str) -> str:
    plain = text.isascii()
    words = text.encode().translate(_PLAIN).decode().split() if plain else _WORD.findall(text.casefold())
    scores = Counter(chain.from_iterable(filter(None, map(_SPOKEN_IN.get, words))))
    (best, most), (_, next_most) = [*scores.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= 2 and most > next_most else ""
