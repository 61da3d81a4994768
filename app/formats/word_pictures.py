"""Photographs inside a Word document, with caption and credit under them."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.public import PublicArticle, PublicPhoto
from app.formats.captions import caption_lines
from app.formats.rendition import smaller
from app.formats.word_lines import line
from app.formats.word_runs import Runs
from app.formats.word_xml import RELATIONS, Node, Relations, node

EDGE = 1600
"""Pixels of the longer edge, enough for print at the width of the text; the file beside it is larger."""

_PNG = b"\x89PNG"
_EMU_A_PIXEL = 9525
_WIDEST, _TALLEST = 5_760_000, 6_480_000
"""160 mm and 180 mm in English metric units."""
_BELOW = 300
"""Twentieths of a point below a caption that no credit follows."""


class Pictures:
    """Puts photographs into the package and writes their paragraphs."""

    def __init__(self, article: PublicArticle, runs: Runs, relations: Relations) -> None:
        self._article = article
        self._runs = runs
        self._relations = relations
        self.media: dict[str, bytes] = {}
        """Part name to bytes, in the order of the text."""

    def figure(self, photo: PublicPhoto) -> Iterator[Node]:
        """The picture, its caption, its credit."""
        data, width, height = smaller(photo.data, EDGE)
        number = len(self.media) + 1
        name = f"media/image{number}.{'png' if data.startswith(_PNG) else 'jpeg'}"
        self.media[f"word/{name}"] = data
        reference = self._relations.add(f"{RELATIONS}/image", name)
        drawing = node("w:drawing", _inline(photo, number, reference, *_fitted(width, height)))
        yield node("w:p", node("w:pPr", node("w:pStyle", w_val="Picture")), node("w:r", drawing))
        caption, credit = caption_lines(self._article, photo, links=False)
        around = self._article.direction
        if caption:
            after = None if credit else _BELOW
            yield line(self._runs, "Caption", caption, around, keep=bool(credit), after=after)
        if credit:
            yield line(self._runs, "Credit", credit, around, url=photo.credit_url)


def _fitted(width: int, height: int) -> tuple[int, int]:
    """The size on paper in English metric units, never larger than the text or than 96 pixels an inch."""
    scale = min(_EMU_A_PIXEL, _WIDEST / width, _TALLEST / height)
    return round(width * scale), round(height * scale)


def _inline(photo: PublicPhoto, number: int, reference: str, width: int, height: int) -> Node:
    picture = node(
        "pic:pic",
        node(
            "pic:nvPicPr",
            node("pic:cNvPr", id=number, name=photo.name, descr=photo.alt),
            node("pic:cNvPicPr", node("a:picLocks", noChangeAspect=1)),
        ),
        node("pic:blipFill", node("a:blip", r_embed=reference), node("a:stretch", node("a:fillRect"))),
        node(
            "pic:spPr",
            node("a:xfrm", node("a:off", x=0, y=0), node("a:ext", cx=width, cy=height)),
            node("a:prstGeom", node("a:avLst"), prst="rect"),
        ),
    )
    return node(
        "wp:inline",
        node("wp:extent", cx=width, cy=height),
        node("wp:docPr", id=number, name=f"Photograph {number}", descr=photo.alt),
        node("wp:cNvGraphicFramePr", node("a:graphicFrameLocks", noChangeAspect=1)),
        node(
            "a:graphic",
            node("a:graphicData", picture, uri="http://schemas.openxmlformats.org/drawingml/2006/picture"),
        ),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
