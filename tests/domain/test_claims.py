"""What senders say of their text: new, or printed before, in six languages."""

from __future__ import annotations

import pytest

from app.domain.claims import unpublished_claim
from app.services.phrasebook import phrases


@pytest.mark.parametrize(
    "said",
    [
        "The article is unpublished and my own work.",
        "It has not been published anywhere.",
        "This text has not previously been published elsewhere.",
        "It hasn't been published before.",
        "It has never appeared in print.",
        "A short report, mine, unpublished.",
        "Allego l'articolo, circa 350 parole, inedito.",
        "Il testo non è mai stato pubblicato.",
        "Non è ancora uscito da nessuna parte.",
        "Ce texte est inédit.",
        "Il n'a jamais été publié.",
        "L'article n'a pas encore paru.",
        "Снимок мой. Нигде не публиковалось.",
        "Текст ранее не публиковался.",
        "本文从未发表。",
        "这篇文章没有在别处发表过。",
        "هذا النص لم ينشر من قبل.",
        "المقال غير منشور.",
    ],
)
def test_a_text_that_is_new_is_said_to_be_unpublished(said: str) -> None:
    assert unpublished_claim(f"Dear editors,\n\n{said}\n\nYours, A.", phrases()) == "stated"


@pytest.mark.parametrize(
    "said",
    [
        "This article was first published in The Valley Post last May.",
        "It has already been published on my own site.",
        "An earlier version of this essay appeared in print.",
        "The piece was previously published by another magazine.",
        "L'articolo è già stato pubblicato sul mio sito.",
        "Il testo, già uscito in tedesco, è mio.",
        "Cet article a déjà été publié dans un journal local.",
        "Le texte est paru dans La Vallée.",
        "Статья уже была опубликована в нашей газете.",
        "Впервые опубликовано в 2019 году.",
        "本文首发于某报。",
        "这篇文章曾发表在我的博客上。",
        "سبق نشره في صحيفة محلية.",
        "نشر سابقا في موقعنا.",
    ],
)
def test_a_text_that_appeared_before_is_said_so(said: str) -> None:
    assert unpublished_claim(f"Dear editors,\n\n{said}\n\nYours, A.", phrases()) == "denied"


@pytest.mark.parametrize(
    "said",
    [
        "They came on Monday with a list of names.",
        "The ministry publishes its decisions on Fridays.",
        "I took the pictures myself.",
        "Пришли в понедельник.",
        "",
    ],
)
def test_whoever_says_nothing_says_nothing(said: str) -> None:
    assert unpublished_claim(said, phrases()) == "unknown"


def test_what_stands_deep_in_a_manuscript_is_its_story() -> None:
    story = "They came on Monday. " * 60
    inside = f"{story}The list was first published in the gazette.{story}"
    assert unpublished_claim(inside, phrases()) == "unknown"
    assert unpublished_claim(f"It is unpublished. {inside}", phrases()) == "stated"
