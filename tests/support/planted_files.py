"""Files made by hand, so that a secret can be put into any corner of them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from PIL import Image

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_TIME = (2026, 1, 1, 0, 0, 0)


def zipped(parts: Mapping[str, bytes | str], comment: bytes = b"") -> bytes:
    """A ZIP archive of ``parts``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = archive.compression
            archive.writestr(info, data)
        archive.comment = comment
    return out.getvalue()


def word(inside: str) -> str:
    """A part of WordprocessingML with ``inside`` in its body."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f"<w:body>{inside}</w:body></w:document>"
    )


def runs(*texts: str) -> str:
    """A paragraph with one run for each text."""
    return f"<w:p>{''.join(f'<w:r><w:t>{text}</w:t></w:r>' for text in texts)}</w:p>"


def docx(
    more: Mapping[str, bytes | str] | None = None, body: str = runs("A quiet valley."), comment: bytes = b""
) -> bytes:
    """A Word document whose parts can be replaced."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
        "word/document.xml": word(body),
    }
    return zipped({**parts, **(more or {})}, comment)


def core(inside: str) -> str:
    """Core properties."""
    return f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</cp:coreProperties>'


def jpeg(*segments: tuple[int, bytes], scan: bytes = b"", after: bytes = b"") -> bytes:
    """A drawn JPEG with ``segments`` (marker, payload) after its beginning, ``scan`` among its pixels."""
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (90, 120, 80)).save(out, "JPEG")
    data = out.getvalue()
    added = b"".join(
        bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data for marker, data in segments
    )
    return data[:2] + added + data[2:-2] + scan + data[-2:] + after


def png(*chunks: tuple[bytes, bytes], after: bytes = b"") -> bytes:
    """A drawn PNG with ``chunks`` after its header."""
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (90, 120, 80)).save(out, "PNG")
    data = out.getvalue()
    head = 8 + 25
    return data[:head] + b"".join(chunk(kind, payload) for kind, payload in chunks) + data[head:] + after


def chunk(kind: bytes, payload: bytes) -> bytes:
    """A chunk of PNG."""
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """A drawn WebP with ``chunks`` at its end."""
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (90, 120, 80)).save(out, "WEBP")
    data = out.getvalue()[12:]
    for kind, payload in chunks:
        data += kind + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)
    return b"RIFF" + struct.pack("<I", len(data) + 4) + b"WEBP" + data


Entry = tuple[int, int, bytes]
"""Tag, type, value of a TIFF directory."""


def tiff(entries: Sequence[Entry], *, within: int = 0, order: str = "<", thumbnail: bytes = b"") -> bytes:
    """A TIFF structure with one directory; ``within`` puts it into a directory of that tag; then a thumbnail."""
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}I", 8)
    if within:
        first = _directory([(within, 4, struct.pack(f"{order}I", 8 + 18))], order, 8, 0)
        return head + first + _directory(list(entries), order, 8 + len(first), 0)
    following = 0
    first = _directory(list(entries), order, 8, following)
    if thumbnail:
        following = 8 + len(first)
        first = _directory(list(entries), order, 8, following)
        where = following + 2 + 24 + 4
        place = [
            (0x0201, 4, struct.pack(f"{order}I", where)),
            (0x0202, 4, struct.pack(f"{order}I", len(thumbnail))),
        ]
        return head + first + _directory(place, order, following, 0) + thumbnail
    return head + first


def _directory(entries: list[Entry], order: str, at: int, following: int) -> bytes:
    size = {1: 1, 2: 1, 3: 2, 4: 4, 7: 1}
    table, values = b"", b""
    behind = at + 2 + 12 * len(entries) + 4
    for tag, kind, value in entries:
        table += struct.pack(f"{order}HHI", tag, kind, len(value) // size[kind])
        if len(value) <= 4:
            table += value.ljust(4, b"\0")
        else:
            table += struct.pack(f"{order}I", behind + len(values))
            values += value
    return struct.pack(f"{order}H", len(entries)) + table + struct.pack(f"{order}I", following) + values


def exif(*entries: Entry, within: int = 0, thumbnail: bytes = b"") -> tuple[int, bytes]:
    """EXIF as a segment of JPEG."""
    return 0xE1, b"Exif\0\0" + tiff(entries, within=within, thumbnail=thumbnail)


def xmp(inside: str, attributes: str = "") -> bytes:
    """An XMP packet."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:p="http://ns.adobe.com/photoshop/1.0/" '
        f"{attributes}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def iim(*sets: tuple[int, bytes]) -> bytes:
    """IPTC data sets of record 2."""
    return b"".join(
        b"\x1c\x02" + bytes((number,)) + struct.pack(">H", len(value)) + value for number, value in sets
    )


def resource(number: int, payload: bytes) -> tuple[int, bytes]:
    """A Photoshop resource as a segment of JPEG."""
    return 0xED, b"Photoshop 3.0\x008BIM" + struct.pack(">HHI", number, 0, len(payload)) + payload + b"\0" * (
        len(payload) % 2
    )


_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> >> >>"
)


def pdf(
    content: bytes = b"BT /F1 12 Tf 20 40 Td (A quiet valley) Tj ET",
    *,
    info: bytes = b"",
    catalog: bytes = b"",
    font: bytes = b"",
    more: Sequence[bytes] = (),
    orphan: bytes = b"",
) -> bytes:
    """A page; ``more`` are objects from 7 on, ``orphan`` stands in the file without being named in the table."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica " + font + b" >>",
        b"<< " + info + b" >>",
        *more,
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    if orphan:
        out += b"99 0 obj\n" + orphan + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(out),
    )
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def stream(data: bytes, more: bytes = b"") -> bytes:
    """A compressed stream of PDF."""
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), more, packed)
