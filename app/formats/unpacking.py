"""Opens a finished file to the bottom, so that the egress gate can look at everything in it.

What it opens is the desk's own work, so this runs in the parent; whatever it does not know or cannot
read is told as unreadable, and blocks.
"""

from __future__ import annotations

import json
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

from lxml import etree
from pypdf.errors import PyPdfError

from app.domain.leaks import Member, Place
from app.domain.reading import Unreadable
from app.formats import (
    unpacking_archives,
    unpacking_codings,
    unpacking_markup,
    unpacking_pdf,
    unpacking_photo,
    unpacking_text,
    unpacking_tiff,
)
from app.formats.unpacking_bytes import Blob, Found, decoded, legacy, long_strings, loose, member

_DEEPEST = 12
_LARGEST = 1 << 29
_MOST = 200_000


def _raw(blob: Blob) -> Iterator[Found]:
    """All bytes, on the chance that there is text in them."""
    yield from member(blob.inside("bytes"), Place.OPAQUE, long_strings(blob.data))


def _unknown(blob: Blob) -> Iterator[Found]:
    """What in bytes of an unknown kind may be text or a file.

    Raises:
        Unreadable: always.
    """
    yield from loose(blob.inside("bytes"), blob.place, blob.data)
    raise Unreadable("it is of a kind that cannot be looked into")


def _compound(blob: Blob) -> Iterator[Found]:
    """An OLE compound file (MS-CFB), by its bytes.

    Raises:
        Unreadable: when it is a document under a password.
    """
    yield from loose(blob.inside("bytes"), Place.METADATA, blob.data)
    if "EncryptedPackage".encode("utf-16-le") in blob.data:
        raise Unreadable("it is encrypted")


Look = Callable[[Blob], Iterator[Found]]

LOOKS: dict[str, Look] = {
    "bytes": _raw,
    "zip members": unpacking_archives.zip_members,
    "zip names": unpacking_archives.zip_names,
    "zip notes": unpacking_archives.zip_notes,
    "zip gaps": unpacking_archives.zip_gaps,
    "gzip content": unpacking_archives.gzip_content,
    "gzip notes": unpacking_archives.gzip_notes,
    "tar members": unpacking_archives.tar_members,
    "tar notes": unpacking_archives.tar_notes,
    "pdf text": unpacking_pdf.pdf_text,
    "pdf attachments": unpacking_pdf.pdf_attachments,
    "pdf objects": unpacking_pdf.pdf_objects,
    "pdf remains": unpacking_pdf.pdf_remains,
    "jpeg": unpacking_photo.jpeg,
    "png": unpacking_photo.png,
    "webp": unpacking_photo.webp,
    "tiff": unpacking_tiff.tiff,
    "resources": unpacking_photo.resources,
    "iim": unpacking_photo.iim,
    "profile": unpacking_photo.profile,
    "compound": _compound,
    "unknown": _unknown,
    "text": unpacking_text.text,
    "source": unpacking_text.source,
    "front matter": unpacking_text.front_matter,
    "json": unpacking_text.json_values,
    "encoded words": unpacking_text.encoded_words,
    "mail headers": unpacking_text.mail_headers,
    "mail parts": unpacking_text.mail_parts,
    "xml text": unpacking_markup.xml_text,
    "xml attributes": unpacking_markup.xml_attributes,
    "html text": unpacking_markup.html_text,
    "html attributes": unpacking_markup.html_attributes,
    "scripts": unpacking_markup.scripts,
}
"""Every way to look into bytes, by name."""

CODINGS: dict[str, Callable[[Member], Iterator[Found]]] = {
    "base64": unpacking_codings.base64_runs,
    "hexadecimal": unpacking_codings.hexadecimal,
    "quoted-printable": unpacking_codings.quoted_printable,
    "data addresses": unpacking_codings.data_addresses,
}
"""Every coding that a text may hold, by name."""

_KINDS: dict[str, tuple[str, ...]] = {
    "zip": ("zip members", "zip names", "zip notes", "zip gaps", "bytes"),
    "gzip": ("gzip content", "gzip notes", "bytes"),
    "tar": ("tar members", "tar notes", "bytes"),
    "pdf": ("pdf text", "pdf attachments", "pdf objects", "pdf remains", "bytes"),
    "jpeg": ("jpeg", "bytes"),
    "png": ("png", "bytes"),
    "webp": ("webp", "bytes"),
    "tiff": ("tiff", "bytes"),
    "resources": ("resources", "bytes"),
    "iim": ("iim", "bytes"),
    "profile": ("profile",),
    "compound": ("compound",),
    "empty": (),
}
_BY_TYPE = {
    unpacking_photo.RESOURCES: "resources",
    "application/x-iptc-iim": "iim",
    unpacking_photo.PROFILE: "profile",
}
_MAGIC = (
    (b"PK\3\4", "zip"),
    (b"PK\5\6", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "compound"),
)
_TAR = slice(257, 262)
_PDF, _PDF_HEAD = b"%PDF-", 1024
_TAG = re.compile(r"<[a-zA-Z!/?]")
_XML = re.compile(r"\s*<(?:\?xml\b|[\w-]+:|!DOCTYPE\s+(?!html))")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|p|div|a|img|span|h[1-6]|figure)\b", re.I)
_MAIL = re.compile(
    r"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:from|to|received|message-id|mime-version|subject):", re.I
)
_CLOSED_TEXT = re.compile(r"\s*(?:\{\\rtf|%!PS|-----BEGIN PGP MESSAGE|-----BEGIN AGE|age-encryption\.org/)")
_DAMAGED = (
    ValueError, KeyError, IndexError, TypeError, ArithmeticError, AttributeError, EOFError, OSError, RuntimeError,
    NotImplementedError, AssertionError, struct.error, zlib.error, zipfile.BadZipFile, tarfile.TarError, PyPdfError,
    etree.LxmlError,
)  # fmt: skip
"""What the libraries raise on damaged data."""


def members(name: str, media_type: str, data: bytes) -> Iterator[Member]:
    """Everything in the file: its name, each text and value in it, and what cannot be read.

    Paths lead from the file to the member; that of the file itself is empty.
    """
    yield Member("the file name", Place.NAME, name)
    yield from _Opening().opened(Blob("", name, media_type, data), 0)


class _Opening:
    """One file while it is opened: how much was seen already."""

    def __init__(self) -> None:
        self._bytes = 0
        self._members = 0

    def opened(self, blob: Blob, depth: int) -> Iterator[Member]:
        """Every member of ``blob``."""
        self._bytes += len(blob.data)
        if depth > _DEEPEST or self._bytes > _LARGEST or self._members > _MOST:
            yield Member(blob.path, blob.place, reason="there is too much to look through")
            return
        for look in _looks(blob):
            try:
                for found in LOOKS[look](blob):
                    yield from self._below(found, depth, decode=look != "bytes")
            except Unreadable as error:
                yield Member(blob.path, blob.place, reason=error.reason)
            except _DAMAGED:
                if blob.sure:
                    yield Member(blob.path, blob.place, reason="it is damaged, or not what it seems to be")

    def _below(self, found: Found, depth: int, *, decode: bool) -> Iterator[Member]:
        if isinstance(found, Blob):
            yield from self.opened(found, depth + 1)
            return
        self._members += 1
        yield found
        if not decode or depth >= _DEEPEST:
            return
        for coding in CODINGS.values():
            for inner in coding(found):
                by_chance = isinstance(inner, Member) and inner.place is Place.OPAQUE
                yield from self._below(inner, depth + 1, decode=not by_chance)


def _looks(blob: Blob) -> tuple[str, ...]:
    """The names of the looks that ``blob`` needs, by its content."""
    data = blob.data
    if not data:
        return ()
    kinds = [kind for magic, kind in _MAGIC if data.startswith(magic)]
    if blob.media_type in _BY_TYPE:
        kinds.append(_BY_TYPE[blob.media_type])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kinds.append("webp")
    if data[_TAR] == b"ustar":
        kinds.append("tar")
    if data.lstrip().startswith(_PDF) or (_PDF in data[:_PDF_HEAD] and decoded(data) is None):
        kinds.append("pdf")
    looks = [look for kind in kinds for look in _KINDS[kind]]
    # A file may be of two kinds at once.
    if not looks or decoded(data) is not None:
        looks += _text_looks(blob)
    return tuple(dict.fromkeys(looks))


def _text_looks(blob: Blob) -> tuple[str, ...]:
    text = decoded(blob.data)
    if text is None or _CLOSED_TEXT.match(text):
        if not blob.sure:
            return ()
        return ("text",) if text is None and legacy(blob.data) else ("unknown",)
    looks = ["encoded words", "front matter"]
    if blob.media_type.startswith("message/") or _MAIL.match(text):
        looks += ["mail headers", "mail parts"]
    if _is_json(text):
        looks.append("json")
    if not _TAG.search(text):
        return ("text", *looks)
    if blob.media_type == "text/html" or (_HTML.search(text) and not _XML.match(text)):
        return ("source", "html text", "html attributes", "scripts", *looks)
    if blob.media_type.endswith("xml") or text.lstrip().startswith("<"):
        return ("source", "xml text", "xml attributes", *looks)
    return ("text", "html text", "html attributes", "scripts", *looks)


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
