"""Names of WordprocessingML and its relatives (ISO/IEC 29500-1 and -4, [MS-DOCX])."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

Element = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w16du": "http://schemas.microsoft.com/office/word/2023/wordml/word16du",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}

_STRICT = "http://purl.oclc.org/ooxml/"
_STRICT_NAMES = {
    _STRICT + "wordprocessingml/main": NAMESPACES["w"],
    _STRICT + "officeDocument/relationships": NAMESPACES["r"],
    _STRICT + "officeDocument/math": NAMESPACES["m"],
    _STRICT + "drawingml/main": NAMESPACES["a"],
    _STRICT + "drawingml/chart": NAMESPACES["c"],
    _STRICT + "drawingml/diagram": NAMESPACES["dgm"],
    _STRICT + "drawingml/picture": NAMESPACES["pic"],
    _STRICT + "drawingml/wordprocessingDrawing": NAMESPACES["wp"],
}
"""The strict variant of the standard has the same names in other namespaces."""

UNDERSTOOD = frozenset(
    (
        "wps",
        "wpg",
        "wpc",
        "wpi",
        "wp14",
        "w14",
        "w15",
        "w16",
        "w16se",
        "w16cid",
        "w16cex",
        "w16sdtdh",
        "w16du",
        "a14",
    )
)
"""Prefixes that an alternative may require; of others (new charts, ink, models) the fallback is read."""

_OFF = frozenset(("0", "false", "off"))


@cache
def name(prefixed: str) -> str:
    """``w:p`` as lxml writes it."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


RELATIONSHIP = name("rel:Relationship")


def made_transitional(root: Element) -> Element:
    """``root`` with strict namespaces replaced."""
    if not any(uri in _STRICT_NAMES for uri in root.nsmap.values()):
        return root
    for element in root.iter("*"):
        element.tag = _transitional(element.tag)
        for key in element.attrib:
            new = _transitional(str(key))
            if new != key:
                element.set(new, element.attrib.pop(key))
    return root


def _transitional(tag: str) -> str:
    uri, _, local = tag[1:].partition("}")
    return f"{{{_STRICT_NAMES[uri]}}}{local}" if uri in _STRICT_NAMES else tag


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along ``path`` of prefixed names, or None."""
    for step in path:
        if element is None:
            return None
        element = element.find(name(step))
    return element


def value(element: Element | None, attribute: str = "w:val") -> str:
    """An attribute of an element that may be missing, ``""`` for none."""
    return "" if element is None else element.get(name(attribute), "")


def number(element: Element | None, default: int = 0) -> int:
    """``w:val`` as a whole number."""
    try:
        return int(value(element))
    except ValueError:
        return default


def text_of(element: Element) -> str:
    """All text inside ``element``."""
    return "".join(str(text) for text in element.itertext())


def switch(properties: Element | None, tag: str) -> bool | None:
    """An on-off property: on, off, or None when it is not there."""
    found = child(properties, tag)
    return None if found is None else is_on(found)


def is_on(element: Element | None) -> bool:
    """Whether an on-off property stands there and is not switched off."""
    return element is not None and value(element).lower() not in _OFF


_SDT, _SDT_CONTENT = name("w:sdt"), name("w:sdtContent")
_ALTERNATIVES, _CHOICE, _FALLBACK = (name(f"mc:{tag}") for tag in ("AlternateContent", "Choice", "Fallback"))
_TRANSPARENT = frozenset(name(f"w:{tag}") for tag in ("smartTag", "customXml", "dir", "bdo"))
_PLACEHOLDER = name("w:showingPlcHdr")


def children(element: Element) -> Iterator[Element]:
    """The children that say something: wrappers are opened, and of alternatives one is taken."""
    for inner in element:
        if inner.tag == _SDT:
            content = inner.find(_SDT_CONTENT)
            if content is not None and not is_prompt(inner):
                yield from children(content)
        elif inner.tag == _ALTERNATIVES:
            chosen = _alternative(inner)
            if chosen is not None:
                yield from children(chosen)
        elif inner.tag in _TRANSPARENT:
            yield from children(inner)
        elif isinstance(inner.tag, str):
            yield inner


def is_prompt(control: Element) -> bool:
    """Whether a content control holds nothing but the words that ask for its content.

    Word gives those a character style; words without one were written by somebody, whatever the mark says.
    """
    if control.find(f"{name('w:sdtPr')}/{_PLACEHOLDER}") is None:
        return False
    runs = [
        run
        for run in control.iter(name("w:r"))
        if any(text_of(word).strip() for word in run.iter(name("w:t")))
    ]
    return all(child(run, "w:rPr", "w:rStyle") is not None for run in runs)


def _alternative(element: Element) -> Element | None:
    for choice in element.iterchildren(_CHOICE):
        if set(choice.get("Requires", "").split()) <= UNDERSTOOD:
            return choice
    fallback = element.find(_FALLBACK)
    return fallback if fallback is not None else element.find(_CHOICE)
