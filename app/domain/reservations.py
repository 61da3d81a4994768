"""What a sender reserves: no name, not for publication, exclusive, an embargo, not this picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.deadlines import first_date
from app.domain.language import tell
from app.domain.phrases import RESERVATIONS, Phrases, fold

_LONG = 2400
"""Characters of a text from which only its beginning and its end are looked at: the rest is a manuscript."""
_ENDS = 800
_LONGEST = 400
_SENTENCE = re.compile(r"[^.!?。！？؟]*(?:\.(?=\w)[^.!?。！？؟]*)*[.!?。！？؟]*")
_SHORTENED = re.compile(r"(?<=\b[Nn]o)\.(?= ?\d)|(?<=\b[Nn]r)\.(?= ?\d)|(?<=\b[Nn])\.(?= ?\d)")
"""The dot of "photo no. 4", which ends no sentence."""
_QUOTED = re.compile(r"\"[^\"]*\"|[“„«「『‘][^“”„«»「」『』]*?[”“»」』]|‘[^‘’\n]*[,.!?]’")
_SPOKEN = re.compile(r"[,.!?，。！？…]\W*$")
_DIALOGUE = re.compile(r"^\s*[—–-]\s[^—–]*[,.!?…]\s*[—–]\s")
_PICTURE = r"(?:photo|picture|image|foto|immagin|фото|снимк|снимок|照片|图片|圖片|相片|صور)[^\W\d]*"
_IS_PICTURE = re.compile(_PICTURE)
_SPEAKS_OF_PICTURES = re.compile(rf"{_PICTURE}|portrait|ritratt|портрет|изображени|картинк|肖像|[张張幅图圖]")
_EXCEPTION = re.compile(
    r"except|all but|apart|tranne|eccetto|salvo|sauf|excepte|hormis|кроме|за исключением|исключая"
    r"|ما عدا|عدا|باستثناء|الا|سوي|除"
)
_NEGATED = re.compile(r"(?:\b(?:not|never|non|ne|не|لا|لم|لن)\s|[不没沒未])\s*$")
"""What turns "you may use" round."""
_IS_TEXT = re.compile(
    r"\b(?:text|article|story|letter|message|report|testimony|everything|anything|articolo|testo|testimonianza"
    r"|lettera|texte|recit|lettre|temoignage|статья|статью|текст|письмо|свидетельство|نص)\b"
    r"|文章|稿件|稿子|信件|内容|內容|المقال|النص|الرساله|شهادت"
)
_BEFORE_IT = r"[\s,]*(?:n[o.°º]*|nr\.?|#|numbers?|numero|номер|رقم)?\s*"
_NUMBERED = re.compile(
    rf"{_PICTURE}{_BEFORE_IT}((?<!\d)\d{{1,2}}(?!\w)(?:\s*(?:,|and|e|et|и|و|和|或|&|-|to|a|до|至|到|الي)\s*\d{{1,2}}(?!\w))*)"
    rf"|(\d{{1,2}})\s*(?:st|nd|rd|th|a|ª|e|eme|-?[а-я]{{1,2}})\s+{_PICTURE}|第\s*(\d{{1,2}})\s*[张張幅]"
)
_RANGE = re.compile(r"(\d{1,2})\s*(?:-|to|a|до|至|到|الي)\s*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Found:
    """A reservation with the sentence that says so; ``until`` is an ISO date or empty.

    ``subject`` is ``text``, ``name``, ``photos`` or the number of one photograph.
    """

    kind: str
    sentence: str
    subject: str
    until: str
    language: str


def find(text: str, phrases: Phrases, day: date) -> tuple[Found, ...]:
    """The reservations in ``text``, which is a mail's subject and its new words; ``day`` tells the year."""
    if not phrases.reservations.by_word:
        return ()
    looked_at = ends(text)
    whole = fold(looked_at)
    if not phrases.reservations.matches(whole):
        return ()
    has_pictures = _SPEAKS_OF_PICTURES.search(whole) is not None
    found: dict[tuple[str, str], Found] = {}
    for sentence, own_words in _sentences(looked_at):
        told = _without_permissions(fold(own_words), phrases)
        matches = phrases.reservations.matches(told)
        for kind in _meant(matches, told):
            if kind == "not-this-picture" and not has_pictures and _EXCEPTION.match(matches[kind][0]):
                continue  # "all but the last came home"
            until = _until(told, matches[kind].start(), phrases, day) if kind == "embargo" else ""
            for subject in _subjects(kind, told, matches[kind].start(), phrases):
                made = Found(kind, sentence[:_LONGEST], subject, until, tell(sentence))
                if (kind, subject) not in found or (until and not found[kind, subject].until):
                    found[kind, subject] = made
    return tuple(found.values())


def ends(text: str) -> str:
    """What of ``text`` is looked at: all of a short one, beginning and end of a long one."""
    return text if len(text) <= _LONG else f"{text[:_ENDS]}\n\n{text[-_ENDS:]}"


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence as written, and without the speech of others; lines that a mail program broke are joined."""
    for paragraph in re.split(r"\n\s*\n", text):
        joined = " ".join(paragraph.split())
        own = _SHORTENED.sub(lambda dot: " " * len(dot[0]), _QUOTED.sub(_unless_speech, joined))
        if _DIALOGUE.match(own):
            continue
        for piece in _SENTENCE.finditer(own):
            sentence = joined[piece.start() : piece.end()].strip()
            if sentence:
                yield sentence, piece[0]


def _unless_speech(quoted: re.Match[str]) -> str:
    """The quotation if it is a word or two that the sender stresses, as many blanks if somebody speaks."""
    inside = quoted[0][1:-1]
    own = len(inside.split()) <= 3 and (inside.isascii() or len(inside) <= 6 or " " in inside)
    return quoted[0] if own and not _SPOKEN.search(inside) else " " * len(quoted[0])


def _without_permissions(told: str, phrases: Phrases) -> str:
    """A folded sentence without "you may use my name" and the like."""
    at = 0
    while given := phrases.unless.matches(told[at:]).get("reservation"):
        start, end = at + given.start(), at + given.end()
        if _NEGATED.search(told, 0, start):
            at = end
        else:
            told = f"{told[:start].rstrip()} ; {told[end:].lstrip()}"
    return told


def _meant(matches: Mapping[str, re.Match[str]], told: str) -> list[str]:
    """The kinds that a sentence speaks of: "my picture is not for publication" does not speak of the text."""
    kinds = [kind for kind in RESERVATIONS if kind in matches]
    if "not-for-publication" not in matches:
        return kinds
    general = matches["not-for-publication"]
    narrower = [matches[kind] for kind in ("no-name", "not-this-picture", "embargo") if kind in matches]
    covered = any(match.start() < general.end() and general.start() < match.end() for match in narrower)
    if covered and not _IS_TEXT.search(told[: max(match.end() for match in narrower)]):
        kinds.remove("not-for-publication")
    return kinds


def _subjects(kind: str, told: str, start: int, phrases: Phrases) -> list[str]:
    if kind == "no-name":
        return ["name"]
    if kind == "not-this-picture":
        return _pictures(told[start:], phrases) or _pictures(told, phrases) or ["photos"]
    if kind == "not-for-publication" and _IS_PICTURE.search(told) and not _IS_TEXT.search(told):
        return _pictures(told, phrases) or ["photos"]
    return ["text"]


def _pictures(told: str, phrases: Phrases) -> list[str]:
    """The numbers of the photographs that are named."""
    numbers: set[int] = set()
    for match in _NUMBERED.finditer(told):
        said = match[1] or match[2] or match[3]
        numbers.update(int(number) for number in re.findall(r"\d+", said))
        for first, last in _RANGE.findall(said):
            numbers.update(range(int(first), int(last) + 1))
    for word, number in phrases.numbers.items():
        if word in told and _counts_a_picture(word, told):
            numbers.add(number)
    return [str(number) for number in sorted(numbers)]


def _counts_a_picture(word: str, told: str) -> bool:
    """Whether an ordinal stands beside the picture; where no picture is named, it stands for one."""
    if not word[0].isascii() and "\u3400" <= word[0] <= "\u9fff":
        return True
    one = rf"(?<!\w){re.escape(word)}(?!\w)"
    if not _IS_PICTURE.search(told):
        return re.search(one, told) is not None
    return re.search(rf"{one}\W+(?:\w+\W+){{0,3}}?{_PICTURE}|{_PICTURE}\W+(?:\w+\W+)?{one}", told) is not None


def _until(told: str, start: int, phrases: Phrases, day: date) -> str:
    return first_date(told[start:], phrases.months, day) or first_date(told, phrases.months, day)
