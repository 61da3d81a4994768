"""Photographs: what they say about themselves, and pixels as people see them."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from app.domain.reading import Unreadable
from app.formats import photo_container, photo_exif, photo_iptc, photo_xmp
from app.formats.photo_reader import read

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 40), (20, 40, 220), (255, 255, 255)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def corners(width: int = 64, height: int = 32) -> Image.Image:
    """Red at top left, green at top right, blue at bottom left, white at bottom right."""
    image = Image.new("RGB", (width, height), WHITE)
    half_width, half_height = width // 2, height // 2
    image.paste(RED, (0, 0, half_width, half_height))
    image.paste(GREEN, (half_width, 0, width, half_height))
    image.paste(BLUE, (0, half_height, half_width, height))
    return image


def pixels(data: bytes, **options: object) -> Image.Image:
    result = read(data, {"mode": "pixels", **options})
    return Image.frombytes("RGB", (result.value["width"], result.value["height"]), result.blobs[0])


def near(got: object, wanted: tuple[int, ...], slack: int = 12) -> bool:
    assert isinstance(got, tuple)
    return all(abs(a - b) <= slack for a, b in zip(got, wanted, strict=True))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, colour: int, depth: int, rows: bytes, *extra: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + body


def exif_of(**tags: object) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = tags.pop("orientation", 1)
    exif[0x013B] = "Li Wei"
    exif[0x010E] = "A courtyard at dusk"
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (45.0, 4.0, 13.12), 3: "E", 4: (7.0, 41.0, 12.0)})
    exif.get_ifd(0x8769).update({0x9286: b"UNICODE\0" + "Замок".encode("utf-16"), 0xA431: "SERIAL-0042"})
    return exif


def test_a_photograph_tells_its_words_by_group_and_name() -> None:
    data = saved(corners(), "JPEG", exif=exif_of(), comment=b"made by Zhang San")
    value = read(data, {}).value
    assert value["media_type"] == "image/jpeg"
    assert (value["width"], value["height"]) == (64, 32)
    metadata = value["metadata"]
    assert metadata["EXIF:Artist"] == "Li Wei"
    assert metadata["COM"] == "made by Zhang San"
    assert metadata["EXIF:UserComment"] == "Замок"
    assert metadata["EXIF:BodySerialNumber"] == "SERIAL-0042"
    assert metadata["EXIF:GPSLatitude"] == "45.070311"
    assert metadata["EXIF:GPSLongitudeRef"] == "E"
    assert value["caption"] == "A courtyard at dusk"
    assert value["creator"] == "Li Wei"


def test_a_caption_in_xmp_goes_before_iim_and_iim_before_exif() -> None:
    plain = saved(corners(), "JPEG", exif=exif_of())
    iim = photo_iptc.resource_block({120: "From IIM", 110: "Agency"})
    xmp = photo_xmp.packet({"dc:description": ("Alt", "From XMP & more")})
    with_iim = _inserted(plain, 0xED, iim)
    assert read(with_iim, {}).value["caption"] == "From IIM"
    assert read(with_iim, {}).value["credit"] == "Agency"
    both = _inserted(with_iim, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp)
    value = read(both, {}).value
    assert value["caption"] == "From XMP & more"
    assert value["metadata"]["IPTC:Caption-Abstract"] == "From IIM"
    assert value["metadata"]["EXIF:ImageDescription"] == "A courtyard at dusk"


def _inserted(jpeg: bytes, marker: int, payload: bytes) -> bytes:
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload + jpeg[2:]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied_to_size_thumbnail_and_pixels(orientation: int) -> None:
    upright = corners()
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transpose that a camera held so would have stored
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    for form in ("JPEG", "PNG", "WEBP"):
        exif = Image.Exif()
        exif[0x0112] = orientation
        data = saved(stored, form, exif=exif)
        value = read(data, {}).value
        assert (value["width"], value["height"]) == (64, 32)
        assert value["thumbnail"] == {"width": 64, "height": 32}
        image = pixels(data)
        assert near(image.getpixel((8, 6)), RED, 40), form
        assert near(image.getpixel((8, 26)), BLUE, 40), form


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_rgb_on_white(mode: str) -> None:
    if mode == "I;16":
        rows = b"".join(b"\0" + struct.pack(">4H", 0, 0x4000, 0x8000, 0xFFFF) for _ in range(2))
        assert pixels(png(4, 2, 0, 16, rows)).getchannel(0).tobytes()[:4] == bytes((0, 64, 128, 255))
        return
    image = corners().convert(mode)
    if mode in ("RGBA", "LA"):
        image.putalpha(Image.new("L", image.size, 0))
    data = saved(image, "JPEG", quality=95) if mode == "CMYK" else saved(image, "PNG")
    got = pixels(data)
    assert near(got.getpixel((60, 28)), WHITE)
    if mode in ("P", "CMYK"):
        assert near(got.getpixel((6, 6)), RED, 60)
    if mode in ("RGBA", "LA"):
        assert near(got.getpixel((6, 6)), WHITE)


def test_a_colour_profile_is_converted_and_one_that_does_not_fit_is_named() -> None:
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(corners(), "PNG", icc_profile=lab_like)
    assert near(pixels(data).getpixel((6, 6)), RED, 3)
    assert read(data, {}).value["metadata"]["ICC:ProfileDescription"].startswith("sRGB")
    broken = saved(corners(), "PNG", icc_profile=b"not a profile")
    assert read(broken, {"mode": "pixels"}).value["defects"] == ["its colour profile cannot be used"]
    assert read(broken, {}).value["metadata"]["ICC:ProfileDescription"] == "unreadable"


def test_what_a_mask_covers_is_gone_and_the_rest_stays() -> None:
    data = saved(corners(256, 128), "JPEG", quality=95)
    image = pixels(data, masks=[[10, 10, 40, 30], [-20, 100, 60, 400]])
    assert image.size == (256, 128)
    assert set(image.crop((10, 10, 50, 40)).get_flattened_data()) == {(0, 0, 0)}
    assert set(image.crop((0, 100, 40, 128)).get_flattened_data()) == {(0, 0, 0)}
    assert near(image.getpixel((60, 20)), RED)
    small = pixels(data, masks=[[0, 0, 128, 64]], max_edge=64)
    assert small.size == (64, 32)
    covered = small.crop((0, 0, 30, 14)).tobytes()
    assert max(covered) <= 2  # what runs in from beside the mask


def test_masks_and_crops_are_in_pixels_of_the_picture_as_shown() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(corners().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, quality=95)
    image = pixels(data, masks=[[0, 0, 32, 16]], crop=[0, 0, 32, 32])
    assert image.size == (32, 32)
    assert image.getpixel((5, 5)) == (0, 0, 0)
    assert near(image.getpixel((5, 26)), BLUE, 40)


def test_a_mask_drawn_for_another_picture_is_refused() -> None:
    with pytest.raises(Unreadable, match="does not lie on the picture"):
        pixels(saved(corners(), "PNG"), masks=[[500, 500, 10, 10]])


def test_max_edge_bounds_the_longer_edge_and_never_enlarges() -> None:
    data = saved(corners(400, 100), "JPEG")
    assert pixels(data, max_edge=200).size == (200, 50)
    assert pixels(data, max_edge=1000).size == (400, 100)
    assert read(saved(corners(1200, 300), "PNG"), {}).value["thumbnail"] == {"width": 512, "height": 128}


def test_a_truncated_photograph_is_shown_as_far_as_it_goes() -> None:
    noisy = Image.effect_noise((300, 300), 80).convert("RGB")
    data = saved(noisy, "JPEG", quality=90)
    for mode in ("describe", "pixels"):
        result = read(data[: len(data) * 2 // 3], {"mode": mode})
        assert result.value["defects"] == ["truncated"]
        assert result.value["width"] == 300
    assert read(data, {}).value["defects"] == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not yet read"),
        (b"GIF89a" + bytes(40), "not yet read"),
        (b"II*\0" + bytes(40), "not yet read"),
        (b"<html>", "not yet read"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "damaged"),
        (b"RIFF\x20\0\0\0WEBPVP8 " + bytes(20), "damaged"),
    ],
)
def test_what_is_no_photograph_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data, {})


def test_pictures_that_are_too_large_are_refused_before_a_pixel_is_decoded() -> None:
    for width, height in ((9000, 7000), (10_000, 10_000), (40_000, 40_000)):
        with pytest.raises(Unreadable, match="too large"):
            read(png(width, height, 2, 8, b""), {})
    canvas = (16_000).to_bytes(3, "little") * 2
    webp = b"RIFF" + struct.pack("<I", 60) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + canvas
    with pytest.raises(Unreadable, match="too large"):
        read(webp + bytes(40), {})


def test_bombs_in_text_and_profile_chunks_do_no_harm() -> None:
    rows = b"".join(b"\0" + bytes(12) for _ in range(4))
    bomb = zlib.compress(bytes(80_000_000), 9)
    for extra in (chunk(b"zTXt", b"Comment\0\0" + bomb), chunk(b"iCCP", b"icc\0\0" + bomb)):
        try:
            value = read(png(4, 4, 2, 8, rows, extra), {}).value
        except Unreadable:
            continue
        assert sum(map(len, value["metadata"].values())) < 10_000


def test_text_of_a_png_is_told() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Li Wei")
    info.add_text("Comment", "long " * 500, zip=True)
    info.add_itxt("Title", "标题", "zh", "标题")
    info.add_itxt("XML:com.adobe.xmp", photo_xmp.packet({"dc:creator": ("Seq", "李明")}).decode(), zip=True)
    metadata = read(saved(corners(), "PNG", pnginfo=info), {}).value["metadata"]
    assert metadata["PNG:Author"] == "Li Wei"
    assert metadata["PNG:Comment"].startswith("long long")
    assert len(metadata["PNG:Comment"]) <= 2000
    assert metadata["PNG:Title"] == "标题"
    assert metadata["XMP:dc:creator"] == "李明"


def test_text_of_a_webp_is_told() -> None:
    xmp = photo_xmp.packet({"photoshop:Headline": ("", "Dusk")})
    value = read(saved(corners(), "WEBP", exif=exif_of(), xmp=xmp), {}).value
    assert value["headline"] == "Dusk"
    assert value["metadata"]["EXIF:Artist"] == "Li Wei"


def test_of_an_animation_the_first_picture_is_taken_and_that_is_said() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in (RED, GREEN, BLUE)]
    for form in ("WEBP", "PNG"):
        data = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
        value = read(data, {}).value
        assert value["defects"] == ["only the first of several pictures in the file"]
        assert near(pixels(data).getpixel((20, 20)), RED, 30)


def test_what_trails_behind_the_picture_is_named() -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        data = saved(corners(), form) + b"PK\x03\x04 an archive"
        assert "bytes after the end" in read(data, {}).value["defects"], form


def test_xmp_with_a_document_type_is_not_parsed() -> None:
    evil = b'<!DOCTYPE x [<!ENTITY a "b">]><x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
    assert photo_xmp.words(evil) == {}
    assert photo_xmp.words(b"<not xml") == {}


def test_xmp_is_read_in_every_shape_that_it_may_have() -> None:
    packet = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:ps="http://ns.adobe.com/photoshop/1.0/" ps:City="Turin"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:o="urn:other"
        xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
        <dc:title><rdf:Alt><rdf:li xml:lang="it">Titolo</rdf:li>
          <rdf:li xml:lang="x-default">Title</rdf:li></rdf:Alt></dc:title>
        <dc:subject><rdf:Bag><rdf:li>one</rdf:li><rdf:li>two</rdf:li></rdf:Bag></dc:subject>
        <e:LocationShown><rdf:Bag>
          <rdf:li rdf:parseType="Resource"><e:City>Hami</e:City></rdf:li></rdf:Bag></e:LocationShown>
        <e:Event rdf:resource="urn:event"/>
        <o:Owner><rdf:Description o:Name="A. B."/></o:Owner>
      </rdf:Description></rdf:RDF></x:xmpmeta>"""
    assert photo_xmp.words(packet.encode()) == {
        "photoshop:City": "Turin",
        "dc:title": "Title",
        "dc:subject": "one; two",
        "Iptc4xmpExt:LocationShown/Iptc4xmpExt:City": "Hami",
        "Iptc4xmpExt:Event": "urn:event",
        "Owner/Name": "A. B.",
    }


def test_iim_in_an_old_character_set_is_read() -> None:
    record = b"\x1c\x02\x78\x00\x04caf\xe9"
    resources = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    assert photo_iptc.words(resources) == {"Caption-Abstract": "café"}


def test_other_photoshop_resources_are_passed_over() -> None:
    wanted = photo_iptc.resource_block({105: "Headline"}).removeprefix(b"Photoshop 3.0\0")
    other = b"8BIM\x04\x0c\x03abc\0\0\0\x03xyz\0"
    assert photo_iptc.words(other + wanted) == {"Headline": "Headline"}
    assert photo_iptc.words(b"8BIM\x04\x04") == {}


def test_damaged_exif_gives_what_is_whole() -> None:
    whole = exif_of().tobytes().removeprefix(b"Exif\0\0")
    for length in range(0, len(whole), 3):
        assert isinstance(photo_exif.words(whole[:length]), dict)
        assert photo_exif.orientation(whole[:length]) == 1
    loop = b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x8769, 4, 1, 8, 8)
    assert photo_exif.words(loop) == {}


def test_words_in_private_notes_are_found() -> None:
    exif = Image.Exif()
    exif[0x9C9D] = "Ольга".encode("utf-16-le")
    exif.get_ifd(0x8769).update({0x927C: b"\x01\x02\x03Owner: Li Ming\0\xff\xfe" * 2, 0x9000: b"0232"})
    words = photo_exif.words(exif.tobytes().removeprefix(b"Exif\0\0"))
    assert words["XPAuthor"] == "Ольга"
    assert "Owner: Li Ming" in words["MakerNote"]
    assert words["ExifVersion"] == "0232"


def test_damage_anywhere_is_unreadable_or_read_and_never_anything_else() -> None:
    exif = exif_of()
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Li Wei", zip=True)
    for whole in (
        saved(corners(), "JPEG", exif=exif),
        saved(corners(), "PNG", exif=exif, pnginfo=info),
        saved(corners(), "WEBP", exif=exif, lossless=True),
    ):
        for at in range(0, len(whole), max(1, len(whole) // 150)):
            for broken in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
                with contextlib.suppress(Unreadable):
                    read(broken, {})


def test_extended_xmp_is_put_together() -> None:
    packet = photo_xmp.packet({"dc:creator": ("Seq", "A very long packet")})
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32
    half = len(packet) // 2
    data = saved(corners(), "JPEG")
    for at, piece in ((half, packet[half:]), (0, packet[:half])):  # _inserted puts the later one first
        data = _inserted(data, 0xE1, head + struct.pack(">II", len(packet), at) + piece)
    assert read(data, {}).value["creator"] == "A very long packet"


def test_the_parts_of_a_file_without_metadata_are_empty(tmp_path: Path) -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        assert photo_container.parts(saved(corners(), form)) == photo_container.Parts()
