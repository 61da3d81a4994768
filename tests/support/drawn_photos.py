"""Photographs drawn for tests: hills under a sky, as finished renditions."""

from __future__ import annotations

import math
from functools import cache

from PIL import Image, ImageDraw, ImageFilter

from app.domain.public import PublicPhoto
from app.formats.rendition import PhotoStamp, rendition

Colour = tuple[int, int, int]


@cache
def hills(width: int, height: int, sky: Colour, ground: Colour, seed: int = 0) -> bytes:
    """RGB pixels of hills under an evening sky."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for y in range(height):
        mix = y / height
        tone = tuple(round(a + (255 - a) * mix * 0.8) for a in sky)
        draw.line([(0, y), (width, y)], fill=tone)
    draw.ellipse(
        [width * 0.68, height * 0.2, width * 0.68 + height * 0.16, height * 0.36], fill=(255, 246, 224)
    )
    for layer in range(5):
        base, rise = height * (0.45 + 0.12 * layer), height * (0.1 - 0.012 * layer)
        shade = tuple(round(g + (s - g) * (0.75 - 0.17 * layer)) for g, s in zip(ground, sky, strict=True))
        ridge = [
            (
                x,
                base
                + rise * math.sin(x / width * (4 + layer) + seed + layer * 2)
                + rise / 3 * math.sin(x / 37 + layer),
            )
            for x in range(0, width + 8, 8)
        ]
        draw.polygon([(0, height), *ridge, (width, height)], fill=shade)
    return image.filter(ImageFilter.GaussianBlur(0.8)).tobytes()


def photo(
    name: str, width: int, height: int, sky: Colour, ground: Colour, seed: int, lead: bool
) -> PublicPhoto:
    """A drawn photograph with its words in English."""
    caption = "Evening over the valley, seen from the old road" if lead else "The terraces below the village."
    credit = "Credits" if lead else "Noor Halabieh"
    alt = "Hills in layers under a pale evening sky" if lead else "Terraced fields on a hillside"
    stamp = PhotoStamp(
        credit=credit, caption=caption, alt=alt, copyright_notice="© 2026 Winter Review Association"
    )
    return PublicPhoto(
        id=name,
        name=f"the-valley-that-would-not-sign-{name.removeprefix('p').zfill(2)}.jpg",
        media_type="image/jpeg",
        width=width,
        height=height,
        data=rendition(hills(width, height, sky, ground, seed), width, height, stamp=stamp),
        caption=caption,
        credit=credit,
        credit_url="https://example.org/photographs/valley" if lead else "",
        source_line="" if lead else "Source: Noor Halabieh.",
        alt=alt,
        lead=lead,
    )


@cache
def photos() -> tuple[PublicPhoto, ...]:
    """A wide lead photograph and a smaller one for the body."""
    return (
        photo("p1", 2000, 1250, (196, 158, 140), (38, 62, 66), 0, True),
        photo("p2", 1200, 800, (150, 180, 190), (52, 78, 48), 3, False),
    )
