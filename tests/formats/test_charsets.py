import pytest

from app.formats.charsets import decoded

TEXTS = {
    "gb18030": "昨天晚上，警察来到我们的村子，带走了三个人。我不知道他们在哪里。",
    "big5": "昨天晚上，警察來到我們的村子，帶走了三個人。我不知道他們在哪裡。",
    "cp932": "昨夜、警察が私たちの村に来て、三人を連れて行きました。彼らがどこにいるのか分かりません。",
    "euc_jp": "昨夜、警察が私たちの村に来て、三人を連れて行きました。",
    "iso2022_jp": "昨夜、警察が私たちの村に来て",
    "cp949": "어젯밤 경찰이 우리 마을에 와서 세 사람을 데려갔습니다. 그들이 어디에 있는지 모릅니다.",
    "cp1251": "Вчера вечером полиция пришла в нашу деревню и увела троих человек.",
    "koi8_r": "Вчера вечером полиция пришла в нашу деревню и увела троих человек.",
    "cp1256": "الليلة الماضية جاءت الشرطة إلى قريتنا وأخذت ثلاثة أشخاص. لا أعرف أين هم.",
    "cp1255": "אתמול בערב באה המשטרה לכפר שלנו ולקחה שלושה אנשים.",
    "cp1253": "Χθες το βράδυ η αστυνομία ήρθε στο χωριό μας και πήρε τρία άτομα.",
    "cp1252": "Hier soir, la police est venue à notre village. Où sont-ils ?",
    "cp1250": "Včera večer přišla policie do naší vesnice a odvedla tři lidi. Žádné zprávy.",
    "cp1254": "Dün gece polis köyümüze geldi ve üç kişiyi götürdü. Nerede olduklarını bilmiyorum, ışık yoktu.",
    "utf-16-le": "Hello there, wide world",
    "utf-16-be": "Привет, широкий мир",
    "utf-8": "Привет, é, 中",
    "utf-8-sig": "Привет",
    "utf-32": "Привет",
}


@pytest.mark.parametrize("charset", TEXTS)
def test_charsets_are_told_without_a_label(charset: str) -> None:
    assert decoded(TEXTS[charset].encode(charset)) == TEXTS[charset]


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("cp1252", "Domenica la polizia è venuta: perché? Così, è già la terza volta. È tardi."),
        ("mac_roman", "La police est arrivée à notre maison, très tôt. Où sont-ils ?"),
        ("koi8_u", "У неділю вранці поліція прийшла до нашого дому і забрала всі книги."),
        ("cp866", "Вчера вечером полиция пришла в нашу деревню и увела троих человек."),
        ("iso8859_5", "Вчера вечером полиция пришла в нашу деревню и увела троих человек."),
        ("iso8859_6", "الليلة الماضية جاءت الشرطة إلى قريتنا وأخذت ثلاثة أشخاص"),
        ("cp874", "เช้าวันอาทิตย์ ตำรวจมาที่สถานที่ประชุมของเรา"),
        ("iso8859_2", "W niedzielę rano policja przyszła do naszego domu i zabrała książki."),
    ],
)
def test_more_languages_and_older_charsets_are_told_without_a_label(charset: str, text: str) -> None:
    assert decoded(text.encode(charset)) == text


@pytest.mark.parametrize(
    "text", ["星期天早上，警察来到", "В воскресенье утром", "perché è così", "جاءت الشرطة"]
)
def test_utf_8_that_was_cut_or_damaged_stays_utf_8(text: str) -> None:
    data = text.encode()
    assert decoded(data + b"\xe4\xb8") == f"{text}\ufffd"
    assert decoded(b"\xff" + data, ["iso-8859-1"]) == f"\ufffd{text}"


@pytest.mark.parametrize("charset", ["gb18030", "big5", "cp932", "cp949"])
def test_a_damaged_letter_in_the_middle_does_not_hide_the_charset(charset: str) -> None:
    data = TEXTS[charset].encode(charset)
    assert decoded(data[:20] + b"\xff" + data[20:])[:8] == TEXTS[charset][:8]


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        ("Ωμέγα".encode("cp1253"), "windows-1253", "Ωμέγα"),
        ("“é”".encode("cp1252"), "ISO-8859-1", "“é”"),
        ("和\u9fb4".encode("gb18030"), "gb2312", "和\u9fb4"),
        ("é".encode(), "iso-8859-1", "é"),
        (b"plain", "no-such-charset", "plain"),
        (b"caf\xe9 noir", "utf-8", "café noir"),
        (b"caf\xe9 noir", "'base64'", "café noir"),
    ],
)
def test_labels_are_believed_within_reason(data: bytes, label: str, text: str) -> None:
    assert decoded(data, [label]) == text


def test_there_is_always_an_answer() -> None:
    for data in (b"", b"\x00", b"\xff\xfe\x00", b"\x00\xd8\x00\xd8", bytes(range(256))):
        assert isinstance(decoded(data), str)
