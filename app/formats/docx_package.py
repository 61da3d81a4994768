"""The zip archive of a Word file, opened with suspicion, and its XML parts (ISO/IEC 29500-2).

Nothing is unpacked to a disk, followed, or resolved.  Sizes are judged before anything is decompressed,
and decompression itself stops at a limit, whatever the archive says about itself.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from app.domain.reading import Unreadable
from app.formats.docx_names import RELATIONSHIP, made_transitional
from app.formats.imported import Report

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 96 << 20
LARGEST_SUM = 256 << 20
_RATIO = 250
_SMALL = 4 << 20
"""A member of up to so many bytes may shrink as far as it likes; above, no text shrinks 250 times."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMB = "a part of the file unpacks to far more than a document holds"
_DAMAGED = "The file is damaged; what could still be read was taken in"

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Relationship:
    """``target`` is the name of a part, or an address when ``external``; ``type`` the last word of its URI."""

    type: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class _Member:
    offset: int
    packed: int
    size: int
    method: int
    crc: int | None


class Package:
    """The parts of one Word file."""

    def __init__(self, data: bytes, report: Report) -> None:
        """Open ``data``.

        Raises:
            Unreadable: it is no archive, is locked, ambiguous, dangerous, or nothing of it is left.
        """
        if data.startswith(_OLE):
            locked = "EncryptedPackage".encode("utf-16-le") in data
            raise Unreadable("the document is protected by a password" if locked else "not a Word document")
        if data.count(b"PK\x01\x02") > MOST_MEMBERS * 2:
            raise Unreadable("the file has too many parts")
        self._data = data
        self._report = report
        self._left = LARGEST_SUM
        self._members = self._directory() or self._salvaged()
        if not self._members:
            raise Unreadable("the file is damaged")

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._members)

    def data(self, name: str) -> bytes | None:
        """The bytes of a part, or None when it is missing or nothing of it can be unpacked."""
        member = self._members.get(name)
        if member is None:
            return None
        unpacked, whole = self._unpacked(member)
        if not whole:
            self._report.say(_DAMAGED)
        return unpacked or None

    def tree(self, name: str) -> Element | None:
        """The XML of a part, with the names of the transitional standard, or None."""
        data = self.data(name)
        return None if data is None else self._parsed(data)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """What the part refers to, by relationship id."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", name + ".rels"))
        found: dict[str, Relationship] = {}
        for entry in root.iter(RELATIONSHIP) if root is not None else ():
            target, external = entry.get("Target", ""), entry.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = entry.get("Type", "").rsplit("/", 1)[-1]
            found[entry.get("Id", "")] = Relationship(kind, target, external)
        return found

    def _directory(self) -> dict[str, _Member]:
        """The members that the central directory lists; none when there is no directory that can be read."""
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                listed = archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError, OverflowError):
            return {}
        self._judge(listed)
        found: dict[str, _Member] = {}
        for info in listed:
            name = _safe_name(info.filename)
            if name.endswith("/"):
                continue
            member = _Member(
                info.header_offset, info.compress_size, info.file_size, info.compress_type, info.CRC
            )
            held = found.setdefault(name, member)
            if (held.crc, held.size) != (member.crc, member.size):
                raise Unreadable("the file has two different parts of the same name")
            if held is not member:
                self._report.say("The file holds a part twice; the copies are equal")
        return found

    def _judge(self, listed: list[zipfile.ZipInfo]) -> None:
        if len(listed) > MOST_MEMBERS:
            raise Unreadable("the file has too many parts")
        if any(info.flag_bits & 1 for info in listed):
            raise Unreadable("the document is protected by a password")
        too_large = sum(info.file_size for info in listed) > LARGEST_SUM or any(
            info.file_size > _most(info.compress_size) for info in listed
        )
        if too_large:
            raise Unreadable(_BOMB)

    def _salvaged(self) -> dict[str, _Member]:
        """Members found by their own headers, for an archive that was cut off or lost its directory."""
        found: dict[str, _Member] = {}
        for match in re.finditer(rb"PK\x03\x04", self._data):
            header = self._data[match.start() : match.start() + 30]
            if len(header) < 30 or len(found) >= MOST_MEMBERS:
                break
            flags, method, crc, packed, size, length = struct.unpack("<6xHH4xIIIH2x", header)
            name = self._data[match.start() + 30 : match.start() + 30 + length].decode("utf-8", "replace")
            if flags & 1 or method not in (0, 8) or not re.fullmatch(r"[\w\[\]./ -]{1,200}", name):
                continue
            later = bool(flags & 8)
            packed = len(self._data) if later and method == 8 else packed
            found.setdefault(
                _safe_name(name), _Member(match.start(), packed, size, method, None if later else crc)
            )
        if found:
            self._report.say(_DAMAGED)
        return found

    def _unpacked(self, member: _Member) -> tuple[bytes, bool]:
        """The bytes of ``member`` as far as they can be had, and whether that is all of them."""
        header = self._data[member.offset : member.offset + 30]
        if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
            return b"", False
        name, extra = struct.unpack("<26xHH", header)
        start = member.offset + 30 + name + extra
        packed = self._data[start : start + member.packed]
        most = min(self._left, _most(len(packed)))
        match member.method:
            case zipfile.ZIP_STORED:
                out, ended = packed, True
            case zipfile.ZIP_DEFLATED:
                out, ended = _inflated(packed, most)
            case _:
                return b"", False
        if len(out) > most:
            raise Unreadable(_BOMB)
        self._left -= len(out)
        return out, ended and (member.crc is None or zlib.crc32(out) == member.crc)

    def _parsed(self, data: bytes) -> Element | None:
        root = _parse(data, recover=False)
        if root is None:
            root = _parse(data, recover=True)
            self._report.say(_DAMAGED)
        if root is None:
            return None
        info = root.getroottree().docinfo
        if info.internalDTD is not None or info.doctype:
            raise Unreadable("the file declares entities, which no Word document does")
        return made_transitional(root)


def _most(packed: int) -> int:
    return min(LARGEST_MEMBER, max(_SMALL, packed * _RATIO))


def _safe_name(name: str) -> str:
    name = name.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        raise Unreadable("the file has a part with an unsafe name")
    return name


def _inflated(packed: bytes, most: int) -> tuple[bytes, bool]:
    """At most ``most`` + 1 bytes, and whether the stream came to its end; damage ends it early."""
    inflater = zlib.decompressobj(-15)
    out: list[bytes] = []
    size = 0
    view = memoryview(packed)
    for start in range(0, len(view), 65_536):
        try:
            chunk = inflater.decompress(view[start : start + 65_536], most + 1 - size)
        except zlib.error:
            break
        out.append(chunk)
        size += len(chunk)
        if inflater.eof or size > most:
            break
    return b"".join(out), inflater.eof


def _parse(data: bytes, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
