"""The walk over an HTML tree: elements become blocks, text becomes spans.

The walk keeps a stack of scopes (how text looks here) and a stack of holders (what text goes into: the
body, a quotation, an item, a cell, a note).  It does not call itself, so depth costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lxml import etree

from app.domain.article import Block, Direction, Download, Figure, Heading, Paragraph, Separator
from app.formats.html_close import Beside, Closing, block_id
from app.formats.html_holders import Holder, Kind, Opened, items_of
from app.formats.html_look import Scope, Style, end_change, hidden, scope_of, style_of
from app.formats.html_pictures import Pictures
from app.formats.html_roles import (
    BLOCKS,
    TOLD,
    is_attribution,
    is_layout,
    item_sign,
    opened_as,
    word_item,
)
from app.formats.html_spans import plain_data
from app.formats.html_tree import Page
from app.formats.imported import Report
from app.formats.lines import Flow, Line

_DEEPEST_LIST = 12
_HOLDERS = {
    "blockquote": Kind.QUOTE,
    "ul": Kind.LIST,
    "ol": Kind.LIST,
    "li": Kind.ITEM,
    "table": Kind.TABLE,
    "td": Kind.CELL,
    "th": Kind.CELL,
}


class Walk:
    """One walk over one page; what stands beside the text is in ``beside`` after ``flow``."""

    def __init__(self, page: Page, pictures: Pictures, report: Report) -> None:
        self.beside = Beside()
        self._closing = Closing(self.beside, report, page.exchange)
        self._page = page
        self._pictures = pictures
        self._report = report
        rtl = page.direction == "rtl" and not page.exchange
        self._language = "" if page.exchange else page.language
        self._scopes = [Scope(direction=Direction.RTL if rtl else Direction.AUTO)]
        self._holders = [Holder(Kind.BODY, page.body)]

    def flow(self) -> list[Flow]:
        """Walk through the whole body; its blocks, with lines that are still to be grouped."""
        body = self._page.body
        events = etree.iterwalk(body, events=("start", "end"))
        for event, element in events:
            if element is body:
                if event == "start":
                    self._text(element.text)
                continue
            if event == "start":
                if self._start(element):
                    self._text(element.text)
                else:
                    events.skip_subtree()
            else:
                self._end(element)
                self._scopes.pop()
                self._text(element.tail)
        self._flush()
        return self._top.flow

    @property
    def _top(self) -> Holder:
        return self._holders[-1]

    @property
    def _scope(self) -> Scope:
        return self._scopes[-1]

    def _start(self, element: Any) -> bool:
        """Open ``element``; whether its content is to be walked."""
        style = style_of(element, self._page.sheet)
        outer = self._scope
        self._scopes.append(scope_of(element, style, outer, self._language))
        if hidden(element, style):
            if element.text_content().strip():
                self._report.count("1 hidden text was left out", "{n} hidden texts were left out")
            return False
        if self._page.exchange and (kind := _exchanged(element)):
            self._scopes[-1] = replace(self._scope, look=outer.look)
            self._open(kind, element)
            return True
        if kind := _beside(element):
            self._open(kind, element)
            return True
        if element.get("data-anchor"):
            self._top.run.anchor(element.get("data-anchor"))
            return False
        if element.get("data-ref"):
            self._place(outer)
            self._top.run.note(plain_data(element.get("data-ref")), outer.look)
            return False
        if is_attribution(element) and any(holder.kind is Kind.QUOTE for holder in self._holders):
            self._scopes[-1] = replace(self._scope, look=outer.look)
            self._open(Kind.ATTRIBUTION, element)
            return True
        return self._start_tag(element, style)

    def _start_tag(self, element: Any, style: Style) -> bool:
        tag = element.tag
        if told := TOLD.get(tag):
            self._report.count(*told)
        if tag in _HOLDERS and (kind := self._holder_kind(element)):
            self._open(kind, element)
        elif tag == "figure" and element.get("data-photo"):
            self._flush()
            self._top.flow.append(Figure(block_id(element), plain_data(element.get("data-photo"))))
        elif tag in BLOCKS:
            self._flush()
            self._top.opened = opened_as(element, style, self._scope)
        elif tag == "br":
            self._place(self._scope)
            self._top.run.line_break(self._scope.look)
        elif tag == "hr":
            self._flush()
            self._top.flow.append(Separator(block_id(element)))
        elif tag == "img":
            self._picture(self._pictures.key(element))
        else:
            return self._start_inline(element, style)
        return True

    def _start_inline(self, element: Any, style: Style) -> bool:
        match element.tag:
            case "tr" if self._top.kind is Kind.TABLE:
                self._top.rows.append([])
            case "q":
                self._text("“")
            case "rt":
                self._text("(")
            case "rp":
                return False
            case "a":
                self._tell_of_link(element)
            case "span" if code := element.get("data-character"):
                self._place(self._scope)
                if re.fullmatch("[1-9a-f][0-9a-f]{0,3}", code) and not 0xD800 <= int(code, 16) < 0xE000:
                    self._top.run.verbatim(chr(int(code, 16)), self._scope.look)
            case _ if style.get("mso-list") == "ignore" and self._top.opened:
                self._top.opened.item = item_sign(self._top.opened.item, element.text_content())
                return False
            case _:
                return True
        return True

    def _holder_kind(self, element: Any) -> Kind | None:
        """What ``element`` holds, or nothing where it is only a division of the page."""
        kind, top = _HOLDERS[element.tag], self._top.kind
        if kind is Kind.LIST and sum(holder.kind is Kind.LIST for holder in self._holders) >= _DEEPEST_LIST:
            self._report.say(f"Lists more than {_DEEPEST_LIST} deep were taken as lines")
            return None
        if (kind is Kind.ITEM and top is not Kind.LIST) or (kind is Kind.CELL and top is not Kind.TABLE):
            return None
        return None if kind is Kind.TABLE and is_layout(element) else kind

    def _end(self, element: Any) -> None:
        if self._top.element is element:
            self._flush()
            self._closing.close(self._holders.pop(), self._holders)
        elif element.tag in BLOCKS or element.tag in _HOLDERS:
            self._flush()
        elif element.tag == "q":
            self._text("”")
        elif element.tag == "rt":
            self._text(")")

    def _open(self, kind: Kind, element: Any) -> None:
        self._flush()
        if kind is Kind.ITEM:
            self._top.after += items_of(self._top, self._report)
        self._holders.append(Holder(kind, element))

    def _flush(self) -> None:
        """End the block whose text is being read."""
        top = self._top
        opened, spans, scope = top.opened, top.run.spans(), top.scope or self._scope
        if self._page.exchange:
            if spans or (opened and opened.element.get("data-id")):
                top.flow.append(self._block(opened, spans, scope))
        elif spans:
            top.flow.append(_line(opened, spans, scope))
        if top.kind not in (Kind.LIST, Kind.TABLE, Kind.PARALLEL):
            top.flow += top.after
            top.after = []
        top.opened, top.scope = None, None
        top.run = type(top.run)()

    def _block(self, opened: Opened | None, spans: Any, scope: Scope) -> Block:
        if opened is None:
            return Paragraph("", spans, scope.align, scope.direction)
        element, scope = opened.element, opened.scope
        name = block_id(element)
        if file := element.get("data-file"):
            return Download(name, plain_data(file), spans)
        change = end_change(element)
        if opened.level:
            return Heading(name, min(3, max(2, opened.level)), spans, scope.direction, change)
        return Paragraph(name, spans, scope.align, scope.direction, change)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        scope = self._scope
        run = self._top.run
        if not scope.verbatim:
            run.text(text, scope.look)
            if run:
                self._place(scope)
            return
        self._place(scope)
        for place, line in enumerate(text.split("\n")):
            if place:
                run.line_break(scope.look)
            if line:
                run.verbatim(line, scope.look)

    def _place(self, scope: Scope) -> None:
        self._top.scope = self._top.scope or scope

    def _picture(self, key: str) -> None:
        if key:
            top = self._top
            (top.after if top.run or top.kind in (Kind.LIST, Kind.TABLE) else top.flow).append(
                Figure("", key)
            )

    def _tell_of_link(self, element: Any) -> None:
        address = element.get("href")
        plain = address is None and not (element.get("name") or element.get("id"))
        if plain or (address and not address.startswith("#") and not self._scope.look.link):
            self._report.count(
                "1 link without a full web address kept its words only",
                "{n} links without a full web address kept their words only",
            )


def _exchanged(element: Any) -> Kind | None:
    """The holder that only our own form has."""
    for name, kind in (("field", Kind.FIELD), ("parallel", Kind.PARALLEL), ("column", Kind.COLUMN)):
        if element.get(f"data-{name}"):
            return kind
    return None


def _beside(element: Any) -> Kind | None:
    """The holder of what stands beside the text."""
    if element.get("data-note"):
        return Kind.NOTE
    return Kind.REMARK if element.get("data-remark") else None


def _line(opened: Opened | None, spans: Any, scope: Scope) -> Line:
    if opened is None:
        return Line(spans, align=scope.align, direction=scope.direction)
    scope = opened.scope
    return Line(
        spans, opened.role, opened.level, scope.align, scope.direction, scope.look.change, word_item(opened)
    )
