"""A photograph as it is printed: a new JPEG from raw pixels, with an allow-list of words about it.

The received file has no part in this, so nothing that it carries can come along.  The same pixels,
stamp and Pillow give the same bytes.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from PIL import Image

from app.formats import photo_iptc, photo_xmp
from app.formats.xml_text import xml_text

QUALITY = 88
_LARGEST_SEGMENT = 65_533
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"


@dataclass(frozen=True, slots=True)
class PhotoStamp:
    """What a printed photograph says about itself; an empty field is left out.

    ``creator`` and ``credit`` are the words as printed, ``data_mining`` a PLUS term by its address,
    such as ``http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING`` (IPTC Photo Metadata 2023.1).
    """

    creator: str = ""
    credit: str = ""
    caption: str = ""
    copyright_notice: str = ""
    alt: str = ""
    data_mining: str = ""


def rendition(pixels: bytes, width: int, height: int, *, stamp: PhotoStamp | None = None) -> bytes:
    """A JPEG of ``pixels``, RGB in sRGB, row by row without padding.

    Raises:
        ValueError: when the number of pixels is not ``width`` times ``height``.
    """
    if min(width, height) < 1 or len(pixels) != width * height * 3:
        raise ValueError("as many pixels as width times height are needed")
    return _encoded(Image.frombytes("RGB", (width, height), pixels), stamp)


def smaller(jpeg: bytes, edge: int) -> tuple[bytes, int, int]:
    """``jpeg``, one of our own renditions, with its longer edge at most ``edge``, and its new size."""
    with Image.open(io.BytesIO(jpeg)) as image:
        if max(image.size) <= edge:
            return jpeg, image.width, image.height
        small = image.convert("RGB")
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return _encoded(small, None), small.width, small.height


def _encoded(image: Image.Image, stamp: PhotoStamp | None) -> bytes:
    out = io.BytesIO()
    image.info.clear()
    image.save(out, "JPEG", quality=QUALITY, subsampling="4:2:0", progressive=True, optimize=True)
    jpeg = out.getvalue()
    if stamp is None or stamp == PhotoStamp():
        return jpeg
    head = 4 + int.from_bytes(jpeg[4:6], "big")  # the start of image and the JFIF segment
    return jpeg[:head] + _segment(0xE1, _XMP_HEAD + _xmp(stamp)) + _segment(0xED, _iim(stamp)) + jpeg[head:]


def _segment(marker: int, payload: bytes) -> bytes:
    if len(payload) > _LARGEST_SEGMENT:
        raise ValueError("the words of a photograph must fit into 64 KB")
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def _xmp(stamp: PhotoStamp) -> bytes:
    stamped = {
        "Iptc4xmpCore:AltTextAccessibility": ("Alt", stamp.alt),
        "dc:creator": ("Seq", stamp.creator),
        "dc:description": ("Alt", stamp.caption),
        "dc:rights": ("Alt", stamp.copyright_notice),
        "photoshop:Credit": ("", stamp.credit),
        "plus:DataMining": ("", stamp.data_mining),
    }
    written = {name: (shape, xml_text(value)) for name, (shape, value) in stamped.items() if value}
    return photo_xmp.packet(written)


def _iim(stamp: PhotoStamp) -> bytes:
    values = {80: stamp.creator, 110: stamp.credit, 116: stamp.copyright_notice, 120: stamp.caption}
    return photo_iptc.resource_block({number: xml_text(value) for number, value in values.items()})
