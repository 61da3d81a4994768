"""A printed photograph is made of pixels and of the words that are meant for it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.formats.photo_container import Parts, parts
from app.formats.photo_reader import read
from app.formats.rendition import PhotoStamp, rendition, smaller

STAMP = PhotoStamp(
    creator="Žofie 李",
    credit="Courtesy of <A & B>",
    caption="A courtyard, at \x01 dusk 院子",
    copyright_notice="© 2026 Winter Review",
    alt="An empty courtyard",
    data_mining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING",
)
MEANT_FOR_READERS = {
    "XMP-iptcCore:AltTextAccessibility",
    "XMP-dc:Creator",
    "XMP-dc:Description",
    "XMP-dc:Rights",
    "XMP-photoshop:Credit",
    "XMP-plus:DataMining",
    "IPTC:CodedCharacterSet",
    "IPTC:ApplicationRecordVersion",
    "IPTC:By-line",
    "IPTC:Credit",
    "IPTC:CopyrightNotice",
    "IPTC:Caption-Abstract",
}
JFIF = {f"JFIF:{name}" for name in ("JFIFVersion", "ResolutionUnit", "XResolution", "YResolution")}


def grey(width: int = 40, height: int = 30) -> bytes:
    return Image.linear_gradient("L").resize((width, height)).convert("RGB").tobytes()


def test_without_a_stamp_there_is_nothing_but_a_picture() -> None:
    jpeg = rendition(grey(), 40, 30)
    assert parts(jpeg) == Parts()
    with Image.open(io.BytesIO(jpeg)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (40, 30))
        assert image.info["progressive"]
    assert rendition(grey(), 40, 30, stamp=PhotoStamp()) == jpeg


def test_the_stamp_is_read_back_and_is_all_there_is() -> None:
    metadata = read(rendition(grey(), 40, 30, stamp=STAMP), {}).value["metadata"]
    caption = "A courtyard, at  dusk 院子"
    assert metadata == {
        "XMP:Iptc4xmpCore:AltTextAccessibility": "An empty courtyard",
        "XMP:dc:creator": "Žofie 李",
        "XMP:dc:description": caption,
        "XMP:dc:rights": "© 2026 Winter Review",
        "XMP:photoshop:Credit": "Courtesy of <A & B>",
        "XMP:plus:DataMining": STAMP.data_mining,
        "IPTC:By-line": "Žofie 李",
        "IPTC:Credit": "Courtesy of <A & B>",
        "IPTC:CopyrightNotice": "© 2026 Winter Review",
        "IPTC:Caption-Abstract": caption,
    }


def test_words_too_long_for_iim_are_cut_on_a_character_and_stay_whole_in_xmp() -> None:
    long = "长" * 900
    metadata = read(rendition(grey(), 40, 30, stamp=PhotoStamp(caption=long, creator=long)), {}).value[
        "metadata"
    ]
    assert metadata["IPTC:By-line"] == "长" * 10
    assert metadata["IPTC:Caption-Abstract"] == "长" * 666
    assert metadata["XMP:dc:description"] == long


@pytest.mark.parametrize(("width", "height"), [(40, 31), (0, 0), (-40, -30), (10**9, 3)])
def test_pixels_that_are_not_as_many_as_claimed_are_refused(width: int, height: int) -> None:
    with pytest.raises(ValueError):
        rendition(grey(), width, height)


def test_words_that_do_not_fit_into_a_segment_are_refused() -> None:
    with pytest.raises(ValueError):
        rendition(grey(), 40, 30, stamp=PhotoStamp(caption="x" * 70_000))


def test_a_smaller_copy_keeps_its_shape_and_carries_nothing() -> None:
    large = rendition(grey(400, 300), 400, 300, stamp=STAMP)
    small, width, height = smaller(large, 100)
    assert (width, height) == (100, 75)
    assert parts(small) == Parts()
    assert smaller(large, 400) == (large, 400, 300)


def test_exiftool_finds_nothing_but_the_stamp(tmp_path: Path, need: Callable[..., None]) -> None:
    need("exiftool")
    plain, stamped = tmp_path / "plain.jpg", tmp_path / "stamped.jpg"
    plain.write_bytes(rendition(grey(), 40, 30))
    stamped.write_bytes(rendition(grey(), 40, 30, stamp=STAMP))
    command = ["exiftool", "-j", "-a", "-G1", "-ee", "-charset", "iptc=UTF8", str(plain), str(stamped)]
    tags = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)
    about_the_file = ("SourceFile", "ExifTool:", "System:", "File:", "Composite:")
    bare, full = ({tag for tag in found if not tag.startswith(about_the_file)} for found in tags)
    assert bare == JFIF
    assert full == JFIF | MEANT_FOR_READERS
    assert tags[1]["IPTC:By-line"] == "Žofie 李"


def test_the_same_pixels_and_words_give_the_same_bytes_everywhere() -> None:
    script = (
        "import hashlib;from app.formats.rendition import *;from PIL import Image;"
        "p=Image.linear_gradient('L').resize((40,30)).convert('RGB').tobytes();"
        "print(hashlib.sha256(rendition(p,40,30,stamp=PhotoStamp(caption='院子',creator='Ž'))).hexdigest())"
    )
    seen = set()
    for zone, language, seed in (("UTC", "C", "1"), ("Asia/Shanghai", "C.UTF-8", "2")):
        env = {**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": seed}
        seen.add(
            subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True).stdout
        )
    assert len(seen) == 1
