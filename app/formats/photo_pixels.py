"""Pixels as people see them: turned, flattened, painted over, in sRGB."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageCms

from app.domain.reading import Unreadable

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each EXIF orientation."""

_INK: dict[str, float | tuple[float, ...]] = {"RGB": (0, 0, 0), "L": 0, "CMYK": (0, 0, 0, 255)}
_PROFILE_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}


def shown(image: Image.Image, orientation: int) -> Image.Image:
    """``image`` upright and without transparency, in mode RGB, L or CMYK."""
    image = _flat(image)
    turn = _TURNS.get(orientation)
    return image.transpose(turn) if turn is not None else image


def painted(image: Image.Image, masks: Sequence[Sequence[int]], crop: Sequence[int] | None) -> Image.Image:
    """``image`` with each of ``masks`` painted flat and then cut to ``crop``; boxes are x, y, width, height.

    Raises:
        Unreadable: when a box does not touch the picture, since it was then drawn for another one.
    """
    for mask in masks:
        image.paste(_INK[image.mode], _box(mask, image))
    return image.crop(_box(crop, image)) if crop else image


def to_srgb(image: Image.Image, icc: bytes, defects: list[str]) -> Image.Image:
    """``image`` as RGB in sRGB; a profile that cannot be used is named in ``defects``."""
    if icc:
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            if profile.profile.xcolor_space == _PROFILE_SPACES[image.mode]:
                converted = ImageCms.profileToProfile(image, profile, _srgb(), outputMode="RGB")
                if converted is not None:
                    return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
        defects.append("its colour profile cannot be used")
    return image.convert("RGB")


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _flat(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        grey = image.mode in ("LA", "La", "L", "1")
        seen = image.convert("RGBA")
        white = Image.new("RGBA", seen.size, (255, 255, 255, 255))
        flat = Image.alpha_composite(white, seen).convert("RGB")
        return flat.convert("L") if grey else flat
    if image.mode in _INK:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _box(area: Sequence[int], image: Image.Image) -> tuple[int, int, int, int]:
    left, top, width, height = (int(number) for number in area)
    box = max(left, 0), max(top, 0), min(left + width, image.width), min(top + height, image.height)
    if box[0] >= box[2] or box[1] >= box[3]:
        raise Unreadable("a crop or mask does not lie on the picture")
    return box
