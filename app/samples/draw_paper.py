"""Drawn photographs of books and of a scanned letter, and marks that look like writing."""

from __future__ import annotations

from math import pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from app.samples.paint import (
    Colour,
    Point,
    Size,
    cloud,
    develop,
    glow,
    gradient,
    mottled,
    onto,
    planks,
    plaster,
    shaded,
    spread,
    wash,
)


def writing(sheet: Image.Image, rng: Random, at: Point, glyphs: int, lines: int) -> None:
    """Marks that look like writing from afar and say nothing."""
    draw = ImageDraw.Draw(sheet)
    side = (sheet.width - 2 * at[0]) / glyphs
    for line in range(lines):
        for glyph in range(glyphs if line < lines - 1 else rng.randrange(2, glyphs)):
            x, y = at[0] + glyph * side, at[1] + line * side * 1.3
            for _ in range(4):
                first = (x + rng.uniform(0, 0.75) * side, y + rng.uniform(0, 0.8) * side)
                second = (
                    (x + rng.uniform(0, 0.75) * side, first[1])
                    if rng.random() < 0.5
                    else (first[0], y + rng.uniform(0, 0.85) * side)
                )
                draw.line((*first, *second), fill=(52, 48, 46), width=max(2, round(side / 11)))


def books(rng: Random, size: Size) -> Image.Image:
    """Shelves of worn books, half of one shelf empty, a lamp to the left."""
    width, height = size
    picture = plaster(rng, size, (64, 50, 40), 0.3)
    for shelf in range(4):
        floor = height * (0.25 + 0.245 * shelf)
        x, gap_from = width * 0.03, width * (rng.uniform(0.45, 0.6) if shelf == 2 else 2.0)
        while x < width * 0.97:
            if gap_from < x < gap_from + width * 0.3:
                x += width * 0.3
                continue
            x += _book(picture, rng, (x, floor), height * rng.uniform(0.14, 0.2))
        board = planks(rng, (60, 900), 30, (104, 74, 50)).transpose(Image.Transpose.ROTATE_90)
        onto(
            picture,
            board,
            [(0, floor), (width, floor), (width, floor + height * 0.028), (0, floor + height * 0.028)],
        )
        wash(
            picture,
            [
                (0.0, floor + height * 0.028),
                (float(width), floor + height * 0.028),
                (float(width), floor + height * 0.07),
                (0.0, floor + height * 0.06),
            ],
            (8, 6, 6),
            0.7,
            14,
        )
    glow(picture, (width * 0.12, height * 0.35), width * 0.5, (120, 84, 44), 0.7)
    wash(
        picture,
        spread(size, (0.75, 0), (1, 0), (1, 1), (0.6, 1)),
        (6, 6, 10),
        0.4,
        160,
    )
    return develop(picture, rng, blur=1.1, noise=0.13)


def _book(picture: Image.Image, rng: Random, foot: Point, tall: float) -> float:
    """Draws one spine and returns its width."""
    colours: tuple[Colour, ...] = (
        (112, 52, 44),
        (54, 70, 84),
        (94, 86, 60),
        (132, 112, 84),
        (64, 56, 62),
        (70, 88, 70),
        (160, 146, 120),
    )
    x, y = foot
    wide, tone = tall * rng.uniform(0.12, 0.26), shaded(rng.choice(colours), rng.uniform(0.7, 1.15))
    spine = gradient(
        (max(2, round(wide)), 4),
        ((0.0, shaded(tone, 0.55)), (0.35, shaded(tone, 1.2)), (1.0, shaded(tone, 0.5))),
        across=True,
    )
    picture.paste(spine.resize((max(2, round(wide)), round(tall))), (round(x), round(y - tall)))
    draw = ImageDraw.Draw(picture)
    for band in (0.1, 0.14, 0.86):
        draw.line((x + 3, y - tall * band, x + wide - 4, y - tall * band), fill=shaded(tone, 1.5), width=3)
    if rng.random() < 0.6:
        draw.rectangle(
            (x + wide * 0.2, y - tall * 0.78, x + wide * 0.8, y - tall * 0.6),
            fill=rng.choice(((206, 190, 150), (40, 34, 32))),
        )
    return wide + 2


def page(rng: Random, size: Size) -> Image.Image:
    """A scanned letter: letterhead, lines of marks, a round stamp, folds; the words cannot be read."""
    width, height = size
    picture = mottled(Image.new("RGB", size, (238, 234, 224)), cloud(rng, size, width // 2, 5), 0.14)
    writing(picture, rng, (width * 0.3, height * 0.07), 12, 1)
    draw = ImageDraw.Draw(picture)
    draw.line((width * 0.12, height * 0.135, width * 0.88, height * 0.135), fill=(160, 44, 40), width=7)
    body = Image.new("RGB", (round(width * 0.76), round(height * 0.6)), (238, 234, 224))
    writing(body, rng, (0, 10), 30, 19)
    picture.paste(
        body,
        (round(width * 0.12), round(height * 0.18)),
        body.convert("L").point([255 if value < 150 else 0 for value in range(256)]),
    )
    stamp = (width * 0.6, height * 0.72, width * 0.82, height * 0.72 + width * 0.22)
    draw.ellipse(stamp, outline=(178, 50, 46), width=12)
    middle = ((stamp[0] + stamp[2]) / 2, (stamp[1] + stamp[3]) / 2)
    star = [
        (
            middle[0] + (60 if k % 2 == 0 else 24) * sin(k * pi / 5),
            middle[1] - (60 if k % 2 == 0 else 24) * sin(k * pi / 5 + pi / 2),
        )
        for k in range(10)
    ]
    draw.polygon(star, fill=(178, 50, 46))
    for fold in (0.34, 0.67):
        wash(
            picture,
            [
                (0.0, height * fold),
                (float(width), height * fold - 4),
                (float(width), height * fold + 6),
                (0.0, height * fold + 8),
            ],
            (120, 116, 106),
            0.5,
            5,
        )
    return develop(picture.filter(ImageFilter.GaussianBlur(0.6)), rng, blur=0.8, noise=0.06)
