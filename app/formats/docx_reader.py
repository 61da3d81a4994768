"""Reads a Word file (.docx, .docm, .dotx; ISO/IEC 29500 transitional and strict) as an article.

Runs in the sandbox child.  What has no place in the article is named in the report.
"""

from __future__ import annotations

from typing import Any

from app.domain.article import Article, Block, Figure, Paragraph, Span
from app.domain.reading import Result, Unreadable
from app.formats.docx_fields import closed_fields
from app.formats.docx_languages import Languages
from app.formats.docx_media import Media
from app.formats.docx_names import Element, name
from app.formats.docx_notes import Notes, comments
from app.formats.docx_numbering import Numbering
from app.formats.docx_package import Package, Relationship
from app.formats.docx_properties import metadata, tell_left_out, tell_surroundings
from app.formats.docx_runs import Shared
from app.formats.docx_story import Story
from app.formats.docx_styles import Styles
from app.formats.finishing import Finishing
from app.formats.heads import real_title, take_heads
from app.formats.imported import Imported, excerpt
from app.formats.lines import Flow, blocks_of, paragraphs_of

_MAIN = "word/document.xml"


def read(data: bytes, options: dict[str, Any]) -> Result:
    """The article in ``data``, with its photographs and files; there are no options.

    Raises:
        Unreadable: no Word document, locked by a password, dangerous, or damaged beyond its text.
    """
    imported = Imported()
    try:
        package = Package(data, imported.report)
        return _read(package, imported)
    except RecursionError:
        raise Unreadable("the document is nested too deep") from None


def _read(package: Package, imported: Imported) -> Result:
    main = _main_part(package)
    root = package.tree(main)
    if root is None:
        raise Unreadable("the file is damaged")
    body = root.find(name("w:body"))
    body = root if body is None else body
    relationships = package.relationships(main)
    parts = {entry.type: entry.target for entry in relationships.values() if not entry.external}
    styles = Styles(package.tree(parts.get("styles", "word/styles.xml")))
    numbering = Numbering(
        package.tree(parts.get("numbering", "word/numbering.xml")), styles.numbering_of, imported.report
    )
    notes = Notes(package, relationships, imported.report)
    remarks = comments(package, relationships)
    shared = Shared(
        styles,
        Media(package, imported),
        notes,
        Languages(body, styles),
        imported.report,
        closed_fields([body, *notes.elements()]),
        frozenset(remark.id for remark in remarks),
    )
    flow = Story(shared, numbering, relationships).flow(body)
    footnotes, figures = _notes(package, shared, numbering)
    properties = metadata(package)
    title = real_title(properties.get("title", ""))
    headline, standfirst, rest = take_heads([*flow, *figures], title, imported.report)
    finishing = Finishing()
    article = Article(
        headline=headline,
        standfirst=standfirst,
        language=shared.languages.article,
        blocks=finishing.blocks(blocks_of(rest)),
        footnotes=finishing.notes(footnotes),
        comments=finishing.comments(remarks),
    )
    _tell(package, relationships, body, shared)
    return imported.result(article, title, properties)


def _main_part(package: Package) -> str:
    names = set(package.names())
    for entry in package.relationships("").values():
        if entry.type == "officeDocument" and entry.target in names:
            if entry.target.startswith(("xl/", "ppt/")):
                raise Unreadable("not a Word document")
            return entry.target
    if _MAIN not in names:
        raise Unreadable("not a Word document")
    return _MAIN


def _notes(
    package: Package, shared: Shared, numbering: Numbering
) -> tuple[dict[str, tuple[Paragraph, ...]], list[Block]]:
    """The notes that the text refers to, and the pictures in them."""
    found: dict[str, tuple[Paragraph, ...]] = {}
    figures: list[Block] = []
    for note in shared.notes.referred():
        story = Story(shared, numbering, package.relationships(note.part))
        flow: list[Flow] = story.flow(note.element)
        figures += [part for part in flow if isinstance(part, Figure)]
        paragraphs = paragraphs_of(part for part in flow if not isinstance(part, Figure))
        found[note.id] = paragraphs or (Paragraph("", (Span(),)),)
    if figures:
        shared.report.say("Pictures in footnotes were put at the end")
    return found, figures


def _tell(package: Package, relationships: dict[str, Relationship], body: Element, shared: Shared) -> None:
    report = shared.report
    if shared.tables:
        report.say(f"A table of contents or an index was left out: {excerpt(''.join(shared.tables))}")
    if hidden := excerpt("".join(shared.hidden)):
        report.say(f"Hidden text was left out: {hidden}")
    shared.notes.tell_rest()
    shared.media.keep_rest()
    tell_left_out(body, report)
    tell_surroundings(package, relationships, report)
