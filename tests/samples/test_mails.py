"""The sample mailbox: every mail can be read, in six languages, with what it promises."""

from __future__ import annotations

import mailbox
import tempfile
from collections import Counter
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from pathlib import Path

import pytest

from app.domain.messages import Event, MessageClass
from app.domain.pieces import Kind
from app.samples.mails import SampleMail, mailbox_files, mails
from app.samples.plan import protected

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(mailbox_files(TODAY))


@pytest.fixture(scope="module")
def box() -> dict[str, SampleMail]:
    return {mail.name: mail for mail in mails(TODAY)}


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_every_mail_is_read_without_a_defect_but_the_broken_one(box: dict[str, SampleMail]) -> None:
    assert len(box) >= 40
    for name, mail in box.items():
        message = parsed(mail.raw)
        assert message["From"]
        if name == "broken":
            assert message.defects
            continue
        assert not message.defects, name
        assert message["Message-ID"] == mail.message_id
        assert message["Date"].datetime == mail.at
        assert mail.at.date() <= TODAY
        assert "{" not in words(message), name


def test_six_languages_write_and_every_class_of_message_is_there(box: dict[str, SampleMail]) -> None:
    languages = Counter(mail.language for mail in box.values())
    assert set(languages) == {"en", "it", "zh", "ar", "ru", "fr"}
    assert min(languages.values()) >= 3
    classes = {mail.klass for mail in box.values()}
    assert classes == {klass.value for klass in MessageClass}
    assert {mail.event for mail in box.values()} == {"", *(event.value for event in Event)}
    assert {mail.kind for mail in box.values()} <= {"", *(kind.value for kind in Kind)}


def test_older_charsets_come_out_as_they_were_written(box: dict[str, SampleMail]) -> None:
    for name, charset, word in (
        ("seal", "gb18030", "2026年12月20日"),
        ("court", "koi8-r", "заседании"),
        ("letters", "windows-1251", "варенье"),
        ("door", "windows-1256", "أرجو ألّا تذكروا اسمي"),
        ("scuola", "iso-8859-1", "è mia"),
        ("old-letter-zh", "big5", "一箱經書"),
    ):
        message = parsed(box[name].raw)
        body = message.get_body(("plain",))
        assert body is not None
        assert body.get_content_charset() == charset
        assert word in words(message), name


def test_a_reply_names_and_quotes_what_it_answers(box: dict[str, SampleMail]) -> None:
    for reply, first in (
        ("list-reply", "list"),
        ("door-reply", "door"),
        ("registration-reply", "registration"),
        ("convento-foto", "convento"),
        ("temoignage-retrait", "temoignage"),
    ):
        assert parsed(box[reply].raw)["References"] == box[first].message_id
        quoted = words(parsed(box[reply].raw))
        assert words(parsed(box[first].raw)).split("\n")[0] in quoted


def test_machines_and_lists_say_what_they_are(box: dict[str, SampleMail]) -> None:
    assert parsed(box["newsletter"].raw)["List-Id"]
    assert parsed(box["automatic"].raw)["Auto-Submitted"] == "auto-replied"
    bounce = parsed(box["bounce"].raw)
    assert bounce.get_content_type() == "multipart/report"
    assert [part.get_content_type() for part in bounce.iter_parts()][1:] == [
        "message/delivery-status",
        "message/rfc822",
    ]


def test_protected_contributors_are_named_where_a_desk_has_to_find_them(box: dict[str, SampleMail]) -> None:
    zhao, layla = protected()["zhao"], protected()["layla"]
    assert zhao.addresses[0] in str(parsed(box["list"].raw)["From"])
    for secret in (*zhao.real_names[:2], zhao.phones[0], zhao.places[0], zhao.work[0]):
        assert secret in words(parsed(box["list"].raw))
    assert "From: Chen Guowei" in words(parsed(box["list-reply"].raw))
    assert layla.real_names[1] in words(parsed(box["door"].raw))
    names = [part.get_filename() for part in parsed(box["list"].raw).iter_attachments()]
    assert any("Chen Guowei" in (name or "") for name in names)


def test_the_mailbox_is_a_tree_of_mails_an_mbox_a_maildir_and_a_loose_file(files: dict[str, bytes]) -> None:
    assert sum(path.endswith(".eml") for path in files) >= 40
    hashes = Counter(sha256(raw).hexdigest() for raw in files.values())
    assert [count for count in hashes.values() if count > 1] == [2]
    assert {path.split("/")[0] for path in files} == {"inbox", "loose", "older.mbox", "phone"}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "older.mbox"
        place.write_bytes(files["older.mbox"])
        older = mailbox.mbox(place, create=False)
        senders = [str(message["From"]) for message in older]
        older.close()
    assert len(senders) == 3
    maildir = [path for path in files if path.startswith("phone/")]
    assert {path.split("/")[1] for path in maildir} == {"cur", "new"}
    assert all(":" not in path for path in files)


def test_the_same_day_gives_the_same_mailbox(files: dict[str, bytes], box: dict[str, SampleMail]) -> None:
    for path, raw in files.items():
        name = path.rsplit("/", 1)[-1].removesuffix(".eml")
        if name in box:
            assert sha256(raw).digest() == sha256(box[name].raw).digest(), name


def test_another_day_gives_other_dates() -> None:
    later = next(iter(mails(date(2027, 2, 1))))
    assert later.at.year == 2026
    assert b"2026" in later.raw
