"""Word files made part by part, for tests of their reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from app.domain.article import Article
from app.domain.article_json import from_json
from app.domain.reading import Result
from app.formats import docx_reader
from app.formats.docx_names import NAMESPACES

_PREFIXES = " ".join(
    f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix not in ("xml", "rel", "ct")
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = "http://schemas.microsoft.com/office/2011/relationships/"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Subtitle"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="berschrift1"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="House line"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="Deep"/><w:pPr><w:outlineLvl w:val="4"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Strong"><w:name w:val="Loud"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Points"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Bold"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""

NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:pStyle w:val="Other"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:pStyle w:val="Points"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""


def part(root: str, inner: str) -> str:
    """An XML part with all prefixes declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_PREFIXES}>{inner}</{root}>'


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """A paragraph; ``text`` that is no XML becomes one run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{text if text.startswith('<') else run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def relations(entries: Mapping[str, tuple[str, str]]) -> str:
    """A relationships part: id to the last word of the type and the target; an address is external."""
    lines = []
    for key, (kind, target) in entries.items():
        base = _WORD if kind == "commentsExtended" else _OFFICE
        mode = ' TargetMode="External"' if ":" in target else ""
        lines.append(f'<Relationship Id="{key}" Type="{base}{kind}" Target="{target}"{mode}/>')
    return f'<Relationships xmlns="{NAMESPACES["rel"]}">{"".join(lines)}</Relationships>'


def parts_of(
    body: str, links: Mapping[str, tuple[str, str]] | None = None, **inner: str
) -> dict[str, str | bytes]:
    """The parts of a Word file; ``inner`` gives more parts of word/ by the name of their root."""
    roots = {"styles": STYLES, "numbering": NUMBERING} | inner
    entries = {name: (name, f"{name}.xml") for name in roots} | dict(links or {})
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/xml"/>' for name in roots
    )
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{NAMESPACES["ct"]}">'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT_TYPE}"/>{types}</Types>',
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": part("w:document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relations(entries),
    }
    for name, text in roots.items():
        root = "w15:commentsEx" if name == "commentsExtended" else f"w:{name}"
        found[f"word/{name}.xml"] = part(root, text)
    return found


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The archive of ``parts``, always the same bytes for the same parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def word_file(body: str, links: Mapping[str, tuple[str, str]] | None = None, **inner: str) -> bytes:
    """A Word file."""
    return packed(parts_of(body, links, **inner))


def read_word(data: bytes) -> tuple[Article, list[str], Result]:
    """What the reader makes of a file: the article, the report, and all of its answer."""
    result = docx_reader.read(data, {})
    value: dict[str, Any] = result.value
    return from_json(value["article"]), value["report"], result
