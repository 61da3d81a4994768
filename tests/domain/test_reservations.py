"""What senders reserve, in six languages, and what only sounds like it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reservations import Found, find
from app.services.phrasebook import phrases

DAY = date(2026, 3, 10)


def wishes(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.subject) for each in find(text, phrases(), DAY)]


def until(text: str, day: date = DAY) -> list[str]:
    return [each.until for each in find(text, phrases(), day) if each.kind == "embargo"]


@pytest.mark.parametrize(
    "text",
    [
        "Please do not use my name.",
        "please don’t\nprint my real name",
        "I would rather you did not use my name.",
        "My name must not appear.",
        "I wish to remain anonymous.",
        "Publish it under a pen name.",
        "Please do not publish the names of the witnesses.",
        "Vi prego di non pubblicare il mio nome.",
        "Chiedo l'anonimato.",
        "Senza il mio nome, per favore.",
        "Merci de ne pas mentionner mon nom.",
        "Je souhaite rester anonyme.",
        "N'indiquez pas mon nom.",
        "Пожалуйста, не указывайте моё имя.",
        "Прошу не называть мое имя.",
        "Опубликуйте под псевдонимом.",
        "أرجو ألّا تذكروا اسمي.",
        "يرجى عدم ذكر اسمي",
        "ولا تنشروا اسمي",
        "请不要公开我的真实姓名。",
        "請勿使用我的名字。",
        "希望匿名发表。",
        "我不愿公开姓名。",
    ],
)
def test_a_name_is_reserved(text: str) -> None:
    assert wishes(text) == [("no-name", "name")]


@pytest.mark.parametrize(
    "text",
    [
        "This is not for publication.",
        "Off the record: he has left.",
        'Please mark this as "not for publication".',
        "Please do not publish this letter.",
        "My name is Ali and this is not for publication.",
        "Non per la pubblicazione, per favore.",
        "In via confidenziale: se ne va.",
        "Ce texte n'est pas destiné à la publication.",
        "À titre confidentiel.",
        "Не для публикации.",
        "Прошу не публиковать это письмо.",
        "ليس للنشر.",
        "يرجى عدم نشر هذه الرسالة",
        "不供发表。",
        "此信僅供編輯參考。",
        "请勿外传。",
    ],
)
def test_a_text_is_not_for_publication(text: str) -> None:
    assert wishes(text) == [("not-for-publication", "text")]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Please do not use the photos.", ["photos"]),
        ("Please do not use the third picture.", ["3"]),
        ("You may use all, but not the third picture if a face can be seen.", ["3"]),
        ("Do not publish photos 2 and 3.", ["2", "3"]),
        ("Photos 2-4 must not be published.", ["2", "3", "4"]),
        ("The photos are not for publication.", ["photos"]),
        ("Do not print the photo with the 12 men.", ["photos"]),
        ("Please do not use the second.", ["2"]),
        ("Do not use the 2nd photo.", ["2"]),
        ("Vi chiedo di non usare la seconda fotografia.", ["2"]),
        ("Non usate le mie foto.", ["photos"]),
        ("N'utilisez pas la deuxième photo.", ["2"]),
        ("Ne publiez pas la photo n° 3.", ["3"]),
        ("Прошу не публиковать вторую фотографию.", ["2"]),
        ("Фотографии только для редакции.", ["photos"]),
        ("ولا تنشروا الصورة الثانية.", ["2"]),
        ("الصور ليست للنشر", ["photos"]),
        ("请不要用第二张照片。", ["2"]),
        ("請勿使用第2張照片。", ["2"]),
        ("请勿刊登照片。", ["photos"]),
    ],
)
def test_a_picture_is_reserved_by_its_number_or_all_of_them(text: str, subjects: list[str]) -> None:
    assert wishes(text) == [("not-this-picture", subject) for subject in subjects]


def test_a_picture_and_a_text_in_one_sentence_are_both_reserved() -> None:
    assert wishes("My article and the photos are not for publication.") == [
        ("not-for-publication", "text"),
        ("not-this-picture", "photos"),
    ]


def test_a_general_wish_in_a_sentence_about_pictures_is_about_pictures() -> None:
    assert wishes("For your information only, the 2 pictures.") == [("not-for-publication", "photos")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Embargoed until 12 May 2026.", "2026-05-12"),
        ("Please publish this under embargo until 12 May.", "2026-05-12"),
        ("Please publish only after May 12th.", "2026-05-12"),
        ("Embargoed until 5 January.", "2027-01-05"),
        ("EMBARGO: 2026-05-12", "2026-05-12"),
        ("Embargo until 12/05/2026", "2026-05-12"),
        ("Embargo until 5/13/2026", "2026-05-13"),
        ("Written 1 March: embargo until 12 May, talk on 20 May.", "2026-05-12"),
        ("Until 12 May 2026 this is under embargo.", "2026-05-12"),
        ("Embargoed until Monday.", ""),
        ("Embargoed until 31 February 2026.", ""),
        ("Embargo until 29 February.", ""),
        ("Sotto embargo fino al 12 maggio.", "2026-05-12"),
        ("Si prega di non pubblicare prima del 1º maggio 2026.", "2026-05-01"),
        ("Sous embargo jusqu'au 3 juin.", "2026-06-03"),
        ("Ne publiez pas avant le 1er août.", "2026-08-01"),
        ("Эмбарго до 1 июня 2026 года.", "2026-06-01"),
        ("Прошу не публиковать до 12 мая.", "2026-05-12"),
        ("رجاءً لا تنشروا قبل ١٢ مايو.", "2026-05-12"),
        ("تحت الحظر حتى 5 أيار 2026", "2026-05-05"),
        ("请勿在2026年5月12日之前发表。", "2026-05-12"),
        ("請在五月十二日之後再發表。", "2026-05-12"),
        ("十月二十号之前请勿发表。", "2026-10-20"),
        ("请在十一月十日之后再发表。", "2026-11-10"),
    ],
)
def test_an_embargo_has_its_date(text: str, day: str) -> None:
    assert until(text) == [day]


def test_a_date_that_is_just_over_is_not_next_year() -> None:
    assert until("Embargoed until 1 March.") == ["2026-03-01"]
    assert until("Embargoed until 20 December.", date(2026, 1, 5)) == ["2025-12-20"]
    assert until("Embargoed until 5 January.", date(2026, 12, 28)) == ["2027-01-05"]


def test_the_sentence_with_the_date_speaks_for_the_embargo() -> None:
    (found,) = find("This is under embargo. Please publish only after 12 May.", phrases(), DAY)
    assert found == Found("embargo", "Please publish only after 12 May.", "text", "2026-05-12", "")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("exclusive", "I offer this to you exclusively."),
        ("exclusive", "Vi mando il pezzo in esclusiva."),
        ("exclusive", "Je vous donne ce texte en exclusivité."),
        ("exclusive", "Материал на эксклюзивных условиях."),
        ("exclusive", "المقال حصري لكم"),
        ("exclusive", "独家投稿"),
        ("see-edit", "I would like to see the edit before it goes out."),
        ("see-edit", "Vorrei vedere le modifiche."),
        ("see-edit", "Je voudrais relire les corrections."),
        ("see-edit", "Хочу согласовать правки."),
        ("see-edit", "أود مراجعة التعديلات قبل النشر"),
        ("see-edit", "发表前请让我过目。"),
    ],
)
def test_a_condition_is_kept(kind: str, text: str) -> None:
    assert kind in [each.kind for each in find(text, phrases(), DAY)]


@pytest.mark.parametrize(
    "text",
    [
        "You may use my name.",
        "There is no need to keep me anonymous.",
        "I do not need to remain anonymous.",
        "This is not exclusive and there is no embargo.",
        "Potete usare il mio nome.",
        "Non chiedo l'anonimato.",
        "Vous pouvez utiliser mon nom.",
        "Je ne demande pas l'anonymat.",
        "Можете указать моё имя.",
        "Я не прошу анонимности.",
        "يمكنكم ذكر اسمي.",
        "不必匿名，可以用我的真名。",
        "可以使用我的名字。",
    ],
)
def test_a_permission_is_no_reservation(text: str) -> None:
    assert wishes(text) == []


def test_a_permission_does_not_take_back_what_stands_beside_it() -> None:
    assert wishes("You may use my name, but do not use the photos.") == [("not-this-picture", "photos")]
    assert wishes("You may print it, but please do not use my name.") == [("no-name", "name")]
    assert wishes("Vous pouvez utiliser mon nom, mais pas la deuxième photo.") == [("not-this-picture", "2")]


@pytest.mark.parametrize(
    "text",
    [
        '"Do not use my name," the pastor asked.',
        '"I am afraid. Do not use my name," he said.',
        "“Please do not publish my name,” she told us.",
        "‘Please do not publish my name,’ she told us.",
        "«Non fate il mio nome», ha chiesto il pastore.",
        "« Ne citez pas mon nom », a demandé le pasteur.",
        "«Не называйте моё имя», — попросил пастор.",
        "— Не называйте моё имя, — попросил пастор.",
        "قال القس: «لا تذكروا اسمي أبدا».",
        "“请不要用我的名字，”牧师说。",
        "牧師說：「請不要公開我的名字」。",
        "He did not give his name to the police and the paper did not publish the photo.",
        "The government does not want the report to be published.",
        "The arms embargo was lifted in 1995.",
        "Please ask me first before publishing the photos, if you can.",
        "一位不愿透露姓名的官员说，会议已经结束。",
        "Свидетель, не назвавший своего имени, ушёл.",
        "Here is my article about the chapel.",
        "",
    ],
)
def test_speech_and_stories_reserve_nothing(text: str) -> None:
    assert wishes(text) == []


def test_of_a_long_text_only_the_beginning_and_the_end_are_a_letter() -> None:
    story = "The police came in the evening and left. " * 100
    wish = "Please do not use my name."
    assert wishes(f"{wish} {story}") == wishes(f"{story}\n{wish}") == [("no-name", "name")]
    assert wishes(f"{story} {wish} {story}") == []


def test_a_wish_is_told_once_with_its_sentence_and_language() -> None:
    found = find(
        "Non usate le foto.\n\nPer favore, non pubblicate\nil mio nome. Non fate il mio nome.", phrases(), DAY
    )
    assert [each.kind for each in found] == ["not-this-picture", "no-name"]
    assert found[1].sentence == "Per favore, non pubblicate il mio nome."
    assert found[1].language == "it"


@given(st.text(max_size=300))
def test_any_text_is_looked_through(text: str) -> None:
    for each in find(f"{text} do not use my name. {text}", phrases(), DAY):
        assert each.sentence
