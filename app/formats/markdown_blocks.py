"""Blocks as Markdown that reads back without loss.

An id, a direction, whatever Markdown has no sign for, stands in a comment before its block:
``<!-- data-id="b1" dir="rtl" -->``.  A block that Markdown cannot hold is written as HTML.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.article import (
    Block,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Separator,
    Table,
)
from app.formats.html_exchange import HtmlBlocks
from app.formats.html_spans import spans_html
from app.formats.markdown_spans import awkward, native_label, spans_markdown


@dataclass(frozen=True)
class MarkdownBlocks:
    """Blocks as Markdown.

    ``notes`` are the footnotes with a label of their own, ``numbers`` what HTML shows for them.  Without
    ``ids`` no comments are written, and what needs one is HTML.
    """

    notes: Collection[str]
    numbers: Mapping[str, str]
    ids: bool = True
    _html: HtmlBlocks = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_html", HtmlBlocks(self.numbers, self.ids))

    def blocks(self, blocks: Iterable[Block]) -> list[str]:
        """Several blocks; an empty comment keeps two lists apart that Markdown would join."""
        out: list[str] = []
        before: Block | None = None
        for block in blocks:
            apart = isinstance(block, ListBlock) and isinstance(before, ListBlock) and not self.ids
            out += ["<!-- -->"] * apart + [self.block(block)]
            before = block
        return out

    def block(self, block: Block) -> str:
        """One block, with the comment before it."""
        needs = not self.ids and not isinstance(block, ListBlock) and self._html.attributes(block)
        written = None if needs else self._native(block)
        if written is None:
            return self._html.block(block).replace("|", "&#124;")
        return self._above(block) + written

    def footnote(self, note: Footnote) -> str:
        """A footnote with its paragraphs."""
        if note.id not in self.notes:
            return self._html.footnote(note)
        inner = "\n\n".join(self.blocks(note.paragraphs))
        gap = "\n" if self.ids else " "
        return f"[^{note.id}]:{gap}" + _indented(inner, "    ").lstrip(gap)

    def _above(self, block: Block) -> str:
        attributes = self._html.attributes(block).strip() if self.ids else ""
        return f"<!-- {attributes} -->\n" if attributes else ""

    def _native(self, block: Block) -> str | None:
        match block:
            case Paragraph() if not awkward(block.spans):
                return spans_markdown(block.spans, self.notes)
            case Heading():
                return f"{'#' * block.level} {spans_markdown(block.spans, self.notes, lines=False)}".rstrip()
            case Separator():
                return "* * *"
            case Quote() if block.paragraphs or block.attribution:
                return self._quote(block)
            case ListBlock() if _plain_list(block):
                return self._list(block)
            case Table() if _plain_table(block):
                return self._table(block)
            case _:
                return None

    def _quote(self, block: Quote) -> str:
        parts = self.blocks(block.paragraphs)
        if block.attribution:
            parts.append(f"<div><cite>{spans_html(block.attribution, self.numbers)}</cite></div>")
        return _indented("\n\n".join(parts), "> ", everywhere=True)

    def _list(self, block: ListBlock) -> str:
        signs = (f"{number}. " if block.ordered else "- " for number in range(block.start, 10**9))
        return "\n".join(
            _indented(self._item(item), " " * len(sign)).replace(" " * len(sign), sign, 1)
            for sign, item in zip(signs, block.items, strict=False)
        )

    def _item(self, item: ListItem) -> str:
        own = spans_markdown(item.spans, self.notes)
        return ("\n" if self.ids else "\n\n").join([*([own] if own else []), *self.blocks(item.lists)])

    def _table(self, block: Table) -> str:
        rows = [[spans_markdown(cell.spans, self.notes, lines=False) for cell in row] for row in block.rows]
        rows.insert(1, ["---"] * len(rows[0]))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def labels(notes: Iterable[Footnote]) -> frozenset[str]:
    """The ids of those ``notes`` that Markdown can write as ``[^…]``."""
    return frozenset(note.id for note in notes if native_label(note.id) and note.paragraphs)


def _indented(text: str, indent: str, everywhere: bool = False) -> str:
    lines = (indent + line if line or everywhere else line for line in text.split("\n"))
    return "\n".join(line.rstrip() if not line.strip(" >") else line for line in lines)


def _plain_list(block: ListBlock) -> bool:
    """Whether a list has items, none of them empty, awkward or with a changed end, and counts as Markdown can."""
    return (
        bool(block.items)
        and 0 <= block.start < 900_000_000
        and all(
            item.break_change is None
            and (bool(item.lists) if not item.spans else not awkward(item.spans))
            and all(map(_plain_list, item.lists))
            for item in block.items
        )
    )


def _plain_table(block: Table) -> bool:
    """Whether a table has one row of heads, then rows without, all of one width."""
    if not block.rows or not block.rows[0]:
        return False
    width = len(block.rows[0])
    return all(
        len(row) == width
        and all(cell.columns == cell.rows == 1 and cell.header is (number == 0) for cell in row)
        for number, row in enumerate(block.rows)
    )
