"""The inside of a paragraph of a Word file: runs of text, with everything that can stand among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from app.domain.article import Change, ChangeKind, Figure, Separator, Span
from app.formats.docx_changes import KINDS, change_of
from app.formats.docx_fields import form_sign
from app.formats.docx_graphics import Graphic
from app.formats.docx_languages import Languages
from app.formats.docx_media import Media, Relationships
from app.formats.docx_names import Element, child, children, name, text_of, value
from app.formats.docx_notes import ENDNOTES, FOOTNOTES, Notes
from app.formats.docx_styles import PLAIN, Look, Styles
from app.formats.docx_words import formula, words_in
from app.formats.fields import Field
from app.formats.imported import Report
from app.formats.lines import Anchor, Flow
from app.formats.links import web_link
from app.formats.symbols import UNKNOWN, is_symbol_font, private_text, symbol

_LOST = {
    "w:u": ("1 passage was underlined", "{n} passages were underlined"),
    "w:highlight": ("1 passage was highlighted", "{n} passages were highlighted"),
    "w:caps": ("1 passage was shown in capitals", "{n} passages were shown in capitals"),
}
_CHARACTERS = {
    name(f"w:{tag}"): text
    for tag, text in (("tab", "\t"), ("ptab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "\u2011"))
}
_SILENT = frozenset(
    name(f"w:{tag}")
    for tag in (
        "pPr",
        "rPr",
        "sectPr",
        "delInstrText",
        "rubyPr",
        "tblPr",
        "tblGrid",
        "footnoteRef",
        "endnoteRef",
    )
)
_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Context:
    """Where the walk stands: the paragraph's style, whether its look is no mark, and what is around a run."""

    style: str = ""
    plain: bool = False
    link: str = ""
    change: Change | None = None
    run: Element | None = None
    look: Look = PLAIN


@dataclass
class Inside:
    """What a paragraph holds: its text, and what stands apart from it."""

    spans: list[Span] = field(default_factory=list)
    before: list[Flow | Element] = field(default_factory=list)
    after: list[Flow | Element] = field(default_factory=list)

    def apart(self, part: Flow | Element) -> None:
        """Put ``part`` after the text; a picture or rule that stands before all text stays there."""
        leads = isinstance(part, Figure | Separator) and not any(span.text.strip() for span in self.spans)
        (self.before if leads else self.after).append(part)


@dataclass
class Shared:
    """What the walks through all stories of one document use.

    ``closed`` are the marks of fields that come to an end, ``comments`` the ids of known remarks;
    ``hidden`` and ``tables`` collect text that stays out.
    """

    styles: Styles
    media: Media
    notes: Notes
    languages: Languages
    report: Report
    closed: frozenset[Element] = frozenset()
    comments: frozenset[str] = frozenset()
    hidden: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)


class Runs:
    """Walks through the paragraphs of one story; fields may reach over several of them."""

    def __init__(self, shared: Shared, relationships: Relationships) -> None:
        self._shared = shared
        self._report = shared.report
        self._relationships = relationships
        self._fields: list[Field] = []
        self._ranges: set[str] = set()
        self._inside = Inside()
        self._lost: frozenset[str] = frozenset()

    def paragraph(self, element: Element, context: Context) -> Inside:
        """The inside of a ``w:p``, or of anything else that holds runs."""
        self._inside = Inside()
        self._lost = frozenset()
        self._walk(element, context)
        return self._inside

    def alone(self, element: Element, context: Context) -> Inside:
        """The inside of one element that belongs into a paragraph and stands outside of one."""
        self._inside = Inside()
        self._one(element, context)
        return self._inside

    def _walk(self, element: Element, context: Context) -> None:
        for inner in children(element):
            self._one(inner, context)

    def _one(self, element: Element, context: Context) -> None:
        handler = _HANDLERS.get(element.tag)
        if handler is not None:
            handler(self, element, context)
        elif element.tag not in _SILENT:
            self._walk(element, context)

    def run(self, element: Element, context: Context) -> None:
        """A run: text of one look."""
        properties = child(element, "w:rPr")
        styles = self._shared.styles
        look = styles.look(properties, context.style, plain=context.plain)
        change = context.change
        formatted = child(properties, "w:rPrChange")
        if formatted is not None:
            before = styles.look(child(formatted, "w:rPr"), context.style, plain=context.plain).marks
            if before == look.marks:
                self._report.say("Tracked changes of font, size or colour were accepted")
            elif change is None:
                change = replace(change_of(formatted, ChangeKind.FORMAT), before=before)
        self._walk(element, replace(context, run=properties, look=look, change=change))

    def text(self, element: Element, context: Context) -> None:
        """Words.  White space around a line break of the XML is no text (ISO/IEC 29500-1, 17.3.3.31)."""
        text = text_of(element)
        if "\n" in text or "\r" in text:
            text = _SPACE.sub(" ", text)
            text = text if value(element, "xml:space") == "preserve" else text.strip()
        fonts = child(context.run, "w:rFonts")
        font = value(fonts, "w:ascii") or value(fonts, "w:hAnsi")
        if is_symbol_font(font):
            text = "".join(symbol(font, ord(char)) for char in text)
        self._emit(private_text(font, text.replace("\u00ad", "")), context)

    def character(self, element: Element, context: Context) -> None:
        """A character that is an element of its own."""
        self._emit(_CHARACTERS[element.tag], context)

    def symbol(self, element: Element, context: Context) -> None:
        """A sign of a symbol font."""
        try:
            code = int(value(element, "w:char"), 16)
        except ValueError:
            code = -1
        sign = symbol(value(element, "w:font"), code)
        if sign == UNKNOWN:
            self._report.count(
                "1 sign has no letter; □ stands for it", "{n} signs have no letter; □ stands for them"
            )
        self._emit(sign, context)

    def changed(self, element: Element, context: Context) -> None:
        """Text inserted, deleted or moved; a deletion wins over the insertion around it."""
        change = change_of(element)
        if context.change and context.change.kind is not ChangeKind.FORMAT:
            if change.kind is not context.change.kind:
                self._report.count(
                    "1 passage was inserted and then deleted; it is shown as deleted",
                    "{n} passages were inserted and then deleted; they are shown as deleted",
                )
            if context.change.kind is ChangeKind.DELETION:
                change = context.change
        self._walk(element, replace(context, change=change))

    def hyperlink(self, element: Element, context: Context) -> None:
        """A link to another document or inside this one."""
        target = self._relationships.get(value(element, "r:id"))
        address = target.target if target is not None and target.external else ""
        link = web_link(address, value(element, "w:anchor"), self._report)
        self._walk(element, replace(context, link=link or context.link))

    def simple_field(self, element: Element, context: Context) -> None:
        """A field with its code in an attribute."""
        self._fields.append(Field(value(element, "w:instr")))
        self._fields[-1].begin_result(self._report)
        self._fields[-1].tell(self._report)
        self._walk(element, context)
        self._fields.pop()

    def field_mark(self, element: Element, context: Context) -> None:
        """The beginning, middle or end of a field."""
        if element not in self._shared.closed:
            return
        match value(element, "w:fldCharType"):
            case "begin":
                self._fields.append(Field(sign=form_sign(element)))
            case "separate" if self._fields:
                self._fields[-1].begin_result(self._report)
            case "end" if self._fields:
                done = self._fields.pop()
                done.tell(self._report)
                self._emit(done.sign, context)

    def field_code(self, element: Element, _: Context) -> None:
        """A piece of a field's code."""
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].code += text_of(element)

    def note(self, element: Element, context: Context) -> None:
        """The reference to a footnote or endnote."""
        kind = ENDNOTES if element.tag == name("w:endnoteReference") else FOOTNOTES
        note = self._shared.notes.refer(kind, value(element, "w:id"))
        if note:
            self._inside.spans.append(Span(note=note, change=context.change))

    def comment(self, element: Element, _: Context) -> None:
        """The beginning or end of what a remark speaks of; a remark without a range has its mark only."""
        identifier = value(element, "w:id")
        if identifier not in self._shared.comments:
            return
        anchor = Anchor(comment=identifier)
        if element.tag != name("w:commentReference"):
            self._ranges.add(identifier)
            self._inside.spans.append(anchor)
        elif identifier not in self._ranges:
            self._inside.spans += [anchor, anchor]

    def graphic(self, element: Element, context: Context) -> None:
        """A drawing, an old picture, or an embedded object."""
        found = Graphic(element, self._relationships, self._shared.media, self._report).found
        if found and context.change and context.change.kind is ChangeKind.DELETION:
            self._report.count(
                "1 drawing or picture is marked as deleted; it was taken in",
                "{n} drawings or pictures are marked as deleted; they were taken in",
            )
        if found and context.look.hidden:
            self._report.say("Hidden drawings or pictures were taken in")
        for part in found:
            self._inside.apart(part)

    def ruby(self, element: Element, context: Context) -> None:
        """Text with its reading above it."""
        base, reading = child(element, "w:rubyBase"), child(element, "w:rt")
        if base is not None:
            self._walk(base, context)
        if reading is not None:
            self._emit(f"({words_in(reading)})", context)
            self._report.say("Readings above the text were put behind it, in brackets")

    def formula(self, element: Element, context: Context) -> None:
        """A formula."""
        self._emit(formula(element), context)
        self._report.count("1 formula was turned into plain text", "{n} formulas were turned into plain text")

    def _emit(self, text: str, context: Context) -> None:
        if not text:
            return
        drops = {held.drops() for held in self._fields}
        if "table" in drops:
            self._shared.tables.append(text)
        elif context.look.hidden or not all(held.in_result for held in self._fields):
            self._shared.hidden.append(text)
        elif "page" not in drops:
            link = next((held.address for held in self._fields if held.address), context.link)
            language = self._shared.languages.of_run(context.run, text)
            self._inside.spans.append(Span(text, context.look.marks, link, language, context.change))
            self._count_lost(context.look.lost - {"w:u"} if link else context.look.lost)

    def _count_lost(self, lost: frozenset[str]) -> None:
        for tag in lost - self._lost:
            self._report.count(*_LOST[tag])
        self._lost = lost


_Handler = Callable[[Runs, Element, Context], None]
_HANDLERS: Mapping[str, _Handler] = {
    name("w:r"): Runs.run,
    name("w:t"): Runs.text,
    name("w:delText"): Runs.text,
    name("w:sym"): Runs.symbol,
    name("w:hyperlink"): Runs.hyperlink,
    name("w:fldSimple"): Runs.simple_field,
    name("w:fldChar"): Runs.field_mark,
    name("w:instrText"): Runs.field_code,
    name("w:footnoteReference"): Runs.note,
    name("w:endnoteReference"): Runs.note,
    name("w:commentRangeStart"): Runs.comment,
    name("w:commentRangeEnd"): Runs.comment,
    name("w:commentReference"): Runs.comment,
    name("w:drawing"): Runs.graphic,
    name("w:pict"): Runs.graphic,
    name("w:object"): Runs.graphic,
    name("w:ruby"): Runs.ruby,
    name("m:oMath"): Runs.formula,
    **dict.fromkeys(_CHARACTERS, Runs.character),
    **dict.fromkeys(KINDS, Runs.changed),
}
