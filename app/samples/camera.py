"""The sample photographs as files: drawn scenes with the metadata that cameras and agencies leave in them."""

from __future__ import annotations

import struct
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from app import assets
from app.samples import draw_inside, draw_land, draw_paper, draw_people, draw_street, draw_town

_SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "wall": draw_town.wall,
    "gate": draw_town.gate,
    "bridge": draw_town.bridge,
    "court": draw_street.court,
    "alley": draw_street.alley,
    "hills": draw_land.hills,
    "snowfield": draw_land.snowfield,
    "graves": draw_land.graves,
    "fence": draw_land.fence,
    "crowd": draw_people.crowd,
    "vigil": draw_people.vigil,
    "meeting": draw_people.meeting,
    "room": draw_inside.room,
    "hall": draw_inside.hall,
    "door": draw_inside.door,
    "books": draw_paper.books,
    "page": draw_paper.page,
}
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_THUMBNAIL = (160, 120)


@dataclass(frozen=True, slots=True)
class Photo:
    """A sample photograph of ``resources/samples/photos.toml``.

    ``name`` is the file's name as its sender has it, ``size`` in pixels, ``taken`` how many days before
    today and at what time; ``place`` is latitude, longitude and metres above the sea.  ``artist``,
    ``owner``, ``credit`` and ``caption`` go into EXIF, XMP and IPTC.
    """

    key: str
    scene: str
    name: str
    size: tuple[int, int]
    days: int
    at: time
    make: str = ""
    model: str = ""
    serial: str = ""
    lens: str = ""
    artist: str = ""
    owner: str = ""
    credit: str = ""
    caption: str = ""
    place: tuple[float, float, float] | None = None
    thumbnail: bool = False

    def taken(self, today: date) -> datetime:
        """When the picture was taken, local time of the camera."""
        return datetime.combine(today - timedelta(days=self.days), self.at)


def catalogue() -> dict[str, Photo]:
    """All sample photographs by key, in the order of the file."""
    table = tomllib.loads(assets.text("samples/photos.toml"))
    return {key: _photo(key, entry) for key, entry in table.items()}


def _photo(key: str, entry: dict[str, Any]) -> Photo:
    width, height = entry.pop("size")
    place = entry.pop("place", None)
    return Photo(key, size=(width, height), place=tuple(place) if place else None, **entry)


@lru_cache(maxsize=64)
def picture(photo: Photo, today: date) -> bytes:
    """The bytes of the file; the same photo and day give the same bytes.

    Kept for as long as the program runs: drawing takes a third of a second, the files are small.
    """
    drawn = _SCENES[photo.scene](Random(photo.key), photo.size)
    exif = _exif(photo, today)
    out = BytesIO()
    match photo.name.rsplit(".", 1)[1].lower():
        case "png":
            packet = PngImagePlugin.PngInfo()
            packet.add_itxt("XML:com.adobe.xmp", _xmp(photo, today))
            drawn.convert("L").save(out, "PNG", pnginfo=packet, exif=exif.tobytes())
        case "webp":
            drawn.save(
                out, "WEBP", quality=82, method=0, exif=exif.tobytes(), xmp=_xmp(photo, today).encode()
            )
        case _:
            tiff = _with_thumbnail(exif.tobytes(), drawn) if photo.thumbnail else exif.tobytes()
            drawn.save(out, "JPEG", quality=80, exif=tiff, xmp=_xmp(photo, today).encode())
            return _with_iptc(out.getvalue(), photo, today)
    return out.getvalue()


def _exif(photo: Photo, today: date) -> Image.Exif:
    """EXIF 3.0 tags by number: who, with what, when and where."""
    taken = photo.taken(today).strftime("%Y:%m:%d %H:%M:%S")
    exif = Image.Exif()
    texts = {
        0x010F: photo.make,
        0x0110: photo.model,
        0x013B: photo.artist,
        0x0132: taken,
        0x010E: photo.caption,
    }
    exif.update({tag: text.encode("utf-8") for tag, text in texts.items() if text})
    exif[0x0112] = 1
    details = exif.get_ifd(_EXIF_IFD)
    more = {0x9003: taken, 0x9004: taken, 0xA430: photo.owner, 0xA431: photo.serial, 0xA434: photo.lens}
    details.update({tag: text for tag, text in more.items() if text})
    details.update(
        {0x829A: IFDRational(1, 125), 0x829D: IFDRational(28, 10), 0x8827: 200, 0x920A: IFDRational(35, 1)}
    )
    if photo.place:
        exif.get_ifd(_GPS_IFD).update(_gps(photo.place, photo.taken(today)))
    return exif


def _gps(place: tuple[float, float, float], taken: datetime) -> dict[int, Any]:
    latitude, longitude, height = place
    return {
        0: b"\x02\x03\x00\x00",
        1: "N" if latitude >= 0 else "S",
        2: _degrees(abs(latitude)),
        3: "E" if longitude >= 0 else "W",
        4: _degrees(abs(longitude)),
        5: b"\x00",
        6: IFDRational(round(height), 1),
        29: taken.strftime("%Y:%m:%d"),
    }


def _degrees(value: float) -> tuple[IFDRational, ...]:
    hundredths = round(value * 3600 * 100)
    parts = ((hundredths // 360000, 1), (hundredths // 6000 % 60, 1), (hundredths % 6000, 100))
    return tuple(IFDRational(*part) for part in parts)


def _with_thumbnail(exif: bytes, drawn: Image.Image) -> bytes:
    """EXIF with a second directory that holds a small JPEG, as cameras write it (EXIF 3.0, 4.5.8)."""
    small = BytesIO()
    drawn.resize(_THUMBNAIL).save(small, "JPEG", quality=70)
    head, tiff = exif[:6], bytearray(exif[6:])
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack_from(order + "I", tiff, 4)
    (entries,) = struct.unpack_from(order + "H", tiff, first)
    if len(tiff) % 2:
        tiff += b"\0"
    struct.pack_into(order + "I", tiff, first + 2 + 12 * entries, len(tiff))
    data = small.getvalue()
    at = len(tiff) + 2 + 3 * 12 + 4
    rows = ((0x0103, 3, 1, 6 if order == "<" else 6 << 16), (0x0201, 4, 1, at), (0x0202, 4, 1, len(data)))
    directory = struct.pack(order + "H", 3) + b"".join(struct.pack(order + "HHII", *row) for row in rows)
    return head + bytes(tiff) + directory + struct.pack(order + "I", 0) + data


def _xmp(photo: Photo, today: date) -> str:
    parts = [f"<xmp:CreateDate>{photo.taken(today).isoformat()}</xmp:CreateDate>"]
    if photo.artist:
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(photo.artist)}</rdf:li></rdf:Seq></dc:creator>")
    if photo.credit:
        parts.append(f"<photoshop:Credit>{escape(photo.credit)}</photoshop:Credit>")
    if photo.caption:
        words = f'<rdf:li xml:lang="x-default">{escape(photo.caption)}</rdf:li>'
        parts.append(f"<dc:description><rdf:Alt>{words}</rdf:Alt></dc:description>")
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces}>{"".join(parts)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def _with_iptc(jpeg: bytes, photo: Photo, today: date) -> bytes:
    """The JPEG with an IPTC-IIM record in a Photoshop segment (APP13), after the first segments."""
    fields = [
        (80, photo.artist),
        (110, photo.credit),
        (120, photo.caption),
        (55, f"{photo.taken(today):%Y%m%d}"),
    ]
    record = b"\x1c\x01\x5a\x00\x03\x1b%G"
    for number, text in fields:
        if text:
            value = text.encode("utf-8")
            record += struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value
    if len(record) % 2:
        record += b"\0"
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    body = b"Photoshop 3.0\0" + resource
    segment = b"\xff\xed" + struct.pack(">H", len(body) + 2) + body
    at = 2
    while jpeg[at : at + 2] in {b"\xff\xe0", b"\xff\xe1"}:
        at += 2 + struct.unpack_from(">H", jpeg, at + 2)[0]
    return jpeg[:at] + segment + jpeg[at:]
