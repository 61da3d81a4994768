"""Archives, containers and photographs: bombs, locks, lies, wounds; the same ones each time."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import Image

from tests.support.hostile_documents import BOMB_XML
from tests.support.hostile_mails import ODD_NAMES, WORDS, wounded
from tests.support.word_files import packed, paragraph, word_file


def archives() -> Iterator[tuple[str, bytes]]:
    """Archives and containers: bombs, locks, lies about sizes, names that climb."""
    bomb = packed({"a.txt": b"\0" * 20_000_000})
    yield "bomb.zip", bomb
    yield (
        "bomb.docx",
        packed({"[Content_Types].xml": b" " * 20_000_000, "word/document.xml": b" " * 20_000_000}),
    )
    inner = bomb
    for _ in range(5):
        inner = packed({f"{n}.zip": inner for n in range(10)})
    yield "nested.zip", inner
    yield (
        "climbing.zip",
        packed(
            {name.replace("\0", "0").encode("utf-8", "replace").decode()[:3000]: b"x" for name in ODD_NAMES}
        ),
    )
    locked = bytearray(packed({"word/document.xml": b"x" * 99}))
    locked[6] |= 1
    where = locked.rfind(b"PK\x01\x02")
    locked[where + 8] |= 1
    yield "locked.zip", bytes(locked)
    lying = bytearray(packed({"a": b"x" * 99}))
    struct.pack_into("<I", lying, 22, 0xFFFFFFFF)
    struct.pack_into("<I", lying, lying.rfind(b"PK\x01\x02") + 24, 0xFFFFFFFF)
    yield "lying.zip", bytes(lying)
    ends = bytearray(packed({"a": b"x"}))
    struct.pack_into("<HHII", ends, len(ends) - 14, 65535, 65535, 0xFFFFFFFF, 0xFFFFFFFF)
    yield "no-directory.zip", bytes(ends)
    yield "empty.zip", packed({})
    yield "many.zip", packed({f"{n}": b"" for n in range(5000)})
    yield "zip-behind-photo.jpg", _photo("JPEG") + packed({"a.txt": b"x"})
    yield "photo-behind-zip.zip", packed({"a.txt": b"x"}) + _photo("JPEG")
    yield "bomb.gz", gzip.compress(b"\0" * 20_000_000, mtime=0)
    yield "tar.tar", b"a" * 257 + b"ustar\x0000" + b"\xff" * 300
    yield "ole.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000
    yield "ole-circle.msg", _ole_circle()
    yield (
        "pdf.pdf",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R/Prev 0>>",
    )
    yield "locked.pdf", b"%PDF-1.7\ntrailer<</Encrypt 5 0 R/Root 1 0 R>>\n%%EOF"
    yield "junk.pdf", b"%PDF-" + bytes(range(256)) * 30
    yield "polyglot.pdf", b"%PDF-1.4\n<html><script>1</script>" + packed({"a": b"x"})
    yield "program.exe", b"MZ" + bytes(range(256)) * 4
    yield "elf.jpg", b"\x7fELF" + bytes(range(256)) * 4
    yield "class.docx", b"\xca\xfe\xba\xbe" + bytes(99)
    yield "sqlite.db", b"SQLite format 3\0" + bytes(4080)
    yield "age.age", b"age-encryption.org/v1\n-> X25519 x\n"
    yield "pgp.asc", b"-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\n"


def _ole_circle() -> bytes:
    """A compound file whose sector chain and directory tree lead back to themselves."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", head, 44, 1, 1, 0, 4096, 1, 1, 1, 1)
    struct.pack_into("<I", head, 76, 0)
    fat = struct.pack("<128I", *([1] * 128))
    entry = "Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBIII", 22, 5, 1, 0, 0, 0)
    return bytes(head) + fat + (entry.ljust(128, b"\0")) * 4


def _photo(form: str, mode: str = "RGB", size: tuple[int, int] = (320, 240), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, None if mode in ("P", "1") else 0).save(out, form, **options)
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IEND", b"")


def _segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def _metadata() -> dict[str, bytes]:
    """Segments of a JPEG."""
    return {
        "exif-junk": _segment(0xE1, b"Exif\0\0" + bytes(range(256)) * 20),
        "exif-circle": _segment(
            0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0"
        ),
        "exif-count": _segment(
            0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0f\x01\x02\0\xff\xff\xff\xff\x08\0\0\0\0\0\0\0"
        ),
        "exif-ratio": _segment(
            0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x1a\x01\x05\0\x01\0\0\0\x1a\0\0\0\0\0\0\0" + bytes(8)
        ),
        "exif-turned": _segment(
            0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x63\0\0\0\0\0\0\0"
        ),
        "xmp-bomb": _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + BOMB_XML.encode() + b"<r>&e;&f;</r>"),
        "xmp-deep": _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<a>" * 20_000),
        "iptc-junk": _segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff" + bytes(range(256))),
        "iptc-many": _segment(
            0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\xff\0" + b"\x1c\x02\x19\0\x01x" * 9000
        ),
        "icc-junk": _segment(0xE2, b"ICC_PROFILE\0\x01\x01" + b"\xff" * 5000),
        "comments": _segment(0xFE, b"x" * 60_000) * 30,
        "tables": _segment(0xDB, b"\xff" * 60) * 100,
    }


def photographs() -> Iterator[tuple[str, bytes]]:
    """Pictures: all modes, bombs, early ends, wrong suffixes, hostile metadata."""
    for form, modes in (
        ("JPEG", "L RGB CMYK"),
        ("PNG", "1 L P RGB RGBA LA I;16"),
        ("WEBP", "RGB RGBA"),
        ("GIF", "P L"),
        ("TIFF", "1 L RGB CMYK I;16 F LAB"),
        ("BMP", "1 RGB"),
        ("ICO", "RGBA"),
        ("PPM", "L RGB"),
        ("TGA", "RGB"),
    ):
        for mode in modes.split():
            yield f"photo-{form}-{mode.replace(';', '')}.{form.lower()}", _photo(form, mode)
    frames = [Image.new("RGB", (200, 200), (n, 0, 0)) for n in range(5)]
    for form in ("GIF", "PNG", "WEBP", "TIFF"):
        out = io.BytesIO()
        frames[0].save(out, form, save_all=True, append_images=frames[1:])
        yield f"moving.{form.lower()}", out.getvalue()
    sound = _photo("JPEG")
    for cut in (2, 4, 20, len(sound) // 2, len(sound) - 2):
        yield f"cut-{cut}.jpg", sound[:cut]
    yield "wrong-suffix.png", sound
    yield "wrong-suffix.docx", sound
    yield "wrong-suffix.eml", sound
    pixels = zlib.compress(b"\0" * 1000)
    yield "bomb-sides.png", _png(60_000, 60_000, _chunk(b"IDAT", pixels))
    yield "bomb-most.png", _png(2**31 - 1, 2**31 - 1, _chunk(b"IDAT", pixels))
    yield "bomb-zero.png", _png(0, 0, _chunk(b"IDAT", pixels))
    yield "bomb-text.png", _png(200, 200, _chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 20_000_000)))
    yield "bomb-profile.png", _png(200, 200, _chunk(b"iCCP", b"a\0\0" + zlib.compress(b"x" * 20_000_000)))
    yield "chunks.png", _png(200, 200, *[_chunk(b"tEXt", b"a\0b")] * 5000)
    yield "strip.jpg", _photo("JPEG", "L", (60_000, 1))
    tall = bytearray(sound)
    where = tall.find(b"\xff\xc0")
    struct.pack_into(">HH", tall, where + 5, 65_500, 65_500)
    yield "bomb-sides.jpg", bytes(tall)
    for name, segment in _metadata().items():
        yield f"meta-{name}.jpg", sound[:2] + segment + sound[2:]


def wounded_files(number: int, seed: int = 2) -> Iterator[tuple[str, bytes]]:
    """Sound documents and pictures with wounds."""
    dice = random.Random(seed)
    sound = {
        "a.docx": word_file(paragraph(WORDS, "Title") + paragraph(WORDS * 9)),
        "a.rtf": b"{\\rtf1\\ansi{\\fonttbl{\\f0 A;}}\\b Head\\b0\\par " + WORDS.encode() * 9 + b"}",
        "a.html": b"<html><head><title>T</title></head><body><h1>H</h1><p>"
        + WORDS.encode() * 9
        + b"</p></body></html>",
        "a.md": b"# Head\n\n" + WORDS.encode() * 9 + b"\n\n- a\n- b[^1]\n\n[^1]: note\n",
        "a.jpg": _photo("JPEG"),
        "a.png": _photo("PNG", "P"),
        "a.webp": _photo("WEBP"),
        "a.gif": _photo("GIF", "P"),
        "a.tiff": _photo("TIFF"),
        "a.zip": packed({"a.txt": b"x" * 999, "b/c.txt": b"y"}),
    }
    names = sorted(sound)
    for each in range(number):
        name = names[each % len(names)]
        data = sound[name]
        for _ in range(dice.randrange(1, 4)):
            data = wounded(data, dice) or b"x"
        yield f"wounded-{seed}-{each:04}-{name}", data
