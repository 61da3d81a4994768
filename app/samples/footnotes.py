"""The footnotes part of a Word document, which python-docx has no API for (ECMA-376 part 1, 17.11)."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def reference(number: int) -> Any:
    """A run that refers to footnote ``number``, counted from 1."""
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    raised = OxmlElement("w:vertAlign")
    raised.set(qn("w:val"), "superscript")
    properties.append(raised)
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run.append(properties)
    run.append(mark)
    return run


def attach(word: WordDocument, notes: list[str]) -> None:
    """Gives ``word`` a footnotes part with ``notes`` as 1, 2, 3 after the two separators."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    bodies = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    whole = f"{declared}<w:footnotes {nsdecls('w')}>{separators}{bodies}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), _TYPE, whole.encode("utf-8"), word.part.package)
    word.part.relate_to(part, _RELATION)
