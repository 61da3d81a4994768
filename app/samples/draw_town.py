"""Drawn photographs of streets and buildings from outside: a wall, a gate, a bridge."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from app.samples.paint import (
    Size,
    bricks,
    develop,
    earth,
    glow,
    gradient,
    mottled,
    onto,
    paving,
    planks,
    plaster,
    ridge,
    shaded,
    sky,
    spread,
    tree,
    wash,
)

_BRICK = ((132, 88, 70), (118, 80, 66), (146, 102, 80), (104, 76, 68))
_WINTER = ((0.0, (142, 158, 174)), (0.6, (199, 206, 210)), (1.0, (222, 222, 218)))
_DUSK = ((0.0, (44, 52, 82)), (0.5, (118, 98, 118)), (0.85, (214, 152, 112)), (1.0, (236, 190, 140)))


def wall(rng: Random, size: Size) -> Image.Image:
    """A brick wall along a road, running away to the right, snow at its foot."""
    width, height = size
    picture = sky(rng, size, _WINTER)
    draw = ImageDraw.Draw(picture)
    for _ in range(4):
        foot = (rng.uniform(0.3, 0.95) * width, height * 0.56)
        tree(draw, rng, foot, height * rng.uniform(0.3, 0.5), (92, 90, 92))
    ground = earth(rng, (900, 500), (196, 200, 204), 50, 0.3)
    onto(
        picture,
        ground,
        spread(size, (-1, 0.54), (2, 0.54), (2.6, 1), (-1.6, 1)),
    )
    masonry = bricks(rng, (1800, 560), 28, _BRICK, (150, 142, 132))
    veil = gradient(masonry.size, ((0.0, (70, 64, 62)), (1.0, (206, 202, 196))), across=True)
    masonry = Image.blend(masonry, veil, 0.28)
    onto(
        picture,
        masonry,
        spread(size, (-0.1, 0.06), (0.93, 0.47), (0.93, 0.6), (-0.1, 0.98)),
    )
    draw.polygon(
        spread(size, (-0.1, 0.05), (0.93, 0.465), (0.93, 0.48), (-0.1, 0.1)),
        fill=(226, 228, 230),
    )
    drift = [
        (-10.0, height * 0.9),
        (width * 0.3, height * 0.77),
        (width * 0.94, height * 0.595),
        (width * 0.96, height * 0.61),
        (width * 0.5, height * 0.8),
        (-10.0, height * 1.05),
    ]
    wash(picture, drift, (230, 233, 236), 0.95, height / 130)
    for lane in (0.62, 0.8):
        track = [
            (width * 0.955, height * 0.6),
            (width * 0.965, height * 0.6),
            (width * (lane + 0.1), height),
            (width * lane, height),
        ]
        wash(picture, track, (112, 112, 116), 0.6, 7)
    return develop(picture, rng, blur=1.1)


def gate(rng: Random, size: Size) -> Image.Image:
    """A roofed gate with its doors shut, steps before it, hills in the mist behind."""
    width, height = size
    picture = sky(rng, size, ((0.0, (176, 170, 158)), (1.0, (226, 214, 190))), 0.22)
    for layer, tone in ((0.36, (166, 164, 156)), (0.44, (138, 138, 130))):
        picture.paste(tone, (0, 0), ridge(rng, size, layer, 0.09))
    onto(
        picture,
        paving(rng, (900, 700), 56, (168, 156, 138)),
        spread(size, (0.2, 0.72), (0.8, 0.72), (1.25, 1), (-0.25, 1)),
    )
    for side, low in ((0, 0.2), (1, 0.8)):
        edge = side * width
        face = plaster(rng, (600, 420), (186, 172, 148), 0.5)
        onto(
            picture,
            face,
            [
                (edge, height * 0.38),
                (width * low, height * 0.45),
                (width * low, height * 0.735),
                (edge, height * 0.84),
            ],
        )
    draw = ImageDraw.Draw(picture)
    onto(
        picture,
        planks(rng, (420, 500), 70, (104, 58, 44)),
        spread(size, (0.33, 0.36), (0.67, 0.36), (0.67, 0.74), (0.33, 0.74)),
    )
    for left, right in ((0.2, 0.33), (0.67, 0.8)):
        onto(
            picture,
            plaster(rng, (200, 420), (176, 160, 136), 0.5),
            [
                (width * left, height * 0.34),
                (width * right, height * 0.34),
                (width * right, height * 0.74),
                (width * left, height * 0.74),
            ],
        )
    for at in (0.325, 0.655):
        draw.rectangle((width * at, height * 0.33, width * (at + 0.02), height * 0.745), fill=(74, 44, 36))
    draw.rectangle((width * 0.497, height * 0.37, width * 0.503, height * 0.74), fill=(46, 28, 24))
    for at in (0.48, 0.52):
        draw.ellipse(
            (width * at - 9, height * 0.55 - 9, width * at + 9, height * 0.55 + 9),
            outline=(176, 148, 92),
            width=4,
        )
    _roof(picture, rng)
    _steps(draw, size)
    wash(
        picture,
        spread(size, (0.2, 0.33), (0.8, 0.33), (0.8, 0.42), (0.2, 0.4)),
        (30, 24, 22),
        0.6,
        16,
    )
    return develop(picture, rng, blur=1.2)


def _steps(draw: ImageDraw.ImageDraw, size: Size) -> None:
    width, height = size
    for step in range(4):
        top = height * (0.735 + 0.022 * step)
        reach = width * (0.2 + 0.03 * step)
        tone = shaded((176, 166, 150), 1.05 - 0.07 * step)
        draw.rectangle((width / 2 - reach, top, width / 2 + reach, top + height * 0.02), fill=tone)
        draw.line(
            (width / 2 - reach, top + height * 0.02, width / 2 + reach, top + height * 0.02),
            fill=shaded(tone, 0.6),
            width=3,
        )


def _roof(picture: Image.Image, rng: Random) -> None:
    """Tiles in rows between curved eaves."""
    width, height = picture.size
    draw = ImageDraw.Draw(picture)
    eave, ridge = height * 0.34, height * 0.17
    for column in range(64):
        share = column / 63
        bend = (2 * share - 1) ** 2
        low = (width * (0.13 + 0.74 * share), eave - height * 0.055 * bend**2)
        high = (width * (0.25 + 0.5 * share), ridge - height * 0.012 * bend)
        tone = shaded((88, 88, 88), rng.uniform(0.75, 1.15))
        draw.line((*low, *high), fill=tone, width=round(width / 92))
        draw.line((low[0] + 6, low[1], high[0] + 4, high[1]), fill=shaded(tone, 0.55), width=3)
        draw.ellipse((low[0] - 9, low[1] - 7, low[0] + 9, low[1] + 10), fill=shaded(tone, 0.8))
    draw.line(
        (width * 0.24, ridge - height * 0.01, width * 0.76, ridge - height * 0.01),
        fill=(66, 66, 68),
        width=round(height / 46),
    )


def bridge(rng: Random, size: Size) -> Image.Image:
    """A stone bridge over a slow river at dusk, lamps along it, houses behind."""
    width, height = size
    picture = sky(rng, size, _DUSK, 0.35)
    draw = ImageDraw.Draw(picture)
    x = -20.0
    while x < width:
        wide, high = rng.uniform(70, 190), rng.uniform(0.1, 0.24) * height
        tone = shaded((70, 62, 78), rng.uniform(0.7, 1.15))
        base = height * 0.6
        draw.rectangle((x, base - high, x + wide, base), fill=tone)
        draw.polygon(
            [
                (x - 8, base - high),
                (x + wide / 2, base - high - rng.uniform(20, 60)),
                (x + wide + 8, base - high),
            ],
            fill=shaded(tone, 0.75),
        )
        for _ in range(rng.randrange(6)):
            at = (x + rng.uniform(0.1, 0.85) * wide, base - rng.uniform(0.15, 0.85) * high)
            draw.rectangle(
                (*at, at[0] + 12, at[1] + 18),
                fill=rng.choice(((240, 196, 120), (226, 178, 110), (50, 46, 60))),
            )
        x += wide * 0.94
    stones = bricks(rng, (1600, 260), 26, ((136, 124, 116), (116, 106, 104), (150, 138, 124)), (84, 78, 78))
    onto(
        picture,
        stones,
        [
            (-40, height * 0.5),
            (width + 40.0, height * 0.46),
            (width + 40.0, height * 0.66),
            (-40, height * 0.66),
        ],
    )
    draw = ImageDraw.Draw(picture)
    for arch in range(4):
        middle, reach = width * (0.12 + 0.26 * arch), width * 0.1
        draw.ellipse((middle - reach, height * 0.55, middle + reach, height * 0.86), fill=(38, 36, 50))
    mirrored = picture.crop((0, round(height * 0.3), width, round(height * 0.66))).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    water = mirrored.resize((width, height - round(height * 0.64))).filter(ImageFilter.GaussianBlur(7))
    water = mottled(
        Image.blend(water, Image.new("RGB", water.size, (34, 40, 62)), 0.4), _ripples(rng, water.size), 0.5
    )
    picture.paste(water, (0, round(height * 0.64)))
    for lamp in range(7):
        at = (width * (0.04 + 0.155 * lamp), height * (0.455 - 0.005 * lamp))
        draw.line((*at, at[0], at[1] - 76), fill=(34, 32, 40), width=6)
        glow(picture, (at[0], at[1] - 80), 120, (255, 196, 110), 0.9)
        glow(picture, (at[0], height * 0.82), 130, (190, 130, 70), 0.35)
    return develop(picture, rng, blur=1.3, noise=0.16)


def _ripples(rng: Random, size: Size) -> Image.Image:
    rows = Image.frombytes("L", (12, size[1] // 4), rng.randbytes(12 * (size[1] // 4)))
    return rows.resize(size, Image.Resampling.BICUBIC)
