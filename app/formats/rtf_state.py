"""What an RTF reader remembers for each group, and how control words change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from app.domain.article import Align, Change, ChangeKind, Direction, Mark, Marks
from app.formats.fields import Field
from app.formats.rtf_sinks import Sink
from app.formats.rtf_story import Story


@dataclass(slots=True)
class Chars:
    """How text looks; ``complex`` ones count in text from right to left, ``base`` is the document's font."""

    base: int = 0
    font: int = 0
    bold: bool = False
    italic: bool = False
    complex_bold: bool = False
    complex_italic: bool = False
    complex: bool = False
    small_caps: bool = False
    strike: bool = False
    position: Mark | None = None
    hidden: bool = False
    lost: frozenset[str] = frozenset()
    inserted: bool = False
    deleted: bool = False
    inserted_by: int = 0
    inserted_at: int = 0
    deleted_by: int = 0
    deleted_at: int = 0

    def marks(self) -> Marks:
        """The marks that the article keeps."""
        found = {
            Mark.BOLD: self.complex_bold if self.complex else self.bold,
            Mark.ITALIC: self.complex_italic if self.complex else self.italic,
            Mark.SMALL_CAPS: self.small_caps,
            Mark.STRIKETHROUGH: self.strike,
        }
        marks = {mark for mark, on in found.items() if on}
        return frozenset(marks | {self.position} if self.position else marks)

    def change(self, authors: list[str]) -> Change | None:
        """The tracked change that the text is part of; a deletion wins."""
        if self.deleted:
            return Change(ChangeKind.DELETION, _author(authors, self.deleted_by), instant(self.deleted_at))
        if self.inserted:
            return Change(ChangeKind.INSERTION, _author(authors, self.inserted_by), instant(self.inserted_at))
        return None


@dataclass(slots=True)
class Paragraph:
    """What a paragraph is."""

    style: int = 0
    outline: int | None = None
    align: str = ""
    right_to_left: bool = False
    in_table: bool = False
    list: int = 0
    level: int = 0
    drop_cap: bool = False
    ruled: bool = False

    def alignment(self) -> Align:
        """The alignment; left and right are sides of the page here."""
        match self.align:
            case "qc":
                return Align.CENTER
            case "qj" | "qd":
                return Align.JUSTIFY
            case "qr" if not self.right_to_left:
                return Align.END
            case "ql" if self.right_to_left:
                return Align.END
        return Align.NATURAL

    def direction(self) -> Direction:
        """The base direction."""
        return Direction.RTL if self.right_to_left else Direction.AUTO


@dataclass(slots=True)
class State:
    """One group.  Text goes to ``sink``, or to ``story`` when that is None; ``home`` is the sink around a field.

    ``fallback`` is how many characters after a ``\\u`` stand in for it; ``closing`` is done at the group's end.
    """

    story: Story
    sink: Sink | None = None
    home: Sink | None = None
    fields: tuple[Field, ...] = ()
    chars: Chars = field(default_factory=Chars)
    paragraph: Paragraph = field(default_factory=Paragraph)
    fallback: int = 1
    closing: Callable[[], None] | None = None

    def inner(self) -> State:
        """The state in which a group inside begins."""
        return State(
            self.story,
            self.sink,
            self.home,
            self.fields,
            replace(self.chars),
            replace(self.paragraph),
            self.fallback,
        )


def instant(packed: int) -> str:
    """A time as RTF packs it (``\\revdttm``), in ISO 8601 without a zone, or ``""``."""
    minute, hour, day = packed & 63, packed >> 6 & 31, packed >> 11 & 31
    month, year = packed >> 16 & 15, 1900 + (packed >> 20 & 511)
    if not (minute < 60 and hour < 24 and 0 < day < 32 and 0 < month < 13 and packed > 0):
        return ""
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"


def _author(authors: list[str], number: int) -> str:
    return authors[number].strip() if 0 <= number < len(authors) else ""


def _lose(what: str) -> Callable[[State, int | None], None]:
    def lose(state: State, number: int | None) -> None:
        lost = state.chars.lost
        state.chars.lost = lost - {what} if number == 0 else lost | {what}

    return lose


def _plain(state: State, _: int | None) -> None:
    kept = state.chars
    state.chars = Chars(
        base=kept.base,
        font=kept.base,
        inserted=kept.inserted,
        deleted=kept.deleted,
        inserted_by=kept.inserted_by,
        inserted_at=kept.inserted_at,
        deleted_by=kept.deleted_by,
        deleted_at=kept.deleted_at,
    )


def _pard(state: State, _: int | None) -> None:
    state.paragraph = Paragraph()


def _position(mark: Mark | None) -> Callable[[State, int | None], None]:
    def place(state: State, number: int | None) -> None:
        state.chars.position = None if number == 0 else mark

    return place


def _char(attribute: str) -> Callable[[State, int | None], None]:
    def switch(state: State, number: int | None) -> None:
        setattr(state.chars, attribute, number != 0)

    return switch


def _char_number(attribute: str) -> Callable[[State, int | None], None]:
    def keep(state: State, number: int | None) -> None:
        setattr(state.chars, attribute, number or 0)

    return keep


def _complex(on: bool) -> Callable[[State, int | None], None]:
    def switch(state: State, _: int | None) -> None:
        state.chars.complex = on

    return switch


def _in_paragraph(attribute: str) -> Callable[[State, int | None], None]:
    def keep(state: State, number: int | None) -> None:
        setattr(state.paragraph, attribute, number or 0)

    return keep


def _align(name: str) -> Callable[[State, int | None], None]:
    def align(state: State, _: int | None) -> None:
        state.paragraph.align = name

    return align


def _direction(right_to_left: bool) -> Callable[[State, int | None], None]:
    def turn(state: State, _: int | None) -> None:
        state.paragraph.right_to_left = right_to_left

    return turn


def _in_table(state: State, number: int | None) -> None:
    state.paragraph.in_table = number != 0


def _drop_cap(state: State, number: int | None) -> None:
    state.paragraph.drop_cap = bool(number)


def _ruled(state: State, _: int | None) -> None:
    state.paragraph.ruled = True


def _fallback(state: State, number: int | None) -> None:
    state.fallback = max(0, 1 if number is None else number)


_UNDERLINES = [
    "ul",
    "uld",
    "uldash",
    "uldashd",
    "uldashdd",
    "uldb",
    "ulth",
    "ulw",
    "ulwave",
    "ulhwave",
    "ululdbwave",
]

PROPERTIES: Mapping[str, Callable[[State, int | None], None]] = {
    "plain": _plain,
    "pard": _pard,
    "f": _char_number("font"),
    "b": _char("bold"),
    "i": _char("italic"),
    "ab": _char("complex_bold"),
    "ai": _char("complex_italic"),
    "rtlch": _complex(True),
    "ltrch": _complex(False),
    "scaps": _char("small_caps"),
    "strike": _char("strike"),
    "striked": _char("strike"),
    "v": _char("hidden"),
    "super": _position(Mark.SUPERSCRIPT),
    "sub": _position(Mark.SUBSCRIPT),
    "up": _position(Mark.SUPERSCRIPT),
    "dn": _position(Mark.SUBSCRIPT),
    "nosupersub": _position(None),
    "caps": _lose("capitals"),
    "highlight": _lose("highlight"),
    "ulnone": lambda state, _: _lose("underline")(state, 0),
    **dict.fromkeys(_UNDERLINES, _lose("underline")),
    "revised": _char("inserted"),
    "deleted": _char("deleted"),
    "mvt": _char("inserted"),
    "mvf": _char("deleted"),
    "revauth": _char_number("inserted_by"),
    "revdttm": _char_number("inserted_at"),
    "revauthdel": _char_number("deleted_by"),
    "revdttmdel": _char_number("deleted_at"),
    "s": _in_paragraph("style"),
    "outlinelevel": _in_paragraph("outline"),
    "ls": _in_paragraph("list"),
    "ilvl": _in_paragraph("level"),
    "dropcapli": _drop_cap,
    "intbl": _in_table,
    "rtlpar": _direction(True),
    "ltrpar": _direction(False),
    "uc": _fallback,
    "brdrt": _ruled,
    "brdrb": _ruled,
    **{name: _align(name) for name in ("ql", "qc", "qr", "qj", "qd")},
}
"""Control words that change the state, by name."""
