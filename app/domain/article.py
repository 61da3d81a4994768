"""The article as data: blocks of spans, with footnotes and comments beside them.

Readers produce it, writers consume it, the editor edits it, the diff compares it and the content
hash covers it.  Everything is frozen; text is NFC with ``\\n`` for a line break inside a block, and
``article_json`` refuses what is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a run of text looks, and nothing else."""

    BOLD = "bold"
    ITALIC = "italic"
    SMALL_CAPS = "small-caps"
    STRIKETHROUGH = "strikethrough"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"


Marks = frozenset[Mark]
NO_MARKS: Marks = frozenset()


class ChangeKind(StrEnum):
    """What a tracked change does."""

    INSERTION = "insertion"
    DELETION = "deletion"
    FORMAT = "format"


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: of the text of a span, or of the end of a block (``break_change``).

    ``by`` is the author's name as the file gives it, ``at`` an ISO 8601 instant or ``""``;
    ``before`` holds the marks that a FORMAT change replaced.
    """

    kind: ChangeKind
    by: str = ""
    at: str = ""
    before: Marks = NO_MARKS


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one look.

    ``link`` is an absolute http(s) or mailto address or ``""``; ``language`` a BCP 47 tag where it
    differs from the block's; ``note`` the id of a footnote whose reference stands here, and then
    ``text`` is empty.
    """

    text: str = ""
    marks: Marks = NO_MARKS
    link: str = ""
    language: str = ""
    change: Change | None = None
    note: str = ""

    @property
    def plain(self) -> bool:
        """Whether it is words and nothing else, as most are."""
        return not (self.marks or self.link or self.language or self.change or self.note)


Spans = tuple[Span, ...]


class Align(StrEnum):
    """Alignment of a paragraph; NATURAL follows the direction of its text."""

    NATURAL = ""
    CENTER = "center"
    END = "end"
    JUSTIFY = "justify"
    START = "start"


class Direction(StrEnum):
    """Base direction of a paragraph; AUTO is told from its first strong character (Unicode UAX 9)."""

    AUTO = ""
    LTR = "ltr"
    RTL = "rtl"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; verse keeps its lines as ``\\n`` in the spans."""

    id: str
    spans: Spans = ()
    align: Align = Align.NATURAL
    direction: Direction = Direction.AUTO
    break_change: Change | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the body, ``level`` 2 or 3; the headline is not a block."""

    id: str
    level: int = 2
    spans: Spans = ()
    direction: Direction = Direction.AUTO
    break_change: Change | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation of one or more paragraphs with its ``attribution``; ``pull`` makes it a pull quote."""

    id: str
    paragraphs: tuple[Paragraph, ...] = ()
    attribution: Spans = ()
    pull: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item: its own text, then lists inside it."""

    spans: Spans = ()
    lists: tuple[ListBlock, ...] = ()
    break_change: Change | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; an ``ordered`` one counts from ``start``."""

    id: str
    ordered: bool = False
    start: int = 1
    items: tuple[ListItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """The place of a photograph in the text; ``photo`` is the id of its photo use."""

    id: str
    photo: str


@dataclass(frozen=True, slots=True)
class Separator:
    """A break between scenes."""

    id: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``columns`` and ``rows`` say over how many it reaches."""

    spans: Spans = ()
    header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells."""

    id: str
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Download:
    """A file offered beside the text; ``file`` is the id of the asset, ``label`` its words."""

    id: str
    file: str
    label: Spans = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One language of a parallel text."""

    language: str
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Parallel:
    """Original and translation side by side, one column each."""

    id: str
    columns: tuple[Column, ...] = ()


Block = Paragraph | Heading | Quote | ListBlock | Figure | Separator | Table | Download | Parallel


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note, referred to by ``Span.note``."""

    id: str
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark beside the text: on ``block`` from character ``start`` to ``end`` of its plain text.

    Never exported to a public target.  ``parent`` is the id of the comment that it answers.
    """

    id: str
    block: str
    start: int = 0
    end: int = 0
    text: str = ""
    by: str = ""
    at: str = ""
    parent: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """The text of a piece.  ``language`` is a BCP 47 tag or ``""`` when it is not known."""

    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    language: str = ""
    blocks: tuple[Block, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    comments: tuple[Comment, ...] = ()
    bio: str = ""
    tags: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
