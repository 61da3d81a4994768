"""mbox files, Maildirs and single messages told by content and taken apart."""

from __future__ import annotations

import io

import pytest

from app.mail import containers

FROM = b"From ana@example.org Mon Jan  1 10:00:00 2024\n"


def split(data: bytes) -> list[bytes]:
    return list(containers.split_mbox(io.BytesIO(data)))


def test_messages_come_without_their_envelope_lines() -> None:
    box = FROM + b"Subject: 1\n\none\n\n" + FROM + b"Subject: 2\n\ntwo\n\n" + FROM.strip()
    assert split(box) == [b"Subject: 1\n\none\n", b"Subject: 2\n\ntwo\n\n" + FROM.strip()]


@pytest.mark.parametrize(
    "envelope",
    [
        b"From ana@example.org Mon Jan  1 10:00:00 2024",
        b"From - Mon Jan 01 10:00:00 2024",
        b"From 1790000000000000000@xxx Mon Jan 01 10:00:00 +0000 2024",
        b"From ana@example.org  Mon Jan  1 10:00:00 CET 2024 remote from x",
        b"From MAILER-DAEMON Mon Jan  1 10:00 2024",
    ],
)
def test_the_dialects_of_envelope_lines_are_known(envelope: bytes) -> None:
    for end in (b"\n", b"\r\n"):
        box = end.join([envelope, b"Subject: 1", b"", b"one", b"", envelope, b"Subject: 2", b"", b"two", b""])
        assert split(box) == [
            end.join([b"Subject: 1", b"", b"one", b""]),
            end.join([b"Subject: 2", b"", b"two", b""]),
        ]
        assert containers.looks_like_mbox(box)


@pytest.mark.parametrize("envelope", [b"From -", b"From - ", b"From ana@b.example 2024-01-02 10:00:00"])
def test_envelope_lines_without_their_date_need_a_usual_field_below(envelope: bytes) -> None:
    box = b"\n".join(
        [envelope, b"Subject: 1", b"", b"one", b"", envelope, b"From: a@b.example", b"", b"two", b""]
    )
    assert split(box) == [b"Subject: 1\n\none\n", b"From: a@b.example\n\ntwo\n"]
    assert containers.looks_like_mbox(box)
    assert len(split(FROM + b"Subject: 1\n\nwords\n\n" + envelope + b"\nNote: none\n")) == 1


def test_a_sure_envelope_line_needs_no_blank_line_above() -> None:
    assert len(split(FROM + b"Subject: 1\n\nwords\n" + FROM + b"Subject: 2\n\nwords\n")) == 2


@pytest.mark.parametrize(
    "line",
    [
        b"From my heart on Monday\nX: y",
        b"From here Mon Jan  1 10:00:00 2024\nno field below",
        b"not parted\n" + FROM + b"X: y",
    ],
)
def test_from_in_a_letter_parts_nothing(line: bytes) -> None:
    assert len(split(FROM + b"Subject: 1\n\nwords\n\n" + line + b"\n")) == 1


def test_a_lone_quoted_from_is_unquoted_and_one_in_a_quotation_stays() -> None:
    (message,) = split(FROM + b"Subject: 1\n\n>From here\n>>From there\n\n> said\n>From me\n")
    assert message == b"Subject: 1\n\n>From here\n>>From there\n\n> said\n>From me\n"
    (message,) = split(FROM + b"Subject: 1\n\n>From here\nwords\n>>From there\n\n>From end")
    assert message == b"Subject: 1\n\nFrom here\nwords\n>From there\n\nFrom end"


def test_what_is_no_mbox_is_one_message_and_nothing_is_none() -> None:
    assert split(b"Subject: x\n\ny") == [b"Subject: x\n\ny"]
    assert split(b"") == []


@pytest.mark.parametrize("block", [1, 3, 61, 64, 997])
def test_the_size_of_the_blocks_read_changes_nothing(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    box = b"".join(FROM + b"Subject: %d\n\nwords %d\n\n" % (n, n) for n in range(9))
    monkeypatch.setattr(containers, "_BLOCK", block)
    assert split(box) == [b"Subject: %d\n\nwords %d\n" % (n, n) for n in range(9)]


def test_a_large_mbox_is_read_a_block_at_a_time() -> None:
    class Endless(io.RawIOBase):
        """More mail than memory: what has been asked for tells what has been read ahead."""

        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += 1
            return (FROM + b"Subject: x\n\nwords\n\n") * 20_000

    source = Endless()
    messages = containers.split_mbox(source)  # type: ignore[arg-type]
    for _ in range(30_000):
        assert next(messages) == b"Subject: x\n\nwords\n"
    assert source.given <= 3


def test_a_message_that_is_too_large_is_passed_over_and_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "_BLOCK", 1000)
    small, large = FROM + b"Subject: x\n\nwords\n\n", FROM + b"Subject: y\n\n" + b"words\n" * 20_000 + b"\n"
    box = io.BytesIO(small + large + small + large)
    kept = b"Subject: x\n\nwords\n"
    assert list(containers.split_mbox(box, 50_000)) == [kept, b"", kept, b""]


@pytest.mark.parametrize(
    "head",
    [
        b"Return-Path: <a@b.example>\n",
        b"Received: from a by b\n",
        b"\xef\xbb\xbfMessage-ID: <x@y>\n\n",
        b"From: a@b.example\nTo: c@d.example\n\nx",
        b"From: Ana <a@b.example>\nSubject: x\n\nx",
        b"Subject: x\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n\nx",
        b"Subject: x\nContent-Type: multipart/mixed; boundary=x\n\n",
        FROM + b"X-Odd: 1\nMIME-Version: 1.0\n",
        b"\r\nMIME-Version: 1.0\r\n\r\n",
    ],
)
def test_a_message_is_known_by_its_head(head: bytes) -> None:
    assert containers.looks_like_message(head)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\n",
        b"Note: something\nTo: do\n",
        b"Subject: My article\n\nText",
        b"From: John\nTo: Mary\nSubject: Memo\n\n",
        b"Dear editors,\nFrom: a@b.example\nTo: x@y.example\n",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b"http://x.example: y",
        b"Date: tomorrow\nSubject: plans\n\n",
        b"References: [1] a book\n\n",
        b"Content-Type: nothing\n\n",
        "Тема: да\n".encode(),
    ],
)
def test_a_text_with_a_colon_is_no_message(head: bytes) -> None:
    assert not containers.looks_like_message(head)
    assert not containers.looks_like_mbox(head)


def test_an_mbox_needs_a_date_and_a_field() -> None:
    assert not containers.looks_like_mbox(b"From my heart\nX: y")
    assert not containers.looks_like_mbox(FROM + b"Dear all")
    assert containers.looks_like_mbox(FROM)
