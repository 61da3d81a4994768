"""The kind of a piece by its subject and first words."""

from __future__ import annotations

import pytest

from app.domain.kinds import guess
from app.domain.pieces import Kind
from app.services.phrasebook import phrases


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("testimony", "My testimony"),
        ("testimony", "La mia testimonianza"),
        ("testimony", "Mon témoignage"),
        ("testimony", "Моё свидетельство"),
        ("testimony", "شهادتي من السجن"),
        ("testimony", "我的见证"),
        ("testimony", "我的見證"),
        ("interview", "Interview with a lawyer"),
        ("interview", "Intervista a un vescovo"),
        ("interview", "Entretien avec une avocate"),
        ("interview", "Интервью с адвокатом"),
        ("interview", "حوار مع محامية"),
        ("interview", "专访：一位律师"),
        ("translation", "Translation of the decree"),
        ("translation", "Traduzione dal cinese"),
        ("translation", "Traduction du décret"),
        ("translation", "Перевод с китайского"),
        ("translation", "ترجمة لمقال"),
        ("translation", "译文：判决"),
        ("document", "A leaked document"),
        ("document", "Documento riservato"),
        ("document", "Un document interne"),
        ("document", "Секретный документ"),
        ("document", "وثيقة سرية"),
        ("document", "内部文件"),
        ("event", "Call for papers"),
        ("event", "Il convegno si terrà il 3 maggio"),
        ("event", "Le colloque aura lieu le 3 mai"),
        ("event", "Программа конференции"),
        ("event", "ندوة: الحرية الدينية"),
        ("event", "研讨会通知"),
        ("tip", "tip"),
        ("tip", "Tip: books moved by night"),
        ("tip", "Segnalazione anonima"),
        ("tip", "Signalement anonyme"),
        ("tip", "Наводка"),
        ("tip", "بلاغ: اعتقالات"),
        ("tip", "爆料"),
    ],
)
def test_a_subject_names_the_kind(kind: str, subject: str) -> None:
    assert guess(subject, "One. Two. Three.", 0, phrases()) == Kind(kind)


@pytest.mark.parametrize(
    "subject",
    [
        "The chapel is closed",
        "La chiesa chiusa",
        "L'église fermée",
        "Закрытая церковь",
        "الكنيسة المغلقة",
        "被关闭的教堂",
        "Multiple failures",
    ],
)
def test_what_names_no_kind_is_an_article(subject: str) -> None:
    assert guess(subject, "In the evening the police came.", 0, phrases()) == Kind.ARTICLE


def test_only_the_first_words_of_a_text_tell() -> None:
    assert guess("Story", "My testimony. " + "word " * 100, 0, phrases()) == Kind.TESTIMONY
    assert guess("Story", "word " * 100 + "my testimony", 0, phrases()) == Kind.ARTICLE


@pytest.mark.parametrize("text", ["Two pictures from Sunday.", "星期日的两张照片。", ""])
def test_pictures_with_few_words_are_photographs(text: str) -> None:
    assert guess("Interview", text, 2, phrases()) == Kind.PHOTOGRAPHS


@pytest.mark.parametrize("text", ["word " * 60, "昨天晚上警察来到教堂" * 20])
def test_pictures_with_a_text_illustrate_it(text: str) -> None:
    assert guess("Sunday", text, 2, phrases()) == Kind.ARTICLE
