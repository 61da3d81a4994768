"""Looks into XML and HTML: text with the tags taken out, attributes, comments, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from lxml import etree, html

from app.domain.leaks import Place
from app.domain.leaks_folding import fold
from app.domain.reading import Unreadable
from app.formats.unpacking_bytes import Blob, Found, decoded, joined, member

_BLOCKS = frozenset(
    re.findall(
        r"\S+",
        """
        address article aside blockquote body br caption dd details div dl dt figcaption figure footer form head
        h1 h2 h3 h4 h5 h6 header hr html legend li main meta nav noscript ol option p pre script section style
        summary table tbody td template textarea tfoot th thead title tr ul
        tab cr tc txbxContent footnote endnote comment si row c sheet cell list-item list table-row table-cell text
        """,
    )
)
"""Elements of HTML, WordprocessingML, SpreadsheetML and OpenDocument whose text does not go on in the next one."""

_DELETED = frozenset(("delText", "delInstrText", "instrText", "del", "moveFrom"))
_SCRIPTS = frozenset(("script", "style"))
_TELLING = frozenset(
    re.findall(
        r"\S+",
        """
        alt title author authors initials descr description name content label aria-label src srcset href target cite
        summary placeholder value creator userid user company manager longdesc tooltip datetime
        """,
    )
)
"""Attributes that hold words of people, without their name space; in others a short word may be a key."""

_OPEN_ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|#|/|\./|\.\./)", re.I)
_PROSE = 3
_ENTITIES = re.compile(r"<!(?:ENTITY|ATTLIST)", re.I)


def xml_text(blob: Blob) -> Iterator[Found]:
    """The text as it is read, each piece of it alone, and as it was before and after tracked deletions."""
    root = _xml(blob)
    yield from _texts(blob, root)


def xml_attributes(blob: Blob) -> Iterator[Found]:
    """Values of attributes, comments and processing instructions."""
    yield from _attributes(blob, _xml(blob), "")


def html_text(blob: Blob) -> Iterator[Found]:
    """The same for HTML."""
    yield from _texts(blob, _html(blob))


def html_attributes(blob: Blob) -> Iterator[Found]:
    """The same for HTML; documents inside attributes are opened."""
    root = _html(blob)
    yield from _attributes(blob, root, fold(_flow(root, _SCRIPTS)))
    for number, inner in enumerate((node.get("srcdoc", "") for node in root.iter("iframe")), 1):
        yield Blob(blob.inside(f"inner page {number}"), "", "text/html", inner.encode("utf-8", "replace"))


def scripts(blob: Blob) -> Iterator[Found]:
    """Scripts of a page: JSON is opened, of programs and styles only what cannot be chance counts."""
    for number, node in enumerate(_html(blob).iter("script", "style"), 1):
        path, text = blob.inside(f"{node.tag} {number}"), node.text or ""
        if "json" in str(node.get("type", "")):
            yield Blob(path, "", "application/json", text.encode("utf-8", "replace"))
        else:
            yield from member(path, Place.OPAQUE, text)


def _xml(blob: Blob) -> etree._Element:
    text = decoded(blob.data)
    if text is None:
        text = blob.data.decode("latin-1")
    if _ENTITIES.search(text):
        raise Unreadable("it defines entities of its own")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    # The declaration names the encoding of bytes that are no longer there.
    root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8"), parser)
    if any(True for _ in root.iter(etree.Entity)):
        raise Unreadable("it names entities that are defined elsewhere")
    return root


def _html(blob: Blob) -> etree._Element:
    text = decoded(blob.data)
    if text is None:
        text = blob.data.decode("latin-1")
    return html.document_fromstring(
        text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
    )


def _texts(blob: Blob, root: etree._Element) -> Iterator[Found]:
    yield from member(blob.inside("text"), blob.place, _flow(root, _SCRIPTS))
    deleted = [node for node in root.iter(etree.Element) if _local(node) in _DELETED]
    if deleted:
        yield from member(blob.inside("text as it is now"), blob.place, _flow(root, _SCRIPTS | _DELETED))
        gone = "".join("".join(map(str, node.itertext())) for node in deleted)
        yield from member(blob.inside("deleted text"), blob.place, gone)
    pieces = (
        str(text)
        for node in root.iter(etree.Element)
        if _local(node) not in _SCRIPTS
        for text in chain((node.text,), (child.tail for child in node))
        if text
    )
    yield from member(blob.inside("text"), blob.place, joined(pieces))


def _flow(root: etree._Element, without: frozenset[str]) -> str:
    """The text of ``root`` with runs joined and blocks apart, leaving out some elements."""
    parts: list[str] = []
    skipped = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            parts.append("" if skipped else node.tail or "")
            continue
        name = _local(node)
        block = "\n" if name in _BLOCKS else ""
        if event == "start":
            skipped += name in without
            parts.append(block + ("" if skipped else node.text or ""))
        else:
            skipped -= name in without
            parts.append(block + ("" if skipped else node.tail or ""))
    return "".join(parts)


def _attributes(blob: Blob, root: etree._Element, seen: str) -> Iterator[Found]:
    """Every value; one of several words that readers ``seen`` anyway counts as text."""
    told: list[str] = []
    others: list[str] = []
    for node in root.iter():
        if not isinstance(node.tag, str):
            told.append(
                f"{node.target} {node.text}"
                if isinstance(node, etree._ProcessingInstruction)
                else node.text or ""
            )
            continue
        for key, value in node.attrib.items():
            name, words = _bare(str(key)).lower(), str(value)
            plain = name not in _TELLING or (name in ("href", "src") and _OPEN_ADDRESS.match(words))
            shown = len(words.split()) >= _PROSE and fold(words) in seen
            (others if plain or shown else told).append(words)
            others.append(name)
        others += [str(prefix) for prefix in (node.prefix,) if prefix]
    others += [str(address) for node in root.iter(etree.Element) for address in node.nsmap.values()]
    yield from member(blob.inside("attributes and comments"), Place.METADATA, joined(told))
    yield from member(blob.inside("attributes"), Place.BODY, joined(dict.fromkeys(others)))


def _local(node: etree._Element) -> str:
    return _bare(node.tag) if isinstance(node.tag, str) else ""


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
