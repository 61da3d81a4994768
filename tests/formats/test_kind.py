"""What a file is, told by its content."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.kind import EMPTY, ENCRYPTED, NOT_YET, PASSWORD, Kind, kind, read
from tests.support.word_files import packed, paragraph, word_file

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "media_type", "reader"),
    [
        (b"{\\rtf1 x}", "application/rtf", "rtf"),
        (b"\xff\xd8\xff\xe0..JFIF", "image/jpeg", "photo"),
        (b"\x89PNG\r\n\x1a\n....", "image/png", "photo"),
        (b"RIFF....WEBPVP8 ", "image/webp", "photo"),
        (b"<!DOCTYPE html><p>", "text/html", "html"),
        (b"\xef\xbb\xbf <!-- x --> <HTML lang=en>", "text/html", "html"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "text/html", "html"),
        ("Привет".encode("cp1251"), "text/plain", "text"),
        ("你好，世界".encode("utf-16"), "text/plain", "text"),
        ("plain".encode("utf-16-be"), "text/plain", "text"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0", "text/calendar", "text"),
        (b"begin:vcard\r\nVERSION:3.0", "text/vcard", "text"),
        (b"OTTO von Bismarck; BM; MZ; ID3", "text/plain", "text"),
        (b"[1] Smith, A history", "text/plain", "text"),
        (b"A text about %PDF-1.7 files", "text/plain", "text"),
    ],
)
def test_kinds_that_are_read(data: bytes, media_type: str, reader: str) -> None:
    assert kind(data, "attachment") == Kind(media_type, reader)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"GIF89a....", "image/gif"),
        (b"II*\0....", "image/tiff"),
        (b"BM\x80\0\0\0\0\0\0\0" + bytes(30), "image/bmp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif....", "image/avif"),
        (b"\0\0\0\x18ftypavif", "image/avif"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\0\0\0\x18ftyp3gp5", "video/3gpp"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "video/quicktime"),
        (b"RIFF....WAVEfmt ", "audio/vnd.wave"),
        (b"ID3\x04\0\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x44", "audio/mpeg"),
        (b"OggS\0", "audio/ogg"),
        (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
        (b"Rar!\x1a\x07\x01\0", "application/vnd.rar"),
        (b"\x1f\x8b\x08", "application/gzip"),
        (bytes(257) + b"ustar" + bytes(200), "application/x-tar"),
        (b"MZ\x90\0\3\0\0\0", "application/vnd.microsoft.portable-executable"),
        (b"\x01\0\0\0" + bytes(36) + b" EMF", "image/emf"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\r\njunk\0%PDF-1.7 ... startxref 0 %%EOF", "application/pdf"),
        (b"<?xml version='1.0'?><rss/>", "application/xml"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b'{"a": [1]}', "application/json"),
        (json.dumps([{"text": "x" * 70_000}]).encode(), "application/json"),
        (b"[" * 60_000, "text/plain"),
        (_OLE + _wide("WordDocument"), "application/msword"),
        (_OLE + _wide("Workbook"), "application/vnd.ms-excel"),
        (_OLE + _wide("__properties_version1.0") + _wide("EncryptedPackage"), "application/vnd.ms-outlook"),
        (_OLE, "application/x-ole-storage"),
        (b"\0\1\2\3", "application/octet-stream"),
        (b"A text in which a few letters \x04 were damaged on its way\0.", "text/plain"),
        (bytes(100), "application/octet-stream"),
        (b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\nHi", "message/rfc822"),
        (b"Received: from x\n by y\nDate: today\n\n", "message/rfc822"),
        (b"From a@b Mon Jan  1 00:00:00 2026\nFrom: a\n\nx", "application/mbox"),
    ],
)
def test_kinds_that_no_reader_takes_yet(data: bytes, media_type: str) -> None:
    found = kind(data, "attachment")
    assert found.media_type == media_type
    if media_type != "text/plain":
        assert (found.reader, found.reason) == ("", NOT_YET)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.md", b"# Head", "text/markdown"),
        ("a", b"<html><body>The sign of a field \x13 stands in this page</body></html>", "text/html"),
        ("a.MARKDOWN", b"# Head", "text/markdown"),
        ("a.html", b"<p>fragment", "text/html"),
        ("a.txt", b"<p>fragment", "text/plain"),
        ("a.csv", b"a,b", "text/csv"),
        ("a.eml", b"Subject: x\n\nHi", "message/rfc822"),
        ("a.txt", b"Subject: x\nFrom: y\nTo: z\n\nHi", "text/plain"),
        ("photo.jpg", b"<html><script>", "text/html"),
        ("letter.docx", b"{\\rtf1 x}", "application/rtf"),
        ("C:\\x\\a.md", b"# Head", "text/markdown"),
    ],
)
def test_the_name_decides_only_between_kinds_of_text(name: str, data: bytes, media_type: str) -> None:
    assert kind(data, name).media_type == media_type


def test_word_files_are_known_whatever_they_are_called_or_missing() -> None:
    data = word_file(paragraph("Text"))
    assert kind(data, "x.zip") == Kind(_DOCX, "docx")
    assert kind(data[: len(data) // 2], "x") == Kind(_DOCX, "docx")
    assert kind(data + b"trailing junk", "x") == Kind(_DOCX, "docx")
    macro = packed({"word/document.xml": "x", "word/vbaProject.bin": "x"})
    assert kind(macro, "x.docx") == Kind("application/vnd.ms-word.document.macroEnabled.12", "docx")


@pytest.mark.parametrize(
    ("member", "media_type"),
    [
        ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("META-INF/container.xml", "application/epub+zip"),
        ("photo.jpg", "application/zip"),
    ],
)
def test_other_archives_are_told_by_their_members(member: str, media_type: str) -> None:
    assert kind(packed({member: "x"}), "x") == Kind(media_type, "", NOT_YET)


def test_open_documents_say_what_they_are() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    found = kind(out.getvalue(), "x")
    assert found == Kind("application/vnd.oasis.opendocument.text", "", PASSWORD)
    assert kind(packed({"mimetype": "nonsense"}), "x").media_type == "application/zip"


def test_locked_files_say_so() -> None:
    locked = bytearray(packed({"a.txt": "x"}))
    locked[locked.index(b"PK\1\2") + 8] |= 1
    assert kind(bytes(locked), "x") == Kind("application/zip", "", PASSWORD)
    assert kind(_OLE + _wide("EncryptedPackage"), "x.docx").reason == PASSWORD
    old = _OLE + b"\xec\xa5" + bytes(9) + b"\x01" + bytes(9) + _wide("WordDocument")
    assert kind(old, "x.doc") == Kind("application/msword", "", PASSWORD)
    assert kind(b"%PDF-1.7 trailer << /Encrypt 5 0 R >>", "x").reason == PASSWORD
    assert kind(b"-----BEGIN PGP MESSAGE-----\n", "x").reason == ENCRYPTED
    assert kind(b"\r\n-----BEGIN PGP MESSAGE-----\n", "x").media_type == "application/pgp-encrypted"
    assert kind(b"age-encryption.org/v1\n", "x").reason == ENCRYPTED


def test_an_empty_file_says_so() -> None:
    assert kind(b"", "x.docx") == Kind("application/octet-stream", "", EMPTY)


def test_the_reader_of_the_sandbox_answers_the_same() -> None:
    value = read(b"# Head", {"name": "a.md"}).value
    assert value == {"media_type": "text/markdown", "reader": "markdown", "reason": ""}


_BEGINNINGS = [
    b"",
    b"PK\3\4",
    b"PK\5\6",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-",
    b"{",
    b"<",
    b"From ",
    b"\xff\xfe",
    b"RIFF",
]


@given(st.sampled_from(_BEGINNINGS), st.binary(max_size=300), st.text(max_size=20))
def test_no_bytes_break_it(beginning: bytes, data: bytes, name: str) -> None:
    assert kind(beginning + data, name).media_type


@given(st.data())
def test_no_damage_to_an_archive_breaks_it(data: st.DataObject) -> None:
    whole = bytearray(packed({"word/document.xml": "<x/>", "mimetype": "y"}))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert kind(bytes(whole), "x").media_type
