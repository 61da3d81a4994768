"""Arbitrary articles for property tests: everything that the model can hold, in canonical form."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import strategies as st

from app.domain.article import (
    NO_MARKS,
    Align,
    Article,
    Block,
    Cell,
    Change,
    ChangeKind,
    Column,
    Comment,
    Direction,
    Download,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Mark,
    Paragraph,
    Parallel,
    Quote,
    Separator,
    Span,
    Spans,
    Table,
)
from app.domain.article_json import clean_text
from app.domain.plain_text import block_text
from app.domain.spans import merged

AWKWARD = (
    "1. not a list",
    "12) nor this",
    "# not a heading",
    "b|c",
    "trailing  ",
    "> no quote",
    "- no item",
    "+ no item",
    "* star *",
    "_under_score_",
    "`tick`",
    "[x](y)",
    "![x](y)",
    "[^1]",
    "[^1]: x",
    "^[x]",
    "<b>",
    "&amp;",
    "&#65;",
    "a\\",
    "\\*",
    "~~gone~~",
    "---",
    "===",
    "***",
    ":--",
    "| a | b |",
    "\ta",
    "  two  spaces  ",
    "\n",
    "a\nb",
    "\n\n",
    "a\n# b",
    "a\n- b",
    "x\n1. y",
    "    code",
    "```",
    "~~~",
    "<!-- x -->",
    "-->",
    "Wow!",
    'don\'t "quote"',
    "中文，标点。",
    "ひらがな",
    "مرحبا بالعالم",
    "שלום",
    "Привет",
    "e\u0301",
    "\u0338",
    "\u00a0",
    "\u200f",
    "\u2028",
    "\x01",
    "\x0b",
    "\x85",
    "\x7f",
    "\ufeff",
    "\ufffe",
    "😀",
    "http://a.example/b",
    "a@b.example",
    "{#id}",
    "{{x}}",
    "</p>",
    "]]>",
    "\x1b[0m",
    "%s",
    "a\u00adb",
    "+++",
    "title: x",
    "$x$",
    "@x",
    ":a:",
    "C:\\new",
    "\u3000",
)

texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.sampled_from("ab.,! \n*_`#<>[]|\\-+1~&:;()\"'é中"), min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8),
).map(clean_text)
names = st.one_of(st.sampled_from(("", "Ann", "Li Wei", 'A "B" <C>', "a|b", "-->", "\\u0041")), texts)
instants = st.sampled_from(("", "2026-01-02T03:04:05Z"))
languages = st.sampled_from(("", "en", "zh-Hant", "ar", "sr-Latn-RS"))
links = st.sampled_from(
    (
        "",
        "",
        "https://a.example/",
        "http://b.example/x?a=1&b=2;c#d",
        "mailto:a@b.example",
        "https://c.example/a_(b)*c",
        "https://例え.example/é",
        "https://d.example/%20&copy;",
    )
)
marks = st.frozensets(st.sampled_from(list(Mark)), max_size=3)


@st.composite
def changes(draw: Any) -> Change:
    """A tracked change; only a format change remembers the marks before."""
    kind = draw(st.sampled_from(list(ChangeKind)))
    before = draw(marks) if kind is ChangeKind.FORMAT else NO_MARKS
    return Change(kind, draw(names), draw(instants), before)


@st.composite
def span_runs(draw: Any, notes: tuple[str, ...] = (), tracked: bool = True) -> Spans:
    """A run of spans in canonical form; references are to ``notes``."""
    change = st.one_of(st.none(), st.none(), changes()) if tracked else st.none()
    plain = st.builds(Span, texts)
    dressed = st.builds(Span, texts, st.one_of(st.just(NO_MARKS), marks), links, languages, change)
    kinds = [plain, plain, dressed]
    if notes:
        kinds.append(st.builds(Span, note=st.sampled_from(notes), marks=marks, change=change))
    return merged(draw(st.lists(st.one_of(kinds), max_size=4)))


class _Maker:
    """Draws blocks with ids that are unique in one article."""

    def __init__(self, draw: Any, notes: tuple[str, ...], tracked: bool) -> None:
        self._draw = draw
        self._numbers = count(1)
        self._tracked = tracked
        self._runs = span_runs(notes, tracked)
        self._ends = st.one_of(st.none(), st.none(), changes()) if tracked else st.none()

    def spans(self) -> Spans:
        found: Spans = self._draw(self._runs)
        return found

    def id(self) -> str:
        number = next(self._numbers)
        return f"b{number}" if number % 3 else f"01JD{number:022d}"

    def some(self, make: Any, most: int = 3) -> tuple[Any, ...]:
        return tuple(make() for _ in range(self._draw(st.integers(0, most))))

    def paragraph(self) -> Paragraph:
        draw = self._draw
        align = draw(st.sampled_from([Align.NATURAL, *Align]))
        direction = draw(st.sampled_from([Direction.AUTO, *Direction]))
        return Paragraph(self.id(), self.spans(), align, direction, draw(self._ends))

    def heading(self) -> Heading:
        draw = self._draw
        level, direction = draw(st.sampled_from((2, 3))), draw(st.sampled_from(list(Direction)))
        return Heading(self.id(), level, self.spans(), direction, draw(self._ends))

    def quote(self) -> Quote:
        return Quote(self.id(), self.some(self.paragraph), self.spans(), self._draw(st.booleans()))

    def list(self, depth: int = 0) -> ListBlock:
        def item() -> ListItem:
            inner = self.some(lambda: self.list(depth + 1), 2) if depth < 2 else ()
            return ListItem(self.spans(), inner, self._draw(self._ends))

        ordered = self._draw(st.booleans())
        start = self._draw(st.sampled_from((1, 1, 3, 0, 2026, -4))) if ordered else 1
        return ListBlock(self.id(), ordered, start, self.some(item))

    def table(self) -> Table:
        draw = self._draw
        if draw(st.booleans()):
            width, height = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            head = tuple(Cell(self.spans(), header=True) for _ in range(width))
            rows = tuple(tuple(Cell(self.spans()) for _ in range(width)) for _ in range(height - 1))
            return Table(self.id(), (head, *rows))

        def cell() -> Cell:
            sizes = st.sampled_from((1, 1, 2, 3))
            return Cell(self.spans(), draw(st.booleans()), draw(sizes), draw(sizes))

        return Table(self.id(), self.some(lambda: self.some(cell)))

    def parallel(self) -> Parallel:
        return Parallel(
            self.id(), self.some(lambda: Column(self._draw(languages), self.some(self.paragraph, 2)), 2)
        )

    def block(self) -> Block:
        kinds = (
            self.paragraph,
            self.paragraph,
            self.heading,
            self.quote,
            self.list,
            self.table,
            self.parallel,
            lambda: Figure(self.id(), self._draw(st.sampled_from(("p1", "p 2", "01JDP")))),
            lambda: Separator(self.id()),
            lambda: Download(self.id(), "f1", self.spans()),
        )
        made: Block = self._draw(st.sampled_from(kinds))()
        return made


@st.composite
def articles(draw: Any, tracked: bool = True, remarks: bool = True) -> Article:
    """Any article in canonical form; ``tracked`` with open changes, ``remarks`` with comments."""
    notes = tuple(f"n{number}" for number in range(1, draw(st.integers(0, 3)) + 1))
    maker = _Maker(draw, notes, tracked)
    heads = st.one_of(st.just(""), texts)
    blocks = maker.some(maker.block, 5)
    article = Article(
        draw(heads),
        draw(heads),
        draw(heads),
        draw(heads),
        draw(languages),
        blocks,
        tuple(Footnote(note, maker.some(maker.paragraph, 2)) for note in notes),
        (),
        draw(heads),
        tuple(draw(st.lists(texts, max_size=2))),
        tuple(draw(st.lists(texts, max_size=2))),
    )
    if not (remarks and blocks):
        return article
    made: list[Comment] = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        block = draw(st.sampled_from(blocks))
        start, end = sorted(draw(st.integers(0, len(block_text(block)))) for _ in range(2))
        parent = draw(st.sampled_from(["", *(comment.id for comment in made)]))
        made.append(
            Comment(
                f"c{number}",
                block.id,
                start,
                end,
                draw(heads),
                draw(names),
                draw(instants),
                parent,
                draw(st.booleans()),
            )
        )
    return replace(article, comments=tuple(made))
