"""What is folded as earlier mail, forward or signature, and what is left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folds import without
from app.mail import html_text, quotes


def new_text(text: str, subject: str = "", answers: bool = False) -> str:
    return without(text, quotes.folds(text, subject=subject, answers=answers))


INTRODUCED = {
    "English, Gmail": "On Thu, Jun 26, 2014 at 2:14 PM, Ana <ana@example.org> wrote:",
    "English, wrapped": "On Thu, Jun 26, 2014 at 2:14 PM, Ana Maria de la Cruz\n<ana@example.org> wrote:",
    "Russian, Android": '02.04.2012 14:20 пользователь "ana@example.org" <\nana@example.org> написал:',
    "English, Thunderbird": "On 26.06.2014 14:41, Ana wrote:",
    "Italian": "Il giorno lun 1 gen 2024 alle ore 10:00 Ana <ana@example.org> ha scritto:",
    "Italian, short": "Il 01/01/2024 10:00, Ana ha scritto:",
    "French": "Le lun. 1 janv. 2024 à 10:00, Ana <ana@example.org> a écrit :",
    "Russian, Gmail": "пн, 1 янв. 2024 г. в 10:00, Анна <ana@example.org>:",
    "Russian, Thunderbird": "01.01.2024 10:00, Анна пишет:",
    "Russian, Mail.ru": "Понедельник, 1 января 2024, 10:00 +03:00 от Анна <ana@example.org>:",
    "Chinese, Gmail": "安娜 <ana@example.org> 于2024年1月1日周一 10:00写道：",
    "Chinese, Apple": "在 2024年1月1日，10:00，安娜 <ana@example.org> 写道：",
    "Arabic, Gmail": "في الاثنين، 1 يناير 2024 في 10:00 ص تمت كتابة ما يلي بواسطة "
    "\u202aAna\u202c\u200f <\u202aana@example.org\u202c\u200f>:",
    "Arabic": "في 01/01/2024 10:00 كتب آنا:",
    "German": "Am 01.01.2024 um 10:00 schrieb Ana:",
    "Spanish": "El lun, 1 ene 2024 a las 10:00, Ana (<ana@example.org>) escribió:",
    "Japanese": "2024年1月1日(月) 10:00 アナ <ana@example.org>:",
}


@pytest.mark.parametrize("language", INTRODUCED)
def test_earlier_mail_is_folded_with_the_line_that_introduces_it(language: str) -> None:
    for gap in ("", "\n"):
        text = f"New words.\n\n{INTRODUCED[language]}\n{gap}> old\n>\n> older\n\n> oldest\n"
        assert new_text(text) == "New words."
        (fold,) = quotes.folds(text)
        assert (fold.kind, fold.end) == ("quote", len(text))


BLOCKS = {
    "English": "From: A B <a@b.example>\nSent: Monday, January 1, 2024 10:00\nTo: C\nSubject: RE: x",
    "bold": "*From:* A B <a@b.example>\n*Sent:* Monday, January 1, 2024 10:00\n*To:* C\n*Subject:* RE: x",
    "Italian": "Da: A B <a@b.example>\nInviato: lunedì 1 gennaio 2024 10:00\nA: C\nOggetto: R: x",
    "French": "De : A B <a@b.example>\nEnvoyé : lundi 1 janvier 2024 10:00\nÀ : C\nObjet : RE: x",
    "Russian": "От: A B <a@b.example>\nОтправлено: 1 января 2024 10:00\nКому: C\nТема: x",
    "Chinese": "发件人: A B <a@b.example>\n发送时间: 2024年1月1日 10:00\n收件人: C\n主题: x",
    "Arabic": "من: A B <a@b.example>\nتاريخ الإرسال: 1 يناير 2024 10:00\nإلى: C\nالموضوع: x",
    "German": "Von: A B <a@b.example>\nGesendet: Montag, 1. Januar 2024 10:00\nAn: C\nBetreff: AW: x",
    "Spanish": "De: A B <a@b.example>\nEnviado el: lunes, 1 de enero de 2024 10:00\nPara: C\nAsunto: RE: x",
}


@pytest.mark.parametrize("language", BLOCKS)
def test_the_block_of_outlook_is_history_in_a_reply_and_a_forward_elsewhere(language: str) -> None:
    text = f"New words.\n\n{BLOCKS[language]}\n\nold words"
    assert new_text(text, answers=True) == "New words."
    assert new_text(text, subject="Re: x") == "New words."
    assert (
        new_text(f"New words.\n\n________________________________\n{BLOCKS[language]}\n\nold") == "New words."
    )
    for subject in ("", "Fwd: x", "I: x", "WG: x"):
        assert new_text(text, subject=subject, answers=subject != "") == text
    assert new_text(f"{BLOCKS[language]}\n\nold words", answers=True).endswith("old words")


@pytest.mark.parametrize(
    "mark", ["-----Original Message-----", "----- Messaggio originale -----", "-----原始邮件-----"]
)
def test_the_line_original_message_begins_history(mark: str) -> None:
    assert new_text(f"New.\n\n{mark}\nFrom: A\n\nold") == "New."
    assert new_text(f"New.\n\n{mark}\nFrom: A\n\nold", subject="FW: x").endswith("old")
    assert new_text(f"{mark}\nFrom: A\n\nold").endswith("old")


@pytest.mark.parametrize(
    "mark",
    [
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-------- Messaggio inoltrato --------",
        "---------- Message transféré ---------",
        "Début du message transféré :",
        "-------- Пересылаемое сообщение --------",
        "---------- 转发的邮件 ----------",
        "-------- رسالة مُعاد توجيهها --------",
        "-------- Weitergeleitete Nachricht --------",
    ],
)
def test_what_is_forwarded_stays(mark: str) -> None:
    text = f"Please read.\n\n{mark}\nFrom: A <a@b.example>\nDate: x\n\nStory\n\n> with a quotation\n-- \nA"
    assert new_text(text, answers=True) == text
    assert [fold.kind for fold in quotes.folds(text)] == ["forward"]


def test_answers_between_the_lines_stay() -> None:
    text = "Hello\n\n> first?\n\nYes.\n\n> second?\n\nNo.\n-- \nAna\n+39"
    assert new_text(text) == "Hello\n\nYes.\n\nNo."


def test_a_poem_that_quotes_is_no_history() -> None:
    poem = "Dear editors,\n\nOn Monday, my mother wrote:\n> the sea is grey\n> and so am I\n\nYours, Ana"
    assert new_text(poem) == poem
    assert new_text(poem, subject="My poem") == poem
    assert new_text(poem, answers=True) == "Dear editors,\n\nYours, Ana"


def test_a_sentence_with_a_date_and_wrote_is_no_history() -> None:
    text = "Intro\n\nOn 12 March 2020 the minister wrote:\nWe close the paper.\n\nMore."
    assert new_text(text) == text and new_text(text, answers=True) == text


@pytest.mark.parametrize(
    "introduction",
    [
        '30.09.2017, 18.30, "Ana" <ana@example.org>:',
        "Wednesday, 17 November 2021, 3:32 PM +0300 from Ana <ana@example.org>:",
        "On Tue, 16 Nov 2021, 12:34 pm Ana Maria <ana@example.org>\nwrote:",
        "Le lun. 15 nov. 2021 à 19:42, Ana <ana@example.org>\na écrit :",
        "ср, 30 апр. 2025 г. в 15:19, Анна <ana@example.org>:",
        "   De : Ana<mailto:ana@example.org>\n   Envoyé le :jeudi 15 décembre 2016 09:35\n   Objet : Texte\n",
    ],
)
def test_an_answer_folds_what_stands_unmarked_below_when_and_who(introduction: str) -> None:
    text = f"New words,\nover two lines.\n\n{introduction}\n\nOld words.\n"
    assert new_text(text, answers=True) == "New words,\nover two lines."


def test_a_date_and_a_person_in_a_letter_fold_nothing() -> None:
    text = (
        "On 12 May at 10:30 they came:\n\nfirst the mayor.\n\nAna <ana@example.org> was there:\n\nshe saw it."
    )
    assert new_text(text, answers=True) == text


def test_history_without_marks_is_folded_when_the_line_above_is_sure() -> None:
    assert new_text("New.\n\nOn 1.1.2024 at 10:00, Ana <ana@example.org> wrote:\n\nold words") == "New."
    assert new_text("New.\n\nOn 1.1.2024 at 10:00, Ana wrote:\n\nold words", answers=True) == "New."
    assert "old words" in new_text("New.\n\nOn 1.1.2024 at 10:00, Ana wrote:\n\nold words")


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Inviato da iPhone",
        "Envoyé de mon iPad",
        "Отправлено с iPhone",
        "发自我的 iPhone",
        "أُرسلت من iPhone",
        "Von meinem iPhone gesendet",
        "Enviado desde mi iPhone",
        "Get Outlook for Android",
    ],
)
def test_what_a_telephone_adds_is_a_signature(line: str) -> None:
    text = f"Words.\n\n{line}\n\nOn 1.1.2024 at 10:00, Ana <a@b.example> wrote:\n> old\n"
    assert new_text(text) == "Words."
    assert [fold.kind for fold in quotes.folds(text)] == ["signature", "quote"]


def test_two_dashes_part_a_signature_but_not_half_an_article() -> None:
    assert new_text("Words.\n-- \nAna Example\nEditor") == "Words."
    assert new_text("Words.\n--\nAna") == "Words."
    article = "Part one\n-- \n" + "line of part two\n" * 40
    assert new_text(article) == article.strip()


def test_nothing_to_fold_leaves_the_text_as_it_is() -> None:
    assert quotes.folds("") == ()
    text = "Title: a story\n\nIt began: slowly.\n\n- one\n- two\n___\n* * *"
    assert quotes.folds(text) == () and new_text(text) == text


GMAIL = (
    '<div dir="ltr">Hi. I am fine.<div><br></div><div>Thanks,</div>Alex</div><br>'
    '<div class="gmail_quote">On Thu, Jun 26, 2014 at 2:14 PM, A <span dir="ltr">&lt;'
    '<a href="mailto:a@example.com">a@example.com</a>&gt;</span> wrote:<br>'
    '<blockquote class="gmail_quote" style="margin:0"><div>Hello!</div>Sasha.</blockquote></div><br>'
)
THUNDERBIRD = (
    "<html><body>Hi. I am fine.<br><br>Thanks,<br>Alex<br>"
    '<div class="moz-cite-prefix">On 26.06.2014 14:41, A\n wrote:<br>'
    '</div><blockquote cite="mid:x" type="cite"><div>Hello!</div><p>Sasha.</p></blockquote><br></body></html>'
)


@pytest.mark.parametrize("page", [GMAIL, THUNDERBIRD])
def test_history_in_html_is_folded(page: str) -> None:
    assert re.sub(r"\s", "", new_text(html_text.text_of(page))) == "Hi.Iamfine.Thanks,Alex"


@pytest.mark.parametrize(
    "history",
    [
        "<hr>Date: Thu, 26 Jun 2014 13:53:45 +0400<br>From: a@b.example<br>To: c@d.example<br><br>Hello!",
        '<p>26.06.2014, 14:41, "Sasha" &lt;a@b.example&gt;:</p><blockquote><p>Hello!</p></blockquote>',
        "<br>Thu, 26 Jun 2014 14:00 +0400 от Sasha &lt;a@b.example&gt;:<br><blockquote>Hello!</blockquote>",
    ],
)
def test_history_of_other_programs_in_html_is_folded(history: str) -> None:
    text = html_text.text_of(f"<p>Hi. I am fine.</p><p>Thanks,<br>Alex</p>{history}")
    assert new_text(text, "Re: Hello", answers=True) == "Hi. I am fine.\n\nThanks,\nAlex"


def test_a_quotation_by_the_author_in_html_is_not_history() -> None:
    text = html_text.text_of("<p>She said:</p><blockquote>the sea is grey</blockquote><p>End</p>")
    assert new_text(text, answers=True) == "She said:\n\n    the sea is grey\n\nEnd"


line = st.sampled_from(
    [
        "",
        "> a",
        ">> b",
        "words",
        "On 1.1.2024 10:00 x@y.example wrote:",
        "From: a",
        "Sent: b",
        "To: c",
        "-- ",
        "--",
        "____",
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "Sent from my iPhone",
        "my mother wrote:",
        "\u200f>",
        "|",
    ]
)


@given(st.lists(line, max_size=25), st.booleans(), st.sampled_from(["", "Re: x", "Fwd: x"]))
def test_folds_are_ordered_ranges_within_the_text(lines: list[str], answers: bool, subject: str) -> None:
    text = "\n".join(lines)
    at = 0
    for fold in quotes.folds(text, subject=subject, answers=answers):
        assert at <= fold.start < fold.end <= len(text)
        at = fold.end
