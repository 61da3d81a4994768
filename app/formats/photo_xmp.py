"""XMP (ISO 16684-1): reading a packet into flat words, and writing a small one."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTAINERS = {f"{_RDF}Alt", f"{_RDF}Seq", f"{_RDF}Bag"}
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
"""Prefixes under which properties are named, whatever prefix the packet uses."""

_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}
_DEEPEST = 12
_MOST = 600


def words(packet: bytes) -> dict[str, str]:
    """Properties of ``packet``: ``{"dc:creator": "A; B", "…:LocationShown/…:City": "…"}``.

    Of a text in several languages the ``x-default`` one is taken.  A packet with a document type or
    that is not XML gives nothing.
    """
    root = _root(packet)
    found: dict[str, str] = {}
    if root is None:
        return found
    for description in root.iterfind(f".//{_RDF}RDF/{_RDF}Description"):
        for path, value in _properties(description, "", 0):
            if len(found) < _MOST:
                found[path] = f"{found[path]}; {value}" if path in found else value
    return found


def packet(properties: dict[str, tuple[str, str]]) -> bytes:
    """A read-only packet of ``properties``: name with prefix -> (``""``, ``"Seq"`` or ``"Alt"``, value)."""
    used = sorted({name.partition(":")[0] for name in properties})
    spaces = "".join(f" xmlns:{prefix}={quoteattr(NAMESPACES[prefix])}" for prefix in used)
    body = "".join(_written(name, shape, value) for name, (shape, value) in properties.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{spaces}>{body}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _written(name: str, shape: str, value: str) -> str:
    inner = escape(value)
    if shape:
        lang = ' xml:lang="x-default"' if shape == "Alt" else ""
        inner = f"<rdf:{shape}><rdf:li{lang}>{inner}</rdf:li></rdf:{shape}>"
    return f"<{name}>{inner}</{name}>"


def _root(packet: bytes) -> etree._Element | None:
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(packet.strip(b"\0 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _name(tag: str) -> str:
    space, _, local = tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES[space]}:{local}" if space in _PREFIXES else local


def _properties(node: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """Paths and values of the properties of ``node``, written as attributes or as elements."""
    for tag, value in node.attrib.items():
        if not str(tag).startswith(_RDF) and tag != _XML_LANG and value.strip():
            yield path + _name(str(tag)), str(value).strip()
    for child in node:
        if isinstance(child.tag, str) and depth < _DEEPEST:
            yield from _property(child, path + _name(child.tag), depth + 1)


def _property(node: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    inner = node[0] if len(node) else None
    if inner is not None and inner.tag in _CONTAINERS:
        items = list(inner)
        if inner.tag == f"{_RDF}Alt":
            items = [item for item in items if item.get(_XML_LANG) == "x-default"] or items[:1]
        for item in items:
            yield from _item(item, path, depth + 1)
    else:
        yield from _item(node, path, depth)


def _item(node: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if len(node) and node[0].tag == f"{_RDF}Description":
        node = node[0]
    if (node.text or "").strip() and not len(node):
        yield path, (node.text or "").strip()
    elif resource := node.get(f"{_RDF}resource"):
        yield path, str(resource)
    yield from _properties(node, f"{path}/", depth)
