"""Brushes for the drawn photographs: light, noise, texture and perspective, with Pillow alone.

Every random number comes from the ``Random`` that the caller seeds, so that the same seed gives the
same pixels.  Sizes are in pixels, colours are RGB.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
Size = tuple[int, int]


def gradient(size: Size, stops: Sequence[tuple[float, Colour]], *, across: bool = False) -> Image.Image:
    """A run of colours from top to bottom, or from left to right; ``stops`` go from 0 to 1."""
    steps = 256
    strip = Image.new("RGB", (steps, 1) if across else (1, steps))
    for step in range(steps):
        strip.putpixel((step, 0) if across else (0, step), _between(stops, step / (steps - 1)))
    return strip.resize(size, Image.Resampling.BILINEAR)


def _between(stops: Sequence[tuple[float, Colour]], at: float) -> Colour:
    for (low, first), (high, second) in pairwise(stops):
        if at <= high:
            return mix(first, second, (at - low) / (high - low) if high > low else 0.0)
    return stops[-1][1]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """``first`` with ``share`` (0 to 1) of ``second``."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def shaded(colour: Colour, factor: float) -> Colour:
    """``colour`` darker (factor below 1) or lighter."""
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


def cloud(rng: Random, size: Size, cell: int, octaves: int = 4) -> Image.Image:
    """Soft noise, mode L: blotches of about ``cell`` pixels with finer ones in them."""
    # Nothing finer than four pixels is asked for, so a third of the size is enough until the end.
    small = (max(2, size[0] // 3), max(2, size[1] // 3))
    whole = Image.new("L", small, 128)
    share = 0.5
    for _ in range(octaves):
        across, down = max(2, size[0] // cell), max(2, size[1] // cell)
        layer = Image.frombytes("L", (across, down), rng.randbytes(across * down))
        whole = Image.blend(whole, layer.resize(small, Image.Resampling.BICUBIC), share)
        share *= 0.62
        cell = max(4, cell // 2)
    return whole.resize(size, Image.Resampling.BICUBIC)


def mottled(picture: Image.Image, blotches: Image.Image, strength: float) -> Image.Image:
    """``picture`` lighter and darker by the noise ``blotches``; ``strength`` 1 is the noise's full range."""
    signed = blotches.point([round(128 + (value - 128) * strength) for value in range(256)])
    return ImageChops.add(picture, Image.merge("RGB", (signed, signed, signed)), 1.0, -128)


def grain(picture: Image.Image, rng: Random, strength: float = 0.12) -> Image.Image:
    """``picture`` with the noise of a sensor."""
    width, height = picture.size
    return mottled(picture, Image.frombytes("L", picture.size, rng.randbytes(width * height)), strength)


def develop(picture: Image.Image, rng: Random, *, blur: float = 1.0, noise: float = 0.08) -> Image.Image:
    """The last step of every photograph: a soft lens, darker corners, grain."""
    soft = picture.filter(ImageFilter.GaussianBlur(blur))
    corners = Image.radial_gradient("L").resize(soft.size, Image.Resampling.BILINEAR)
    dark = corners.point([round(max(0, value - 110) * 0.62) for value in range(256)])
    return grain(Image.composite(Image.new("RGB", soft.size, (8, 9, 12)), soft, dark), rng, noise)


def glow(picture: Image.Image, at: Point, radius: float, colour: Colour, strength: float = 1.0) -> None:
    """Light around ``at``, added to what is there."""
    side = max(2, round(radius * 2))
    round_mask = ImageChops.invert(Image.radial_gradient("L")).resize((side, side), Image.Resampling.BILINEAR)
    # Pillow's gradient reaches its end in the corners: at the middle of an edge it stands at 76.
    fall = [max(0, value - 76) / 179 for value in range(256)]
    falling = round_mask.point([round(255 * share * share * strength) for share in fall])
    light = ImageChops.multiply(Image.new("RGB", (side, side), colour), Image.merge("RGB", (falling,) * 3))
    box = (round(at[0] - radius), round(at[1] - radius))
    picture.paste(ImageChops.add(picture.crop((*box, box[0] + side, box[1] + side)), light), box)


def wash(picture: Image.Image, polygon: Sequence[Point], colour: Colour, share: float, blur: float) -> None:
    """A soft-edged veil over ``polygon``: a shadow, a patch of light, mist."""
    left, top = (int(min(point[axis] for point in polygon) - 3 * blur) for axis in (0, 1))
    right, bottom = (int(max(point[axis] for point in polygon) + 3 * blur) for axis in (0, 1))
    left, top = max(left, 0), max(top, 0)
    right, bottom = min(right, picture.width), min(bottom, picture.height)
    if right <= left or bottom <= top:
        return
    mask = Image.new("L", (right - left, bottom - top))
    moved = [(x - left, y - top) for x, y in polygon]
    ImageDraw.Draw(mask).polygon(moved, fill=round(255 * share))
    picture.paste(colour, (left, top), mask.filter(ImageFilter.GaussianBlur(blur)))


def spread(size: Size, *points: Point) -> list[Point]:
    """Points given as shares of the picture's width and height, in pixels."""
    return [(x * size[0], y * size[1]) for x, y in points]


def onto(picture: Image.Image, texture: Image.Image, quad: Sequence[Point]) -> None:
    """Lays ``texture`` on the four corners ``quad``: top left, top right, bottom right, bottom left."""
    left, top = (max(0, int(min(point[axis] for point in quad))) for axis in (0, 1))
    right = min(picture.width, int(max(point[0] for point in quad)) + 1)
    bottom = min(picture.height, int(max(point[1] for point in quad)) + 1)
    size = (right - left, bottom - top)
    moved = [(x - left, y - top) for x, y in quad]
    width, height = texture.size
    coefficients = _homography(moved, [(0, 0), (width, 0), (width, height), (0, height)])
    bent = texture.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(moved, fill=255)
    picture.paste(bent, (left, top), mask)


def _homography(target: Sequence[Point], source: Sequence[Point]) -> list[float]:
    """The eight numbers that take ``target`` points to ``source`` points (Gauss and Jordan)."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]


def bricks(rng: Random, size: Size, course: int, colours: Sequence[Colour], mortar: Colour) -> Image.Image:
    """Brickwork in courses of ``course`` pixels, each brick of its own shade."""
    wall = Image.new("RGB", size, mortar)
    draw = ImageDraw.Draw(wall)
    length, joint = course * 2.6, max(1, course // 9)
    for row in range(size[1] // course + 1):
        x = -length * (0.5 if row % 2 else 0.0)
        while x < size[0]:
            long = length * rng.uniform(0.92, 1.04)
            colour = shaded(rng.choice(colours), rng.uniform(0.78, 1.18))
            top = row * course
            draw.rectangle((x, top, x + long - joint, top + course - joint), fill=colour)
            draw.line(
                (x, top + course - joint, x + long - joint, top + course - joint), fill=shaded(colour, 0.7)
            )
            x += long
    return mottled(wall, cloud(rng, size, course * 5), 0.35)


def planks(rng: Random, size: Size, board: int, colour: Colour) -> Image.Image:
    """Boards side by side, grain along them."""
    floor = Image.new("RGB", size, shaded(colour, 0.4))
    draw = ImageDraw.Draw(floor)
    x = 0.0
    while x < size[0]:
        wide = board * rng.uniform(0.85, 1.15)
        draw.rectangle((x, 0, x + wide - 2, size[1]), fill=shaded(colour, rng.uniform(0.8, 1.15)))
        x += wide
    streaks = Image.frombytes("L", (size[0], 24), rng.randbytes(size[0] * 24)).resize(size)
    return mottled(floor, streaks.filter(ImageFilter.GaussianBlur(1.2)), 0.3)


def plaster(rng: Random, size: Size, colour: Colour, strength: float = 0.35) -> Image.Image:
    """Old plaster: stains of several sizes, and streaks where water ran."""
    wall = mottled(Image.new("RGB", size, colour), cloud(rng, size, max(size) // 4, 5), strength)
    streaks = Image.frombytes("L", (max(2, size[0] // 9), 5), rng.randbytes(max(2, size[0] // 9) * 5))
    return mottled(wall, streaks.resize(size, Image.Resampling.BICUBIC), strength * 0.22)


def paving(rng: Random, size: Size, stone: int, colour: Colour) -> Image.Image:
    """Flagstones, uneven."""
    ground = Image.new("RGB", size, shaded(colour, 0.5))
    draw = ImageDraw.Draw(ground)
    for row in range(size[1] // stone + 1):
        x = -rng.uniform(0, stone)
        while x < size[0]:
            wide = stone * rng.uniform(0.9, 1.9)
            box = (x, row * stone, x + wide - 3, row * stone + stone - 3)
            draw.rectangle(box, fill=shaded(colour, rng.uniform(0.82, 1.14)))
            x += wide
    return mottled(ground, cloud(rng, size, stone * 2), 0.4)


def earth(rng: Random, size: Size, colour: Colour, cell: int = 60, strength: float = 0.5) -> Image.Image:
    """Ground without joints: trampled soil, grass from afar, snow."""
    return mottled(Image.new("RGB", size, colour), cloud(rng, size, cell, 5), strength)


def sky(rng: Random, size: Size, stops: Sequence[tuple[float, Colour]], strength: float = 0.3) -> Image.Image:
    """A sky in the colours ``stops``, with soft clouds."""
    return mottled(gradient(size, stops), cloud(rng, size, size[0] // 3, 6), strength)


def tree(draw: ImageDraw.ImageDraw, rng: Random, foot: Point, height: float, colour: Colour) -> None:
    """A bare tree, drawn branch by branch."""
    stack = [(foot, -pi / 2, height * 0.3, max(2.0, height * 0.045))]
    while stack:
        (x, y), angle, length, width = stack.pop()
        # A turn of a quarter: sin(angle + pi / 2) is the cosine.
        end = (x + sin(angle + pi / 2) * length, y + sin(angle) * length)
        draw.line((x, y, *end), fill=colour, width=max(1, round(width)))
        if length > height * 0.035:
            stack.extend(
                (end, angle + rng.uniform(-0.6, 0.6), length * rng.uniform(0.62, 0.84), width * 0.62)
                for _ in range(rng.choice((2, 2, 3)))
            )


def ridge(rng: Random, size: Size, level: float, sway: float) -> Image.Image:
    """The mask of a range of hills whose tops stand at about ``level`` of the height."""
    width, height = size
    mask = Image.new("L", size)
    phases = [rng.uniform(0, 2 * pi) for _ in range(5)]
    points: list[Point] = []
    for step in range(129):
        x = step / 128
        wave = sum(sin(x * (2 + 2.7 * k) + phases[k]) / (k + 1.4) for k in range(5)) / 2.6
        points.append((x * width, height * (level + sway * wave) + rng.uniform(-2, 2)))
    ImageDraw.Draw(mask).polygon([(0, height), *points, (width, height)], fill=255)
    return mask
