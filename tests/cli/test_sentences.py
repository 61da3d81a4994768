"""Every error has its sentence, and every sentence its error."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

from app import assets
from app.domain import errors
from app.words import told

APP = Path(errors.__file__).parents[1]
RAISED = re.compile(r'\b(?:RuleBroken|Usage|Unavailable|Conflict|Damaged)\(\s*"([a-z_]+(?:[.-][a-z_-]+)*)"')
SENTENCES = tomllib.loads(assets.text("words/errors.toml"))


def codes() -> dict[str, str]:
    """Each code that is raised, with the file that raises it."""
    found = {"cancelled": "errors.py"}
    for path in sorted(APP.rglob("*.py")):
        for code in RAISED.findall(path.read_text(encoding="utf-8")):
            found.setdefault(code, path.name)
    return found


def test_every_code_that_is_raised_has_a_sentence() -> None:
    assert {code: file for code, file in codes().items() if code not in SENTENCES} == {}


def test_every_sentence_is_one_and_names_its_fields_in_words() -> None:
    for code, sentence in SENTENCES.items():
        assert sentence.strip() == sentence and sentence, code
        fields = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
        assert all(re.fullmatch("[a-z]+", name) for name in fields), code
        assert told(errors.RuleBroken(code, **dict.fromkeys(fields, "x")))


def test_a_field_that_an_error_does_not_carry_prints_as_nothing() -> None:
    assert told(errors.Usage("token.unknown")) == "There is no piece  on this desk."
