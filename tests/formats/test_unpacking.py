"""The gate's eyes: every planted secret is found, each look is needed, and what cannot be read says so."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.leaks import Matcher, Member, Place
from app.formats import docx_writer, html_writer, markdown_writer, text_writer, unpacking, wordpress_writer
from app.formats.unpacking_bytes import Blob
from tests.support.planted_files import docx, jpeg, pdf, png, webp, word, zipped
from tests.support.planted_leaks import ALONE, HAN, LEAKS, NAME, RUSSIAN, TERMS, File, attached
from tests.support.public_articles import ARABIC, CHINESE, ENGLISH

MATCHER = Matcher(TERMS)


def blocks(file: File) -> bool:
    return any(
        member.unreadable or any(hit.severity == "block" for hit in MATCHER.find(member.text, member.place))
        for member in unpacking.members(*file)
    )


def unread(name: str, data: bytes, media_type: str = "") -> list[str]:
    return [member.reason for member in unpacking.members(name, media_type, data) if member.unreadable]


def texts(data: bytes, place: Place, media_type: str = "") -> str:
    return "\n".join(m.text for m in unpacking.members("a", media_type, data) if m.place is place)


@pytest.mark.parametrize("where", LEAKS)
def test_a_planted_secret_blocks(where: str) -> None:
    assert blocks(LEAKS[where])


def test_the_corners_are_many() -> None:
    assert len(LEAKS) >= 60


@pytest.mark.parametrize("look", [*unpacking.LOOKS, *unpacking.CODINGS])
def test_without_one_look_some_secret_passes(look: str, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = unpacking.LOOKS if look in unpacking.LOOKS else unpacking.CODINGS
    monkeypatch.setitem(registry, look, _blind)
    assert not blocks(LEAKS[ALONE[look]])


def _blind(_: object) -> Iterator[Member | Blob]:
    return iter(())


@pytest.mark.parametrize("article", [ENGLISH, CHINESE, ARABIC], ids=["English", "Chinese", "Arabic"])
@pytest.mark.parametrize("writer", [html_writer, docx_writer, markdown_writer, text_writer, wordpress_writer])
def test_what_the_writers_make_is_read_to_the_bottom(writer: object, article: object) -> None:
    for file in writer.write(article):  # type: ignore[attr-defined]
        assert not blocks((file.name, file.media_type, file.data)), file.name


@pytest.mark.parametrize(
    "data", [docx(), jpeg(), png(), webp(), pdf(), zipped({"a.txt": "Words"}, b"Words"), b""]
)
def test_a_plain_file_is_readable(data: bytes) -> None:
    assert unread("a", data) == []


def test_an_archive_written_to_a_stream_has_no_gaps() -> None:
    class Pipe(io.RawIOBase):
        """Takes bytes and cannot go back."""

        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            """Yes."""
            return True

        def write(self, data: object) -> int:
            """Keep them."""
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "Words " * 50)
        archive.writestr("b.txt", "Words")
    assert unread("a.zip", pipe.data) == []


def _encrypted() -> bytes:
    data = bytearray(zipped({"a.txt": "Words"}))
    data[6] |= 1
    data[data.find(b"PK\1\2") + 8] |= 1
    return bytes(data)


def _bomb() -> bytes:
    data = b"Words"
    for _ in range(16):
        data = zipped({"a": data})
    return data


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "an encrypted member": (_encrypted(), "encrypted"),
    "unknown bytes": (b"\0\1\2\3\x99\xfe\x80" * 20, "kind"),
    "RTF": (b"{\\rtf1 Words}", "kind"),
    "archives without end": (_bomb(), "too much"),
    "a torn archive": (zipped({"a.txt": "Words"})[:40], "damaged"),
    "bytes before an archive": (b"\1\2\3" + zipped({"a.txt": "Words"}), "kind"),
    "bytes behind an archive": (zipped({"a.txt": "Words"}) + b"\1\2\3", "no member"),
    "a torn JPEG": (jpeg()[:60], "damaged"),
    "a torn PNG": (png()[:60], "damaged"),
    "a torn PDF": (pdf()[:60], "damaged"),
    "XML with entities": (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a:b>&b;</a:b>", "entities"),
    "damaged XML": (b"<?xml version='1.0'?><a><b></a>", "damaged"),
    "a font in a document": (docx({"word/fonts/f.odttf": b"\0\1\0\0\0\x99\xfe\x80\1\2"}), "kind"),
    "a GIF": (b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff", "kind"),
    "an encrypted document": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "a WebP with an unknown part": (webp((b"WHAT", b"abcd")), "unknown"),
    "pretended metadata": (jpeg((0xE1, b"Exif\0\0\1\2\3\x99\xfe")), "kind"),
    "torn metadata": (jpeg((0xE1, b"Exif\0\0II*\0\x08\0\0\0\xff\0")), "damaged"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_says_so(what: str) -> None:
    data, reason = UNREADABLE[what]
    assert any(reason in said for said in unread("a", data))


def test_reasons_and_reprs_hold_nothing_of_the_file() -> None:
    secret = "Zhao Mingyu"
    for member in unpacking.members("a.docx", "", docx({"word/a.bin": b"\0\1\2\x99" + secret.encode() * 3})):
        assert secret not in member.reason
        assert secret not in repr(member)


def test_tracked_deletions_are_read_with_and_without() -> None:
    deleted = "<w:del><w:r><w:delText>ever </w:delText></w:r></w:del>"
    body = f"<w:p><w:r><w:t>never </w:t></w:r>{deleted}<w:r><w:t>again</w:t></w:r></w:p>"
    read = texts(docx({"word/document.xml": word(body)}), Place.BODY)
    assert "never ever again" in read
    assert "never again" in read


def test_words_that_readers_see_are_text_also_in_the_head_of_a_page() -> None:
    page = b"<!doctype html><meta name=description content='Xu is a short word'><p>Xu is a short word</p>"
    assert "Xu" not in texts(page, Place.METADATA)
    assert "Xu" in texts(page.replace(b"<p>Xu is", b"<p>It is"), Place.METADATA)


def test_members_of_one_name_are_both_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "second")
    read = texts(out.getvalue(), Place.BODY)
    assert "first" in read
    assert "second" in read


WRAPPINGS: dict[str, Callable[[bytes], bytes]] = {
    "zip": lambda data: zipped({"a": data}),
    "Word": lambda data: docx({"word/embeddings/a": data}),
    "gzip": gzip.compress,
    "base64": lambda data: b"x " + base64.encodebytes(data),
    "hexadecimal": lambda data: data.hex().encode(),
    "quoted-printable": lambda data: binascii.b2a_qp(data, istext=False),
    "PDF attachment": lambda data: attached(zipped({"a": data})),
    "PNG text": lambda data: png((b"zTXt", b"Comment\0\0" + zlib.compress(data))),
    "JPEG comment": lambda data: jpeg((0xFE, data[:65_000])),
    "mail": lambda data: b"From: a@b\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(data),
    "JSON": lambda data: json.dumps({"a": base64.b64encode(data).decode()}).encode(),
    "data address": lambda data: b"<img src='data:;base64," + base64.b64encode(data) + b"'>",
}


@given(
    st.sampled_from([NAME, HAN * 2, RUSSIAN]),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
    st.lists(st.sampled_from(sorted(WRAPPINGS)), max_size=3),
)
def test_a_secret_is_found_under_any_wrappings(secret: str, encoding: str, wrappings: list[str]) -> None:
    data = f"A quiet valley. {secret} was there.".encode(encoding)
    for wrapping in wrappings:
        data = WRAPPINGS[wrapping](data)
    assert blocks(("a", "", data))
