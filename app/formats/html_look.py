"""How an HTML element looks: its tag, its classes and its style become marks and paragraph properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from app.domain.article import Align, Change, ChangeKind, Direction, Mark, Span
from app.formats.html_spans import plain_data
from app.formats.links import good_link

Style = Mapping[str, str]
Sheet = Mapping[tuple[str, str], Style]
"""Declarations by tag (``""`` for any) and class."""

_MARKS = {
    "b": Mark.BOLD,
    "strong": Mark.BOLD,
    "i": Mark.ITALIC,
    "em": Mark.ITALIC,
    "dfn": Mark.ITALIC,
    "var": Mark.ITALIC,
    "cite": Mark.ITALIC,
    "s": Mark.STRIKETHROUGH,
    "strike": Mark.STRIKETHROUGH,
    "sub": Mark.SUBSCRIPT,
    "sup": Mark.SUPERSCRIPT,
}
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?\.([\w-]+)", re.IGNORECASE)
_LONGEST_SHEET = 200_000
_ODD = re.compile(r"[ \"<>\\^`{|}]")
_GOOGLE = re.compile(r"https?://www\.google\.[a-z.]+/url\?(?:[^#]*&)?q=(https?[^&#]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an element hands down to its text: the look of a span, and properties of the paragraph."""

    look: Span = field(default_factory=Span)
    verbatim: bool = False
    align: Align = Align.NATURAL
    direction: Direction = Direction.AUTO


def declarations(text: str) -> dict[str, str]:
    """The properties in a ``style`` attribute, in lower case."""
    pairs = (part.partition(":") for part in text.split(";"))
    return {
        name.strip().lower(): " ".join(value.lower().replace("!important", "").split())
        for name, _, value in pairs
        if value.strip()
    }


def style_sheet(css: str) -> Sheet:
    """The rules of ``css`` whose selectors are a class, alone or on a tag; nothing inside ``@media`` counts."""
    sheet: dict[tuple[str, str], dict[str, str]] = {}
    for selectors, body in _RULE.findall(_without_at_rules(_COMMENT.sub(" ", css[:_LONGEST_SHEET]))):
        for selector in selectors.split(","):
            if found := _SELECTOR.fullmatch(selector.strip()):
                key = (found[1] or "").lower(), found[2]
                sheet.setdefault(key, {}).update(declarations(body))
    return sheet


def _without_at_rules(css: str) -> str:
    out: list[str] = []
    depth, skipping = 0, False
    for part in re.split(r"([{}]|@[\w-]+|;)", css):
        if part.startswith("@") and not depth:
            skipping = True
        if not skipping:
            out.append(part)
        depth += {"{": 1, "}": -1}.get(part, 0)
        if skipping and depth <= 0 and part in ("}", ";"):
            depth, skipping = 0, False
    return "".join(out)


def style_of(element: Any, sheet: Sheet) -> dict[str, str]:
    """The declarations that apply to ``element`` itself."""
    style: dict[str, str] = {}
    for name in (element.get("class") or "").split():
        style |= sheet.get(("", name), {})
        style |= sheet.get((element.tag, name), {})
    return style | declarations(element.get("style") or "")


def hidden(element: Any, style: Style) -> bool:
    """Whether a reader of the page would not see ``element``."""
    return (
        element.get("hidden") is not None
        or style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or style.get("mso-hide") == "all"
        or bool(re.fullmatch(r"0(?:px|pt|em)?", style.get("font-size", "")))
    )


def scope_of(element: Any, style: Style, outer: Scope, language: str) -> Scope:
    """The scope inside ``element``; ``language`` is that of the whole document."""
    tag = element.tag
    look = replace(
        outer.look,
        marks=_marks(element, style, outer.look),
        language=_language(element.get("lang"), outer.look.language, language),
    )
    if tag in ("ins", "del"):
        kind = ChangeKind.INSERTION if tag == "ins" else ChangeKind.DELETION
        look = replace(look, change=_change(element, kind))
    elif element.get("data-change") == ChangeKind.FORMAT:
        look = replace(look, change=_change(element, ChangeKind.FORMAT))
    if tag == "a" and element.get("href") is not None:
        look = replace(look, link=web_link(element.get("href")) or look.link)
    direction = {"ltr": Direction.LTR, "rtl": Direction.RTL, "auto": Direction.AUTO}.get(
        (element.get("dir") or style.get("direction") or "").lower(), outer.direction
    )
    space = style.get("white-space", "")
    verbatim = outer.verbatim if not space else space in ("pre", "pre-wrap", "break-spaces")
    return Scope(look, verbatim or tag == "pre", _align(element, style, direction, outer.align), direction)


def end_change(element: Any) -> Change | None:
    """The change of the end of a block that ``html_spans.end_data`` wrote."""
    kind = element.get("data-end") or ""
    if kind not in set(ChangeKind):
        return None
    by, at, before = (plain_data(element.get(f"data-end-{name}") or "") for name in ("by", "at", "before"))
    return Change(ChangeKind(kind), by, at, _mark_names(before))


def web_link(address: str) -> str:
    """``address`` when a span may carry it, unwrapped from Google Docs' redirection; else ``""``."""
    address = address.strip()
    if found := _GOOGLE.match(address):
        address = _percent_decoded(found[1])
    address = _ODD.sub(lambda found: quote(found[0]), address)
    return address if good_link(address) else ""


def _percent_decoded(text: str) -> str:
    return re.sub(r"%(3A|2F|3F|3D|26|23|25)", lambda found: chr(int(found[1], 16)), text, flags=re.IGNORECASE)


def language_tag(text: str | None) -> str:
    """``text`` if it has the shape of a BCP 47 tag that says something, else ``""``."""
    tag = (text or "").strip().replace("_", "-")
    return tag if _TAG.fullmatch(tag) and tag.lower() not in ("und", "zxx", "x-none") else ""


def _language(given: str | None, outer: str, document: str) -> str:
    """What ``lang`` says, unless it is only a regional name of the document's own language."""
    tag = language_tag(given)
    if not tag:
        return outer
    return "" if document and tag.split("-")[0].lower() == document.split("-")[0].lower() else tag


def _marks(element: Any, style: Style, outer: Span) -> frozenset[Mark]:
    marks = set(outer.marks)
    if mark := _MARKS.get(element.tag):
        marks.add(mark)
    _set(marks, Mark.BOLD, _bold(style.get("font-weight", "")))
    _set(
        marks,
        Mark.ITALIC,
        {"italic": True, "oblique": True, "normal": False}.get(style.get("font-style", "")),
    )
    variant = f"{style.get('font-variant', '')} {style.get('font-variant-caps', '')}".strip()
    _set(marks, Mark.SMALL_CAPS, ("small-caps" in variant) if variant else None)
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        marks.add(Mark.STRIKETHROUGH)
    height = style.get("vertical-align", "")
    if element.tag in ("span", "a", "font", "sub", "sup") and height in ("sub", "super", "baseline"):
        _set(marks, Mark.SUBSCRIPT, height == "sub")
        _set(marks, Mark.SUPERSCRIPT, height == "super")
    return frozenset(marks)


def _set(marks: set[Mark], mark: Mark, wanted: bool | None) -> None:
    if wanted:
        marks.add(mark)
    elif wanted is False:
        marks.discard(mark)


def _bold(weight: str) -> bool | None:
    if weight.isdecimal():
        return int(weight) >= 600
    return {"bold": True, "bolder": True, "normal": False, "lighter": False}.get(weight)


def _change(element: Any, kind: ChangeKind) -> Change:
    by = plain_data(element.get("data-by") or "") or (
        element.get("data-author") or element.get("title") or ""
    )
    at = plain_data(element.get("data-at") or "") or (element.get("datetime") or "")
    return Change(kind, by, at, _mark_names(element.get("data-before") or ""))


def _mark_names(text: str) -> frozenset[Mark]:
    return frozenset(Mark(name) for name in text.split() if name in set(Mark))


def _align(element: Any, style: Style, direction: Direction, outer: Align) -> Align:
    align = style.get("text-align") or (element.get("align") or "").lower()
    if element.tag == "center":
        align = align or "center"
    if element.tag in ("table", "img", "hr", "td", "th") and "text-align" not in style:
        return Align.NATURAL
    rtl = direction is Direction.RTL
    return {
        "center": Align.CENTER,
        "justify": Align.JUSTIFY,
        "start": Align.START,
        "end": Align.END,
        "left": Align.END if rtl else Align.NATURAL,
        "right": Align.NATURAL if rtl else Align.END,
    }.get(align, outer)
