import pytest

from app.formats import file_reader
from tests.support.word_files import paragraph, word_file

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "data", "media_type", "reader"),
    [
        ("a.docx", word_file(paragraph("Text")), _WORD, "docx"),
        ("a.txt", b"Text\n", "text/plain", "text"),
        ("a.csv", b"a,b\n1,2\n", "text/csv", "text"),
        ("a.md", b"# Head\n\nText\n", "text/markdown", "markdown"),
    ],
)  # fmt: skip
def test_a_file_is_read_by_what_it_is(name: str, data: bytes, media_type: str, reader: str) -> None:
    value = file_reader.read(data, {"name": name, "declared": ""}).value
    assert (value["media_type"], value["reader"], value["reason"]) == (media_type, reader, "")
    assert value["value"]["article"]["blocks"]


def test_a_label_of_the_message_serves_bytes_that_do_not_tell() -> None:
    value = file_reader.read("Привет, дорогие".encode("koi8-r"), {"name": "a.txt", "charset": "koi8-r"}).value
    assert value["value"]["article"]["blocks"][0]["spans"] == [{"text": "Привет, дорогие"}]


def test_what_has_no_reader_is_named_by_the_message() -> None:
    value = file_reader.read(b"\x00\x01\x02\x03odd", {"name": "a.bin", "declared": "application/x-odd"}).value
    assert value == {"media_type": "application/x-odd", "reader": "", "reason": "not yet read", "value": None}


@pytest.mark.parametrize(
    ("data", "declared", "named", "told"),
    [
        (b"Text\n", "application/pgp-signature", True, "application/pgp-signature"),
        (b"Text\n", "text/enriched", True, "text/enriched"),
        (b"Text\n", "application/octet-stream", True, "text/plain"),
        (b"Text\n", "image/jpeg", True, "text/plain"),
        (b"Text\n", "image/jpeg", False, "image/jpeg"),
        (b"GIF89a\1\0\1\0\0\0\0;", "text/x-odd", True, "image/gif"),
        (b"From: a@b.example\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nSubject: x\n\nwords",
         "message/partial", True, "message/partial"),
    ],
)  # fmt: skip
def test_the_label_of_the_message_names_what_content_does_not_tell_apart(
    data: bytes, declared: str, named: bool, told: str
) -> None:
    options = {"name": "part", "declared": declared, "named": named}
    assert file_reader.read(data, options).value["media_type"] == told


def test_a_reader_that_fails_leaves_what_the_file_is() -> None:
    value = file_reader.read(b"\x89PNG\r\n\x1a\n" + b"\0" * 40, {"name": "a.png"}).value
    assert (value["media_type"], value["value"]) == ("image/png", None)
    assert value["reason"]
