"""Which kind of document a zip archive is, told from the names of its members."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

_LOCAL = re.compile(rb"PK\x03\x04", re.S)
_MOST_NAMES = 10_000
_OPEN = "application/vnd.openxmlformats-officedocument."
_WORD = _OPEN + "wordprocessingml.document"
_MACRO = "application/vnd.ms-word.document.macroEnabled.12"

_FOLDERS = (
    ("word/", _WORD),
    ("xl/", _OPEN + "spreadsheetml.sheet"),
    ("ppt/", _OPEN + "presentationml.presentation"),
    ("visio/", "application/vnd.ms-visio.drawing.main+xml"),
    ("Index/", "application/vnd.apple.pages"),
    ("META-INF/container.xml", "application/epub+zip"),
    ("AndroidManifest.xml", "application/vnd.android.package-archive"),
    ("META-INF/MANIFEST.MF", "application/java-archive"),
)
"""A member below such a name tells the kind, the first line first."""


def media_type(data: bytes) -> tuple[str, bool]:
    """The media type of the archive in ``data``, and whether a password locks it.  A damaged one is told too."""
    names, locked = _names(data)
    declared = _declared(data)
    if declared:
        return declared, b"manifest:encryption-data" in _member(data, "META-INF/manifest.xml")
    for prefix, found in _FOLDERS:
        if any(name.startswith(prefix) for name in names):
            if found == _WORD and any(name.lower() == "word/vbaproject.bin" for name in names):
                found = _MACRO
            return found, locked
    return "application/zip", locked


def _names(data: bytes) -> tuple[list[str], bool]:
    """Names of the members, with slashes one way, and whether one of them is encrypted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()[:_MOST_NAMES]
            names = [member.filename for member in members]
            locked = any(member.flag_bits & 1 for member in members)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        struct.error,
        IndexError,
        OverflowError,
    ):
        names, locked = _local_names(data)
    return [name.replace("\\", "/").lstrip("/") for name in names], locked


def _local_names(data: bytes) -> tuple[list[str], bool]:
    """The same from the local headers, for an archive whose directory is lost."""
    names: list[str] = []
    locked = False
    for found in _LOCAL.finditer(data):
        header = data[found.start() : found.start() + 30]
        if len(header) < 30 or len(names) >= _MOST_NAMES:
            break
        flags, length = struct.unpack_from("<6xH18xH", header)
        names.append(data[found.start() + 30 : found.start() + 30 + length].decode("utf-8", "replace"))
        locked = locked or (bool(flags & 1) and len(names) == 1)
    return names, locked


def _declared(data: bytes) -> str:
    """What a first member named ``mimetype`` says, as in OpenDocument and EPUB (stored, at offset 38)."""
    if data[30:38] != b"mimetype":
        return ""
    length = int.from_bytes(data[28:30], "little")
    said = re.match(rb"application/[\w.+-]{1,80}", data[38 + length : 138 + length])
    if said is None:
        return ""
    return said[0].split(b"PK", 1)[0].decode("ascii")


def _member(data: bytes, name: str) -> bytes:
    """The first 200,000 bytes of a member, or nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as stream:
            return stream.read(200_000)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        struct.error,
        zlib.error,
        IndexError,
        EOFError,
    ):
        return b""
