"""What stands in a drawing of a Word file: pictures, words, text boxes, lines across the page.

Both forms are read, DrawingML (ISO/IEC 29500-1, 20) and the older VML (ISO/IEC 29500-4, 19).
"""

from __future__ import annotations

from app.domain.article import Separator, Span
from app.formats.docx_media import Media, Relationships
from app.formats.docx_names import Element, child, children, name, value
from app.formats.docx_words import words_in
from app.formats.imported import Report
from app.formats.lines import Flow, Line

_BOX = name("w:txbxContent")
_PARAGRAPH = name("a:p")
_PICTURE, _BLIP, _CROP, _IMAGE = name("pic:pic"), name("a:blip"), name("a:srcRect"), name("v:imagedata")
_WORD_ART, _RULE, _OLE = name("v:textpath"), name("o:hr"), name("o:OLEObject")
_CHARTS = frozenset(
    (
        name("c:chart"),
        name("dgm:relIds"),
        "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart",
    )
)


class Graphic:
    """One drawing.  ``found`` holds figures, separators, lines of words, and text boxes as elements, in order."""

    def __init__(self, element: Element, relationships: Relationships, media: Media, report: Report) -> None:
        self._relationships = relationships
        self._media = media
        self._report = report
        self.found: list[Flow | Element] = []
        properties = next(element.iter(name("wp:docPr")), None)
        self._search(element, _said(properties))

    def _search(self, element: Element, alt: str) -> None:
        for inner in children(element):
            tag = inner.tag
            if tag == _BOX:
                self.found.append(inner)
                continue
            if tag == _PARAGRAPH:
                self._words(words_in(inner))
                continue
            if tag == _BLIP:
                self._picture(value(inner, "r:embed") or value(inner, "r:link"), alt)
            elif tag == _IMAGE:
                self._picture(value(inner, "r:id") or value(inner, "r:href"), value(inner, "o:title") or alt)
            elif tag in _CHARTS:
                self._chart(value(inner, "r:id") or value(inner, "r:dm"))
            elif tag == _OLE:
                self._media.embed(self._relationships.get(value(inner, "r:id")))
            elif tag == _WORD_ART:
                self._words(inner.get("string", ""))
            elif tag == _CROP:
                self._crop(inner)
            elif inner.get(_RULE) in ("t", "1", "true"):
                self.found.append(Separator(""))
            own = child(inner, "pic:nvPicPr", "pic:cNvPr") if tag == _PICTURE else None
            self._search(inner, _said(own) or alt)

    def _picture(self, relationship: str, alt: str) -> None:
        target = self._relationships.get(relationship)
        figure = self._media.picture(target, alt) if target else None
        if figure:
            self.found.append(figure)

    def _chart(self, relationship: str) -> None:
        self._words(self._media.words_of(self._relationships.get(relationship)))
        self._report.count("1 chart or diagram was left out", "{n} charts or diagrams were left out")

    def _words(self, text: str) -> None:
        lines = [line for line in text.split("\n") if line.strip()]
        self.found += [Line((Span(line),)) for line in lines]
        if lines:
            self._report.say("The words of drawings were put after their paragraphs")

    def _crop(self, element: Element) -> None:
        if any(element.get(side, "0") != "0" for side in "ltrb"):
            self._report.count(
                "1 picture is cropped in the document; the whole picture was taken in",
                "{n} pictures are cropped in the document; the whole pictures were taken in",
            )


def _said(properties: Element | None) -> str:
    """The alternative text that non-visual properties give."""
    return "" if properties is None else properties.get("descr", "") or properties.get("title", "")
