"""Phrase lists: how a phrase is written, how it is found, and what is wrong with a broken file."""

from __future__ import annotations

import pytest

from app import assets
from app.domain.errors import RuleBroken
from app.domain.phrases import CLASSES, KINDS, RESERVATIONS, Phrases, fold, parse
from app.samples import texts

FILES = {name: assets.text(f"phrases/{name}") for name in assets.names("phrases")}


def one(phrase: str) -> Phrases:
    return parse({"mine.toml": f"[classes]\npitch = ['''{phrase}''']\n"})


def found(phrase: str, text: str) -> str | None:
    match = one(phrase).classes.matches(fold(text)).get("pitch")
    return match[0] if match else None


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("my idea", "This is MY\n  Idea."),
        ("don't", "Please don’t."),
        ("è già così", "E GIA COSI"),
        ("ещё моё", "ЕЩЕ МОЕ"),
        ("إلى الأسرة", "الى الاسره"),
        ("نص", "هذا نَصٌّ"),
        ("لا تنشروا", "شكرا، ولا تنشروا"),
        ("do not … name", "do not print my name"),
        ("do not…name", "do not name"),
        ("please do", "please, do it"),
        ("photo* of", "photographs of"),
        ("(send|give) it", "give it"),
        ("(very )?good idea", "good idea"),
        ("(我)?(不要|别)发表", "请不要发表。"),
        ("投稿：", "投稿: 一篇"),
        ("embargo:", "Embargo : 3 mai"),
        ("full width", "ｆｕｌｌ ｗｉｄｔｈ"),
        ("soft", "so\u00adft"),
    ],
)
def test_a_phrase_is_found_however_it_is_typed(phrase: str, text: str) -> None:
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("pitch", "pitches"),
        ("pitch", "apitch"),
        ("لا تنشروا", "بلا تنشروا"),
        ("do not … name", "Do not. My name"),
        ("do not … name", "do not " + "x" * 50 + " name"),
        ("(send|give) it", "take it"),
        ("my idea", "idea my"),
        ("不要发表", "不要再发表"),
        ("name.", "name"),
    ],
)
def test_a_phrase_is_not_found_in_other_words(phrase: str, text: str) -> None:
    assert found(phrase, text) is None


def test_a_match_inside_a_word_does_not_hide_the_one_behind_it() -> None:
    assert found("art (is|was)", "smart is not what art was") == "art was"


def test_the_first_match_of_a_key_counts_and_of_two_at_one_place_the_longest() -> None:
    phrases = parse({"a.toml": '[classes]\npitch = ["of it", "one", "one of", "two"]\n'})
    assert phrases.classes.matches("two or one of it")["pitch"][0] == "two"
    assert phrases.classes.matches("one of it")["pitch"][0] == "one of"


def test_the_gap_of_a_permission_holds_no_negation() -> None:
    phrases = parse({"a.toml": '[unless]\nreservation = ["you may … name"]\n'})
    assert phrases.unless.matches("you may print my full name")
    assert not phrases.unless.matches("you may print it but not my name")
    assert not phrases.unless.matches("you may print it, do hide my name")


def test_the_lists_in_the_box_hold_every_key_in_six_languages() -> None:
    assert sorted(FILES) == ["ar.toml", "en.toml", "fr.toml", "it.toml", "ru.toml", "zh.toml"]
    for name, text in FILES.items():
        phrases = parse({name: text})
        for lists, keys in (
            (phrases.classes, CLASSES),
            (phrases.reservations, RESERVATIONS),
            (phrases.kinds, KINDS),
        ):
            held = {phrase.key for entries in lists.by_word.values() for phrase in entries}
            assert held == set(keys), name
        assert phrases.unless.by_word, name
        assert set(phrases.months.values()) == set(range(1, 13)), name
        assert set(phrases.numbers.values()) == set(range(1, 10)), name


@pytest.mark.parametrize("key", texts.keys("mails"))
def test_phrases_near_a_text_find_in_it_what_all_of_them_find(key: str) -> None:
    phrases, text = parse(FILES), texts.sheet("mails", key).body
    near, folded = phrases.near(text), fold(text)
    for name in ("classes", "reservations", "unless", "kinds"):
        all_of_them, some = getattr(phrases, name), getattr(near, name)
        assert len(some.by_word) < len(all_of_them.by_word)
        expected = {key: match.span() for key, match in all_of_them.matches(folded).items()}
        assert {key: match.span() for key, match in some.matches(folded).items()} == expected


def test_near_a_text_without_any_telling_word_there_is_no_phrase() -> None:
    near = parse(FILES).near("Xyzzy plugh.")
    assert not (
        near.classes.by_word or near.reservations.by_word or near.unless.by_word or near.kinds.by_word
    )


def test_phrases_of_several_files_are_joined() -> None:
    phrases = parse({"a.toml": '[kinds]\ntip = ["hint"]\n', "b.toml": '[kinds]\ntip = ["наводка"]\n'})
    assert phrases.kinds.matches("hint").keys() == phrases.kinds.matches("наводка").keys() == {"tip"}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[classes]\npress = ["a" "b"]\n', 2, "Unclosed array"),
        ('[classes]\npress = ["a"', 2, "Unclosed array"),
        ('[classes]\npress = ["one"]\n[klasses]\npress = ["one"]\n', 3, "unknown table klasses"),
        ("kinds = 3\n", 1, "unknown table kinds"),
        ('[kinds]\ntip = ["one"]\n\ntips = ["one"]\n', 4, "unknown key tips"),
        ('[dates]\n13 = ["one"]\n', 2, "unknown key 13"),
        ('[kinds]\ntip = "one"\n', 2, "tip must be a list of texts"),
        ("[kinds]\ntip = [1]\n", 2, "tip must be a list of texts"),
        ('[kinds]\ntip = ["* …"]\n', 2, "this phrase cannot be looked for: * …"),
        ('[kinds]\ntip = ["(a|b*) …"]\n', 2, "this phrase cannot be looked for: (a|b*) …"),
        ('[kinds]\ntip = ["one (two"]\n', 2, "this phrase cannot be looked for: one (two"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        parse({"mine.toml": text})
    assert caught.value.code == "magazine.broken"
    assert caught.value.fields == {"file": "mine.toml", "line": line, "reason": reason}
