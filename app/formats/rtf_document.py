"""An RTF file while it is read: its tables, the groups that are open, and what was found."""

from __future__ import annotations

import re

from app.domain.article import Comment, Separator, Span
from app.formats.imported import Imported
from app.formats.lines import Item, Line, Role
from app.formats.rtf_sinks import Authors, Font, Fonts, Hex, Lists, Sink, Style, Styles
from app.formats.rtf_state import State
from app.formats.rtf_story import Story
from app.formats.symbols import UNKNOWN, is_symbol_font, private_text, symbol

_DEEPEST = 1000
_DEEPEST_LIST = 8
_SIGN, _NOTHING = 23, 255
"""Kinds of list levels (``\\levelnfc``) that do not count."""
_COUNTS = re.compile(r"\(?(?:\d+|[A-Za-z]{1,4})[.)\]:]|\d+$")
_LAST_NUMBER = re.compile(r"(\d{1,6})\D*$")
_LETTER = re.compile(r"\(?([A-Za-z])[.)]")
_LOST = {
    "underline": ("1 passage was underlined", "{n} passages were underlined"),
    "highlight": ("1 passage was highlighted", "{n} passages were highlighted"),
    "capitals": ("1 passage was shown in capitals", "{n} passages were shown in capitals"),
}


class Document:
    """What is known so far; ``sign`` is what the file shows before the open paragraph as an item of a list."""

    def __init__(self, imported: Imported) -> None:
        self.imported = imported
        self.report = imported.report
        self.fonts, self.styles, self.lists, self.authors = Fonts(), Styles(), Lists(), Authors()
        self.encoding = "cp1252"
        self.properties: dict[str, str] = {}
        self.notes: dict[str, Story] = {}
        self.comments: list[Comment] = []
        self.remark: dict[str, str] = {}
        self.ranges: set[str] = set()
        self.body = Story(self.report)
        self.state = State(self.body)
        self.sign = ""
        self.hidden: list[str] = []
        self.tables: list[str] = []
        self.shape_property = ""
        self.alt = ""
        self._outer: list[State] = []
        self._too_deep = 0
        self._counts: dict[tuple[str, int], int] = {}
        self._bytes = bytearray()
        self._half = ""

    def open_group(self) -> None:
        """Begin a group; one nested beyond all reason shares the state of the group around it."""
        if len(self._outer) >= _DEEPEST:
            self._too_deep += 1
            return
        self._outer.append(self.state)
        self.state = self.state.inner()

    def close_group(self) -> None:
        """End a group and do what waited for its end; a brace too many ends nothing."""
        if self._too_deep:
            self._too_deep -= 1
        elif self._outer:
            if self.state.closing:
                self.state.closing()
            self.state = self._outer.pop()

    def is_open(self) -> bool:
        """Whether a group is open."""
        return bool(self._outer)

    def add_bytes(self, data: bytes) -> None:
        """Take text that is not decoded yet; letters of two bytes may come in pieces."""
        self._bytes += data

    def flush(self) -> None:
        """Decode what was taken, by the encoding of the font in force."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        if isinstance(self.state.sink, Hex):
            self.state.sink.text(data.decode("latin-1"))
            return
        font = self._font()
        encoding = self.encoding if isinstance(self.state.sink, Fonts) else font.encoding or self.encoding
        if encoding == "symbol":
            text = "".join(
                symbol(font.name if is_symbol_font(font.name) else "Symbol", byte) for byte in data
            )
            self.report.count(
                "1 sign has no letter; □ stands for it",
                "{n} signs have no letter; □ stands for them",
                text.count(UNKNOWN),
            )
        else:
            text = data.decode(encoding, "replace")
        self.emit(text)

    def add_unit(self, unit: int) -> None:
        """Take one UTF-16 unit; two halves of a pair come one after the other."""
        char = chr(unit & 0xFFFF)
        if "\ud800" <= char <= "\udbff":
            self._half = char
            return
        pair, self._half = self._half + char, ""
        self.emit(pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))

    def emit(self, text: str) -> None:
        """Put ``text`` where the state says it belongs."""
        text = private_text(self._font().name, text.replace("\0", "").replace("\u00ad", ""))
        state = self.state
        if state.sink is not None:
            state.sink.text(text)
            return
        drops = {held.drops() for held in state.fields}
        if "table" in drops:
            self.tables.append(text)
        elif state.chars.hidden:
            self.hidden.append(text)
        elif text and "page" not in drops:
            link = next((held.address for held in reversed(state.fields) if held.address), "")
            change = state.chars.change(self.authors.known)
            state.story.add(Span(text, state.chars.marks() - self._looks(), link, "", change))
            lost = state.chars.lost - {"underline"} if link else state.chars.lost
            for what in sorted(lost - state.story.lost):
                self.report.count(*_LOST[what])
            state.story.lost = lost

    def line(self, *, is_end: bool = False) -> Line:
        """What the open paragraph is, without its text; ``is_end`` when its end stands here."""
        paragraph = self.state.paragraph
        role, level = self._style().role()
        if paragraph.outline is not None and role in (Role.BODY, Role.HEADING):
            inside = 0 <= paragraph.outline < 9
            role, level = (Role.HEADING, paragraph.outline + 1) if inside else (Role.BODY, 0)
        return Line(
            (),
            role,
            level,
            paragraph.alignment(),
            paragraph.direction(),
            self.state.chars.change(self.authors.known) if is_end else None,
            self._item() if role is Role.BODY else None,
        )

    def end_paragraph(self) -> None:
        """End the open paragraph here."""
        if self.state.paragraph.drop_cap:
            self.state.story.hold()
        else:
            if self.state.paragraph.ruled and not self.state.story.has_words():
                self.state.story.apart(Separator(""))
            self.state.story.end(self.line(is_end=True), in_table=self.state.paragraph.in_table)
        self.sign = ""

    def skips(self) -> bool:
        """Whether the group is passed over."""
        return type(self.state.sink) is Sink

    def _font(self) -> Font:
        return self.fonts.known.get(self.state.chars.font) or Font()

    def _style(self) -> Style:
        return self.styles.known.get(self.state.paragraph.style) or Style()

    def _looks(self) -> set[object]:
        """The marks that come from the style of a heading or quotation."""
        style = self._style()
        return set() if style.role()[0] is Role.BODY else set(style.marks)

    def _item(self) -> Item | None:
        """The open paragraph as the next item of its list, or None."""
        paragraph = self.state.paragraph
        sign = self.sign.strip()
        if not (paragraph.list or sign) or not self.state.story.has_words():
            return None
        depth = min(_DEEPEST_LIST, max(0, paragraph.level))
        levels = self.lists.known.get(paragraph.list, [])
        kind = levels[depth].kind if depth < len(levels) else None
        if kind == _NOTHING:
            return None
        ordered = bool(_COUNTS.match(sign)) if kind is None else kind != _SIGN
        family = f"{paragraph.list} {ordered}"
        start = levels[depth].start if depth < len(levels) else 1
        shown = _LAST_NUMBER.search(sign)
        lettered = _LETTER.match(sign)
        if shown or lettered:
            number = int(shown[1]) if shown else ord(lettered[1].lower()) - ord("a") + 1 if lettered else 0
        else:
            number = self._counts.get((family, depth), start - 1) + 1
        self._counts = {
            key: count for key, count in self._counts.items() if key[0] != family or key[1] <= depth
        }
        self._counts[family, depth] = number
        return Item(family, depth, ordered, min(1_000_000, max(0, number)))
