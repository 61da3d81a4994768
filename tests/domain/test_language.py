"""The language of a text by its script and its most frequent words."""

from __future__ import annotations

import pytest

from app.domain.language import tell


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The police came in the evening and asked for the names of all who were there."),
        ("it", "La polizia è arrivata di sera e ha chiesto i nomi di tutti, che non erano molti."),
        ("fr", "La police est venue le soir et elle a demandé les noms de tous dans la salle."),
        ("es", "La policía llegó por la noche y pidió los nombres de todos los que estaban en la sala."),
        ("de", "Die Polizei kam am Abend und fragte nach den Namen von allen, die nicht da waren."),
        ("ru", "Вечером пришла полиция и спросила имена всех, кто был в зале."),
        ("uk", "Увечері прийшла поліція і запитала імена всіх, хто був у залі їхньої громади."),
        ("ar", "جاءت الشرطة في المساء وسألت عن أسماء الجميع."),
        ("fa", "پلیس عصر آمد و نام همه را پرسید، گفت چه کسی اینجاست."),
        ("zh", "晚上警察来了，问了所有人的名字。"),
        ("zh", "晚上警察來了，問了所有人的名字。"),
        ("ja", "夜に警察が来て、みんなの名前を聞きました。"),
        ("ko", "저녁에 경찰이 와서 모두의 이름을 물었다."),
        ("he", "בערב באה המשטרה ושאלה לשמות כולם."),
        ("bo", "བོད་ཡིག་གི་དེབ།"),
    ],
)
def test_a_text_tells_its_language(language: str, text: str) -> None:
    assert tell(text) == language


def test_chinese_with_english_names_is_chinese() -> None:
    assert tell("Bitter Winter 的编辑收到了一封来自 Chengdu 的信，信里说教堂关闭了。") == "zh"


@pytest.mark.parametrize("text", ["", "2026-05-12", "OK", "Xhosa Zulu", "!!!"])
def test_too_few_words_tell_nothing(text: str) -> None:
    assert tell(text) == ""
