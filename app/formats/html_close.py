"""What an HTML element gathered becomes a block when it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.article import Cell, Column, Comment, Footnote, ListBlock, Parallel, Table
from app.formats.html_fields import Fields
from app.formats.html_holders import (
    Holder,
    Kind,
    field_text,
    item_of,
    items_of,
    paragraphs_in,
    quotes_of,
    spans_in,
)
from app.formats.html_look import language_tag
from app.formats.html_roles import is_pull, number
from app.formats.html_spans import plain_data
from app.formats.imported import Report
from app.formats.lines import Flow

_AUTHOR = re.compile(r"""mso-comment-author:\s*["']?([^"';]+)""")


@dataclass(slots=True)
class Beside:
    """What stands beside the text: footnotes, comments of other programs, the fields of our own form."""

    notes: list[Footnote] = field(default_factory=list)
    remarks: list[Comment] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)


class Closing:
    """Ends holders; in the ``exchange`` form what is empty stays."""

    def __init__(self, beside: Beside, report: Report, exchange: bool) -> None:
        self._beside = beside
        self._report = report
        self._exchange = exchange

    def close(self, holder: Holder, holders: Sequence[Holder]) -> None:
        """Put what ``holder`` gathered into the last of ``holders``, which are still open."""
        outer = holders[-1]
        match holder.kind:
            case Kind.QUOTE:
                outer.flow += quotes_of(holder, block_id(holder.element), is_pull(holder.element))
            case Kind.ATTRIBUTION:
                spans, figures = spans_in(holder.flow)
                quote = next(held for held in reversed(holders) if held.kind is Kind.QUOTE)
                quote.attribution += spans
                outer.flow += figures
            case Kind.ITEM:
                item, left = item_of(holder, self._report)
                if item.spans or item.lists or self._exchange:
                    outer.items.append(item)
                outer.after += left
            case Kind.LIST:
                left = items_of(holder, self._report) + holder.after
                outer.flow += [*self._list(holder), *left]
            case Kind.CELL:
                spans, figures = spans_in(holder.flow)
                element = holder.element
                cell = Cell(
                    spans,
                    element.tag == "th",
                    number(element.get("colspan"), 1, 1000),
                    number(element.get("rowspan"), 1, 1000),
                )
                if not outer.rows:
                    outer.rows.append([])
                outer.rows[-1].append(cell)
                outer.after += figures
            case Kind.TABLE:
                rows = tuple(tuple(row) for row in holder.rows)
                outer.flow += holder.flow
                if self._exchange or any(cell.spans for row in rows for cell in row):
                    outer.flow.append(Table(block_id(holder.element), rows))
                outer.flow += holder.after
            case _:
                self._close_part(holder, outer)

    def _close_part(self, holder: Holder, outer: Holder) -> None:
        element = holder.element
        if holder.kind is Kind.FIELD:
            self._beside.fields.add(element, field_text(holder))
            return
        if holder.kind is Kind.PARALLEL:
            outer.flow.append(Parallel(block_id(element), tuple(holder.columns)))
            outer.flow += [*holder.flow, *holder.after]
            return
        if holder.kind is Kind.REMARK:
            by = _AUTHOR.search(element.get("style") or "") or _AUTHOR.search(_styles_in(element))
            text = field_text(holder)
            self._beside.remarks.append(
                Comment(element.get("data-remark"), "", text=text, by=by[1] if by else "")
            )
            return
        paragraphs, figures = paragraphs_in(holder.flow)
        if holder.kind is Kind.NOTE:
            self._beside.notes.append(Footnote(plain_data(element.get("data-note")), paragraphs))
        elif holder.kind is Kind.COLUMN and outer.kind is Kind.PARALLEL:
            outer.columns.append(Column(language_tag(element.get("lang")), paragraphs))
        else:
            outer.flow += paragraphs
        outer.after += figures

    def _list(self, holder: Holder) -> list[Flow]:
        if not holder.items and not self._exchange:
            return []
        ordered = holder.element.tag == "ol"
        start = number(holder.element.get("start"), -999_999_999, 999_999_999) if ordered else 1
        return [ListBlock(block_id(holder.element), ordered, start, tuple(holder.items))]


def block_id(element: Any) -> str:
    """The id that our own form gives ``element``, or ``""``."""
    return plain_data(element.get("data-id") or "")


def _styles_in(element: Any) -> str:
    return ";".join(inner.get("style") or "" for inner in element.iterdescendants())
