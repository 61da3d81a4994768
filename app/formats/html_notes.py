"""Footnotes and comments of any origin, marked in the tree so that the walk finds them.

Word, Google Docs, WordPress, pandoc and GitHub agree in one thing: the reference links to the note and the
note links back.  The reference becomes ``<sup data-ref="n1">``, what holds the note gets
``data-note="n1"``, the link back goes.  Word and Google Docs write comments in the same way, under names of
their own; those become ``data-anchor`` and ``data-remark``.
"""

from __future__ import annotations

import re
from typing import Any

_COMMENT = re.compile(r"#(?:_msocom_|cmnt\d)")
_WORD_NOTE = re.compile(r"mso-element:\s*(?:footnote|endnote|comment)(?!-)")
_LABEL = re.compile(r"[\[(]?(?:[a-z]{0,4}\d{1,4}|[a-z]{1,4}|[*†‡§]{1,4})[\])]?[.:]?", re.IGNORECASE)


def mark_notes(body: Any) -> None:
    """Find references and their notes in the tree ``body`` and mark them in place."""
    links = [link for link in body.iter("a") if (link.get("href") or "").startswith("#")]
    targets = _named(body)
    backs: dict[str, list[Any]] = {}
    for link in links:
        backs.setdefault(link.get("href")[1:], []).append(link)
    order = {element: place for place, element in enumerate(body.iter())}
    pairs: list[tuple[Any, Any, Any]] = []
    taken: set[Any] = set()
    for link in links:
        target = targets.get(link.get("href")[1:])
        if target is None or link in taken or order[target] <= order[link] or not _is_label(link):
            continue
        for name in _names_near(link):
            back = next((b for b in backs.get(name, ()) if _belongs(b, target)), None)
            if back is not None:
                taken |= {back, link}
                pairs.append((link, target, back))
                break
    _mark(body, pairs)
    for link in links:  # further references to a note that links back to the first one only
        target = targets.get(link.get("href")[1:])
        if target is not None and link not in taken and _is_label(link):
            note = _holder(target).get("data-note")
            if note and order[target] > order[link]:
                _refer(link, "data-ref", note)


def _mark(body: Any, pairs: list[tuple[Any, Any, Any]]) -> None:
    ids: dict[Any, str] = {}
    remarks = 0
    known = sum(1 for _ in body.iterfind(".//*[@data-note]"))
    for link, target, back in pairs:
        holder = _holder(target)
        if holder.tag in ("body", "h1", "h2", "h3") or link in list(holder.iter("a")):
            continue
        if _COMMENT.match(link.get("href")):
            remarks += 1
            holder.set("data-remark", f"r{remarks}")
            _refer(link, "data-anchor", f"r{remarks}")
            _remove(back)
            _without_rule(holder)
            continue
        if holder not in ids:
            ids[holder] = f"n{known + len(ids) + 1}"
            holder.set("data-note", ids[holder])
        _refer(link, "data-ref", ids[holder])
        _remove(back)
    for holder in ids:
        _without_rule(holder)


def _is_label(link: Any) -> bool:
    """Whether ``link`` shows a number or a sign, as a reference to a note does."""
    return bool(_LABEL.fullmatch(_words(link.text_content())))


def _named(body: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for element in body.iter():
        for name in (element.get("id"), element.get("name")):
            if name:
                found.setdefault(name, element)
    return found


def _names_near(link: Any) -> list[str]:
    """The anchors that a link back may aim at: on the reference itself or just around it."""
    places = [link, *list(link), link.getparent()]
    previous = link.getprevious()
    if previous is not None and not (previous.tail or "").strip():
        places.append(previous)
    return [
        name for place in places if place is not None for name in (place.get("id"), place.get("name")) if name
    ]


def _belongs(back: Any, target: Any) -> bool:
    """Whether the link back stands in what ``target`` names."""
    return back is target or any(
        element is target or element is _holder(target) for element in back.iterancestors()
    )


def _holder(target: Any) -> Any:
    """The element that is the whole note: an item, Word's own division, or else the paragraph."""
    block = target
    for element in [target, *target.iterancestors()]:
        if element.tag == "body":
            break
        if element.tag in ("li", "aside", "dd") or _WORD_NOTE.match(element.get("style") or ""):
            return element
        if element.tag in ("p", "div", "td") and block.tag not in ("p", "div", "td"):
            block = element
    parent = block.getparent()
    alone = (
        block.tag == "p" and parent is not None and parent.tag == "div" and parent.get("data-note") is None
    )
    if alone and all(child.tag == "p" for child in parent) and _backs(parent) == 1:
        return parent
    return block


def _backs(element: Any) -> int:
    return sum(1 for link in element.iter("a") if (link.get("href") or "").startswith("#"))


def _refer(link: Any, kind: str, name: str) -> None:
    """Put the reference in the place of ``link``, and of the superscript that holds nothing else."""
    place = link
    parent = link.getparent()
    while parent.tag in ("sup", "span") and len(parent) == 1 and not _words(parent.text, link.tail):
        place, parent = parent, parent.getparent()
    reference = place.makeelement("sup", {kind: name})
    reference.tail = place.tail
    parent.replace(place, reference)


def _words(*texts: str | None) -> str:
    return "".join("".join(text or "" for text in texts).split())


def _remove(back: Any) -> None:
    """Take out the link back, with a number that it shows, and the superscript around it."""
    place, parent = back, back.getparent()
    text = _words(back.text_content())
    if place.get("data-note") or (len(text) > 8 and not _LABEL.fullmatch(text)):
        place.attrib.pop("href", None)
        return
    while parent.tag in ("sup", "span") and len(parent) == 1 and not _words(parent.text, place.tail):
        place, parent = parent, parent.getparent()
    place.drop_tree()


def _without_rule(holder: Any) -> None:
    """Drop the line that divides notes from the text."""
    before = holder.getprevious()
    if before is not None and before.tag == "hr":
        before.drop_tree()
    above = holder.getparent()
    while above is not None and above.tag in ("ol", "ul", "section", "div", "aside", "footer"):
        for rule in above.findall("hr"):
            rule.drop_tree()
        before = above.getprevious()
        if before is not None and before.tag == "hr":
            before.drop_tree()
        above = above.getparent()
