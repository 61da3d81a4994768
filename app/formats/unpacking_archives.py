"""Looks into archives: ZIP (PKWARE APPNOTE 6.3), gzip (RFC 1952), tar (POSIX.1-2001)."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from app.domain.leaks import Place
from app.domain.reading import Unreadable
from app.formats.unpacking_bytes import Blob, Found, joined, loose, member

_LARGEST = 1 << 28
_MOST = 20_000
_LOCAL_HEADER = 30
_LONGEST_DESCRIPTOR = 24
_DESCRIPTOR_FLAG = 0x08
_ENCRYPTED_FLAG = 0x01
_END, _END_SIZE = b"PK\5\6", 22
_READ_BY_PEOPLE = re.compile(
    r"(?:word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)|xl/(?:sharedStrings|worksheets/.*)"
    r"|ppt/(?:slides|notesSlides)/.*|content|styles)\.xml|.*\.x?html?|[^/]*\.(?:txt|md|csv)"
)
"""Members of documents that hold what readers see; the others describe the document."""


def zip_members(blob: Blob) -> Iterator[Found]:
    """What each member holds, also those of one name."""
    with zipfile.ZipFile(io.BytesIO(blob.data)) as archive:
        for number, info in enumerate(_infos(archive), 1):
            if info.is_dir():
                continue
            if info.flag_bits & _ENCRYPTED_FLAG:
                raise Unreadable(f"member {number} is encrypted")
            with archive.open(info) as source:
                data = source.read(_LARGEST + 1)
            if len(data) > _LARGEST:
                raise Unreadable(f"member {number} is too large")
            place = Place.BODY if _READ_BY_PEOPLE.fullmatch(info.filename) else Place.METADATA
            yield Blob(blob.inside(info.filename), info.filename, "", data, place)


def zip_names(blob: Blob) -> Iterator[Found]:
    """What the members are called."""
    with zipfile.ZipFile(io.BytesIO(blob.data)) as archive:
        for number, info in enumerate(_infos(archive), 1):
            yield from member(blob.inside(f"the name of member {number}"), Place.NAME, info.orig_filename)


def zip_notes(blob: Blob) -> Iterator[Found]:
    """Comments, extra fields, and the times of the members."""
    with zipfile.ZipFile(io.BytesIO(blob.data)) as archive:
        yield from loose(blob.inside("the comment"), Place.METADATA, archive.comment)
        for number, info in enumerate(_infos(archive), 1):
            local = blob.data[info.header_offset : info.header_offset + _LOCAL_HEADER]
            name, extra = (int.from_bytes(local[at : at + 2], "little") for at in (26, 28))
            start = info.header_offset + _LOCAL_HEADER + name
            yield from loose(blob.inside(f"the comment of member {number}"), Place.METADATA, info.comment)
            for field in (info.extra, blob.data[start : start + extra]):
                yield from loose(blob.inside(f"an extra field of member {number}"), Place.METADATA, field)
        times = joined(
            dict.fromkeys("{}-{}-{} {}:{}:{}".format(*info.date_time) for info in archive.infolist())
        )
        yield from member(blob.inside("times"), Place.METADATA, times)


def zip_gaps(blob: Blob) -> Iterator[Found]:
    """Bytes that belong to no member: nothing says what they are.

    Raises:
        Unreadable: when there are any.
    """
    data = blob.data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        reached = 0
        for info in sorted(_infos(archive), key=lambda info: info.header_offset):
            yield from _gap(blob, data[reached : info.header_offset])
            local = data[info.header_offset : info.header_offset + _LOCAL_HEADER]
            name, extra = (int.from_bytes(local[at : at + 2], "little") for at in (26, 28))
            reached = info.header_offset + _LOCAL_HEADER + name + extra + info.compress_size
            if info.flag_bits & _DESCRIPTOR_FLAG:
                descriptor = data.find(
                    b"PK", reached + 12 if data[reached : reached + 4] == b"PK\7\x08" else reached
                )
                reached = min(descriptor, reached + _LONGEST_DESCRIPTOR) if descriptor > 0 else reached
        yield from _gap(blob, data[reached : archive.start_dir])
        end = data.rfind(_END) + _END_SIZE + len(archive.comment)
    yield from _gap(blob, data[end:])


def gzip_content(blob: Blob) -> Iterator[Found]:
    """What was compressed."""
    stream = zlib.decompressobj(31)
    data = stream.decompress(blob.data, _LARGEST)
    if not stream.eof:
        raise Unreadable("the compressed data is cut short or too large")
    yield Blob(blob.inside("content"), "", "", data, blob.place)
    if stream.unused_data:
        yield Blob(blob.inside("more"), "", "", stream.unused_data, blob.place)


def gzip_notes(blob: Blob) -> Iterator[Found]:
    """The name, comment and extra field of the header."""
    header = blob.data[:10]
    flags, rest = header[3], blob.data[10:]
    if flags & 0x04:
        size = int.from_bytes(rest[:2], "little")
        yield from loose(blob.inside("the extra field"), Place.METADATA, rest[2 : 2 + size])
        rest = rest[2 + size :]
    for flag, what, place in ((0x08, "the name", Place.NAME), (0x10, "the comment", Place.METADATA)):
        if flags & flag:
            value, _, rest = rest.partition(b"\0")
            yield from loose(blob.inside(what), place, value)


def tar_members(blob: Blob) -> Iterator[Found]:
    """What each member holds."""
    with tarfile.open(fileobj=io.BytesIO(blob.data), mode="r:") as archive:
        for info in archive:
            source = archive.extractfile(info) if info.isreg() else None
            if source is not None:
                yield Blob(blob.inside(info.name), info.name, "", source.read())


def tar_notes(blob: Blob) -> Iterator[Found]:
    """Names of members, owners and links."""
    with tarfile.open(fileobj=io.BytesIO(blob.data), mode="r:") as archive:
        for number, info in enumerate(archive, 1):
            yield from member(blob.inside(f"the name of member {number}"), Place.NAME, info.name)
            owners = [info.uname, info.gname, info.linkname, *info.pax_headers.values()]
            yield from member(blob.inside(f"the owner of member {number}"), Place.METADATA, joined(owners))


def _infos(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > _MOST:
        raise Unreadable("there are too many members")
    return infos


def _gap(blob: Blob, data: bytes) -> Iterator[Found]:
    if data.strip(b"\0"):
        yield from loose(blob.inside("between the members"), Place.METADATA, data)
        raise Unreadable("there are bytes that belong to no member")
