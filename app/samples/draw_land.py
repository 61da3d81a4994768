"""Drawn photographs of open country: hills, snow, graves, a fence."""

from __future__ import annotations

from math import pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from app.samples.paint import (
    Colour,
    Point,
    Size,
    develop,
    earth,
    glow,
    mix,
    onto,
    plaster,
    ridge,
    shaded,
    sky,
    spread,
    tree,
    wash,
)

_CLEAR = ((0.0, (98, 138, 178)), (0.7, (178, 200, 214)), (1.0, (216, 222, 220)))


def hills(rng: Random, size: Size) -> Image.Image:
    """Ranges of hills in morning mist, a small monastery on one of them."""
    width, height = size
    picture = sky(rng, size, ((0.0, (138, 160, 184)), (0.5, (214, 214, 206)), (1.0, (232, 222, 204))), 0.25)
    far, near = (176, 190, 202), (46, 60, 56)
    for layer in range(5):
        tone = mix(far, near, layer / 4)
        mask = ridge(rng, size, 0.36 + 0.12 * layer, 0.11)
        slope = earth(rng, (width // 2, height // 2), tone, 60 - 8 * layer, 0.14 + 0.1 * layer).resize(size)
        if layer == 3:
            _monastery(picture, (width * 0.62, height * 0.67), height * 0.11)
        picture.paste(slope, (0, 0), mask)
        if layer > 1:
            _forest(picture, rng, mask, tone, height * (0.012 + 0.012 * layer))
        if layer < 4:
            band = height * (0.5 + 0.12 * layer)
            wash(
                picture,
                [
                    (-50, band),
                    (width + 50.0, band - 30),
                    (width + 50.0, band + height * 0.09),
                    (-50, band + height * 0.1),
                ],
                (224, 222, 214),
                0.42,
                height / 22,
            )
    return develop(picture, rng, blur=1.3)


def _forest(picture: Image.Image, rng: Random, mask: Image.Image, tone: Colour, tall: float) -> None:
    """Conifers on a slope, thicker along its top."""
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    box = mask.getbbox() or (0, 0, width, height)
    for _ in range(420):
        x = rng.uniform(0, width - 1)
        y = box[1] + (height - box[1]) * rng.random() ** 2 * 0.5
        if mask.getpixel((round(x), min(height - 1, round(y)))):
            high = tall * rng.uniform(0.6, 1.3)
            colour = shaded(tone, rng.uniform(0.55, 0.85))
            draw.polygon([(x - high * 0.24, y), (x, y - high), (x + high * 0.24, y)], fill=colour)


def _monastery(picture: Image.Image, foot: Point, tall: float) -> None:
    draw = ImageDraw.Draw(picture)
    x, y = foot
    for left, wide, high in ((-1.5, 1.0, 0.55), (-0.6, 1.3, 1.0), (0.6, 1.2, 0.7)):
        box = (x + left * tall, y - high * tall, x + (left + wide) * tall, y + tall * 0.3)
        draw.rectangle(box, fill=(222, 214, 198))
        draw.rectangle((box[0], box[1], box[2], box[1] + tall * 0.13), fill=(122, 66, 54))
        for window in range(4):
            at = box[0] + (window + 0.5) * wide * tall / 4
            for floor in (0.28, 0.5):
                top = box[1] + floor * tall
                draw.rectangle(
                    (at - tall * 0.04, top, at + tall * 0.04, top + tall * 0.09), fill=(62, 56, 54)
                )


def snowfield(rng: Random, size: Size) -> Image.Image:
    """A field under snow at dusk, a lane of footprints, bare trees, a small chapel."""
    width, height = size
    picture = sky(
        rng,
        size,
        ((0.0, (108, 124, 156)), (0.42, (196, 178, 180)), (0.5, (232, 206, 186)), (1.0, (232, 206, 186))),
        0.2,
    )
    picture.paste((132, 138, 156), (0, 0), ridge(rng, size, 0.46, 0.035).filter(ImageFilter.GaussianBlur(3)))
    field = earth(rng, (1000, 500), (212, 218, 230), 90, 0.22)
    onto(
        picture,
        field,
        spread(size, (-1, 0.52), (2, 0.52), (2.5, 1), (-1.5, 1)),
    )
    draw = ImageDraw.Draw(picture)
    _chapel(picture, draw, (width * 0.68, height * 0.545), height * 0.13)
    for at, tall_tree in ((0.08, 0.5), (0.2, 0.42), (0.93, 0.56), (0.5, 0.2), (0.56, 0.16)):
        tree(draw, rng, (width * at, height * (0.53 + 0.14 * tall_tree)), height * tall_tree, (66, 60, 66))
    for step in range(46):
        near = (step / 46) ** 2
        at_x = width * (0.72 - 0.36 * near) + (8 + 26 * near) * (1 if step % 2 else -1)
        at_y = height * (0.56 + 0.44 * near)
        wide = 4 + 26 * near
        draw.ellipse((at_x - wide, at_y - wide * 0.4, at_x + wide, at_y + wide * 0.4), fill=(160, 168, 192))
    return develop(picture, rng, blur=1.3)


def _chapel(picture: Image.Image, draw: ImageDraw.ImageDraw, foot: Point, tall: float) -> None:
    x, y = foot
    draw.polygon(
        [
            (x, y),
            (x, y - tall),
            (x + tall * 0.8, y - tall * 1.55),
            (x + tall * 1.6, y - tall),
            (x + tall * 1.6, y),
        ],
        fill=(148, 136, 128),
    )
    draw.polygon(
        [
            (x + tall * 1.6, y),
            (x + tall * 1.6, y - tall),
            (x + tall * 2.9, y - tall * 0.92),
            (x + tall * 2.9, y),
        ],
        fill=(108, 100, 100),
    )
    draw.polygon(
        [
            (x + tall * 0.72, y - tall * 1.62),
            (x + tall * 2.1, y - tall * 1.5),
            (x + tall * 3.05, y - tall * 0.86),
            (x + tall * 1.6, y - tall * 0.95),
        ],
        fill=(228, 230, 236),
    )
    draw.rectangle((x + tall * 0.62, y - tall * 0.45, x + tall * 0.98, y), fill=(58, 48, 46))
    for window in (1.9, 2.35):
        pane = (x + tall * window, y - tall * 0.68, x + tall * (window + 0.2), y - tall * 0.3)
        draw.rectangle(pane, fill=(250, 206, 120))
        glow(picture, ((pane[0] + pane[2]) / 2, (pane[1] + pane[3]) / 2), tall * 0.4, (220, 150, 70), 0.5)
    draw.line((x + tall * 0.8, y - tall * 1.55, x + tall * 0.8, y - tall * 2.1), fill=(70, 62, 62), width=5)


def graves(rng: Random, size: Size) -> Image.Image:
    """A graveyard on a slope; several stones are broken and lie in the grass."""
    width, height = size
    picture = sky(rng, size, _CLEAR, 0.4)
    picture.paste((126, 136, 120), (0, 0), ridge(rng, size, 0.38, 0.05).filter(ImageFilter.GaussianBlur(2)))
    onto(
        picture,
        earth(rng, (1100, 700), (112, 114, 72), 24, 0.75),
        spread(size, (-1, 0.42), (2, 0.42), (2.4, 1), (-1.4, 1)),
    )
    draw = ImageDraw.Draw(picture)
    for row in range(6):
        near = (row / 5) ** 1.5
        foot, tall = height * (0.47 + 0.46 * near), height * (0.05 + 0.2 * near)
        _grass(draw, rng, width, (foot - tall * 0.6, foot), tall * 0.1)
        gap = tall * 1.25
        x = rng.uniform(-0.5, 0.2) * gap
        while x < width + gap:
            _stone(picture, draw, rng, (x, foot + rng.uniform(-0.06, 0.06) * tall), tall, near)
            x += gap * rng.uniform(0.9, 1.3)
        _grass(draw, rng, width, (foot + tall * 0.02, foot + tall * 0.1), tall * 0.1)
    return develop(picture, rng, blur=1.0)


def _grass(draw: ImageDraw.ImageDraw, rng: Random, width: int, band: Point, tall: float) -> None:
    for _ in range(700):
        x, y = rng.uniform(0, width), rng.uniform(*band)
        tone = shaded((122, 124, 70), rng.uniform(0.6, 1.3))
        draw.line(
            (x, y, x + rng.uniform(-0.4, 0.4) * tall, y - tall * rng.uniform(0.5, 1.4)), fill=tone, width=2
        )


def _stone(
    picture: Image.Image, draw: ImageDraw.ImageDraw, rng: Random, foot: Point, tall: float, near: float
) -> None:
    x, y = foot
    wide = tall * rng.uniform(0.5, 0.62)
    face = shaded((176, 172, 164), rng.uniform(0.8, 1.1) * (0.92 + 0.1 * near))
    wash(
        picture,
        [(x, y), (x + wide, y), (x + wide * 2.2, y + tall * 0.16), (x + wide * 0.9, y + tall * 0.18)],
        (34, 38, 24),
        0.5,
        2 + 5 * near,
    )
    if rng.random() < 0.3:
        slab = [
            (x - tall * 0.2, y + tall * 0.02),
            (x + tall * 0.7, y - tall * 0.1),
            (x + tall * 0.85, y + tall * 0.08),
            (x - tall * 0.05, y + tall * 0.22),
        ]
        draw.polygon(slab, fill=shaded(face, 1.06))
        draw.polygon(
            [
                (x, y),
                (x + wide, y),
                (x + wide, y - tall * 0.26),
                (x + wide * 0.6, y - tall * 0.4),
                (x + wide * 0.35, y - tall * 0.24),
                (x, y - tall * 0.34),
            ],
            fill=shaded(face, 0.8),
        )
        return
    lean = rng.uniform(-0.05, 0.05) * tall
    draw.polygon(
        [
            (x + wide, y),
            (x + wide + lean, y - tall * 0.8),
            (x + wide * 1.18 + lean, y - tall * 0.78),
            (x + wide * 1.18, y - tall * 0.02),
        ],
        fill=shaded(face, 0.55),
    )
    top = [
        (x + lean + wide * (0.5 - 0.5 * sin(pi / 2 - pi * k / 10)), y - tall * (0.8 + 0.2 * sin(pi * k / 10)))
        for k in range(11)
    ]
    draw.polygon([(x, y), *top, (x + wide, y)], fill=face)
    for line in range(4):
        at = y - tall * (0.74 - 0.13 * line)
        draw.line(
            (x + wide * 0.2 + lean, at, x + wide * rng.uniform(0.6, 0.82) + lean, at),
            fill=shaded(face, 0.62),
            width=max(1, round(tall / 60)),
        )


def fence(rng: Random, size: Size) -> Image.Image:
    """A wire fence with barbed wire along its top, a watchtower, low buildings, a pale sky."""
    width, height = size
    picture = sky(rng, size, ((0.0, (150, 160, 170)), (0.6, (212, 206, 196)), (1.0, (228, 216, 198))), 0.35)
    draw = ImageDraw.Draw(picture)
    for left, wide, high in ((0.02, 0.3, 0.13), (0.34, 0.36, 0.1), (0.72, 0.3, 0.14)):
        block = plaster(rng, (500, 160), (170, 166, 160), 0.3)
        onto(
            picture,
            block,
            [
                (width * left, height * (0.68 - high)),
                (width * (left + wide), height * (0.68 - high)),
                (width * (left + wide), height * 0.7),
                (width * left, height * 0.7),
            ],
        )
        for window in range(9):
            at = width * (left + wide * (window + 0.5) / 9)
            draw.rectangle((at - 12, height * 0.63 - 26, at + 12, height * 0.63), fill=(74, 78, 84))
    x, top = width * 0.66, height * 0.26
    for leg in (-0.035, 0.035):
        draw.line(
            (x + width * leg, height * 0.7, x + width * leg * 0.6, top + 60), fill=(82, 80, 80), width=10
        )
    for brace in range(4):
        y = height * 0.66 - brace * height * 0.08
        draw.line((x - width * 0.033, y, x + width * 0.03, y - height * 0.08), fill=(96, 94, 94), width=5)
    draw.rectangle((x - width * 0.05, top - 70, x + width * 0.05, top + 70), fill=(112, 108, 104))
    draw.rectangle((x - width * 0.042, top - 50, x + width * 0.042, top + 6), fill=(48, 54, 62))
    draw.polygon(
        [(x - width * 0.065, top - 66), (x, top - 120), (x + width * 0.065, top - 66)], fill=(72, 68, 68)
    )
    onto(
        picture,
        earth(rng, (900, 400), (150, 138, 118), 30, 0.6),
        spread(size, (-1, 0.69), (2, 0.69), (2.4, 1), (-1.4, 1)),
    )
    picture = picture.filter(ImageFilter.GaussianBlur(2.6))
    draw = ImageDraw.Draw(picture)
    step = width // 52
    for start in range(-height, width + height, step):
        draw.line((start, height * 0.99, start + height * 0.78, height * 0.21), fill=(96, 98, 100), width=3)
        draw.line((start + height * 0.78, height * 0.99, start, height * 0.21), fill=(112, 114, 116), width=2)
    for post in range(5):
        at = width * (0.06 + 0.24 * post)
        draw.rectangle((at, height * 0.1, at + width * 0.012, height), fill=(72, 74, 76))
        draw.line((at + 3, height * 0.1, at + 3, height), fill=(150, 152, 152), width=3)
    for strand in range(3):
        y = height * (0.1 + 0.04 * strand)
        draw.line((0, y, width, y + 6), fill=(70, 70, 72), width=4)
        for barb in range(34):
            at = (barb + 0.5 * (strand % 2)) * width / 33
            draw.line((at - 12, y - 12, at + 10, y + 14), fill=(70, 70, 72), width=3)
            draw.line((at + 10, y - 12, at - 12, y + 14), fill=(70, 70, 72), width=3)
    return develop(picture, rng, blur=0.9)
