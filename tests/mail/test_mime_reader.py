"""Messages as they should be: what the reader gives for each kind of part."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from app.domain.folds import without
from app.mail import mime

HEAD = b"From: Ana <ana@example.org>\nTo: desk@magazine.example\nSubject: A story\nMIME-Version: 1.0\n"


def value_of(data: bytes) -> dict[str, Any]:
    value: dict[str, Any] = mime.read(data, {}).value
    return value


def mixed(*parts: bytes, kind: bytes = b"mixed") -> bytes:
    body = b"".join(b"--edge\n" + part + b"\n" for part in parts)
    return HEAD + b"Content-Type: multipart/" + kind + b"; boundary=edge\n\n" + body + b"--edge--\n"


def plain(text: bytes, more: bytes = b"") -> bytes:
    return b"Content-Type: text/plain; charset=utf-8\n" + more + b"\n" + text


def test_a_plain_message_gives_its_headers_and_text() -> None:
    value = value_of(
        b"Return-Path: <ana@example.org>\r\nReceived: from a by b; Mon, 6 Apr 2026 10:00:00 +0200\r\n"
        b"Message-ID: <one@example.org>\r\nIn-Reply-To: <zero@example.org>\r\n"
        b"References: <first@example.org>\r\n\t<zero@example.org>\r\nDate: Mon, 6 Apr 2026 10:00:00 +0200\r\n"
        b"From: =?utf-8?q?Jos=C3=A9?= <ana@example.org>\r\nTo: a@b.example, B C <b@c.example>\r\n"
        b"Reply-To: other@example.org\r\nList-Id: <news.example.org>\r\nPrecedence: bulk\r\n"
        b"Auto-Submitted: auto-replied\r\nX-Spam-Flag: YES\r\nSubject: =?utf-8?b?w4k=?=\r\n =?utf-8?q?t=C3=A9?=\r\n"
        b"Content-Type: text/plain\r\n\r\nHello,\r\nyou\r\n"
    )
    told = value["headers"]
    assert value["text"] == "Hello,\nyou\n"
    assert told["message_id"] == "<one@example.org>"
    assert told["in_reply_to"] == "<zero@example.org>"
    assert told["references"] == ["<first@example.org>", "<zero@example.org>"]
    assert told["date"] == "2026-04-06T08:00:00Z"
    assert told["date_text"] == "Mon, 6 Apr 2026 10:00:00 +0200"
    assert told["from"] == [{"name": "José", "address": "ana@example.org"}]
    assert told["to"] == [{"name": "", "address": "a@b.example"}, {"name": "B C", "address": "b@c.example"}]
    assert told["reply_to"] == [{"name": "", "address": "other@example.org"}]
    assert told["subject"] == "Été"
    assert told["return_path"] == "ana@example.org" and told["spam_flag"]
    assert told["told"] == {
        "return-path": "<ana@example.org>",
        "list-id": "<news.example.org>",
        "precedence": "bulk",
        "auto-submitted": "auto-replied",
        "x-spam-flag": "YES",
        "content-type": "text/plain",
    }
    assert value["defects"] == [] and value["attachments"] == [] and value["html"] is None


def test_an_absent_field_is_null_and_an_empty_return_path_is_empty() -> None:
    told = value_of(b"Return-Path: <>\nSubject: x\n\nx")["headers"]
    assert told["return_path"] == "" and told["message_id"] is None and told["date"] is None
    assert (
        told["from"] == []
        and told["references"] == []
        and told["told"] == {"return-path": "<>"}
        and told["spam_flag"] is False
    )


def test_of_alternatives_the_plain_text_is_read_and_the_html_kept() -> None:
    value = value_of(mixed(plain(b"words"), b"Content-Type: text/html\n\n<p>words</p>", kind=b"alternative"))
    assert value["text"] == "words" and value["html"] == "<p>words</p>" and value["attachments"] == []


def test_html_stands_in_for_a_plain_part_that_says_nothing() -> None:
    story = b"<p>" + b"long story " * 60 + b"</p>"
    for text in (b"", b" \n", b"Your program does not show HTML."):
        value = value_of(mixed(plain(text), b"Content-Type: text/html\n\n" + story, kind=b"alternative"))
        assert value["text"].startswith("long story long story")
    assert "plain-text-nearly-empty" in value["defects"]


def test_a_short_plain_answer_is_kept_beside_short_html() -> None:
    value = value_of(
        mixed(plain(b"Yes."), b"Content-Type: text/html\n\n<div><b>Yes</b>.</div>", kind=b"alternative")
    )
    assert value["text"] == "Yes."


def test_only_html_is_shown_as_words() -> None:
    value = value_of(
        HEAD + b"Content-Type: text/html; charset=utf-8\n\n<p>One</p><p>Two<script>x</script></p>"
    )
    assert value["text"] == "One\n\nTwo" and value["html"].startswith("<p>One")


def test_the_charset_in_the_html_itself_is_used_when_the_part_names_none() -> None:
    page = '<meta charset="koi8-r"><p>Привет</p>'.encode("koi8-r")
    assert value_of(HEAD + b"Content-Type: text/html\n\n" + page)["text"] == "Привет"


def test_text_parts_follow_each_other_and_html_parts_are_never_merged() -> None:
    value = value_of(
        mixed(
            b"Content-Type: text/html\n\n<img src='http://x/",
            plain(b"secret"),
            b"Content-Type: text/html\n\n'>end",
        )
    )
    assert "secret" in value["text"] and value["html"] == "<img src='http://x/"


def test_every_part_that_is_no_body_is_an_attachment_with_its_exact_bytes() -> None:
    result = mime.read(
        mixed(
            plain(b"see below"),
            b"Content-Type: image/jpeg\nContent-Disposition: inline\nContent-ID: <pic@x>\n"
            b"Content-Transfer-Encoding: base64\n\n/9j/4A==\n",
            b"Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR",
            b'Content-Type: application/octet-stream; name="a b.bin"\n'
            b"Content-Transfer-Encoding: binary\n\n\x00\r\n\xff",
            plain(b"my notes", b'Content-Disposition: attachment; filename="notes.txt"\n'),
            plain(b"also notes", b"Content-Disposition: inline; filename=more.txt\n"),
            b"Content-Type: text/csv\n\na,b\r\n1,2\r\n",
            b"Content-Type: application/pgp-signature\n\nsigned",
        ),
        {},
    )
    attachments = result.value["attachments"]
    assert result.value["text"] == "see below"
    assert [(one["name"], one["media_type"]) for one in attachments] == [
        ("part-1.jpg", "image/jpeg"),
        ("part-2.ics", "text/calendar"),
        ("a b.bin", "application/octet-stream"),
        ("notes.txt", "text/plain"),
        ("more.txt", "text/plain"),
        ("part-6.csv", "text/csv"),
        ("part-7.asc", "application/pgp-signature"),
    ]
    assert [result.blobs[one["blob"]] for one in attachments] == [
        b"\xff\xd8\xff\xe0", b"BEGIN:VCALENDAR\nEND:VCALENDAR", b"\x00\r\n\xff", b"my notes", b"also notes",
        b"a,b\r\n1,2\r\n", b"signed",
    ]  # fmt: skip
    assert attachments[0]["content_id"] == "pic@x" and attachments[0]["disposition"] == "inline"
    assert attachments[3]["text"] == "my notes" and attachments[0]["text"] is None


def test_attached_html_has_its_words() -> None:
    part = b"Content-Type: text/html\nContent-Disposition: attachment; filename=page.html\n\n<p>Hello</p>"
    assert value_of(mixed(plain(b"x"), part))["attachments"][0]["text"] == "Hello"


def test_pictures_of_an_html_body_are_attachments() -> None:
    inner = (
        b"Content-Type: multipart/related; boundary=in\n\n--in\nContent-Type: text/html\n\n<img src=cid:a>"
        b"\n--in\nContent-Type: image/png; name=logo.png\n\nPNG\n--in\nContent-Type: text/html\n\nother\n--in--"
    )
    value = value_of(mixed(plain(b"hi"), inner, kind=b"alternative"))
    assert [one["name"] for one in value["attachments"]] == ["logo.png", "part-2.html"]


def test_the_text_of_related_parts_need_not_come_first() -> None:
    value = value_of(
        mixed(b"Content-Type: image/png\n\nP", b"Content-Type: text/html\n\n<p>hi", kind=b"related")
    )
    assert value["text"] == "hi" and len(value["attachments"]) == 1


def test_a_second_html_alternative_is_attached() -> None:
    value = value_of(
        mixed(b"Content-Type: text/html\n\nA", b"Content-Type: text/html\n\nB", kind=b"alternative")
    )
    assert value["text"] == "B" and value["html"] == "B" and value["attachments"][0]["text"] == "A"


def test_equal_plain_alternatives_are_read_once_and_different_ones_both() -> None:
    assert value_of(mixed(plain(b"same"), plain(b"same "), kind=b"alternative"))["text"] == "same"
    assert value_of(mixed(plain(b"one"), plain(b"two"), kind=b"alternative"))["text"] == "one\n\ntwo"


def test_a_message_within_a_message_is_opened() -> None:
    inner = (
        HEAD + b"Content-Type: multipart/mixed; boundary=i\n\n--i\n\nInner words\n"
        b'--i\nContent-Type: a/b; name="x.y"\n\nzz\n--i--'
    )
    for encoding, body in (
        (b"", inner),
        (b"Content-Transfer-Encoding: base64\n", base64.encodebytes(inner)),
    ):
        result = mime.read(
            mixed(plain(b"see"), b"Content-Type: message/rfc822\n" + encoding + b"\n" + body), {}
        )
        (attachment,) = result.value["attachments"]
        assert result.blobs[attachment["blob"]] == inner
        assert attachment["text"].strip() == "Inner words" and attachment["name"] == "part-1.eml"
        assert attachment["nested"]["headers"]["subject"] == "A story"
        assert result.blobs[attachment["nested"]["attachments"][0]["blob"]] == b"zz"


def test_a_digest_holds_messages() -> None:
    value = value_of(mixed(b"\nSubject: one\n\nfirst", b"\nSubject: two\n\nsecond", kind=b"digest"))
    assert [one["nested"]["headers"]["subject"] for one in value["attachments"]] == ["one", "two"]


def test_a_lone_text_of_another_kind_is_body_and_attachment() -> None:
    value = value_of(HEAD + b"Content-Type: text/markdown\n\n# Title")
    assert value["text"] == "# Title" and value["attachments"][0]["text"] == "# Title"
    value = value_of(HEAD + b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR")
    assert value["text"] == "" and len(value["attachments"]) == 1


def test_a_lone_attachment_has_no_text() -> None:
    value = value_of(HEAD + b"Content-Type: application/pdf\n\n%PDF")
    assert value["text"] == "" and value["attachments"][0]["name"] == "part-1.pdf"


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (b"format=flowed", b"One \nparagraph.\nTwo\n", "One paragraph.\nTwo\n"),
        (b"format=flowed; delsp=yes", "中 \n文".encode(), "中文"),
        (b"format=flowed", b"> a \n> b\n>> c\n", "> a b\n>> c\n"),
        (b"format=flowed", b" From x\n -- y\n-- \nAna\n", "From x\n-- y\n-- \nAna\n"),
        (b"format=flowed", b"end \n-- \nAna", "end \n-- \nAna"),
        (b"format=fixed", b"One \ntwo", "One \ntwo"),
    ],
)
def test_flowed_text_is_joined(kind: bytes, text: bytes, shown: str) -> None:
    assert (
        value_of(HEAD + b"Content-Type: text/plain; charset=utf-8; " + kind + b"\n\n" + text)["text"] == shown
    )


def test_a_uuencoded_file_in_the_text_becomes_an_attachment() -> None:
    result = mime.read(HEAD + b"\nBefore\nbegin 644 cat.txt\n#0V%T\n`\nend\nAfter\n", {})
    (attachment,) = result.value["attachments"]
    assert attachment["name"] == "cat.txt" and result.blobs[attachment["blob"]] == b"Cat"
    assert result.value["text"] == "Before\nAfter\n"


def test_a_uuencoded_line_whose_last_letter_says_too_much_is_read() -> None:
    result = mime.read(HEAD + b'\nbegin 644 cat.txt\n"0V%_\nend\n', {})
    assert result.blobs == (b"Ca",) and not result.value["text"]


def test_a_text_about_uuencode_stays() -> None:
    text = b"begin 644 x\nnot\xc3\xa9 encoded lines\nend\n"
    assert value_of(HEAD + b"\n" + text)["text"] == text.decode()
    assert value_of(HEAD + b"\nbegin 644 x\n##########\nend\n")["text"].startswith("begin 644")


@pytest.mark.parametrize("encoding", [b"uuencode", b"X-UUE"])
def test_a_uuencoded_part_is_decoded(encoding: bytes) -> None:
    part = (
        b"Content-Type: a/b\nContent-Transfer-Encoding: "
        + encoding
        + b"\n\nbegin 644 x\n#0V%T\nMzz\n`\nend\n"
    )
    result = mime.read(mixed(part), {})
    assert result.blobs == (b"Cat",)
    result = mime.read(mixed(part[:-5]), {})
    assert result.blobs == (b"Cat",) and "bad-uuencode" in result.value["defects"]


def test_a_delivery_report_is_read() -> None:
    value = value_of(
        mixed(
            plain(b"It did not arrive."),
            b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
            b"Original-Recipient: rfc822;ana@example.org\nFinal-Recipient: rfc822; ana@example.org\nAction: failed\n"
            b"Status: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n",
            b"Content-Type: text/rfc822-headers\n\nMessage-ID: <ours@magazine.example>\nSubject: Thanks\n",
            kind=b"report; report-type=delivery-status",
        )
    )
    report = value["delivery_status"]
    assert report["kind"] == "delivery" and report["reporting"] == "mx.example"
    assert report["message_id"] == "<ours@magazine.example>"
    (recipient,) = report["recipients"]
    assert (recipient["final"], recipient["action"], recipient["status"]) == (
        "ana@example.org",
        "failed",
        "5.1.1",
    )
    assert recipient["diagnostic"] == "550 no such user" and recipient["remote"] is None


def test_a_receipt_is_read() -> None:
    notice = (
        b"Content-Type: message/disposition-notification\n\nReporting-UA: x; y\nFinal-Recipient: rfc822;a@b.example\n"
        b"Original-Message-ID: <ours@m.example>\nDisposition: manual-action/MDN-sent-manually; displayed\n"
    )
    report = value_of(mixed(plain(b"read"), notice, kind=b"report"))["delivery_status"]
    assert report["kind"] == "receipt" and report["message_id"] == "<ours@m.example>"
    assert report["recipients"][0]["disposition"].endswith("displayed")


def test_quotes_and_signature_are_folded_and_stay_in_the_text() -> None:
    value = value_of(
        HEAD + b"\nThanks!\n-- \nAna\n\nOn Mon, 6 Apr 2026 at 10:00, Ed <ed@m.example> wrote:\n> Welcome\n"
    )
    assert without(value["text"], value["folds"]) == "Thanks!"
    assert [kind for kind, _, _ in value["folds"]] == ["signature", "quote"]
    _, start, end = value["folds"][1]
    assert value["text"][start:end].endswith("> Welcome\n")


def test_a_batch_gives_each_message_as_if_it_were_alone() -> None:
    items = [HEAD + b"\none", mixed(plain(b"two"), b"Content-Type: a/b\n\nx"), b""]
    assert mime.read_batch(items, {}) == [mime.read(one, {}) for one in items]


def test_the_answer_is_json() -> None:
    result = mime.read(mixed(plain(b"x\x00y"), b"Content-Type: a/b; name*=utf-8''%00%ED%A0%80.x\n\nx"), {})
    assert json.loads(json.dumps(result.value)) == result.value
    assert result.value["text"] == "x\ufffdy"
