"""Phrase lists: what people write when they decline, ask, reserve or withdraw, in several languages.

A phrase is plain words, matched on folded text: no case, no accents, no Arabic vowel signs or forms of
alef, any white space.  ``…`` stands for up to 40 characters of anything within a sentence, ``*`` for
any ending of a word, ``(a|b)`` for one of several and ``(a)?`` for one that may be missing.  The
phrases of all languages are looked for in every text: people mix them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from operator import add
from typing import NamedTuple

from app.domain.errors import RuleBroken
from app.domain.toml_lines import line_of

CLASSES = (
    "contribution",
    "press",
    "takedown",
    "data-request",
    "reply-request",
    "error-report",
    "invitation",
    "pitch",
    "question",
    "desk",
    "withdrawal",
    "automatic-answer",
    "bounce",
)
RESERVATIONS = ("no-name", "not-for-publication", "exclusive", "embargo", "not-this-picture", "see-edit")
CLAIMS = ("unpublished", "published")
KINDS = ("testimony", "interview", "translation", "document", "event", "tip")
_KEYS = {
    "classes": CLASSES,
    "reservations": RESERVATIONS,
    "unless": ("reservation",),
    "claims": CLAIMS,
    "kinds": KINDS,
    "dates": tuple(map(str, range(1, 13))),
    "numbers": tuple(map(str, range(1, 10))),
}
_ALIKE = (
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("´", "'"), ("‐", "-"), ("–", "-"), ("—", "-"), ("ى", "ي"), ("ة", "ه"),
)  # fmt: skip
_DROPPED = re.compile(
    "[\u0300-\u036f\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_PREFIXES = "وف"
"""Arabic "and" and "so", written onto the next word."""
_WORD = re.compile(r"\w+")
_PLAIN = bytes(ord(chr(code).lower()) if re.match(r"\w", chr(code)) else 32 for code in range(128)) + bytes(
    128
)
"""Letters small, digits and underscores as they are, anything else a blank."""
_WHOLE = re.compile(r"(?<![\w*])\w+(?![\w*])")
_GROUP = re.compile(r"\(([^()]*)\)(\??)")
_OPTIONAL = re.compile(r"\(([^()]*)\)\? ")
_SIGNS = re.compile(r" ?… ?|\*| ?:|\)\?|[()|]| ")
_MEANING = {"*": r"\w*", ":": " ?:", ")?": ")?", "(": "(?:", ")": ")", "|": "|", " ": ",? "}
_GAP = "[^.!?。！？؟\n]{0,40}?"
_GAP_OF_PERMISSION = r"(?:(?!\b(?:not|but|non|ma|ne|pas|mais|не|но|لا|لكن)\b)[^,;.!?。，；！？؟،\n]){0,25}?"
"""Nothing stands between "you may use" and "my name" that could turn the sentence round once more."""


class Phrase(NamedTuple):
    """A folded phrase.  ``needs`` are sets of words; a text with the phrase has a word of each of them."""

    key: str
    text: str
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class PhraseLists:
    """Phrases by key, found by a word that each of them has.

    ``by_word`` maps a folded word, or one or two Chinese characters, to the phrases that hold it: of
    thousands of phrases only those are tried whose words are in the text.
    """

    by_word: Mapping[str, tuple[Phrase, ...]]
    gap: str = _GAP

    def near(self, words: frozenset[str]) -> PhraseLists:
        """The phrases that are found by one of ``words`` and need no other ones."""
        found: dict[str, tuple[Phrase, ...]] = {}
        for word in self.by_word.keys() & words:
            phrases = tuple(each for each in self.by_word[word] if not any(map(words.isdisjoint, each.needs)))
            if phrases:
                found[word] = phrases
        return PhraseLists(found, self.gap) if found else _NONE

    def telling(self) -> Iterator[str]:
        """Every word that a phrase is found by, or needs."""
        yield from self.by_word
        for phrase in chain.from_iterable(self.by_word.values()):
            yield from chain.from_iterable(phrase.needs)

    def matches(self, text: str) -> dict[str, re.Match[str]]:
        """For each key that has a phrase in ``text``, which is folded, the first match."""
        found: dict[str, re.Match[str]] = {}
        if not self.by_word:
            return found
        words = set(_words(text))
        for word in self.by_word.keys() & words:
            for key, phrase, needs in self.by_word[word]:
                if any(map(words.isdisjoint, needs)):
                    continue
                match = _first(_compiled(phrase, self.gap), text)
                if match and (key not in found or _place(match) < _place(found[key])):
                    found[key] = match
        return found


_NONE = PhraseLists({})


@dataclass(frozen=True, slots=True)
class Phrases:
    """The lists.  ``months`` and ``numbers`` map folded words to numbers."""

    classes: PhraseLists
    reservations: PhraseLists
    unless: PhraseLists
    claims: PhraseLists
    kinds: PhraseLists
    months: Mapping[str, int]
    numbers: Mapping[str, int]
    telling: frozenset[str] = frozenset()
    """The words that tell of a phrase in one of the lists."""

    def near(self, text: str) -> Phrases:
        """The lists with those phrases only that ``text``, or a part of it, can have: of most texts none."""
        words = self.telling.intersection(_words(text if text.isascii() else _bare(text).casefold()))
        return replace(
            self,
            classes=self.classes.near(words),
            reservations=self.reservations.near(words),
            unless=self.unless.near(words),
            claims=self.claims.near(words),
            kinds=self.kinds.near(words),
            telling=words,
        )


def parse(texts: Mapping[str, str]) -> Phrases:
    """The phrases of all ``texts``: the name of a file to its TOML.

    Raises:
        RuleBroken: ``magazine.broken`` with file, line and reason.
    """
    found: dict[str, list[_Entry]] = {group: [] for group in _KEYS}
    for name, text in texts.items():
        for group, entry in _entries(name, text):
            found[group].append(entry)
    classes, reservations, claims, kinds = (
        _lists(found[name]) for name in ("classes", "reservations", "claims", "kinds")
    )
    unless = _lists(found["unless"], _GAP_OF_PERMISSION)
    return Phrases(
        classes=classes,
        reservations=reservations,
        unless=unless,
        claims=claims,
        kinds=kinds,
        telling=frozenset(
            chain.from_iterable(each.telling() for each in (classes, reservations, unless, claims, kinds))
        ),
        months={phrase: int(key) for key, phrase, _ in found["dates"]},
        numbers={phrase: int(key) for key, phrase, _ in found["numbers"]},
    )


def fold(text: str) -> str:
    """``text`` as phrases are matched on it."""
    return " ".join(_bare(text).split()).casefold()


def _bare(text: str) -> str:
    if text.isascii():
        return text
    for mark, plain in _ALIKE:
        text = text.replace(mark, plain)
    return _DROPPED.sub("", unicodedata.normalize("NFKD", text))


_Entry = tuple[str, str, list[tuple[str, ...]]]
"""Key and folded phrase, and for each of its parts words of which a text has one."""


def _entries(name: str, text: str) -> Iterator[tuple[str, _Entry]]:
    """Every phrase in a file with its group."""

    def broken(line: int, reason: str) -> RuleBroken:
        return RuleBroken("magazine.broken", file=name, line=line, reason=reason)

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).partition(" (at ")
        line = re.search(r"line (\d+)", place)
        raise broken(int(line[1]) if line else text.count("\n") + 1, reason) from None
    for group, lists in table.items():
        if group not in _KEYS or not isinstance(lists, dict):
            raise broken(line_of(text, (group,)), f"unknown table {group}")
        for key, phrases in lists.items():
            if key not in _KEYS[group]:
                raise broken(line_of(text, (group, key)), f"unknown key {key}")
            if not isinstance(phrases, list) or not all(isinstance(phrase, str) for phrase in phrases):
                raise broken(line_of(text, (group, key)), f"{key} must be a list of texts")
            for phrase in phrases:
                folded = "…".join(map(fold, phrase.split("…")))
                needs = _needs(folded)
                if not needs or not _compiles(folded):
                    raise broken(line_of(text, (group, key)), f"this phrase cannot be looked for: {phrase}")
                yield group, (key, folded, needs)


def _lists(entries: Iterable[_Entry], gap: str = _GAP) -> PhraseLists:
    by_word: dict[str, dict[Phrase, None]] = {}
    for key, text, (first, *others) in entries:
        phrase = Phrase(key, text, tuple(map(frozenset, others)))
        for word in first:
            by_word.setdefault(word, {})[phrase] = None
    return PhraseLists({word: tuple(phrases) for word, phrases in by_word.items()}, gap)


def _words(text: str) -> Collection[str]:
    """The words of folded ``text``, or of any that is ASCII.

    Arabic ones come also without a leading "and" or "so", Chinese in ones and twos.
    """
    if text.isascii():
        return text.encode().translate(_PLAIN).decode().split()
    written = set(_WORD.findall(text))
    words = set(written)
    if any(prefix in text for prefix in _PREFIXES):
        words |= {word[1:] for word in written if word[0] in _PREFIXES}
    if _CJK.search(text):
        words.update(text)
        words.update(map(add, text, text[1:]))
    return words


def _needs(phrase: str) -> list[tuple[str, ...]]:
    """For each part of the phrase words of which every text with it has one; the most telling part first."""
    choices: list[tuple[str, ...]] = [
        (word,) for part in _GROUP.split(phrase)[::3] for word in _telling(part)
    ]
    for inside, optional in _GROUP.findall(phrase):
        best = [max(_telling(one), key=len, default="") for one in inside.split("|")]
        if not optional and all(best):
            choices.append(tuple(best))
    return sorted(choices, key=lambda words: (-min(map(len, words)), len(words)))


def _telling(text: str) -> list[str]:
    return [word[:2] if _CJK.search(word) else word for word in _WHOLE.findall(text)]


def _compiles(phrase: str) -> bool:
    rest = _GROUP.sub("", phrase)
    return not set(rest) & set("()|")


@cache
def _compiled(phrase: str, gap: str) -> re.Pattern[str]:
    # The space behind what may be missing goes with it.
    phrase = _OPTIONAL.sub(lambda group: f"({group[1].replace('|', ' |')} )?", phrase)
    parts, end = [], 0
    for sign in _SIGNS.finditer(phrase):
        parts.append(re.escape(phrase[end : sign.start()]))
        mark = sign[0] if sign[0] == " " else sign[0].strip()
        parts.append(gap if mark == "…" else _MEANING[mark])
        end = sign.end()
    words = "".join((*parts, re.escape(phrase[end:])))
    return re.compile(words if _CJK.search(phrase) else rf"(?:{words})(?!\w)")


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that begins a word; a look-behind in the patterns would make them ten times as slow."""
    match = pattern.search(text)
    while match and not _begins(text, match.start()):
        match = pattern.search(text, match.start() + 1)
    return match


def _begins(text: str, at: int) -> bool:
    if at == 0 or not _WORD.match(text, at - 1) or _CJK.match(text, at):
        return True
    return text[at - 1] in _PREFIXES and (at == 1 or not _WORD.match(text, at - 2))


def _place(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), -match.end()
