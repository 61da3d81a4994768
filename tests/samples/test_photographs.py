"""Sample photographs are real files with the metadata that gives people away."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from PIL import Image, IptcImagePlugin

from app.samples.camera import Photo, catalogue, picture

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def shots() -> dict[str, tuple[Photo, bytes]]:
    return {key: (photo, picture(photo, TODAY)) for key, photo in catalogue().items()}


def test_there_are_enough_large_photographs_in_three_formats(shots: dict[str, tuple[Photo, bytes]]) -> None:
    formats = [Image.open(BytesIO(data)).format for _, data in shots.values()]
    assert set(formats) == {"JPEG", "PNG", "WEBP"}
    large = [
        photo
        for photo, data in shots.values()
        if data[:2] == b"\xff\xd8" and len(data) > 100_000 and photo.size[0] >= 1600
    ]
    assert len(large) >= 14


def test_every_photograph_knows_where_and_when_it_was_taken(shots: dict[str, tuple[Photo, bytes]]) -> None:
    for photo, data in shots.values():
        shown = Image.open(BytesIO(data))
        assert shown.size == photo.size
        exif = shown.getexif()
        assert photo.place is not None
        degrees, minutes, seconds = exif.get_ifd(0x8825)[2]
        assert float(degrees) + float(minutes) / 60 + float(seconds) / 3600 == pytest.approx(
            photo.place[0], abs=1e-4
        )
        assert exif.get_ifd(0x8769)[0x9003] == photo.taken(TODAY).strftime("%Y:%m:%d %H:%M:%S")


def test_names_stand_in_exif_xmp_and_iptc(shots: dict[str, tuple[Photo, bytes]]) -> None:
    photo, data = shots["graves-rows"]
    shown = Image.open(BytesIO(data))
    assert shown.getexif()[0x013B] == "Adil Rahmani"
    assert shown.getexif().get_ifd(0x8769)[0xA431] == photo.serial
    assert b"<rdf:li>Adil Rahmani</rdf:li>" in shown.info["xmp"]
    iptc = IptcImagePlugin.getiptcinfo(shown)
    assert iptc is not None
    assert iptc[(2, 80)] == b"Adil Rahmani"
    assert iptc[(2, 120)] == photo.caption.encode()


def test_a_camera_leaves_a_thumbnail(shots: dict[str, tuple[Photo, bytes]]) -> None:
    data = shots["list-crowd"][1]
    start = data.index(b"\xff\xd8", 2)
    small = Image.open(BytesIO(data[start:]))
    assert small.size == (160, 120)


def test_scenes_are_pictures_not_flat_colours(shots: dict[str, tuple[Photo, bytes]]) -> None:
    for key, (_, data) in shots.items():
        tones = Image.open(BytesIO(data)).convert("L").resize((64, 48)).histogram()
        assert sum(count > 0 for count in tones) > 40, key


@pytest.mark.parametrize("key", ["list-room", "court-steps", "temple-bridge", "notice-scan"])
def test_the_same_seed_draws_the_same_picture(shots: dict[str, tuple[Photo, bytes]], key: str) -> None:
    photo, data = shots[key]
    assert picture.__wrapped__(photo, TODAY) == data
