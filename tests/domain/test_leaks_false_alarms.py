"""Ordinary articles in six languages keep the gate silent, although the desk protects many people."""

from __future__ import annotations

import pytest

from app.domain.leaks import Matcher, Place, Term
from app.domain.leaks_addresses import addresses

ARTICLES = {
    "English": """
    In the last week of September the committee put a single sheet of paper on every table in the valley. By the
    first of October, of 112 sheets, 97 had come back blank. "We did not talk about it," a teacher told this
    magazine at home, "because we did not need to." The provincial regulation of 2017 does not mention evening
    readings at all. It mentions venues, and a kitchen is not one. Likely nobody agreed beforehand; all of them
    weighed it alone. May and Will were months and wishes, not people. The rose gardens of the minister will open
    on 11/23/2026 at 9.30 and close at 17:45; see www.example.org or look at the board. An old man in a white coat
    saw an hour pass; the chief justice of the peace, a Mr Baker, ran 1,500 metres in 4:15.30.
    """,
    "Italian": """
    Nell'ultima settimana di settembre il comitato mise un foglio su ogni tavolo della valle. Chi lo ha firmato? Di
    112 fogli, 97 tornarono bianchi. «Non ne abbiamo parlato», dice una maestra, «perché non serviva». La legge del
    2017 non parla affatto di letture serali: la cucina non è un luogo di culto. Le rose bianche del ministro, la
    marina, la pace e la gloria restano parole comuni; a mano a mano la neve copre la strada per Torino, e lì si
    ferma. Il 23.11.2026 alle 9,30 la corte d'appello leggerà la sentenza n. 1345/2026, pagine 678-912.
    """,
    "French": """
    La dernière semaine de septembre, le comité posa une feuille sur chaque table de la vallée. Sur 112 feuilles, 97
    revinrent blanches. « Nous n'en avons pas parlé, dit une institutrice, car c'était inutile. » Le règlement de
    2017 ne dit rien des lectures du soir. Claire était la nuit, et rose le matin ; l'ange de pierre marin gardait la
    place de la Victoire. La cour d'Aix jugera le 23/11/2026, à 9 h 30, l'affaire no 21-13.912 ; voir p. 345 à 678.
    """,
    "Russian": """
    В последнюю неделю сентября комитет положил на каждый стол в долине один лист бумаги. Из 112 листов 97 вернулись
    пустыми. «Мы об этом не говорили, — сказала учительница, — потому что не было нужды». Вера, надежда и любовь,
    мир и слава остались простыми словами; сам глава района роман не читал, кот спал у стола, а соколы кружили над
    новой мельницей. Положение 2017 года не упоминает вечерних чтений. Суд откроется 23.11.2026 в 9:30, дело № 1345.
    """,
    "Chinese": """
    九月的最后一个星期，村委会把一张纸放在山谷里每一张桌子上。一百一十二张纸中，有九十七张交回时仍是空白。“我们没有商量过，”
    一位教师说，“因为不需要商量。”二〇一七年的条例没有提到灯下读书。建设国家的伟大工程、明天的会议、王国的黄金、马上到来的冬天，
    都是平常的话。他姓李。伟大的人也姓张，敏感的问题不在这里。法院将于2026年11月23日9时30分开庭，案号（2026）京01民初1345号。
    """,
    "Arabic": """
    في الأسبوع الأخير من أيلول وضعت لجنة القرية ورقة واحدة على كل طاولة في الوادي. عادت ٩٧ ورقة
    من أصل ١١٢ بيضاء.     قال أحد المعلّمين: «لم نتحدث في الأمر لأننا لم نكن بحاجة إلى ذلك».
    النبي محمد عليه السلام، والحسن من القول، والكريم
    من الناس، وأمل المستقبل، كلها كلمات عادية. تنظر المحكمة في القضية رقم ١٣٤٥ يوم ٢٣/١١/٢٠٢٦ عند الساعة ٩:٣٠.
    """,
}
LATIN = """
Li Weimin, Zhao Mingyu, Ma Rong, An Na Kim, Will Baker Stone, Rose Gale Lee, May Ling Chow, Hope Peace Adeyemi,
Claire Duval, Marin Lange, Angelo Bianchi Rossi, Gloria Marina Torinese, Pace Vallenera, Amin Rahimi, Ali Hassan Karimi,
Ivan Petrov, Roman Glavin, Vera Mirova, Nurzhan Abdullayev, Katarzyna Nowak, Jürgen Müller, Tenzin Dolma Norbu,
Thida Aung Htun, Min Thu Zar, Yusuf Demirci
"""
CYRILLIC = (
    "Вера Любовина, Роман Соколов, Глава Новиков, Слава Мирный, Надежда Кот, Иван Столяров, Мария Вечерняя"
)
HAN = "李伟, 张建国, 王国明, 马上田, 黄金荣, 张敏, 李建设, 赵明宇, 陈会议"
ARABIC = "محمد علي الناصر, حسن الكريم البصري, أمل المستقبلي, فاطمة المنصوري"
TERMS = [
    *(
        Term(name.strip(), "name", "a")
        for names in (LATIN, CYRILLIC, HAN, ARABIC)
        for name in names.split(",")
    ),
    *(Term(number, "phone", "a") for number in ("+86 139 1234 5678", "+39 345 678 9123", "8 912 345 67 89")),
    *(Term(address, "address", "a") for address in ("teacher.board@post.example", "magazine@post.example")),
    *(Term(place, "place", "a") for place in ("Upper Valley Lane 12", "улица Мира 97", "和平路一百一十二号")),
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(TERMS)


@pytest.mark.parametrize("language", ARTICLES)
def test_an_ordinary_article_has_no_hits_that_refuse(matcher: Matcher, language: str) -> None:
    for place in (Place.BODY, Place.OPAQUE, Place.METADATA):
        assert [hit for hit in matcher.find(ARTICLES[language], place) if not hit.part] == []


@pytest.mark.parametrize("language", ARTICLES)
def test_an_ordinary_article_holds_no_mail_address(language: str) -> None:
    assert {found for found in addresses(ARTICLES[language]) if found.endswith("post.example")} == set()


def test_each_of_these_terms_would_be_found(matcher: Matcher) -> None:
    for term in TERMS:
        assert matcher.find(f"x {term.text} x", Place.BODY), term.kind
