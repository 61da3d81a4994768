"""Manuscripts as Word documents, made from the articles in resources/samples/articles.

The articles are written in a small markup: ``##`` headings, ``-`` and ``1.`` lists, ``>`` quotations,
tables with ``|``, verse between ``::: center`` and ``:::``, ``*italic*``, ``**bold**``, ``[words](address)``,
``[^1]`` notes, and CriticMarkup for tracked changes and comments (``{++in++}``, ``{--out--}``,
``{==words==}{>>Name: remark<<}``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from app.samples import footnotes
from app.samples.texts import Sheet, sheet

Changes = Literal["original", "tracked", "final"]
"""How tracked changes go into a document: all refused, marked, or all accepted."""

_INLINE = re.compile(
    r"\{\+\+(?P<ins>.*?)\+\+\}|\{--(?P<del>.*?)--\}|\{==(?P<held>.*?)==\}\{>>(?P<who>[^:：]*)[:：]\s*(?P<said>.*?)<<\}"
    r"|\[\^(?P<note>\d+)\]|\[(?P<words>[^\]]+)\]\((?P<address>[^)]+)\)|\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*",
    re.DOTALL,
)
_RTL = {"ar"}
_EAST_ASIAN = {"zh"}


@dataclass
class _Writer:
    word: WordDocument
    language: str
    changes: Changes
    reviewer: str
    at: datetime
    notes: dict[str, str]
    marks: int = 100


def manuscript(key: str, at: datetime, changes: Changes = "tracked") -> bytes:
    """The article ``key`` as a .docx written at ``at``; the same arguments give the same bytes."""
    source = sheet("articles", key)
    word = Document()
    blocks, notes = _blocks(source.body)
    head = source.head
    writer = _Writer(word, head["language"], changes, head.get("reviewer", head["author"]), at, notes)
    _heading(writer, source)
    for block in blocks:
        _block(writer, block)
    if notes:
        footnotes.attach(word, [notes[number] for number in sorted(notes, key=int)])
    _properties(word, source, at)
    return _pack(word, head.get("company", ""))


def _blocks(body: str) -> tuple[list[list[str]], dict[str, str]]:
    """The body as blocks of lines, and its notes by number."""
    blocks, notes = [], {}
    for block in re.split(r"\n\s*\n", body):
        lines = block.split("\n")
        if match := re.match(r"\[\^(\d+)\]: (.*)", block, re.DOTALL):
            notes[match[1]] = match[2]
        else:
            blocks.append(lines)
    return blocks, notes


def _heading(writer: _Writer, source: Sheet) -> None:
    style = {"title": "Title", "heading": "Heading 1"}.get(source.head["heading"])
    if style:
        _write(writer, writer.word.add_paragraph(style=style), source.head["title"])
        if source.head["standfirst"]:
            _write(writer, writer.word.add_paragraph(style="Subtitle"), source.head["standfirst"])


def _block(writer: _Writer, lines: list[str]) -> None:
    word, first = writer.word, lines[0]
    if match := re.match(r"(#{2,3}) (.*)", first):
        _write(writer, word.add_paragraph(style=f"Heading {len(match[1])}"), match[2])
    elif first.startswith("|"):
        _table(writer, lines)
    elif first.startswith(":::"):
        verse = word.add_paragraph()
        verse.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(writer, verse, "\n".join(lines[1:-1]))
    elif first.startswith("> "):
        for line in lines:
            _write(writer, word.add_paragraph(style="Quote"), line.removeprefix("> "))
    elif re.match(r"(- |\d+\. )", first):
        style = "List Bullet" if first.startswith("- ") else "List Number"
        for line in lines:
            _write(writer, word.add_paragraph(style=style), re.sub(r"^(- |\d+\. )", "", line))
    else:
        _write(writer, word.add_paragraph(), "\n".join(lines))


def _table(writer: _Writer, lines: list[str]) -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if not line.startswith("|--")
    ]
    table = writer.word.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            _write(writer, cell.paragraphs[0], f"**{text}**" if cells is rows[0] else text)


def _write(writer: _Writer, paragraph: Paragraph, text: str) -> None:
    if writer.language in _RTL:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    _inline(writer, paragraph._p, paragraph, text, {})


def _inline(
    writer: _Writer, parent: Any, paragraph: Paragraph, text: str, look: dict[str, bool]
) -> list[Any]:
    """Writes marked-up ``text`` under ``parent`` and returns the runs that it made."""
    runs: list[Any] = []
    at = 0
    for match in _INLINE.finditer(text):
        runs += _run(writer, parent, text[at : match.start()], look)
        runs += _marked(writer, parent, paragraph, match, look)
        at = match.end()
    return runs + _run(writer, parent, text[at:], look)


def _marked(
    writer: _Writer, parent: Any, paragraph: Paragraph, match: re.Match[str], look: dict[str, bool]
) -> list[Any]:
    found = match.groupdict()
    if found["ins"] is not None or found["del"] is not None:
        return _changed(writer, parent, paragraph, found, look)
    if found["held"] is not None:
        runs = _inline(writer, parent, paragraph, found["held"], look)
        if writer.changes == "tracked":
            _comment(writer, paragraph, runs, found["who"].strip(), found["said"])
        return runs
    if found["note"] is not None:
        parent.append(footnotes.reference(int(found["note"])))
        return []
    if found["words"] is not None:
        link = OxmlElement("w:hyperlink")
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link.set(qn("r:id"), writer.word.part.relate_to(found["address"], relation, is_external=True))
        parent.append(link)
        return _inline(writer, link, paragraph, found["words"], look)
    mark = "bold" if found["bold"] is not None else "italic"
    return _inline(writer, parent, paragraph, found[mark], {**look, mark: True})


def _changed(
    writer: _Writer, parent: Any, paragraph: Paragraph, found: dict[str, Any], look: dict[str, bool]
) -> list[Any]:
    inserted = found["ins"] is not None
    text = found["ins"] if inserted else found["del"]
    if writer.changes != "tracked":
        stays = inserted == (writer.changes == "final")
        return _inline(writer, parent, paragraph, text, look) if stays else []
    change = OxmlElement("w:ins" if inserted else "w:del")
    writer.marks += 1
    change.set(qn("w:id"), str(writer.marks))
    change.set(qn("w:author"), writer.reviewer)
    change.set(qn("w:date"), writer.at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    parent.append(change)
    runs = _inline(writer, change, paragraph, text, look)
    if not inserted:
        for run in runs:
            for words in run.findall(qn("w:t")):
                words.tag = qn("w:delText")
    return runs


def _run(writer: _Writer, parent: Any, text: str, look: dict[str, bool]) -> list[Any]:
    if not text:
        return []
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    for mark in ("bold", "italic"):
        if look.get(mark):
            properties.append(OxmlElement("w:b" if mark == "bold" else "w:i"))
    if writer.language in _RTL:
        properties.append(OxmlElement("w:rtl"))
    properties.append(_language(writer.language))
    run.append(properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(OxmlElement("w:br"))
        words = OxmlElement("w:t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        run.append(words)
    parent.append(run)
    return [run]


def _language(language: str) -> Any:
    tags = {"en": "en-GB", "it": "it-IT", "fr": "fr-FR", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN"}
    place = "w:bidi" if language in _RTL else "w:eastAsia" if language in _EAST_ASIAN else "w:val"
    element = OxmlElement("w:lang")
    element.set(qn(place), tags[language])
    return element


def _comment(writer: _Writer, paragraph: Paragraph, runs: list[Any], who: str, said: str) -> None:
    ours = [run for run in paragraph.runs if run._r in runs]
    comment = writer.word.add_comment(ours, said, author=who, initials=who[:2])
    comment._comment_elm.set(qn("w:date"), writer.at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _properties(word: WordDocument, source: Sheet, at: datetime) -> None:
    core = word.core_properties
    core.author = source.head["author"]
    core.last_modified_by = source.head.get("reviewer", source.head["author"])
    core.title = source.head["title"] if source.head["heading"] == "title" else ""
    core.comments = ""
    core.created = core.modified = at.replace(tzinfo=None)
    core.revision = 3
    normal = word.styles["Normal"]
    normal.font.name = "Georgia"
    if "Footnote Text" not in [style.name for style in word.styles]:
        word.styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)


def _pack(word: WordDocument, company: str) -> bytes:
    """The package with fixed times in its zip, so that the same text gives the same bytes."""
    first, packed = BytesIO(), BytesIO()
    word.save(first)
    with ZipFile(first) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/app.xml" and company:
                data = re.sub(
                    rb"<Company>.*?</Company>|<Company/>", f"<Company>{company}</Company>".encode(), data
                )
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, data)
    return packed.getvalue()
