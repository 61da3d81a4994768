"""In which language a Word file is, as far as it can be believed.

Word marks each run with the language of the spelling checker, often wrongly; a mark counts only where
the letters agree with it, and inside one script only for longer passages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from app.formats.docx_names import Element, child, name, text_of, value
from app.formats.docx_styles import Styles

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ENOUGH = 40
"""Letters from which on a passage in another language of the same script is marked."""
_SAMPLE = 200

_SCRIPTS: dict[str, frozenset[str]] = {
    language: frozenset(scripts.split())
    for languages, scripts in (
        ("zh yue", "CJK"),
        ("ja", "CJK HIRAGANA KATAKANA"),
        ("ko", "HANGUL CJK"),
        ("ar fa ur ps ug sd ckb", "ARABIC"),
        ("he yi", "HEBREW"),
        ("ru uk be bg mk ky tg mn tt ce", "CYRILLIC"),
        ("sr kk uz az", "CYRILLIC LATIN"),
        ("el", "GREEK"),
        ("ka", "GEORGIAN"),
        ("hy", "ARMENIAN"),
        ("am ti", "ETHIOPIC"),
        ("hi mr ne sa", "DEVANAGARI"),
        ("bn as", "BENGALI"),
        ("ta", "TAMIL"),
        ("te", "TELUGU"),
        ("si", "SINHALA"),
        ("th", "THAI"),
        ("lo", "LAO"),
        ("km", "KHMER"),
        ("my", "MYANMAR"),
        ("bo dz", "TIBETAN"),
    )
    for language in languages.split()
}
_LATIN = frozenset(("LATIN",))
_EAST_ASIAN = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))
_COMPLEX = frozenset(("ARABIC", "HEBREW", "THAI", "DEVANAGARI"))


class Languages:
    """``article`` is the language of the text, or ``""``."""

    def __init__(self, body: Element, styles: Styles) -> None:
        counts: Counter[str] = Counter()
        letters = 0
        for run in body.iter(name("w:r")):
            text = "".join(part.text or "" for part in run.iterchildren(name("w:t")))
            letters += len(text)
            mark = child(run, "w:rPr", "w:lang")
            if mark is not None and text:
                counts[_marked(mark, text)] += len(text)
        default = styles.run_property(None, styles.style_of(None), "w:lang")
        whole = "".join(text_of(text) for text in body.iter(name("w:t")))[: _SAMPLE * 50]
        usual = "" if default is None else _marked(default, whole)
        counts.pop("", None)
        best, number = counts.most_common(1)[0] if counts else ("", 0)
        if number * 2 > letters and fits(best, whole):
            self.article = best
        else:
            # English is what an office program says when nobody told it.
            self.article = usual if usual and _primary(usual) != "en" and fits(usual, whole) else ""
        self._base = self.article or usual

    def of_run(self, properties: Element | None, text: str) -> str:
        """The language of a run where it clearly is another than the article's, else ``""``."""
        mark = child(properties, "w:lang")
        if mark is None:
            return ""
        said = _marked(mark, text)
        if not said or _primary(said) == _primary(self._base) or not fits(said, text):
            return ""
        other_script = bool(self._base) and not (_scripts(said) & _scripts(self._base))
        return said if other_script or len(text) >= _ENOUGH else ""


def fits(language: str, text: str) -> bool:
    """Whether most letters of ``text`` are of a script in which ``language`` is written."""
    found = _found(text)
    return bool(found) and sum(found[script] for script in _scripts(language)) * 2 > found.total()


def _marked(mark: Element, text: str) -> str:
    """What ``w:lang`` says of ``text``: it has one language for each kind of script."""
    found = _found(text)
    script = found.most_common(1)[0][0] if found else ""
    attribute = "w:eastAsia" if script in _EAST_ASIAN else "w:bidi" if script in _COMPLEX else "w:val"
    said = value(mark, attribute)
    return said if _TAG.fullmatch(said) else ""


def _found(text: str) -> Counter[str]:
    letters = [char for char in text[: _SAMPLE * 4] if char.isalpha()][:_SAMPLE]
    return Counter(unicodedata.name(char, "?").split()[0].split("-")[0] for char in letters)


def _scripts(language: str) -> frozenset[str]:
    return _SCRIPTS.get(_primary(language), _LATIN)


def _primary(language: str) -> str:
    return language.split("-", 1)[0].lower()
