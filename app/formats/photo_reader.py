"""Reads a photograph: what it says about itself, and its pixels as people see them.

Runs in the sandbox child.  Nothing of the received file but pixels goes further: metadata leaves as
words to look at, and a rendition is later built from raw sRGB pixels alone.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms, ImageFile

from app.domain.reading import Result, Unreadable
from app.formats import photo_container, photo_exif, photo_iptc, photo_xmp
from app.formats.photo_pixels import painted, shown, to_srgb

MOST_PIXELS = 60_000_000
"""More than any camera that people carry; a larger picture is refused before a pixel is decoded."""

THUMBNAIL_EDGE = 512
_MOST_ENTRIES = 400
_LONGEST_VALUE = 2000

_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
    OverflowError,
    IndexError,
    KeyError,
    TypeError,
)
"""What Pillow raises for bytes that are not what they claim to be, by its own tests with damaged files."""

_SOURCES = {
    "caption": ("XMP:dc:description", "IPTC:Caption-Abstract", "EXIF:ImageDescription"),
    "credit": ("XMP:photoshop:Credit", "IPTC:Credit"),
    "creator": ("XMP:dc:creator", "IPTC:By-line", "EXIF:Artist"),
    "headline": ("XMP:photoshop:Headline", "IPTC:Headline"),
    "copyright": ("XMP:dc:rights", "IPTC:CopyrightNotice", "EXIF:Copyright"),
}
"""Suggestions by field, the best source first (IPTC Photo Metadata, mapping guidelines)."""


@dataclass(frozen=True, slots=True)
class _Opened:
    image: Image.Image
    size: tuple[int, int]
    icc: bytes
    defects: list[str]


def read(data: bytes, options: dict[str, Any]) -> Result:
    """The photograph in ``data``: JPEG, PNG or WebP.

    Options: ``mode`` is ``"describe"`` (default) or ``"pixels"``; for pixels ``max_edge`` (the longer
    edge in pixels, 0 or absent for all), ``crop`` ``[x, y, w, h]`` and ``masks``, a list of such boxes to
    paint over, all in pixels of the picture as shown.

    describe: ``{media_type, width, height, metadata: {"EXIF:Artist": …}, caption, credit, creator,
    headline, copyright, thumbnail: {width, height}, defects}`` with the thumbnail's RGB bytes as blob 0.
    pixels: ``{width, height, defects}`` with RGB bytes in sRGB as blob 0.

    Raises:
        Unreadable: another format, more than ``MOST_PIXELS``, no pixels that can be decoded, or a crop
            or mask that does not lie on the picture.
    """
    kind = photo_container.media_type(data)
    if not kind:
        raise Unreadable("not yet read")
    if options.get("mode", "describe") == "describe":
        return _describe(data, kind)
    masks, crop = options.get("masks") or [], options.get("crop")
    edge = int(options.get("max_edge") or 0)
    # A scaled decode mixes pixels from under a mask into its neighbours, so it is only for whole pictures.
    opened = _opened(data, kind, 0 if masks or crop else edge)
    upright = shown(opened.image, photo_exif.orientation(photo_container.parts(data).exif))
    width, height, pixels = _rgb(painted(upright, masks, crop), edge, opened)
    return Result({"width": width, "height": height, "defects": opened.defects}, (pixels,))


def _describe(data: bytes, kind: str) -> Result:
    opened = _opened(data, kind, THUMBNAIL_EDGE)
    found = photo_container.parts(data)
    orientation = photo_exif.orientation(found.exif)
    metadata = _metadata(found, opened.icc)
    small_width, small_height, pixels = _rgb(shown(opened.image, orientation), THUMBNAIL_EDGE, opened)
    width, height = reversed(opened.size) if orientation >= 5 else opened.size
    if found.trailing:
        opened.defects.append("bytes after the end")
    value = {
        "media_type": kind,
        "width": width,
        "height": height,
        "metadata": metadata,
        **{name: next(filter(None, map(metadata.get, keys)), "") for name, keys in _SOURCES.items()},
        "thumbnail": {"width": small_width, "height": small_height},
        "defects": opened.defects,
    }
    return Result(value, (pixels,))


def _open(data: bytes, kind: str) -> Image.Image:
    """The picture, not decoded; refused when it is too large."""
    canvas_width, canvas_height = photo_container.webp_canvas(data)
    if canvas_width * canvas_height > MOST_PIXELS:
        raise Unreadable("the picture is too large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=[kind.removeprefix("image/")])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise Unreadable("the picture is too large") from None
    except _DAMAGE:
        raise Unreadable("the picture is damaged") from None
    if image.width * image.height > MOST_PIXELS:
        raise Unreadable("the picture is too large")
    return image


def _opened(data: bytes, kind: str, edge: int) -> _Opened:
    """The decoded first frame; with an ``edge``, a JPEG is decoded no larger than needed for it."""
    try:
        return _decoded(data, kind, edge)
    except _DAMAGE:
        pass
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        opened = _decoded(data, kind, edge)
    except _DAMAGE:
        raise Unreadable("the picture is damaged") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    opened.defects.append("truncated")
    return opened


def _decoded(data: bytes, kind: str, edge: int) -> _Opened:
    image = _open(data, kind)
    size, icc = image.size, image.info.get("icc_profile") or b""
    defects = ["only the first of several pictures in the file"] if getattr(image, "n_frames", 1) > 1 else []
    if edge:
        image.draft(None, (2 * edge, 2 * edge))
    try:
        image.load()
    except MemoryError:
        raise Unreadable("the picture is too large") from None
    return _Opened(image, size, icc, defects)


def _rgb(image: Image.Image, edge: int, opened: _Opened) -> tuple[int, int, bytes]:
    if edge and max(image.size) > edge:
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
    image = to_srgb(image, opened.icc, opened.defects)
    return image.width, image.height, image.tobytes()


def _metadata(found: photo_container.Parts, icc: bytes) -> dict[str, str]:
    """Every word that the file carries, by group and name, in bounded number and length."""
    entries = list(found.texts)
    entries += [(f"EXIF:{name}", value) for name, value in photo_exif.words(found.exif).items()]
    entries += [(f"IPTC:{name}", value) for name, value in photo_iptc.words(found.iim).items()]
    for packet in found.xmp:
        entries += [(f"XMP:{name}", value) for name, value in photo_xmp.words(packet).items()]
    if icc:
        entries.append(("ICC:ProfileDescription", _profile_name(icc)))
    metadata: dict[str, str] = {}
    for name, value in entries:
        value = value.strip()
        if value and len(metadata) < _MOST_ENTRIES:
            before = f"{metadata[name]}; " if name in metadata else ""
            metadata[name] = (before + value)[:_LONGEST_VALUE]
    return metadata


def _profile_name(icc: bytes) -> str:
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(icc)))
    except (ImageCms.PyCMSError, OSError):
        return "unreadable"
