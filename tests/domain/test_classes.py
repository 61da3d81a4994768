"""Whom a message is for: headers first, then its first words; what no rule claims is a contribution."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any

import pytest

from app import assets
from app.domain.classes import Proposal, propose
from app.mail.mime import read
from app.samples.texts import keys, sheet
from app.services.phrasebook import phrases

STORY = "The police came in the evening and asked for the names. " * 30
DOCX = ("story.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


def of(
    text: str,
    subject: str = "Hello",
    files: tuple[tuple[str, str], ...] = (),
    threaded: bool = False,
    sender: str = "anna@letters.example",
    fields: Mapping[str, str] | None = None,
) -> Proposal:
    mail = EmailMessage()
    mail["From"] = sender
    mail["Subject"] = subject
    for name, value in (fields or {}).items():
        mail[name] = value
    headers: dict[str, Any] = read(mail.as_bytes(), {}).value["headers"]
    return propose(headers, text, files, phrases(), threaded=threaded)


@pytest.mark.parametrize("key", keys("mails"))
def test_the_sample_mailbox_is_told_apart(key: str) -> None:
    """The letters as written, with the names of what they carry: the pictures themselves tell nothing here."""
    letter = sheet("mails", key)
    carried = [item.split(":")[0] for item in letter.head.get("attach", ())]
    files = tuple(DOCX if what == "doc" else ("IMG_0001.jpg", "image/jpeg") for what in carried)
    text = letter.body
    if "article" in letter.head:
        text = text.replace("{article}", sheet("articles", letter.head["article"]).body)
    found = of(
        text,
        letter.head["subject"],
        files,
        "references" in letter.head,
        letter.head["from"],
        letter.head.get("headers"),
    )
    assert (found.klass, found.event) == (letter.head["class"], letter.head.get("event", ""))


def test_the_sample_bounce_is_one() -> None:
    value = read(assets.text("samples/raw/bounce.txt").encode("latin-1"), {}).value
    found = propose(value["headers"], value["text"], (), phrases(), threaded=False)
    assert (found.klass, found.event) == ("machine", "bounce")


@pytest.mark.parametrize(
    ("klass", "text"),
    [
        ("takedown", "Please take down your article about the clinic."),
        ("takedown", "Vi chiedo di rimuovere il mio nome dal sito."),
        ("takedown", "Je vous demande de supprimer cet article."),
        ("takedown", "Прошу удалить статью с сайта."),
        ("takedown", "أرجو حذف المقال من موقعكم"),
        ("takedown", "请删除你们网站上的这篇文章。"),
        ("takedown", "請撤下這篇報導。"),
        ("data-request", "Which personal data do you hold about me? I ask under the GDPR."),
        ("data-request", "Chiedo accesso ai miei dati personali."),
        ("data-request", "Je demande l'accès à mes données personnelles."),
        ("data-request", "Прошу удалить мои персональные данные."),
        ("data-request", "أطلب حذف بياناتي الشخصية"),
        ("data-request", "请删除我的个人信息。"),
        ("reply-request", "We ask for a right of reply to your report."),
        ("reply-request", "Chiedo la rettifica ai sensi dell'art. 8 della legge 47/1948."),
        ("reply-request", "Je demande un droit de réponse."),
        ("reply-request", "Требую опровержения."),
        ("reply-request", "أطالب بحق الرد"),
        ("reply-request", "要求刊登更正声明。"),
        ("error-report", "There is a mistake in your article: it was 1989."),
        ("error-report", "C'è un errore nel vostro articolo."),
        ("error-report", "Il y a une erreur dans votre article."),
        ("error-report", "В вашей статье ошибка."),
        ("error-report", "هناك خطأ في مقالكم"),
        ("error-report", "贵刊文章中日期有误。"),
        ("invitation", "You are cordially invited to our conference."),
        ("invitation", "Abbiamo il piacere di invitarLa al convegno."),
        ("invitation", "Nous avons le plaisir de vous inviter au colloque."),
        ("invitation", "Приглашаем вас на конференцию."),
        ("invitation", "يسرنا دعوتكم لحضور المؤتمر"),
        ("invitation", "诚邀您参加研讨会。"),
        ("pitch", "Would you be interested in a report about the camp?"),
        ("pitch", "Vorrei proporvi un articolo sul convento."),
        ("pitch", "Je souhaiterais vous proposer un article."),
        ("pitch", "Хочу предложить вам статью о суде."),
        ("pitch", "أود أن أقترح مقالا عن المكتبة"),
        ("pitch", "我想为贵刊写一篇关于教堂的文章，你们感兴趣吗？"),
        ("question", "Do you accept poems?"),
        ("question", "Vorrei sapere come posso inviare un testo."),
        ("question", "Acceptez-vous des poèmes ?"),
        ("question", "Принимаете ли вы стихи?"),
        ("question", "هل تقبلون الشعر؟"),
        ("question", "请问贵刊接受诗歌吗？"),
        ("question", "請問如何投稿？"),
    ],
)
def test_a_short_message_says_what_it_wants(klass: str, text: str) -> None:
    assert (of(text).klass, of(text).event) == (klass, "")


@pytest.mark.parametrize(
    "text",
    [
        "Hello, here is my article about X. The village lies high. Could you tell me if you print it?",
        "Hello, here is my article about errors in the register.",
        "I send you this. Would you be interested in it?",
        "Ecco il mio articolo sul convento. Vorrei sapere se vi piace.",
        "Je vous envoie mon texte. Pourriez-vous me dire s'il vous plaît ?",
        "Посылаю вам заметку о суде. Скажите, пожалуйста, подойдёт ли.",
        "أرسل إليكم مقالي عن المكتبة. هل يمكن نشره؟",
        "附上我的文章，请问何时刊登？",
        "They are moving the books tonight.",
        "Я не писатель.",
        "",
        "?",
    ],
)
def test_what_brings_a_text_or_claims_nothing_is_a_contribution(text: str) -> None:
    assert of(text).klass == "contribution"


@pytest.mark.parametrize(
    "text",
    [
        "Please withdraw my article.",
        "I withdraw my text.",
        "My article has been accepted elsewhere.",
        "Another magazine has accepted the story.",
        "Ritiro il mio articolo.",
        "L'articolo è stato accettato da un'altra rivista.",
        "Je retire mon article.",
        "Mon texte a été accepté par une autre revue.",
        "Отзываю свою статью.",
        "Статью приняли в другой журнал.",
        "أود سحب مقالي",
        "قبلت مجلة أخرى المقال",
        "我要撤稿。",
        "我的文章已被其他杂志采用，特此告知。",
    ],
)
@pytest.mark.parametrize("threaded", [True, False])
def test_a_text_is_taken_back(text: str, threaded: bool) -> None:
    found = of(text, threaded=threaded)
    assert (found.klass, found.event) == ("belongs", "withdrawal")


@pytest.mark.parametrize(
    "text",
    [
        "This has not been published or accepted elsewhere.",
        "I do not withdraw anything.",
        "The article has not been accepted elsewhere.",
        "Grazie, va bene così.",
        "谢谢，照此刊登。",
    ],
)
def test_an_answer_that_takes_nothing_back_belongs_without_event(text: str) -> None:
    assert (of(text, threaded=True).klass, of(text, threaded=True).event) == ("belongs", "")


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your article",
        "Out of Office: holiday",
        "[Auto-Reply] Re: your letter",
        "Risposta automatica: articolo",
        "Réponse automatique : votre article",
        "Автоответ: статья",
        "رد تلقائي: مقالكم",
        "自动回复：投稿",
        "自動回覆: 投稿",
    ],
)
def test_a_subject_of_automatic_answers(subject: str) -> None:
    found = of("I am away until Monday.", subject)
    assert (found.klass, found.event) == ("machine", "automatic-answer")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-replied (vacation)"),
        ("Auto-Submitted", "Auto-Replied; owner-email=a@b.example"),
        ("X-Autoreply", "yes"),
        ("X-Autorespond", "Away"),
        ("Precedence", "auto_reply"),
    ],
)
def test_a_header_of_automatic_answers(name: str, value: str) -> None:
    for threaded in (True, False):
        found = of(STORY, threaded=threaded, fields={name: value})
        assert (found.klass, found.event) == ("machine", "automatic-answer")


@pytest.mark.parametrize(
    ("subject", "text", "files", "fields"),
    [
        ("Out of office: how officials vanish", STORY, (), {}),
        ("Out of office: how officials vanish", "Attached.", (DOCX,), {}),
        ("How I was out of office", "The office was closed.", (), {}),
        ("Re: Automatic reply: your text", "Thank you.", (), {}),
        ("Chapel", "The chapel is closed.", (), {"X-Auto-Response-Suppress": "All"}),
        ("Chapel", "The chapel is closed.", (), {"Auto-Submitted": "no"}),
        ("Chapel", "The chapel is closed.", (), {"X-Spam-Status": "No, score=-1"}),
        ("Chapel", "The chapel is closed.", (), {"Precedence": "first-class"}),
        ("Chapel", "The press release lied about it.", (), {}),
        ("What the press release left out", "The chapel is closed.", (), {}),
        ("Mail delivery failed, and other stories", "A story of a postman.", (), {}),
    ],
)
def test_a_person_is_not_taken_for_a_machine(
    subject: str, text: str, files: tuple[tuple[str, str], ...], fields: dict[str, str]
) -> None:
    assert of(text, subject, files, fields=fields).klass == "contribution"


@pytest.mark.parametrize(
    ("sender", "subject", "fields"),
    [
        (
            "x@y.example",
            "Letter",
            {"Content-Type": 'multipart/report; report-type="delivery-status"; boundary=b'},
        ),
        ("MAILER-DAEMON@mx.example", "Report", {"Content-Type": "multipart/report; boundary=b"}),
        ("MAILER-DAEMON@mx.example", "failure notice", {}),
        ("postmaster@mx.example", "Undeliverable: Your letter", {}),
        ("postmaster@mx.example", "Mancata consegna", {}),
        ("postmaster@mx.example", "Non remis : votre lettre", {}),
        ("postmaster@mx.example", "Недоставленное сообщение", {}),
        ("postmaster@mx.example", "تعذر التسليم", {}),
        ("postmaster@mx.example", "系统退信", {}),
        ("bounces@mx.example", "Undelivered Mail Returned to Sender", {"Return-Path": "<>"}),
        ("server@mx.example", "Letter", {"X-Failed-Recipients": "a@b.example"}),
    ],
)
def test_a_letter_came_back(sender: str, subject: str, fields: dict[str, str]) -> None:
    found = of("It says so.", subject, sender=sender, fields=fields)
    assert (found.klass, found.event) == ("machine", "bounce")


@pytest.mark.parametrize(
    ("sender", "fields"),
    [
        (
            "x@y.example",
            {"Content-Type": "multipart/report; report-type=disposition-notification; boundary=b"},
        ),
        ("x@y.example", {"Auto-Submitted": "auto-generated"}),
        ("mailer-daemon@mx.example", {}),
    ],
)
def test_a_machine_wrote_something_else(sender: str, fields: dict[str, str]) -> None:
    found = of("Read.", sender=sender, fields=fields)
    assert (found.klass, found.event) == ("machine", "")


@pytest.mark.parametrize(
    ("kind", "event"),
    [("message/delivery-status", "bounce"), ("message/disposition-notification", "")],
)
def test_an_attached_report_of_a_server_tells_itself(kind: str, event: str) -> None:
    found = of("I could not deliver it.", files=(("part-1.txt", kind),))
    assert (found.klass, found.event) == ("machine", event)


def test_a_postmaster_may_be_a_person() -> None:
    assert of("Here is my article.", sender="postmaster@parish.example").klass == "contribution"


@pytest.mark.parametrize(
    ("klass", "fields"),
    [
        ("spam", {"X-Spam-Flag": "YES"}),
        ("spam", {"X-Spam-Status": "Yes, score=9.1"}),
        ("spam", {"X-Bogosity": "Spam, tests=bogofilter"}),
        ("newsletter", {"List-Unsubscribe": "<https://a.example>"}),
        ("newsletter", {"List-Id": "<news.a.example>"}),
        ("newsletter", {"Precedence": "bulk"}),
    ],
)
def test_headers_say_that_it_is_for_nobody_unless_it_answers(klass: str, fields: dict[str, str]) -> None:
    assert of(STORY, files=(DOCX,), fields=fields).klass == klass
    assert of(STORY, threaded=True, fields=fields).klass == "belongs"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Press release: a new bridge", "Yesterday."),
        ("[PRESS RELEASE] A new bridge", "Yesterday."),
        ("A new bridge", "FOR IMMEDIATE RELEASE\n\nYesterday a bridge was opened."),
        ("A new bridge", "Foundation of Bridges\n12 May\n** Press release **\n\nYesterday."),
        ("Comunicato stampa", "Ieri."),
        ("Communiqué de presse : un pont", "Hier."),
        ("Пресс-релиз", "Вчера."),
        ("بيان صحفي", "أمس."),
        ("新闻稿：新桥", "昨天。"),
    ],
)
def test_a_press_release_calls_itself_so_at_its_head(subject: str, text: str) -> None:
    assert of(text, subject).klass == "press"


@pytest.mark.parametrize("wish", ["Do you accept poems?", "There is a mistake in your article."])
def test_long_texts_documents_and_photographs_are_contributions(wish: str) -> None:
    assert of(f"{wish} {STORY}").klass == "contribution"
    for file in (DOCX, ("DSC_0012.JPG", "image/jpeg"), ("scan.pdf", "application/octet-stream")):
        assert of(wish, files=(file,)).klass == "contribution"


def test_chinese_words_are_counted_by_characters() -> None:
    assert of("请问，" + "晚上警察来到教堂。" * 60).klass == "contribution"


@pytest.mark.parametrize(
    "file",
    [
        ("image001.png", "image/png"),
        ("logo.jpg", "image/jpeg"),
        ("Outlook-x3k2.png", "image/png"),
        ("smile.gif", "image/gif"),
        ("card.vcf", "text/vcard"),
        ("smime.p7s", "application/pkcs7-signature"),
        ("signature.asc", "application/pgp-signature"),
    ],
)
def test_what_a_signature_carries_brings_nothing(file: tuple[str, str]) -> None:
    assert of("Do you accept poems?", files=(file,)).klass == "question"


def test_phrases_deep_in_a_text_do_not_decide() -> None:
    assert of("word " * 150 + "You are invited. There is a mistake in your article.").klass == "contribution"


def test_a_message_without_any_header_is_a_contribution() -> None:
    assert propose({}, "", (), phrases(), threaded=False).klass == "contribution"
