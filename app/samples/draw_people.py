"""Drawn photographs of people, always from behind or in the dark: nobody can be recognised."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from app.samples.paint import (
    Colour,
    Point,
    Size,
    bricks,
    develop,
    glow,
    mix,
    onto,
    paving,
    shaded,
    sky,
    spread,
    wash,
)

_COATS: tuple[Colour, ...] = (
    (52, 58, 70), (86, 60, 56), (62, 76, 66), (104, 96, 88), (44, 44, 50), (118, 74, 58), (70, 72, 92), (142, 128, 110),
)  # fmt: skip
_HAIR: tuple[Colour, ...] = ((30, 26, 26), (54, 42, 36), (92, 88, 86), (40, 34, 34))
_WOOL: tuple[Colour, ...] = ((128, 52, 48), (66, 84, 104), (150, 138, 116), (60, 60, 64))


def figure(picture: Image.Image, rng: Random, foot: Point, tall: float, haze: float = 0.0) -> None:
    """Somebody standing at ``foot``, seen from behind, ``tall`` pixels high; ``haze`` fades with distance."""
    pale: Colour = (176, 178, 182)
    coat, head = (mix(rng.choice(tones), pale, haze) for tones in (_COATS, _HAIR))
    draw = ImageDraw.Draw(picture)
    x, y = foot
    wide = tall * rng.uniform(0.28, 0.34)
    ground = [
        (x - wide * 0.5, y),
        (x + wide * 0.5, y),
        (x + wide * 1.3, y + tall * 0.05),
        (x, y + tall * 0.05),
    ]
    wash(picture, ground, (20, 20, 24), 0.45, max(2.0, tall * 0.02))
    for leg in (-0.2, 0.2):
        dark = shaded(mix((38, 38, 44), pale, haze), rng.uniform(0.85, 1.15))
        draw.polygon(
            [
                (x + (leg - 0.17) * wide, y - tall * 0.42),
                (x + (leg + 0.17) * wide, y - tall * 0.42),
                (x + (leg + 0.13) * wide, y),
                (x + (leg - 0.13) * wide, y),
            ],
            fill=dark,
        )
    shoulder, hem = y - tall * 0.8, y - tall * rng.uniform(0.24, 0.4)
    strips = 14 if tall < 200 else 40
    for strip in range(strips):
        share = strip / (strips - 1)
        light = 0.72 + 0.46 * (1 - abs(2 * share - 0.75))
        left = x - wide / 2 + wide * share
        drop = tall * 0.11 * abs(2 * share - 1) ** 3
        draw.line(
            (left, shoulder + drop, x + (left - x) * 1.08, hem),
            fill=shaded(coat, light),
            width=round(wide / strips * 1.2) + 1,
        )
    for side in (-1, 1):
        sleeve = [
            (x + side * wide * 0.36, shoulder + tall * 0.07),
            (x + side * wide * 0.54, shoulder + tall * 0.13),
            (x + side * wide * 0.6, y - tall * 0.42),
            (x + side * wide * 0.42, y - tall * 0.42),
        ]
        draw.polygon(sleeve, fill=shaded(coat, 0.82 if side > 0 else 1.0))
    draw.rectangle((x - wide * 0.12, y - tall * 0.86, x + wide * 0.12, shoulder + 2), fill=shaded(head, 1.2))
    _head(draw, rng, foot, tall, head, haze)


def _head(
    draw: ImageDraw.ImageDraw, rng: Random, foot: Point, tall: float, hair: Colour, haze: float
) -> None:
    """A head from behind, now and then with a cap or a scarf."""
    x, y = foot
    pale: Colour = (176, 178, 182)
    wide, shoulder = tall * 0.31, y - tall * 0.8
    skull = tall * 0.068
    draw.ellipse((x - skull * 0.86, y - tall * 0.995, x + skull * 0.86, y - tall * 0.84), fill=hair)
    if rng.random() < 0.45:
        wool = mix(rng.choice(_WOOL), pale, haze)
        draw.pieslice(
            (x - skull * 0.98, y - tall * 1.02, x + skull * 0.98, y - tall * 0.84), 180, 360, fill=wool
        )
        draw.rectangle(
            (x - skull * 0.98, y - tall * 0.935, x + skull * 0.98, y - tall * 0.91), fill=shaded(wool, 0.8)
        )
    if rng.random() < 0.5:
        scarf = mix(rng.choice(_WOOL), pale, haze)
        draw.rounded_rectangle(
            (x - wide * 0.3, shoulder - tall * 0.03, x + wide * 0.3, shoulder + tall * 0.035),
            round(tall * 0.03),
            fill=scarf,
        )


def crowd(rng: Random, size: Size) -> Image.Image:
    """A crowd in a square in winter, from behind, before a building with lit windows."""
    width, height = size
    picture = sky(rng, size, ((0.0, (122, 134, 152)), (1.0, (214, 212, 208))), 0.3)
    wall = bricks(rng, (1500, 420), 20, ((150, 132, 116), (140, 124, 110), (160, 144, 126)), (150, 140, 128))
    onto(
        picture,
        wall,
        spread(size, (0, 0.13), (1, 0.17), (1, 0.56), (0, 0.56)),
    )
    draw = ImageDraw.Draw(picture)
    for column in range(11):
        for floor in (0.22, 0.35):
            x = width * (0.03 + 0.092 * column)
            pane = (x, height * floor, x + width * 0.035, height * (floor + 0.075))
            draw.rectangle(
                pane, fill=rng.choice(((240, 208, 140), (70, 78, 92), (70, 78, 92), (92, 98, 108)))
            )
            draw.rectangle(pane, outline=(226, 220, 208), width=5)
    onto(
        picture,
        paving(rng, (1200, 600), 40, (150, 148, 146)),
        spread(size, (-1, 0.55), (2, 0.55), (2.4, 1), (-1.4, 1)),
    )
    picture = picture.filter(ImageFilter.GaussianBlur(1.6))
    for row in range(9):
        near = (row / 8) ** 1.35
        foot, tall = height * (0.6 + 0.56 * near), height * (0.15 + 0.48 * near)
        x = rng.uniform(-0.3, 0.1) * tall
        while x < width + tall * 0.2:
            figure(
                picture,
                rng,
                (x, foot + rng.uniform(-0.05, 0.05) * tall),
                tall * rng.uniform(0.92, 1.06),
                0.5 * (1 - near),
            )
            x += tall * rng.uniform(0.36, 0.62)
    return develop(picture, rng, blur=1.2)


def vigil(rng: Random, size: Size) -> Image.Image:
    """People with candles at night; only the light is sharp."""
    width, height = size
    picture = sky(rng, size, ((0.0, (10, 12, 22)), (0.6, (26, 26, 40)), (1.0, (34, 30, 34))), 0.25)
    for _ in range(26):
        at = (rng.uniform(0, width), rng.uniform(0.05, 0.4) * height)
        glow(picture, at, rng.uniform(18, 52), rng.choice(((120, 90, 50), (60, 70, 110), (110, 60, 50))), 0.7)
    for row in range(6):
        near = (row / 5) ** 1.3
        foot, tall = height * (0.72 + 0.6 * near), height * (0.26 + 0.5 * near)
        x = rng.uniform(-0.2, 0.2) * tall
        while x < width + tall * 0.2:
            _held_candle(picture, rng, (x, foot), tall)
            x += tall * rng.uniform(0.4, 0.6)
    return develop(picture, rng, blur=1.4, noise=0.14)


def _held_candle(picture: Image.Image, rng: Random, foot: Point, tall: float) -> None:
    x, y = foot
    y += rng.uniform(-0.04, 0.04) * tall
    draw = ImageDraw.Draw(picture)
    tone = shaded((30, 26, 30), rng.uniform(0.7, 1.4))
    wide = tall * 0.34
    draw.rounded_rectangle((x - wide / 2, y - tall * 0.8, x + wide / 2, y), round(tall * 0.12), fill=tone)
    draw.ellipse(
        (x - tall * 0.062, y - tall * 0.97, x + tall * 0.062, y - tall * 0.81), fill=shaded(tone, 0.8)
    )
    flame = (x + wide * rng.choice((-0.62, 0.62)), y - tall * rng.uniform(0.62, 0.72))
    draw.rectangle(
        (flame[0] - tall * 0.012, flame[1], flame[0] + tall * 0.012, flame[1] + tall * 0.12),
        fill=(206, 190, 160),
    )
    glow(picture, flame, tall * 0.34, (210, 130, 60), 0.8)
    glow(picture, flame, tall * 0.08, (255, 226, 160), 1.0)
    draw.ellipse(
        (flame[0] - tall * 0.012, flame[1] - tall * 0.045, flame[0] + tall * 0.012, flame[1]),
        fill=(255, 246, 214),
    )


def meeting(rng: Random, size: Size) -> Image.Image:
    """A meeting in a plain hall: people on chairs from behind, a lit screen before them."""
    width, height = size
    picture = sky(rng, size, ((0.0, (108, 104, 100)), (1.0, (150, 142, 132))), 0.12)
    draw = ImageDraw.Draw(picture)
    draw.polygon(
        spread(size, (0, 0), (1, 0), (0.84, 0.14), (0.16, 0.14)),
        fill=(188, 184, 176),
    )
    draw.polygon(
        spread(size, (0, 1), (1, 1), (0.84, 0.6), (0.16, 0.6)),
        fill=(112, 92, 74),
    )
    draw.rectangle((width * 0.3, height * 0.19, width * 0.7, height * 0.47), fill=(226, 232, 236))
    for line in range(5):
        y = height * (0.24 + 0.04 * line)
        draw.line((width * 0.35, y, width * rng.uniform(0.5, 0.64), y), fill=(120, 136, 150), width=12)
    glow(picture, (width * 0.5, height * 0.33), width * 0.36, (70, 76, 84), 0.7)
    for lamp in (0.3, 0.5, 0.7):
        draw.rectangle(
            (width * lamp - 70, height * 0.045, width * lamp + 70, height * 0.06), fill=(255, 250, 236)
        )
        glow(picture, (width * lamp, height * 0.05), 220, (120, 116, 100), 0.7)
    for row in range(5):
        near = (row / 4) ** 1.3
        seat, tall = height * (0.66 + 0.42 * near), height * (0.2 + 0.34 * near)
        x = rng.uniform(0.0, 0.4) * tall + width * 0.14 * (1 - near)
        while x < width - width * 0.14 * (1 - near):
            if rng.random() < 0.85:
                figure(picture, rng, (x, seat + tall * 0.45), tall * 1.15, 0.25 * (1 - near))
            draw = ImageDraw.Draw(picture)
            back = (x - tall * 0.2, seat - tall * 0.12, x + tall * 0.2, seat + tall * 0.3)
            draw.rounded_rectangle(back, 12, fill=shaded((74, 58, 48), 0.8 + 0.3 * near))
            draw.rounded_rectangle(
                (back[0] + 8, back[1] + 8, back[2] - 8, back[1] + 20), 6, fill=(112, 90, 74)
            )
            x += tall * rng.uniform(0.56, 0.68)
    return develop(picture, rng, blur=1.1)
