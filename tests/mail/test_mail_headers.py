"""Fields, encoded words, parameters, dates and file names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail import dates, headers, names


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain", "plain"),
        ("=?utf-8?Q?=E4=BD?= =?utf-8?Q?=A0=E5=A5=BD?= x", "你好 x"),
        ("=?utf-8?B?5L2g5a?= =?utf-8?B?W9?= z", "你好 z"),
        ("=?utf-8?B?5L2g?=\t=?utf-8?B?5aW9?=", "你好"),
        ("=?gb2312?B?xOO6w4hG?=", "你好團"),
        ("=?x-nope?Q?h=E9llo_th=E9re?=", "héllo thére"),
        ("=?utf-8?Q?Really??= a", "Really? a"),
        ("a=?utf-8?q?b?=c", "abc"),
        ("=?iso-8859-1*fr?q?=E9t=E9?=", "été"),
        ("=?utf-8?Q?a b?= =?koi8-r?B?0NLJ18XU?=", "a bпривет"),
        ("=?utf-8?B?w4k?=", "É"),
        ("=?utf-8?Q??= x", " x"),
        ("=?utf-8?Q?=?=", ""),
        ("=?broken", "=?broken"),
    ],
)
def test_encoded_words_are_decoded(written: str, shown: str) -> None:
    assert headers.words(written) == shown


def test_a_field_of_raw_bytes_is_decoded() -> None:
    assert headers.text_of("Zürich".encode()) == "Zürich"
    assert headers.text_of("Zürich".encode("latin-1")) == "Zürich"
    assert headers.text_of("Привет".encode("cp1251"), "koi8-r") != "Привет"
    assert headers.text_of("Привет".encode("cp1251"), "windows-1251") == "Привет"
    assert headers.text_of(b" a\r\n\tb\x00c\x1bd ") == "a b c d"


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (b"attachment; filename=a.doc", "a.doc"),
        (b"attachment; filename=my holiday.doc; size=3", "my holiday.doc"),
        (b'attachment; filename="a;b \\"c\\".doc"', 'a;b "c".doc'),
        (b'attachment; FILENAME="C:\\Users\\x.doc"', "C:\\Users\\x.doc"),
        (b"attachment; filename*=UTF-8''caf%C3%A9.txt", "café.txt"),
        (b"attachment; filename*=\"utf-8'en'a%20b.txt\"", "a b.txt"),
        (b"attachment; filename=x.txt; filename*=utf-8''y.txt", "y.txt"),
        (b"attachment; filename*1*=%AC; filename*0*=utf-8''a%E2%82; filename*2=\".txt\"", "a€.txt"),
        (b"attachment; filename*0=long; filename*1=name.txt", "longname.txt"),
        (b"attachment; filename*=nonsense%41", "nonsenseA"),
        (b"attachment; filename*=x-odd''%E9t%E9.txt", "été.txt"),
        (b"attachment; filename==?utf-8?q?caf=C3=A9.txt?=", "café.txt"),
        (b"attachment; filename=\xd0\x9f.txt", "П.txt"),
        (b"=?utf-8?b?YXR0YWNobWVudDsgZmlsZW5hbWU9ImTDqWrDoC5iaW4i?=", "déjà.bin"),
        (b'attachment filename="no semicolon.txt"', "no semicolon.txt"),
        (b"attachment", None),
    ],
)
def test_a_file_name_is_found_however_it_is_written(field: bytes, name: str | None) -> None:
    _, found = headers.parameters(field)
    assert headers.parameter_text(found, "filename") == name


def test_the_main_value_is_found() -> None:
    assert (
        headers.parameters(b'"Text/Plain" (comment); charset="utf-8" (x); charset=other')[0] == "text/plain"
    )
    assert headers.parameters(b"attachment (c) ; x=y")[1] == {"x": "y"}
    assert len(headers.parameters(b"a/b" + b"".join(b"; k%d=v" % n for n in range(900)))[1]) == 500


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../../.bashrc", ".bashrc"),
        ("C:\\Windows\\a.exe", "a.exe"),
        ("\\\\host\\share\\a.doc", "a.doc"),
        ("/etc/passwd", "passwd"),
        ("photo_\u202egpj.exe", "photo_gpj.exe"),
        ("a\u200b\u2066b\x00\n.txt", "ab.txt"),
        ("می\u200cخواهم.docx", "می\u200cخواهم.docx"),
        ("report.pdf.exe...  ", "report.pdf.exe"),
        ("  two   blanks.txt", "two blanks.txt"),
        ("..", "part-2.jpg"),
        ("\u202e", "part-2.jpg"),
        ("folder/", "part-2.jpg"),
        (None, "part-2.jpg"),
        ("-rf", "-rf"),
    ],
)
def test_a_name_is_shown_as_what_it_is(raw: str | None, shown: str) -> None:
    assert names.shown(raw, "image/jpeg", 2) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert names.shown("a" * 500 + ".docx", "x/y", 1) == "a" * (names.LONGEST - 5) + ".docx"
    assert names.shown("a" * 500, "x/y", 1) == "a" * names.LONGEST
    assert names.shown("", "x/y", 1) == "part-1.bin"


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Fri, 07 Oct 1994 16:15:05 -0700 (PDT)", "1994-10-07T23:15:05Z"),
        ("7 Oct 94 16:15 PDT", "1994-10-07T23:15:00Z"),
        ("Tue, 1 Jul 03 10:52:37 +0200", "2003-07-01T08:52:37Z"),
        ("Mon Mar 22 13:34:51 1994", "1994-03-22T13:34:51Z"),
        ("2024-01-02T03:04:05.678Z", "2024-01-02T03:04:05Z"),
        ("2024-01-02 03:04:05 +05:30", "2024-01-01T21:34:05Z"),
        ("Jan 5, 2024 at 3:04 PM", "2024-01-05T15:04:00Z"),
        ("January 5, 2024 12:04 AM", "2024-01-05T00:04:00Z"),
        ("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59Z"),
        ("1-Jan-2024 10.00.00 xyz", "2024-01-01T10:00:00Z"),
        (
            "Thu,      13        Feb          1969      23:32               -0330 (Newfoundland Time)",
            "1969-02-14T03:02:00Z",
        ),
        ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06Z"),
        ("Mon, 1 Jan 2024 10:00:00 GMT+01:00", "2024-01-01T09:00:00Z"),
        ("1 January 2024 at 10:00:00 AM UTC-3", "2024-01-01T13:00:00Z"),
        ("Whenever", None),
        ("", None),
        ("Mon, 32 Jan 2024 10:00:00", None),
        ("1 Foo 2024 10:00:00", None),
        ("1 Jan 0001 00:00 +2300", None),
        ("31 Dec 9999 23:59 -2300", None),
    ],
)
def test_dates_become_instants(written: str, instant: str | None) -> None:
    assert dates.instant(written) == instant


@given(
    st.datetimes(datetime(1970, 1, 3), datetime(2080, 1, 1)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_dates_of_the_standard_are_read_exactly(local: datetime, minutes: int) -> None:
    moment = local.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    expected = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert dates.instant(format_datetime(moment)) == expected


@given(st.text(max_size=60), st.binary(max_size=80))
def test_no_input_is_refused(text: str, data: bytes) -> None:
    dates.instant(text)
    headers.words(text)
    headers.text_of(data)
    _, found = headers.parameters(b"x; name" + data)
    headers.parameter_text(found, "name")
    assert names.shown(text, "a/b", 1)
