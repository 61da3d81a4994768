"""Drawn photographs of rooms: a light on the floor, a hall with empty benches, a sealed door."""

from __future__ import annotations

from math import pi, sin
from random import Random

from PIL import Image, ImageDraw

from app.samples.draw_paper import writing
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
    paving,
    planks,
    plaster,
    shaded,
    spread,
    wash,
)


def room(rng: Random, size: Size) -> Image.Image:
    """A kitchen with a table and two chairs, evening light through a window on the floor."""
    width, height = size
    picture = Image.new("RGB", size, (60, 54, 50))
    back = (width * 0.24, height * 0.16, width * 0.76, height * 0.64)
    onto(
        picture,
        plaster(rng, (700, 500), (178, 160, 134), 0.3),
        [(back[0], back[1]), (back[2], back[1]), (back[2], back[3]), (back[0], back[3])],
    )
    onto(
        picture,
        plaster(rng, (600, 500), (132, 120, 104), 0.35),
        [(0, -height * 0.12), (back[0], back[1]), (back[0], back[3]), (0, height * 1.02)],
    )
    onto(
        picture,
        plaster(rng, (600, 500), (156, 138, 116), 0.35),
        [(back[2], back[1]), (width, -height * 0.12), (width, height * 1.02), (back[2], back[3])],
    )
    onto(
        picture,
        planks(rng, (900, 700), 60, (112, 80, 56)),
        [(back[0], back[3]), (back[2], back[3]), (width * 1.3, height * 1.12), (-width * 0.3, height * 1.12)],
    )
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 0), (width, 0), (back[2], back[1]), (back[0], back[1])], fill=(150, 140, 126))
    for column in range(2):
        for pane in range(2):
            left, top = width * (0.41 + 0.09 * column), height * (0.24 + 0.12 * pane)
            box = (round(left), round(top), round(left + width * 0.082), round(top + height * 0.112))
            picture.paste(
                gradient(
                    (box[2] - box[0], box[3] - box[1]), ((0.0, (222, 226, 226)), (1.0, (250, 224, 178)))
                ),
                box[:2],
            )
    draw.rectangle(
        (width * 0.402, height * 0.225, width * 0.59, height * 0.486), outline=(92, 76, 62), width=12
    )
    glow(picture, (width * 0.496, height * 0.35), width * 0.24, (120, 104, 76), 0.8)
    for column in range(2):
        shift = 0.14 * column
        patch = [
            (width * (0.36 + shift), height * 0.72),
            (width * (0.47 + shift), height * 0.72),
            (width * (0.44 + shift * 1.5), height * 0.95),
            (width * (0.28 + shift * 1.5), height * 0.95),
        ]
        wash(picture, patch, (255, 214, 150), 0.42, 14)
    _chair(picture, (width * 0.3, height * 0.88), height * 0.36)
    _table(picture, rng, (width * 0.56, height * 0.86), width * 0.34, height * 0.24)
    _chair(picture, (width * 0.86, height * 0.94), height * 0.4)
    return develop(picture, rng, blur=1.2, noise=0.11)


def _chair(picture: Image.Image, foot: Point, tall: float) -> None:
    x, y = foot
    wood: Colour = (84, 58, 42)
    draw = ImageDraw.Draw(picture)
    wash(
        picture,
        [
            (x - tall * 0.25, y),
            (x + tall * 0.3, y),
            (x + tall * 0.6, y + tall * 0.1),
            (x - tall * 0.1, y + tall * 0.1),
        ],
        (16, 12, 10),
        0.5,
        12,
    )
    for leg, low in ((-0.2, 0.0), (0.2, 0.0), (-0.12, -0.08), (0.28, -0.08)):
        draw.line(
            (x + leg * tall, y - tall * 0.42, x + leg * tall * 1.05, y + low * tall),
            fill=wood,
            width=round(tall / 26),
        )
    for post in (-0.12, 0.28):
        draw.line(
            (x + post * tall, y - tall * 0.42, x + post * tall * 0.96, y - tall),
            fill=shaded(wood, 0.85),
            width=round(tall / 26),
        )
    for slat in (0.98, 0.84, 0.7):
        draw.line(
            (x - tall * 0.12, y - slat * tall, x + tall * 0.28, y - slat * tall),
            fill=shaded(wood, 1.2),
            width=round(tall / 22),
        )
    draw.polygon(
        [
            (x - tall * 0.24, y - tall * 0.4),
            (x + tall * 0.2, y - tall * 0.4),
            (x + tall * 0.31, y - tall * 0.48),
            (x - tall * 0.12, y - tall * 0.48),
        ],
        fill=shaded(wood, 1.5),
    )


def _table(picture: Image.Image, rng: Random, foot: Point, wide: float, tall: float) -> None:
    x, y = foot
    wood: Colour = (128, 90, 60)
    draw = ImageDraw.Draw(picture)
    wash(
        picture,
        [
            (x - wide * 0.4, y),
            (x + wide * 0.5, y),
            (x + wide * 0.7, y + tall * 0.2),
            (x - wide * 0.2, y + tall * 0.2),
        ],
        (16, 12, 10),
        0.55,
        18,
    )
    for leg, low in ((-0.46, 0.0), (0.46, 0.0), (-0.36, -0.25), (0.4, -0.25)):
        draw.line(
            (x + leg * wide, y - tall, x + leg * wide, y + low * tall),
            fill=shaded(wood, 0.55),
            width=round(wide / 26),
        )
    top = [
        (x - wide * 0.5, y - tall),
        (x + wide * 0.5, y - tall),
        (x + wide * 0.42, y - tall * 1.32),
        (x - wide * 0.38, y - tall * 1.32),
    ]
    onto(picture, planks(rng, (500, 200), 90, wood), [top[3], top[2], top[1], top[0]])
    draw.rectangle((x - wide * 0.5, y - tall, x + wide * 0.5, y - tall * 0.93), fill=shaded(wood, 0.6))
    for cup in (-0.2, 0.16):
        left = x + cup * wide
        draw.ellipse((left, y - tall * 1.2, left + wide * 0.09, y - tall * 1.12), fill=(190, 186, 178))
        draw.rectangle(
            (left + wide * 0.015, y - tall * 1.3, left + wide * 0.075, y - tall * 1.16), fill=(214, 208, 196)
        )
        draw.ellipse(
            (left + wide * 0.015, y - tall * 1.33, left + wide * 0.075, y - tall * 1.27), fill=(96, 70, 50)
        )
    sheet = [
        (x - wide * 0.06, y - tall * 1.1),
        (x + wide * 0.1, y - tall * 1.12),
        (x + wide * 0.08, y - tall * 1.26),
        (x - wide * 0.05, y - tall * 1.25),
    ]
    draw.polygon(sheet, fill=(240, 236, 224))


def hall(rng: Random, size: Size) -> Image.Image:
    """A hall of worship without people: columns, benches, shafts of light from high windows."""
    width, height = size
    picture = Image.new("RGB", size, (48, 44, 44))
    far = (width * 0.4, height * 0.24, width * 0.6, height * 0.58)
    onto(
        picture,
        paving(rng, (500, 900), 50, (126, 116, 104)),
        [(far[0], far[3]), (far[2], far[3]), (width * 1.15, height * 1.1), (-width * 0.15, height * 1.1)],
    )
    for corners in (
        [(0, -height * 0.4), (far[0], far[1]), (far[0], far[3]), (0, height * 1.05)],
        [(far[2], far[1]), (width, -height * 0.4), (width, height * 1.05), (far[2], far[3])],
    ):
        onto(picture, plaster(rng, (900, 600), (150, 140, 124), 0.35), corners)
    onto(
        picture,
        plaster(rng, (400, 500), (176, 164, 144), 0.3),
        [(far[0], far[1]), (far[2], far[1]), (far[2], far[3]), (far[0], far[3])],
    )
    draw = ImageDraw.Draw(picture)
    draw.polygon(
        [(0, -height * 0.4), (width, -height * 0.4), (far[2], far[1]), (far[0], far[1])], fill=(92, 84, 76)
    )
    draw.pieslice(
        (width * 0.455, height * 0.28, width * 0.545, height * 0.44), 180, 360, fill=(236, 226, 196)
    )
    draw.rectangle((width * 0.455, height * 0.36, width * 0.545, height * 0.5), fill=(236, 226, 196))
    glow(picture, (width * 0.5, height * 0.4), width * 0.16, (110, 100, 74), 0.9)
    for depth in (0.82, 0.62, 0.4, 0.14):
        for side in (-1, 1):
            _column(picture, width / 2 + side * width * (0.1 + 0.42 * (1 - depth)), height, 1 - depth)
    for row in range(9):
        near = (row / 8) ** 1.7
        for side in (-1, 1):
            _bench(
                picture,
                (width / 2 + side * width * (0.012 + 0.05 * near), height * (0.6 + 0.42 * near)),
                side * width * (0.08 + 0.4 * near),
                height * (0.03 + 0.15 * near),
            )
    for shaft in range(3):
        at = width * (0.98 - 0.2 * shaft)
        beam = [
            (at, -20.0),
            (at + width * 0.07, -20.0),
            (at - width * 0.3, height * 0.95),
            (at - width * 0.48, height * 0.9),
        ]
        wash(picture, beam, (255, 238, 196), 0.2 - 0.03 * shaft, 22)
    return develop(mottled(picture, cloud(rng, size, 500, 4), 0.12), rng, blur=1.2, noise=0.12)


def _column(picture: Image.Image, x: float, height: int, near: float) -> None:
    half = 12 + 58 * near
    top, low = height * (0.24 - 0.6 * near), height * (0.585 + 0.44 * near)
    draw = ImageDraw.Draw(picture)
    for strip in range(20):
        share = strip / 19
        tone = shaded((168, 156, 136), 0.5 + 0.62 * sin(pi * min(1.0, share * 0.9 + 0.25)))
        left = x - half + 2 * half * share
        draw.line((left, top, left, low), fill=tone, width=round(half / 8) + 1)
    draw.rectangle((x - half * 1.25, low - half * 0.3, x + half * 1.25, low), fill=(120, 110, 96))


def _bench(picture: Image.Image, end: Point, reach: float, tall: float) -> None:
    x, y = end
    draw = ImageDraw.Draw(picture)
    wood: Colour = (92, 62, 42)
    left, right = min(x, x + reach), max(x, x + reach)
    draw.rectangle((left, y - tall, right, y - tall * 0.35), fill=wood)
    draw.rectangle((left, y - tall, right, y - tall * 0.9), fill=shaded(wood, 1.7))
    draw.rectangle((left, y - tall * 0.35, right, y - tall * 0.2), fill=shaded(wood, 1.25))
    draw.rectangle((x - tall * 0.06, y - tall * 1.06, x + tall * 0.06, y), fill=shaded(wood, 0.7))
    draw.rectangle((left, y - tall * 0.2, right, y - tall * 0.05), fill=shaded(wood, 0.35))


def door(rng: Random, size: Size) -> Image.Image:
    """A door with two strips of paper pasted across it and a notice beside it."""
    width, height = size
    picture = plaster(rng, size, (158, 150, 136), 0.6)
    frame = (width * 0.32, height * 0.08, width * 0.68, height * 0.94)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((frame[0] - 46, frame[1] - 46, frame[2] + 46, frame[3]), fill=(108, 98, 88))
    draw.rectangle((frame[0] - 40, frame[1] - 40, frame[0] - 28, frame[3]), fill=(146, 136, 122))
    onto(
        picture,
        planks(rng, (500, 800), 84, (74, 92, 86)),
        [(frame[0], frame[1]), (frame[2], frame[1]), (frame[2], frame[3]), (frame[0], frame[3])],
    )
    draw.line((width * 0.5, frame[1], width * 0.5, frame[3]), fill=(30, 38, 36), width=8)
    for row in (0.2, 0.52, 0.82):
        draw.rectangle((frame[0], height * row, frame[2], height * (row + 0.028)), fill=(62, 76, 72))
        draw.line(
            (frame[0], height * (row + 0.028), frame[2], height * (row + 0.028)), fill=(32, 40, 38), width=5
        )
    draw.rounded_rectangle(
        (width * 0.485, height * 0.53, width * 0.515, height * 0.585), 10, fill=(120, 104, 70)
    )
    wash(
        picture,
        [(frame[0], frame[1]), (frame[0] + 90, frame[1]), (frame[0] + 60, frame[3]), (frame[0], frame[3])],
        (10, 12, 12),
        0.5,
        26,
    )
    _seals(picture, rng)
    notice = mottled(Image.new("RGB", (300, 400), (234, 230, 218)), cloud(rng, (300, 400), 150), 0.2)
    writing(notice, rng, (34, 60), 11, 12)
    ImageDraw.Draw(notice).ellipse((180, 290, 266, 376), outline=(176, 52, 46), width=6)
    onto(
        picture,
        notice,
        spread(size, (0.75, 0.3), (0.875, 0.306), (0.872, 0.56), (0.748, 0.552)),
    )
    onto(
        picture,
        paving(rng, (900, 120), 60, (134, 128, 120)),
        spread(size, (0, 0.935), (1, 0.935), (1.2, 1), (-0.2, 1)),
    )
    wash(
        picture,
        spread(size, (0, 0), (0.3, 0), (0.12, 1), (0, 1)),
        (255, 240, 206),
        0.2,
        60,
    )
    return develop(picture, rng, blur=1.0)


def _seals(picture: Image.Image, rng: Random) -> None:
    """Two strips of paper pasted crosswise."""
    width, height = picture.size
    for first, second in (((0.345, 0.31), (0.655, 0.53)), ((0.655, 0.29), (0.345, 0.545))):
        strip = mottled(Image.new("RGB", (700, 90), (226, 218, 198)), cloud(rng, (700, 90), 120), 0.25)
        writing(strip, rng, (40, 18), 17, 2)
        (x1, y1), (x2, y2) = (first[0] * width, first[1] * height), (second[0] * width, second[1] * height)
        thick = height * 0.062
        onto(picture, strip, [(x1, y1), (x2, y2), (x2, y2 + thick), (x1, y1 + thick)])
        wash(
            picture,
            [(x1, y1 + thick), (x2, y2 + thick), (x2, y2 + thick + 8), (x1, y1 + thick + 8)],
            (12, 14, 14),
            0.5,
            5,
        )
