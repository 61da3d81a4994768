"""Secrets are found however they are written, and ordinary words are left alone."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.leaks import PARTS, Hit, Matcher, Member, Place, Term
from app.domain.leaks_folding import BARRIER

SOMEBODY = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


def find(text: str, secret: str, kind: str = "name", place: Place = Place.BODY) -> list[Hit]:
    return Matcher([Term(secret, kind, SOMEBODY)]).find(text, place)


def severity(text: str, secret: str, kind: str = "name", place: Place = Place.BODY) -> str:
    hits = find(text, secret, kind, place)
    return hits[0].severity if hits else ""


BLOCKED = [
    # The order of names, and what stands between them.
    ("Li Wei", "said Li Wei."),
    ("Li Wei", "said Wei Li."),
    ("Li Wei", "Li, Wei"),
    ("Li Wei", "LI WEI'S"),
    ("Li Wei", "LiWei"),
    ("Li Wei", "img_liwei_02"),
    ("Li Wei", "Li\u00a0Wei"),
    ("Li Wei", "Li\nWei"),
    ("Li Wei", "L i  W e i"),
    ("Li Wei", "我和Li Wei先生"),
    ("Wang Xiaoming", "Xiao-Ming Wang"),
    ("Wang Xiao Ming", "wangxiaoming"),
    ("Amin Rahimi", "Rahimi (Amin)"),
    ("Xi'an Lu", "Xian Lu"),
    ("Ivan Sergeyevich Petrov", "Ivan Petrov"),
    ("Petrov Ivan Sergeyevich", "Ivan Petrov"),
    ("Maria del Carmen Ruiz Soto", "Soto, Maria"),
    ("李伟 Li Wei", "Wei Li"),
    # What nobody sees.
    ("Li Wei", "Li\u200b W\u00ade\u2060i"),
    ("Li Wei", "\u202eLi Wei\u202c"),
    ("Li Wei", "Li We\U000e0041i"),
    ("Petrova", "Petro\u0300va"),
    ("Petrova", "Petro-\nva"),
    # Letters that look the same, or mean the same.
    ("Ivan Petrov", "Iv\u0430n P\u0435trov"),
    ("Ivan Petrov", "Ιvαn Ρetrοv"),
    ("Hanna Nowak", "\u0397anna \u039dowak"),
    ("Сара Попова", "Capa Пoпoвa"),
    ("Ivan Petrov", "𝐈𝐯𝐚𝐧 Ｐｅｔｒｏｖ"),
    ("Jürgen Müßig", "Juergen Muessig"),
    ("Juergen Mueller", "Jürgen Müller"),
    ("Lü Haidong", "Lyu Haidong"),
    ("Łukasz Đorđević", "Lukasz Dordevic"),
    ("Yıldız İnce", "Yildiz Ince"),
    # Escapes.
    ("Li Wei", "&#76;i&nbsp;&#x57;ei"),
    ("Li Wei", "Li%20Wei"),
    ("Li Wei", "Li%2520Wei"),
    ("Li Wei", "\\u004ci \\u0057ei"),
    ("Li Wei", "\\x4ci \\u{57}ei"),
    ("李伟", "%E6%9D%8E%E4%BC%9F"),
    ("李伟", "%u674E%u4F1F"),
    ("李伟", "\\674e\\4f1f"),
    ("李伟", f"https://{'李伟'.encode('idna').decode()}.example/"),
    # Scripts without spaces, and their variants.
    ("李伟", "我叫李伟。"),
    ("李偉", "我叫李伟。"),
    ("李伟", "李 偉"),
    ("张建国", "張建國同志"),
    ("김민수", "김민수가 말했다"),
    ("김 민수", "민수 김"),
    ("さくら", "さくらさん"),
    ("အောင်မြင့်ထွန်း", "ဦးအောင်မြင့်ထွန်းက"),
    ("สมชาย ใจดี", "นายสมชายใจดีกล่าว"),
    # Arabic and Hebrew.
    ("فاطمة المنصوري", "قالت فاطمة المنصوري أمس"),
    ("فاطمة المنصوري", "فَاطِمَة المنصورى"),
    ("فاطمة المنصوري", "وفاطمه المنصوري"),
    ("דוד כהן", "אמר דוד כהן"),
    # Cyrillic, its endings, and in Latin letters.
    ("Иван Петров", "встретил Ивана Петрова"),
    ("Мария Соколова", "о Марии Соколовой"),
    ("Дмитрий Жуков", "Dmitry Zhukov"),
    ("Дмитрий Жуков", "Dmitri Joukov"),
    ("Юлия Щербакова", "Yulia Shcherbakova"),
    ("Юлия Щербакова", "Julija Schtscherbakowa"),
    ("Александр Ким", "Alexandr Kim"),
    # Long names inside longer words.
    ("Nurmagomedov", "xnurmagomedovx"),
]


@pytest.mark.parametrize(("secret", "text"), BLOCKED)
def test_a_name_is_found(secret: str, text: str) -> None:
    assert severity(text, secret) == "block"


WARNED = [
    ("Li", "said Li."),
    ("李", "姓李的人"),
    ("Ivan Petrov", "I. Petrov"),
    ("Ivan Petrov", "Petrov, I."),
    ("Ivan Sergeyevich Petrov", "I. S. Petrov"),
    ("Ivan Petrov", "Mr Petrov"),
    ("Maria Rossi", "Mario Rossini"),
    ("Kovalenko", "Kovalenkos"),
    ("محمد علي", "محمد عليه السلام"),
    ("علي", "على الطاولة"),
    ("Ivan Petrov Smirnov", "Petrov Ivan"),
]


@pytest.mark.parametrize(("secret", "text"), WARNED)
def test_a_doubtful_match_warns_in_running_text(secret: str, text: str) -> None:
    assert severity(text, secret) == "warn"


LEFT_ALONE = [
    ("Li", "Likely, I like lilies; oil"),
    ("Li Wei", "Ali weighed it"),
    ("Li Wei", "Lionel Weiss"),
    ("Amin", "I am in a hurry"),
    ("Ali", "all of it, Alice"),
    ("Ma", "a man may march"),
    ("李伟", "他姓李。伟大的人"),
    ("Petrov", "Petrograd"),
    ("Ivan Petrov", "Ivanhoe and Petra"),
    ("Сара", "la capa roja"),
    ("Li Wei", f"Li{BARRIER}Wei"),
]


@pytest.mark.parametrize(("secret", "text"), LEFT_ALONE)
def test_other_words_are_left_alone(secret: str, text: str) -> None:
    assert find(text, secret) == []


@pytest.mark.parametrize(
    "text",
    [
        "+86 139 1234 5678", "0086-139-1234-5678", "13912345678", "(139) 1234.5678", "1 3 9 1 2 3 4 5 6 7 8",
        "١٣٩ ١٢٣٤ ٥٦٧٨", "１３９１２３４５６７８", "tel:+8613912345678", "139\u200b12345678", "139%2012345678",
    ],
)  # fmt: skip
def test_a_telephone_number_is_found_in_any_grouping(text: str) -> None:
    assert severity(text, "+86 139 1234 5678", "phone") == "block"


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("+39 011 5550 142", "011 5550142"),
        ("011 5550142", "+39 0115550142"),
        ("8 912 345-67-89", "+7 (912) 345 67 89"),
        ("+372 512 3456", "512 3456"),
    ],
)
def test_a_telephone_number_is_found_with_and_without_its_country(secret: str, text: str) -> None:
    assert severity(text, secret, "phone") == "block"


def test_other_numbers_are_left_alone() -> None:
    assert find("In 1912, 345 of 678 people; 11/23/2026, 139,123", "+86 139 1234 5678", "phone") == []
    assert severity("ring 4455", "4455", "phone") == "warn"


@pytest.mark.parametrize(
    "text",
    [
        "li.wei84@mail.example.org", "LI.WEI84@MAIL.EXAMPLE.ORG", "li.wei84 [at] mail [dot] example [dot] org",
        "li.wei84 at mail dot example dot org", "mailto:li.wei84%40mail.example.org", "li.wei84＠mail.example.org",
        "ask li.wei84 there", "@liwei84", "li.wei84+news@mail.example.org",
    ],
)  # fmt: skip
def test_a_mail_address_is_found_and_its_local_part_alone(text: str) -> None:
    assert severity(text, "li.wei84@mail.example.org", "address") == "block"


def test_a_local_part_that_names_a_task_is_nobody() -> None:
    assert find("info and press", "info@house-church.example", "address") == []
    assert severity("info@house-church.example", "info@house-church.example", "address") == "block"
    assert severity("the words marta said", "marta@mail.example", "address") == "warn"


def test_places_and_other_words_are_found_as_they_are_written() -> None:
    assert severity("near Upper Mill Lane", "Upper Mill Lane", "place") == "block"
    assert find("the upper lane of the mill", "Upper Mill Lane", "place") == []
    assert severity("passport E 1234567", "E1234567", "other") == "block"


def test_a_short_word_blocks_where_names_stand_alone() -> None:
    for place in (Place.METADATA, Place.NAME, Place.HEADER):
        assert severity("li-02.jpg", "Li", place=place) == "block"
    assert severity("xliwei.jpg", "Li Wei", place=Place.NAME) == "block"


def test_bytes_that_may_be_chance_count_only_when_they_cannot_be() -> None:
    assert find("xx Li Wei xx", "Li Wei", place=Place.OPAQUE) == []
    assert severity("qqzhaomingyuqq", "Zhao Mingyu", place=Place.OPAQUE) == "block"
    assert find("赵明", "赵明", place=Place.OPAQUE) == []
    assert severity("赵明宇", "赵明宇", place=Place.OPAQUE) == "block"
    assert find("4567890", "456 7890", "phone", Place.OPAQUE) == []


def test_a_false_alarm_is_settled_on_the_term() -> None:
    term = Term("Rosa Winter", "name", SOMEBODY, settled=frozenset({Place.BODY}))
    assert Matcher([term]).find("Rosa Winter", Place.BODY) == []
    assert Matcher([term]).find("Rosa Winter", Place.OPAQUE) == []
    assert Matcher([term]).find("Rosa Winter", Place.METADATA) != []
    alone = Term("Rosa Winter", "name", SOMEBODY, settled=frozenset({PARTS}))
    assert Matcher([alone]).find("a hard winter", Place.BODY) == []
    assert Matcher([alone]).find("Rosa Winter", Place.BODY) != []


def test_words_of_a_pen_name_are_no_hint() -> None:
    terms = [Term("Maria Petrova", "name", SOMEBODY)]
    assert Matcher(terms).find("by Maria K.", Place.BODY)[0].part
    assert Matcher(terms, public=["Maria K."]).find("by Maria K.", Place.BODY) == []


def test_what_may_stand_covers_only_itself() -> None:
    terms = [Term("Marta", "name", SOMEBODY), Term("0115550142", "phone", SOMEBODY)]
    matcher = Matcher(terms, allowed=["marta@winter.example", "+39 011 5550 142"])
    assert matcher.find("marta@winter.example, 011 5550 142", Place.BODY) == []
    assert [hit.at for hit in matcher.find("marta@winter.example or Marta", Place.BODY)] == [24]


def test_the_gravest_match_is_told_with_its_place() -> None:
    text = "Petrov. " * 20 + "Ivan Petrov"
    (hit,) = find(text, "Ivan Petrov")
    assert (hit.severity, hit.part) == ("block", False)
    assert abs(hit.at - 160) < 12


def test_a_term_that_only_warns_never_blocks() -> None:
    matcher = Matcher([Term("Zhao Mingyu", "name", SOMEBODY, severity="warn")])
    assert matcher.find("Zhao Mingyu", Place.NAME)[0].severity == "warn"


def test_nothing_of_the_secret_is_in_what_is_shown() -> None:
    term = Term("Zhao Mingyu", "name", SOMEBODY)
    matcher = Matcher([term])
    shown = repr(
        (term, matcher, matcher.find("Zhao Mingyu", Place.BODY), Member("a", Place.BODY, "Zhao Mingyu"))
    )
    assert "mingyu" not in shown.casefold()


def test_empty_terms_and_texts_find_nothing() -> None:
    matcher = Matcher(
        [Term(text, kind, SOMEBODY) for text in ("", " ", "--") for kind in ("name", "phone", "address", "x")]
    )
    assert matcher.find("Any -- text, 123", Place.BODY) == []
    assert Matcher([]).find("", Place.NAME) == []


SHAPES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "title": str.title,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "zero width": lambda text: "\u200b".join(text),
    "soft hyphens": lambda text: "\u00ad".join(text),
    "spaced": lambda text: "  ".join(text),
    "no spaces": lambda text: text.replace(" ", ""),
    "underscores": lambda text: text.replace(" ", "_"),
    "reversed order": lambda text: ", ".join(reversed(text.split())),
}
ESCAPES: dict[str, Callable[[str], str]] = {
    "entities": lambda text: "".join(f"&#{ord(sign)};" for sign in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(sign):x};" for sign in text),
    "markup": html.escape,
    "percent": lambda text: quote(text, safe=""),
    "JSON": lambda text: json.dumps(text)[1:-1],
}
ALPHABETS = [
    "abcdefghijklmnopqrstuvwxyzéöñş",
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超",
    "민수지영현우서연준호",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهو",
]
NAMES = st.sampled_from(ALPHABETS).flatmap(
    lambda letters: st.lists(st.text(letters, min_size=4, max_size=9), min_size=2, max_size=3).map(" ".join)
)


@given(
    NAMES, st.sampled_from(sorted(SHAPES)), st.lists(st.sampled_from(sorted(ESCAPES)), max_size=3), st.data()
)
def test_any_name_is_found_in_any_shape_under_any_escapes(
    name: str, shape: str, escapes: list[str], data: st.DataObject
) -> None:
    text = SHAPES[shape](name)
    for escape in escapes:
        text = ESCAPES[escape](text)
    around = st.lists(st.sampled_from(["the", "1", "—", "word", "了。", "и"]), min_size=1, max_size=4).map(
        " ".join
    )
    hits = find(f"{data.draw(around)} {text} {data.draw(around)}", name)
    assert [hit for hit in hits if hit.severity == "block"]
