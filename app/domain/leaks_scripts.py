"""How a name is spelt in another script or without its special letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
    "ђ": "dj", "џ": "dz", "қ": "q", "ә": "a", "ғ": "g", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h",
}  # fmt: skip
"""BGN/PCGN without its signs: the spelling of most newspapers."""

_GERMAN = {
    "в": "w",
    "ж": "sch",
    "з": "s",
    "й": "i",
    "х": "ch",
    "ц": "z",
    "ч": "tsch",
    "ш": "sch",
    "щ": "schtsch",
}
_FRENCH = {
    "ё": "e",
    "ж": "j",
    "й": "i",
    "у": "ou",
    "ч": "tch",
    "ш": "ch",
    "щ": "chtch",
    "ю": "iou",
    "я": "ia",
}
_POLISH = {"в": "w", "ж": "z", "й": "j", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz", "щ": "szcz"}
_BARE = {"ё": "e", "ж": "z", "й": "j", "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "s", "ю": "ju", "я": "ja"}
_SCHEMES: tuple[dict[str, str], ...] = (
    {},
    {
        "ё": "e",
        "й": "i",
        "ю": "iu",
        "я": "ia",
        "є": "ie",
        "ї": "i",
        "ъ": "ie",
    },  # ICAO Doc 9303, as in passports
    {**_BARE, "є": "je", "ї": "i"},  # ISO 9 without its diacritics
    {"х": "h", "ё": "e"},
    {
        "г": "h",
        "и": "y",
        "й": "i",
        "ю": "iu",
        "я": "ia",
        "є": "ie",
        "ї": "i",
    },  # Ukrainian, resolution 55 of 2010
    {**_GERMAN, "ё": "jo", "ю": "ju", "я": "ja"},
    _FRENCH,
    {**_POLISH, "ё": "jo", "ю": "ju", "я": "ja"},
)
"""How other ways of writing Cyrillic in Latin letters differ from that one."""

_UMLAUTS: tuple[dict[str, str], ...] = (
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"},
    {"ü": "v"},  # pinyin as it is typed
    {"ü": "yu"},  # pinyin in passports
)
_WITHOUT_E = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))


def spellings(name: str) -> Iterator[str]:
    """Other ways of writing ``name`` that need nobody's judgement; some may be equal."""
    lower = unicodedata.normalize("NFC", name).casefold()
    if any(letter in _LATIN for letter in lower):
        yield from _romanised(lower)
    for letters in _UMLAUTS:
        if any(letter in lower for letter in letters):
            yield lower.translate(_table(letters))
    for long, short in _WITHOUT_E:
        if long in lower:
            yield lower.replace(long, short)


def _romanised(name: str) -> Iterator[str]:
    """``name`` by every scheme, also with the endings that are mostly cut short: Dmitry, Maria."""
    written = {name}
    for short in ("y", "i"):
        form = re.sub(r"[иы]й\b", short, name)
        written.add(re.sub(r"(?<=[ие])я\b", "a", form))
    written |= {re.sub(r"\b[еэ]", "ye", form) for form in written}
    written |= {form.replace("кс", "x") for form in written}
    written |= {re.sub(r"(?<=[оеё])в\b", "ff", form) for form in written}
    for form in sorted(written):
        for scheme in _SCHEMES:
            yield form.translate(_table({**_LATIN, **scheme}))


def _table(letters: dict[str, str]) -> dict[int, str]:
    return {ord(letter): others for letter, others in letters.items()}
