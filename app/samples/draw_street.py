"""Drawn photographs of a court house and of an alley, with somebody in them."""

from __future__ import annotations

from math import pi, sin
from random import Random

from PIL import Image, ImageDraw

from app.samples.draw_people import figure
from app.samples.paint import (
    Colour,
    Size,
    bricks,
    cloud,
    develop,
    glow,
    gradient,
    mottled,
    onto,
    paving,
    plaster,
    shaded,
    sky,
    spread,
    wash,
)


def court(rng: Random, size: Size) -> Image.Image:
    """A court house with columns above broad steps; two people wait on them."""
    width, height = size
    picture = sky(rng, size, ((0.0, (120, 140, 162)), (1.0, (206, 210, 208))), 0.35)
    stone: Colour = (196, 188, 172)
    draw = ImageDraw.Draw(picture)
    front = plaster(rng, (1200, 500), shaded(stone, 0.82), 0.25)
    onto(
        picture,
        front,
        spread(size, (0.08, 0.3), (0.92, 0.3), (0.92, 0.76), (0.08, 0.76)),
    )
    for door in range(5):
        at = width * (0.2 + 0.15 * door)
        draw.rectangle(
            (at - width * 0.026, height * 0.44, at + width * 0.026, height * 0.75), fill=(58, 46, 40)
        )
        draw.rectangle(
            (at - width * 0.026, height * 0.34, at + width * 0.026, height * 0.42), fill=(74, 84, 92)
        )
    wash(
        picture,
        spread(size, (0.1, 0.28), (0.9, 0.28), (0.9, 0.4), (0.1, 0.38)),
        (40, 40, 46),
        0.55,
        24,
    )
    for column in range(6):
        at, half = width * (0.125 + 0.15 * column), width * 0.026
        for strip in range(24):
            share = strip / 23
            light = 0.62 + 0.5 * sin(pi * min(1.0, share * 1.25 + 0.05))
            x = at - half + 2 * half * share
            draw.line((x, height * 0.31, x, height * 0.73), fill=shaded(stone, light), width=round(half / 10))
        for top in (0.295, 0.725):
            draw.rectangle(
                (at - half * 1.25, height * top, at + half * 1.25, height * (top + 0.022)),
                fill=shaded(stone, 1.04),
            )
    draw.rectangle((width * 0.06, height * 0.235, width * 0.94, height * 0.298), fill=shaded(stone, 1.02))
    draw.line((width * 0.06, height * 0.297, width * 0.94, height * 0.297), fill=shaded(stone, 0.6), width=5)
    draw.polygon(
        spread(size, (0.05, 0.235), (0.5, 0.07), (0.95, 0.235)),
        fill=shaded(stone, 1.08),
    )
    draw.polygon(
        spread(size, (0.13, 0.222), (0.5, 0.098), (0.87, 0.222)),
        fill=shaded(stone, 0.8),
    )
    for step in range(12):
        top, low = height * (0.745 + 0.0215 * step), height * (0.745 + 0.0215 * (step + 1))
        reach = width * (0.45 + 0.035 * step)
        draw.rectangle(
            (width / 2 - reach, top, width / 2 + reach, low), fill=shaded(stone, 1.08 - 0.012 * step)
        )
        draw.rectangle((width / 2 - reach, low - 7, width / 2 + reach, low), fill=shaded(stone, 0.66))
    picture = mottled(picture, _blotches(rng, size), 0.22)
    for at, tall in ((0.36, 0.2), (0.41, 0.19)):
        figure(picture, rng, (width * at, height * 0.9), height * tall)
    return develop(picture, rng, blur=1.0)


def alley(rng: Random, size: Size) -> Image.Image:
    """A narrow lane between old houses, its far end bright; lanterns, washing, shut doors."""
    width, height = size
    picture = sky(rng, size, ((0.0, (168, 186, 200)), (1.0, (246, 236, 214))), 0.15)
    far = (width * 0.44, width * 0.56, height * 0.36, height * 0.56)
    ground = paving(rng, (700, 1400), 60, (140, 130, 120))
    onto(
        picture,
        ground,
        [(far[0], far[3]), (far[1], far[3]), (width * 1.1, height * 1.05), (-width * 0.1, height * 1.05)],
    )
    left = plaster(rng, (1600, 900), (172, 146, 118), 0.55)
    right = bricks(rng, (1600, 900), 22, ((128, 110, 98), (140, 118, 100), (110, 98, 92)), (120, 112, 104))
    for face in (left, right):
        _openings(face, rng)
        dim = gradient(face.size, ((0.0, (34, 32, 36)), (1.0, (214, 200, 180))), across=True)
        face.paste(Image.blend(face, dim, 0.3))
    onto(picture, left, [(0, -height * 0.25), (far[0], far[2]), (far[0], far[3]), (0, height * 1.02)])
    onto(
        picture,
        right.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        [(far[1], far[2]), (width, -height * 0.25), (width, height * 1.02), (far[1], far[3])],
    )
    draw = ImageDraw.Draw(picture)
    for depth in (0.2, 0.45, 0.68):
        y_left, y_right = height * (0.06 + 0.3 * depth), height * (0.02 + 0.32 * depth)
        x_left, x_right = width * 0.44 * depth, width * (1 - 0.44 * depth)
        middle = ((x_left + x_right) / 2, (y_left + y_right) / 2 + 60 * (1 - depth))
        draw.line(
            [(x_left, y_left), middle, (x_right, y_right)],
            fill=(54, 50, 50),
            width=max(2, round(5 * (1 - depth))),
        )
        for hang in range(3):
            share = (hang + 1) / 4
            x, y = (
                x_left + (x_right - x_left) * share,
                y_left + (middle[1] - y_left) * (1 - abs(2 * share - 1)),
            )
            drop = 90 * (1 - depth)
            draw.rounded_rectangle(
                (x - drop * 0.5, y, x + drop * 0.5, y + drop), round(drop * 0.4), fill=(158, 44, 34)
            )
            glow(picture, (x, y + drop / 2), drop * 1.1, (150, 60, 30), 0.5)
    wash(
        picture,
        spread(size, (0.4, 0.56), (0.6, 0.56), (0.72, 1), (0.3, 1)),
        (255, 240, 206),
        0.28,
        40,
    )
    figure(picture, rng, (width * 0.52, height * 0.7), height * 0.22)
    return develop(picture, rng, blur=1.1)


def _openings(face: Image.Image, rng: Random) -> None:
    draw = ImageDraw.Draw(face)
    width, height = face.size
    for at in range(5):
        x = width * (0.06 + 0.19 * at)
        tone = rng.choice(((84, 58, 44), (64, 74, 70), (96, 48, 40)))
        draw.rectangle((x, height * 0.62, x + width * 0.075, height * 0.985), fill=tone)
        draw.rectangle((x, height * 0.62, x + width * 0.075, height * 0.635), fill=shaded(tone, 0.5))
        draw.line(
            (x + width * 0.0375, height * 0.64, x + width * 0.0375, height * 0.98),
            fill=shaded(tone, 0.5),
            width=4,
        )
        for floor in (0.34, 0.46):
            pane = (x, height * floor, x + width * 0.05, height * (floor + 0.085))
            draw.rectangle(pane, fill=(46, 50, 58))
            draw.rectangle(pane, outline=(206, 196, 180), width=5)


def _blotches(rng: Random, size: Size) -> Image.Image:
    return cloud(rng, size, size[0] // 6, 5)
