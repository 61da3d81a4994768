"""Damaged and hostile messages: none fails, none takes long, all keep what they have."""

from __future__ import annotations

import base64
import json
import time
from email.message import EmailMessage
from email.policy import SMTP, compat32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.reading import Result
from app.mail import bodies, mime

HEAD = b"From: a@b.example\nTo: c@d.example\nSubject: Hi\nMIME-Version: 1.0\n"
EDGE = HEAD + b"Content-Type: multipart/mixed; boundary=edge\n\n"
GOOD = (
    b"Received: x\n" + EDGE + b"preamble\n--edge\nContent-Type: text/plain; charset=utf-8\n"
    b"Content-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe =\nan alle\n--edge\n"
    b'Content-Type: image/jpeg; name="=?utf-8?q?caf=C3=A9.jpg?="\nContent-Transfer-Encoding: base64\n\n/9j/4A==\n'
    b"--edge\nContent-Type: message/rfc822\n\nSubject: in\n\n> quoted\n--edge--\nepilogue\n"
)


def read(data: bytes) -> Result:
    result = mime.read(data, {})
    json.dumps(result.value, ensure_ascii=False).encode("utf-8")
    return result


@pytest.mark.parametrize(
    ("data", "text", "defect"),
    [
        (b"", "", "no-header"),
        (b"\n", "", "no-header"),
        (b"Just words.\nMore: words.\n", "Just words.\nMore: words.\n", "no-header"),
        (b"Note: nothing known\n\nwords", "Note: nothing known\n\nwords", "no-header"),
        (b"Subject: only a head", "", None),
        (b"Subject: x\nno blank line\nwords\n", "no blank line\nwords\n", "missing-blank-line"),
        (b"Subject: x\nstray words\nFrom: a@b.c\n\nbody", "body", "stray-line-in-header"),
        (b"From a@b Mon Jan  1 10:00:00 2024\nSubject: x\n\nbody", "body", None),
        (b">From a@b Mon Jan  1 10:00:00 2024\nSubject: x\n\nbody", "body", None),
        (b"\xef\xbb\xbfSubject: x\n\nbody", "body", None),
        (b"\r\n\r\nSubject: x\r\n\r\nbody", "body", None),
        (b" " * 255 + b"\r\nSubject: x\r\n\r\nbody", "body", None),
        (
            b"Subject: x\nReceived: from a\n(using TLS)\nby b; today\nMessage-ID: <1@b.example>\n\nbody",
            "body",
            "stray-line-in-header",
        ),
        (
            b"Subject: x\nDear all,\nthe hall\nis closed: why",
            "Dear all,\nthe hall\nis closed: why",
            "missing-blank-line",
        ),
        (b"Subject: x\r\rbody\rmore", "body\nmore", "bare-cr"),
        (b"Subject: x\r\r\nTo: y\r\r\n\r\r\nbody", "body", None),
        ("Subject: x\n\nbödy".encode("utf-16"), "bödy", "utf-16-message"),
        (EDGE + b"--edge\n\nno end", "no end", "no-closing-boundary"),
        (
            EDGE + b"--edge\n\none\n--edge--\n\n--edge\n\ntwo\n--edge--",
            "one\n\ntwo",
            "early-closing-boundary",
        ),
        (EDGE + b"--other\nContent-Type: text/plain\n\nwords\n--other--", "words", "wrong-boundary"),
        (EDGE.replace(b"; boundary=edge", b"") + b"--x\n\nwords\n--x--", "words", "wrong-boundary"),
        (EDGE + b"no parts at all", "no parts at all", "no-parts"),
        (EDGE + b"--edge\nno blank line\n--edge--", "no blank line", "missing-blank-line"),
        (EDGE + b"--edge \t\n\npadded\n--edge--  \n", "padded", None),
        (EDGE + b"--edge\n\n--edgewise is no edge\n--edge--", "--edgewise is no edge", None),
        (EDGE.replace(b"=edge", b'="edge') + b"--edge\n\nopen quote\n--edge--", "open quote", None),
        (
            HEAD + b"\n--x\nContent-Type: text/html\n\n<p>no type above</p>\n--x--\n",
            "no type above",
            "wrong-boundary",
        ),
        (HEAD + b"\n-- \nAna\n", "-- \nAna\n", None),
        (HEAD + b"Content-Type: html\n\n<b>x</b>", "x", None),
        (HEAD + b"Content-Type: text\n\nx", "x", None),
        (HEAD + b"Content-Transfer-Encoding: x-odd\n\nx", "x", "unknown-encoding"),
        (HEAD + b"Content-Transfer-Encoding: base64\n\naGVsbG8\n", "hello", "bad-base64"),
        (
            HEAD + b"Content-Transfer-Encoding: base64\n\nPlain words, not encoded.",
            "Plain words, not encoded.",
            "bad-base64",
        ),
        (HEAD + b"Content-Transfer-Encoding: quoted-printable\n\na= \nb=3 =ZZ=", "ab=3 =ZZ", None),
    ],
)
def test_damage_is_noted_and_what_can_be_had_is_given(data: bytes, text: str, defect: str | None) -> None:
    value = read(data).value
    assert value["text"] == text
    assert value["defects"] == ([defect] if defect else [])


def test_a_multipart_that_is_itself_encoded_is_opened() -> None:
    body = base64.encodebytes(b"--edge\n\nwords\n--edge--\n")
    head = EDGE.replace(b"MIME", b"Content-Transfer-Encoding: base64\nMIME")
    assert read(head + body).value["text"] == "words"


def test_an_unknown_type_is_kept_as_bytes() -> None:
    result = read(HEAD + b"Content-Type: nonsense\n\nx")
    assert (
        result.blobs == (b"x",) and result.value["attachments"][0]["media_type"] == "application/octet-stream"
    )


def test_a_field_that_stands_twice_is_told() -> None:
    value = read(b"From: a@b.example\nFrom: c@d.example\nSubject: x\n\n").value
    assert value["defects"] == ["duplicate-from"] and len(value["headers"]["from"]) == 2


def test_encoded_line_ends_in_a_sender_are_blanks() -> None:
    value = read(
        b"From: =?utf-8?q?a=0D=0ABcc=3A_x=40y?= <r@b.example>\nSubject: =?utf-8?q?a=00=0Ab?=\n\n"
    ).value
    assert value["headers"]["from"] == [{"name": "a Bcc: x@y", "address": "r@b.example"}]
    assert value["headers"]["subject"] == "a\ufffd b"


def test_a_field_encoded_with_its_address_still_has_it() -> None:
    value = read(b"From: =?utf-8?q?Ana_=3Cana=40b=2Eexample=3E?=\nSubject: x\n\n").value
    assert value["headers"]["from"] == [{"name": "Ana", "address": "ana@b.example"}]


def test_raw_bytes_in_headers_are_read_by_the_charset_of_the_body() -> None:
    data = "From: Пётр <p@b.example>\nSubject: Привет\nContent-Type: text/plain; charset=koi8-r\n\nда".encode(
        "koi8-r"
    )
    told = read(data).value["headers"]
    assert (told["subject"], told["from"][0]["name"]) == ("Привет", "Пётр")


def test_a_body_beyond_the_bound_is_cut_and_attached_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LONGEST_TEXT", 10)
    result = read(HEAD + b"\n" + b"word " * 5)
    assert len(result.value["text"]) == 10 and result.blobs == (b"word " * 5,)
    assert result.value["defects"] == ["body-too-long"]


def nested(count: int) -> bytes:
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(count)
    )
    return HEAD + opening + b"\ninnermost\n" + b"".join(b"--b%d--\n" % n for n in reversed(range(count)))


HOSTILE = {
    "3000 multiparts in each other": nested(3000),
    "3000 of one boundary": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3000 + b"\nx",
    "3000 messages in each other": (HEAD + b"Content-Type: message/rfc822\n\n") * 3000 + b"x",
    "100000 parts": EDGE + b"--edge\n\nx\n" * 100_000,
    "1 MB header": b"X-Big: " + b"a" * 1_000_000 + b"\n" + HEAD + b"\nx",
    "1 MB folded header": b"X-Big: a" + b"\n b" * 333_000 + b"\n" + HEAD + b"\nx",
    "800 kB of recipients": b"To: " + b"a@b.c, " * 115_000 + b"\n\nx",
    "900 parentheses": b"From: " + b"(" * 900 + b"\n\nx",
    "60000 parentheses": b"From: " + b"(" * 60_000 + b"\n\nx",
    "encoded words without end": b"Subject: " + b"=?a?b?" * 50_000 + b"\nTo: " + b'"' * 60_000 + b"\n\nx",
    "parameters without end": HEAD + b"Content-Type: text/plain" + b"; a" * 20_000 + b" " * 60_000 + b"\n\nx",
    "60000 header lines": b"Subject: x\n" + b"X: y\n" * 60_000 + b"\nx",
    "half a boundary in each line": HEAD
    + b"Content-Type: multipart/mixed; boundary=a\n\n"
    + b"--ab\n" * 100_000,
    "dashes": HEAD + b'Content-Type: multipart/mixed; boundary="-"\n\n' + b"-" * 1_000_000,
    "flowed lines": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 100_000,
    "quotes": HEAD + b"\n" + b"> a\nOn 1.1.2020 b wrote:\n" * 8_000,
    "labels": HEAD + b"\n" + b"From: a\n" * 20_000,
    "tags": HEAD + b"Content-Type: text/html\n\n" + b'<a b="' * 50_000,
    "hidden": HEAD + b"Content-Type: text/html\n\n" + b"<div hidden><blockquote type=cite>x" * 10_000,
    "comments": HEAD + b"Content-Type: text/html\n\n" + b"<!--" * 200_000,
    "uuencode": HEAD + b"\n" + b"begin 644 x\n" * 50_000 + b"\nend\n",
    "punycode": HEAD + b"Content-Type: text/plain; charset=punycode\n\n" + b"a" * 200_000 + b"\xff",
    "escapes": HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + b"\x1b$B\xff" * 50_000,
    "recipients of a report": EDGE
    + b"--edge\nContent-Type: message/delivery-status\n\n"
    + b"Status: 5\n\n" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_in_bounded_time(name: str) -> None:
    began = time.process_time()
    result = read(HOSTILE[name])
    assert time.process_time() - began < 5
    assert result.value["text"] or result.value["attachments"]


def test_what_lies_too_deep_or_is_too_much_is_one_attachment() -> None:
    deep = read(HOSTILE["3000 multiparts in each other"])
    assert "too-deep" in deep.value["defects"] and b"innermost" in deep.blobs[0]
    many = read(HOSTILE["100000 parts"])
    assert "too-many-parts" in many.value["defects"] and len(many.blobs) == 1
    assert many.blobs[0].count(b"--edge") == 100_000 - 1001
    chain = read(HOSTILE["3000 messages in each other"]).value
    depth = 0
    while chain := chain["attachments"][0]["nested"]:
        depth += 1
    assert 1 < depth <= mime.DEEPEST


@given(st.binary(max_size=400))
def test_any_bytes_are_a_message(data: bytes) -> None:
    read(data)
    read(EDGE + b"--edge\n" + data)


@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.binary(max_size=12))
def test_any_wound_leaves_a_readable_message(at: int, lost: int, put: bytes) -> None:
    assert isinstance(read(GOOD[:at] + put + GOOD[at + lost :]).value["text"], str)


@given(
    st.lists(
        st.sampled_from(
            [
                b"--edge\n",
                b"--edge--\n",
                b"\n",
                b"Content-Type: text/html\n",
                b"Content-Type: message/rfc822\n",
                b"> q\n",
                b"Content-Type: multipart/alternative; boundary=edge\n",
                b"Content-Transfer-Encoding: base64\n",
                b"-- \n",
                b"=?utf-8?b?w?=\n",
                b"From: a <b@c>\n",
                b"On 1.1.2020 10:00 x@y.z wrote:\n",
                b"YWJj\n",
                b"\xff\xfe\n",
                b"begin 644 x\n",
                b"end\n",
                b"<div hidden>\n",
                b"</div>\n",
                b"\r",
                b"\x1b$B!!\n",
                b"Content-Type: text/plain; charset=utf-7\n",
                b"+2AA-\n",
                b"Content-Disposition: attachment; filename*0*=x''%ff\n",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=200)
def test_any_heap_of_pieces_is_a_message(pieces: list[bytes]) -> None:
    first = read(EDGE + b"".join(pieces))
    assert read(EDGE + b"".join(pieces)) == first


words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60)


@given(
    words,
    words,
    st.binary(max_size=200),
    st.sampled_from(["7bit", "8bit", "quoted-printable", "base64"]),
    st.booleans(),
)
def test_well_formed_mail_reads_as_the_standard_library_wrote_it(
    subject: str, body: str, data: bytes, encoding: str, crlf: bool
) -> None:
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = "Ana <ana@example.org>"
    message.set_content(f"{body}\n", cte="8bit" if encoding == "7bit" else encoding)
    message.add_alternative(f"<p>{len(body)}</p>", subtype="html")
    message.add_attachment(data, maintype="application", subtype="x-test", filename="déjà.bin")
    result = read(message.as_bytes(policy=SMTP if crlf else compat32.clone(linesep="\n")))
    assert result.value["headers"]["subject"].split() == subject.split()
    if body.strip():
        assert result.value["text"].split() == body.split()
    assert result.value["html"] == f"<p>{len(body)}</p>\n"
    assert (result.value["attachments"][0]["name"], result.blobs) == ("déjà.bin", (data,))
    assert result.value["defects"] == []
