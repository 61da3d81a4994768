"""Elements of WordprocessingML (ECMA-376 part 1), and the package that holds its parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from app.formats.xml_text import xml_text

Node = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can state; every member has it."""


def node(tag: str, *children: Node | None, text: str = "", **attributes: object) -> Node:
    """The element ``w:p`` with its ``children``; ``w_val=1`` gives ``w:val="1"``, ``None`` is left out."""
    prefix = tag.partition(":")[0]
    element = etree.Element(_name(tag), nsmap={prefix: NAMESPACES[prefix]} if prefix in NAMESPACES else None)
    for key, value in attributes.items():
        if value is not None:
            element.set(_name(key.replace("_", ":", 1)), xml_text(str(value)))
    element.extend(child for child in children if child is not None)
    if text:
        element.text = xml_text(text)
    return element


def part(root: Node) -> bytes:
    """``root`` as the bytes of a part, its namespaces declared once."""
    etree.cleanup_namespaces(root, top_nsmap={prefix: NAMESPACES[prefix] for prefix in ("w", "r")})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _name(tag: str) -> str:
    prefix, _, local = tag.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def _plain(space: str, tag: str) -> Node:
    """A root whose namespace needs no prefix."""
    spaces: dict[Any, str] = {None: space}
    return etree.Element(f"{{{space}}}{tag}", nsmap=spaces)


def _beside(root: Node, tag: str) -> str:
    return f"{{{etree.QName(root).namespace}}}{tag}"


class Relations:
    """What a part points at: parts beside it, and addresses outside."""

    def __init__(self) -> None:
        self._targets: dict[tuple[str, str, bool], str] = {}

    def add(self, kind: str, target: str, *, outside: bool = False) -> str:
        """The id under which ``target`` is known; the same target keeps its id."""
        return self._targets.setdefault((kind, target, outside), f"rId{len(self._targets) + 1}")

    def part(self) -> bytes:
        """The relationships part, or ``b""`` when there are none."""
        if not self._targets:
            return b""
        root = _plain(f"{_PACKAGE}/relationships", "Relationships")
        for (kind, target, outside), name in self._targets.items():
            entry = etree.SubElement(root, _beside(root, "Relationship"), Id=name, Type=kind, Target=target)
            if outside:
                entry.set("TargetMode", "External")
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def content_types(overrides: Mapping[str, str]) -> bytes:
    """The part that names the type of every other; ``overrides`` by part name."""
    root = _plain(f"{_PACKAGE}/content-types", "Types")
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "jpeg": "image/jpeg",
        "png": "image/png",
    }
    for extension, kind in defaults.items():
        etree.SubElement(root, _beside(root, "Default"), Extension=extension, ContentType=kind)
    for name, kind in overrides.items():
        etree.SubElement(root, _beside(root, "Override"), PartName=f"/{name}", ContentType=kind)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def package(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of ``parts`` in their order, without any trace of when or where it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name, _LONG_AGO)
            member.compress_type = (
                zipfile.ZIP_STORED if name.endswith((".jpeg", ".png")) else zipfile.ZIP_DEFLATED
            )
            member.create_system = 0
            archive.writestr(member, data)
    return out.getvalue()
