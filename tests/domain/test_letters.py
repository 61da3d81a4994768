"""Letters in six languages: whom they are for, what their senders reserve, and stories that say neither."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from app.domain.classes import propose
from app.domain.reservations import find
from app.services.phrasebook import phrases

LETTERS = tomllib.loads((Path(__file__).parents[1] / "support" / "letters.toml").read_text(encoding="utf-8"))
MONDAY = date(2026, 11, 23)


def told(group: str) -> list[tuple[str, str]]:
    return [
        (key, letter)
        for language in LETTERS.values()
        for key, letters in language[group].items()
        for letter in letters
    ]


@pytest.mark.parametrize(("key", "letter"), told("classes"))
def test_a_letter_is_for_whom_it_speaks_to(key: str, letter: str) -> None:
    subject, _, text = letter.partition("|")
    headers = {"subject": subject, "from": [{"name": "A", "address": "a@b.example"}], "all": []}
    found = propose(headers, text, (), phrases(), threaded=False)
    assert (found.event or str(found.klass)) == key


@pytest.mark.parametrize(("kind", "text"), told("reservations"))
def test_a_letter_reserves_what_it_says(kind: str, text: str) -> None:
    found = {each.kind for each in find(f"Dear editors\n\n{text}", phrases(), MONDAY)}
    assert found == (set() if kind == "none" else {kind})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("You may use all pictures except the third.", "3"),
        ("Photo no. 4 is for your eyes only.", "4"),
        ("Не публикуйте фото № 2.", "2"),
        ("不要发表照片2。", "2"),
        ("Non potete usare l'immagine 3.", "3"),
        ("Вы не можете использовать фото 3.", "3"),
    ],
)
def test_a_picture_is_reserved_by_its_number(text: str, number: str) -> None:
    assert [(each.kind, each.subject) for each in find(text, phrases(), MONDAY)] == [
        ("not-this-picture", number)
    ]


def test_an_exception_among_people_is_none_among_pictures() -> None:
    assert find("All but the last one came home.", phrases(), MONDAY) == ()


@pytest.mark.parametrize(
    "text",
    ["Where is my brother?", "Who took the bell? Why?", "Have you seen the hall? It is gone since Sunday."],
)
def test_a_question_to_nobody_at_the_desk_is_a_contribution(text: str) -> None:
    headers = {"subject": "", "from": [{"name": "A", "address": "a@b.example"}], "all": []}
    assert str(propose(headers, text, (), phrases(), threaded=False).klass) == "contribution"
