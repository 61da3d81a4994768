"""What an HTML element is for: heading, item of Word's, pull quote, attribution, table of data or of layout."""

from __future__ import annotations

import re
from typing import Any

from app.formats.html_holders import Opened
from app.formats.html_look import Scope, Style
from app.formats.lines import Item, Role

_BLOCKS_NAMES = """
    address article aside caption center dd details div dl dt fieldset figcaption figure footer form h1
    h2 h3 h4 h5 h6 header hgroup legend li main menu nav p pre section summary table td th ul ol
"""
BLOCKS = frozenset(_BLOCKS_NAMES.split())
"""Elements that end the block before them.  Lists, tables and their parts are here for those that hold nothing."""

TOLD = {
    "u": ("1 underlined passage lost its line", "{n} underlined passages lost their line"),
    "mark": ("1 highlighted passage lost its colour", "{n} highlighted passages lost their colour"),
    "pre": (
        "1 passage with fixed lines keeps them, but not its typeface",
        "{n} passages with fixed lines keep them, but not their typeface",
    ),
    "code": ("1 passage of code lost its typeface", "{n} passages of code lost their typeface"),
}
"""What is reported, by tag: for one and for several."""

_LIST = re.compile(r"(l\d+) level(\d+)(?: (lfo\d+))?")
_NUMBERED = re.compile(r"[(\[]?(\d{1,9}|[a-z]{1,6})[.):\]]+", re.IGNORECASE)
_ROLES = {
    "msotitle": Role.TITLE,
    "title": Role.TITLE,
    "msosubtitle": Role.SUBTITLE,
    "subtitle": Role.SUBTITLE,
    "msoquote": Role.QUOTE,
    "msointensequote": Role.PULL,
}
_PULL = re.compile(r"(?:^|[ _-])pull-?(?:ed-?)?(?:quotes?)?(?:$|[ _-])", re.IGNORECASE)


def opened_as(element: Any, style: Style, scope: Scope) -> Opened:
    """The paragraph or heading that ``element`` opens."""
    tag = element.tag
    if re.fullmatch("h[1-6]", tag):
        return Opened(element, scope, Role.HEADING, int(tag[1]))
    if tag == "p":
        names = (element.get("class") or "").lower().split()
        role = next((_ROLES[name] for name in names if name in _ROLES), Role.BODY)
        if found := _LIST.match(style.get("mso-list", "")):
            item = Item(found[1] + (found[3] or ""), min(int(found[2]), 12) - 1)
            return Opened(element, scope, role, 0, item)
        return Opened(element, scope, role)
    return Opened(element, scope)


def item_sign(item: Item | None, sign: str) -> Item | None:
    """``item`` as the sign that Word printed before it says."""
    if item is None:
        return None
    found = _NUMBERED.fullmatch("".join(sign.split()))
    if not found:
        return Item(item.family, item.depth, False, 1)
    return Item(item.family, item.depth, True, int(found[1]) if found[1].isdecimal() else 1)


def word_item(opened: Opened) -> Item | None:
    """The item of ``opened``, unless it is a heading with a number."""
    return opened.item if opened.role is Role.BODY else None


def is_pull(element: Any) -> bool:
    """Whether a quotation is a pull quote, by its class or that of the figure around it."""
    around = element.getparent()
    classes = [element.get("class") or ""]
    if around is not None and around.tag in ("figure", "aside", "div"):
        classes.append(around.get("class") or "")
    return any(_PULL.search(name) for names in classes for name in names.split())


def is_attribution(element: Any) -> bool:
    """Whether ``element`` names who said the quotation around it."""
    if element.tag not in ("cite", "footer"):
        return False
    above = element.getparent()
    if above.tag == "blockquote" or element.tag == "footer":
        return True
    said = "".join((element.text_content() or "").split())
    return above.tag in ("p", "div") and "".join((above.text_content() or "").split()) == said


def is_layout(table: Any) -> bool:
    """Whether a table only divides the page: it holds tables, or one column, or says so."""
    if table.get("data-id"):
        return False
    if (table.get("role") or "") in ("presentation", "none") or next(
        table.iterdescendants("table"), None
    ) is not None:
        return True
    widths = [sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")]
    return max(widths, default=0) < 2


def number(text: str | None, least: int, most: int) -> int:
    """The number in an attribute between two bounds; 1 where there is none."""
    found = re.match(r"\s*(-?\d{1,9})", text or "")
    return min(most, max(least, int(found[1]))) if found else 1
