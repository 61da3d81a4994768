"""HTML of any origin as a tree that is safe to walk: decoded, parsed as browsers do, cleaned by nh3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
import nh3
from lxml.etree import ParserError

from app.domain.reading import Unreadable
from app.formats.charsets import decoded
from app.formats.html_exchange import EXCHANGE
from app.formats.html_look import Sheet, declarations, language_tag, style_sheet
from app.formats.imported import Report

_TAGS_NAMES = """
    a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col
    colgroup dd del details dfn div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5
    h6 header hgroup hr i img ins kbd legend li main mark menu nav ol p picture pre q rb rp rt ruby s
    samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul
    var
"""
_TAGS = frozenset(_TAGS_NAMES.split())
_DROPPED_NAMES = """
    script style title template noscript svg iframe video audio object applet select datalist canvas
    noframes head
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_ATTRIBUTES = {
    "*": {"align", "class", "dir", "hidden", "id", "lang", "role", "start", "style", "type", "value"},
    "a": {"href", "name"},
    "img": {"alt", "src"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "del": {"datetime", "title"},
    "ins": {"datetime", "title"},
}
_OURS = {"data-note", "data-ref"}
_EMBEDDED = (
    (
        "iframe",
        "1 page embedded from elsewhere was left out",
        "{n} pages embedded from elsewhere were left out",
    ),
    (
        "frame",
        "1 frame with a page of its own was left out",
        "{n} frames with pages of their own were left out",
    ),
    ("video", "1 video was left out", "{n} videos were left out"),
    ("audio", "1 sound was left out", "{n} sounds were left out"),
    ("object", "1 embedded object was left out", "{n} embedded objects were left out"),
    ("embed", "1 embedded object was left out", "{n} embedded objects were left out"),
    ("svg", "1 drawing (SVG) was left out", "{n} drawings (SVG) were left out"),
    ("canvas", "1 drawing was left out", "{n} drawings were left out"),
    ("math", "1 formula was kept as its characters only", "{n} formulas were kept as their characters only"),
    ("form", "1 form was left out, its words stay", "{n} forms were left out, their words stay"),
)
_LABEL = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_OPENINGS = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no tree of lxml takes, written as such or by their number."""
_VOID = {"br", "col", "hr", "img"}
_DEEPEST = 1500
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Page:
    """A document ready to be walked.

    ``body`` is an lxml element, ``exchange`` says that this is our own form, ``sheet`` holds its classes.
    """

    body: Any
    exchange: bool
    sheet: Sheet
    language: str
    direction: str
    title: str
    metadata: dict[str, str]


def page_of_bytes(data: bytes, charset: str, report: Report) -> Page:
    """The page in ``data``; ``charset`` is what its surroundings say, or ``""``.

    Raises:
        Unreadable: when it is no text at all.
    """
    labels = [
        found[1].decode("ascii")
        for found in (_XML.search(data[:_HEAD]), _LABEL.search(data[:_HEAD]))
        if found
    ]
    text = decoded(data, [charset, *labels] if charset else labels)
    if text[:_HEAD].count("\0") > 8:
        raise Unreadable("the file is not HTML")
    if unknown := text.count("\ufffd"):
        report.count("1 character could not be read", "{n} characters could not be read", unknown)
    return page_of_text(text.replace("\0", ""), report)


def page_of_text(text: str, report: Report, exchange: bool = False, marked: bool = False) -> Page:
    """The page in ``text``.

    ``exchange`` when the caller knows it to be our own form, ``marked`` when it has marked the footnotes.
    """
    text = _DECLARATION.sub("", text)
    whole = _parsed(text)
    exchange = exchange or whole.get("data-transom") == EXCHANGE
    for tag, one, many in _EMBEDDED:
        report.count(one, many, len(list(whole.iter(tag))))
    clean = nh3.clean(
        text,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        link_rel=None,
        generic_attribute_prefixes={"data-"} if exchange else _OURS if marked else None,
        url_schemes={"http", "https", "mailto", "data", "cid"},
    )
    clean = _NOT_XML.sub("", clean)
    if _depth(clean) > _DEEPEST:
        report.say("The page is nested too deep: its words were taken without their structure")
        clean = nh3.clean(clean, tags={"br"}, attributes={})
    body = whole.find("body")
    outer = [whole] if body is None else [whole, body]
    return Page(
        _parsed(clean).find("body"),
        exchange,
        style_sheet("\n".join(element.text or "" for element in whole.iter("style"))),
        next((tag for element in outer if (tag := _language(element))), "") or _declared_language(whole),
        next((way for element in outer if (way := _direction(element))), ""),
        " ".join((whole.findtext(".//title") or "").split()),
        _metadata(whole),
    )


def _parsed(text: str) -> Any:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8"), parser=parser, ensure_head_body=True)
    except ParserError:  # nothing in it that libxml2 calls an element
        return lxml.html.document_fromstring(b"<body></body>", ensure_head_body=True)


def _depth(clean: str) -> int:
    depth = deepest = 0
    for closing, tag in _OPENINGS.findall(clean):
        if tag not in _VOID:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


def _language(element: Any) -> str:
    return language_tag(element.get("lang") or element.get("xml:lang"))


def _declared_language(whole: Any) -> str:
    return language_tag(next(_contents(whole, ("content-language",)), ""))


def _direction(element: Any) -> str:
    return (element.get("dir") or declarations(element.get("style") or "").get("direction", "")).lower()


def _metadata(whole: Any) -> dict[str, str]:
    names = {
        "author": ("author", "dc.creator", "dcterms.creator", "article:author"),
        "description": ("description", "dc.description", "og:description"),
        "published": ("article:published_time", "dc.date", "dcterms.date", "date"),
        "keywords": ("keywords", "news_keywords"),
    }
    found = {key: " ".join(next(_contents(whole, wanted), "").split()) for key, wanted in names.items()}
    return {key: text for key, text in found.items() if text}


def _contents(whole: Any, wanted: tuple[str, ...]) -> Iterator[str]:
    for meta in whole.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv") or ""
        if name.lower() in wanted and meta.get("content"):
            yield meta.get("content")
