"""The finished article as a Word document with its photographs beside it.

Every part is written here from the model; there is no template document, so no author, revision
mark, thumbnail or path of anybody's computer is in it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import quoteattr

from app import assets
from app.domain.public import ExportFile, PublicArticle
from app.formats import printed
from app.formats.word_blocks import WordBody
from app.formats.word_numbering import Numbering
from app.formats.word_pictures import Pictures
from app.formats.word_runs import Runs, language_slot
from app.formats.word_xml import RELATIONS, Node, Relations, content_types, node, package, part
from app.formats.xml_text import xml_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FONTS = {"zh": "SimSun", "zh-hant": "PMingLiU", "ja": "MS Mincho", "ko": "Batang"}


def write(article: PublicArticle) -> tuple[ExportFile, ...]:
    """``{slug}.docx``, then each photograph in full size."""
    parts = _Document(article).parts()
    return ExportFile(f"{article.slug}.docx", MEDIA_TYPE, package(parts)), *printed.photo_files(
        article.photos
    )


class _Document:
    """The parts of one document while they are written."""

    def __init__(self, article: PublicArticle) -> None:
        self._article = article
        self._relations, self._note_relations = Relations(), Relations()
        notes = printed.notes(article)
        numbers = {note.id: number for number, note in enumerate(notes, 1)}
        named = {
            span.note
            for block in article.blocks
            for spans in printed.texts(block)
            for span in printed.accepted(spans)
        }
        self._footnotes = [note for note in notes if note.id in named]
        self._other_notes = [note for note in notes if note.id not in named]
        self._numbers = numbers
        self._numbering = Numbering()
        runs = Runs(self._relations, numbers, named)
        self._pictures = Pictures(article, runs, self._relations)
        self._body = WordBody(article, runs, self._numbering, self._pictures)
        note_runs = Runs(self._note_relations, numbers, set())
        self._notes = WordBody(article, note_runs, self._numbering, self._pictures)

    def parts(self) -> dict[str, bytes]:
        """Every part by name, in the order in which the package holds them."""
        texts = {
            "styles": ("styles", self._styles()),
            "settings": ("settings", assets.data("word/settings.xml")),
            "footnotes": ("footnotes", part(self._footnote_part())),
            "header": ("header", part(self._header())),
            "footer": ("footer", part(_footer())),
        }
        for name, (kind, _) in texts.items():
            self._relations.add(f"{RELATIONS}/{kind}", f"{name}.xml")
        self._relations.add(f"{RELATIONS}/numbering", "numbering.xml")
        document = part(self._document())
        texts["numbering"] = ("numbering", self._numbering.part())
        root = Relations()
        root.add(f"{RELATIONS}/officeDocument", "word/document.xml")
        root.add(
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        )
        kinds = {
            "word/document.xml": f"{_WORD}.document.main+xml",
            **{f"word/{name}.xml": f"{_WORD}.{kind}+xml" for name, (kind, _) in texts.items()},
            "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        }
        written = {
            "[Content_Types].xml": content_types(kinds),
            "_rels/.rels": root.part(),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": self._relations.part(),
            **{f"word/{name}.xml": data for name, (_, data) in texts.items()},
            "word/_rels/footnotes.xml.rels": self._note_relations.part(),
            "docProps/core.xml": self._core(),
            **self._pictures.media,
        }
        return {name: data for name, data in written.items() if data}

    def _document(self) -> Node:
        article, body = self._article, self._body
        nodes = list(self._head())
        if lead := printed.lead(article):
            nodes += self._pictures.figure(lead)
        if article.dateline:
            nodes.append(body.line("Dateline", article.dateline))
        for block in article.blocks:
            nodes += body.block(block)
        for photo in printed.unplaced(article):
            nodes += self._pictures.figure(photo)
        nodes += self._tail()
        return node("w:document", node("w:body", *nodes, self._section()))

    def _head(self) -> list[Node]:
        article, body = self._article, self._body
        labels = article.magazine.labels
        line = [
            printed.labelled(labels.by, article.byline),
            printed.labelled(labels.translated_by, article.translator),
            article.date_text,
        ]
        heads = {"Section": article.section, "Title": article.headline, "Standfirst": article.standfirst}
        nodes = [body.line(style, text) for style, text in heads.items() if text]
        if any(line):
            nodes.append(body.words("Byline", " · ".join(filter(None, line))))
        return nodes

    def _tail(self) -> list[Node]:
        """What stands after the text: correction, notes that nothing in it names, author, tags."""
        article, body = self._article, self._body
        nodes = []
        if article.correction:
            label = article.magazine.labels.correction
            nodes.append(body.words("Correction", f"{label}: {article.correction}"))
        for note in self._other_notes:
            nodes.append(body.words("FootnoteText", f"{self._numbers[note.id]}."))
            nodes += [body.paragraph(paragraph, "FootnoteText") for paragraph in note.paragraphs]
        about = [line for line in article.bio.splitlines() if line]
        if article.byline and about:
            nodes.append(body.line("AuthorName", article.byline, article.byline_url))
        nodes += [body.line("AuthorNote", line) for line in about]
        if article.tags:
            label = article.magazine.labels.tagged_with
            nodes.append(body.words("Tags", f"{label}: {', '.join(article.tags)}"))
        return nodes

    def _section(self) -> Node:
        return node(
            "w:sectPr",
            node(
                "w:headerReference",
                w_type="default",
                r_id=self._relations.add(f"{RELATIONS}/header", "header.xml"),
            ),
            node(
                "w:footerReference",
                w_type="default",
                r_id=self._relations.add(f"{RELATIONS}/footer", "footer.xml"),
            ),
            node("w:pgSz", w_w=11906, w_h=16838),
            node(
                "w:pgMar",
                w_top=1417,
                w_right=1418,
                w_bottom=1417,
                w_left=1418,
                w_header=709,
                w_footer=709,
                w_gutter=0,
            ),
            node("w:bidi") if self._article.direction == "rtl" else None,
        )

    def _footnote_part(self) -> Node:
        notes = [
            node("w:footnote", node("w:p", node("w:r", node(f"w:{kind}"))), w_type=kind, w_id=number)
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        ]
        for note in self._footnotes:
            paragraphs = [self._notes.paragraph(paragraph, "FootnoteText") for paragraph in note.paragraphs]
            paragraphs = paragraphs or [self._notes.words("FootnoteText", " ")]
            mark = node(
                "w:r", node("w:rPr", node("w:rStyle", w_val="FootnoteReference")), node("w:footnoteRef")
            )
            for paragraph in paragraphs:
                paragraph.insert(1, node("w:r", node("w:tab")))
            paragraphs[0].insert(1, mark)
            notes.append(node("w:footnote", *paragraphs, w_id=self._numbers[note.id]))
        return node("w:footnotes", *notes)

    def _header(self) -> Node:
        text = f"{self._article.magazine.name} · {self._article.token}"
        return node(
            "w:hdr",
            node(
                "w:p",
                node("w:pPr", node("w:pStyle", w_val="Header")),
                *Runs(Relations(), {}, set()).words(text, "ltr"),
            ),
        )

    def _styles(self) -> bytes:
        language = self._article.language
        primary = language.split("-")[0].lower()
        traditional = primary == "zh" and any(part in language for part in ("Hant", "TW", "HK"))
        font = _FONTS["zh-hant"] if traditional else _FONTS.get(primary, "SimSun")
        lang = f"w:{language_slot(language)}={quoteattr(xml_text(language))}"
        side = "right" if self._article.direction == "rtl" else "left"
        styles = assets.text("word/styles.xml")
        for place, value in {"{east-asian-font}": font, "{language}": lang, "quote-side": side}.items():
            styles = styles.replace(place, value)
        return styles.encode()

    def _core(self) -> bytes:
        article = self._article
        properties = [
            node("dc:title", text=article.headline),
            node("dc:creator", text=article.magazine.name),
            node("dc:language", text=article.language),
        ]
        if article.date:
            day = datetime.fromisoformat(article.date).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            properties += [
                node(f"dcterms:{name}", text=day, xsi_type="dcterms:W3CDTF")
                for name in ("created", "modified")
            ]
        return part(node("cp:coreProperties", *properties))


def _footer() -> Node:
    page = node("w:fldSimple", node("w:r", node("w:t", text="1")), w_instr=" PAGE ")
    return node("w:ftr", node("w:p", node("w:pPr", node("w:pStyle", w_val="Footer")), page))
