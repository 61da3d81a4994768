"""Footnotes and endnotes of a Word file, and remarks in its margin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.article import Comment
from app.formats.docx_changes import instant
from app.formats.docx_names import Element, name, value
from app.formats.docx_package import Package, Relationship
from app.formats.docx_words import words_in
from app.formats.imported import Report, excerpt

FOOTNOTES, ENDNOTES = "footnotes", "endnotes"
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))


@dataclass(frozen=True, slots=True)
class Note:
    """One note that the text refers to: its id in the article, its part and its element."""

    id: str
    part: str
    element: Element


class Notes:
    """Numbers notes ``n1``, ``n2``, … in the order in which the text refers to them."""

    def __init__(self, package: Package, relationships: dict[str, Relationship], report: Report) -> None:
        self._report = report
        self._known: dict[tuple[str, str], tuple[str, Element]] = {}
        self._referred: dict[tuple[str, str], Note] = {}
        for relationship in relationships.values():
            if relationship.type not in (FOOTNOTES, ENDNOTES) or relationship.external:
                continue
            root = package.tree(relationship.target)
            for element in root if root is not None else ():
                if value(element, "w:type") not in _SEPARATORS:
                    key = relationship.type, value(element, "w:id")
                    self._known.setdefault(key, (relationship.target, element))

    def refer(self, kind: str, identifier: str) -> str:
        """The id of the note that a reference means, or ``""`` when the file lacks it."""
        key = kind, identifier
        if key not in self._referred:
            if key not in self._known:
                self._report.count(
                    "1 footnote is missing in the file", "{n} footnotes are missing in the file"
                )
                return ""
            self._referred[key] = Note(f"n{len(self._referred) + 1}", *self._known[key])
        return self._referred[key].id

    def referred(self) -> Iterator[Note]:
        """The notes in order; reading one may refer to more, which then follow."""
        done = 0
        while done < len(self._referred):
            yield list(self._referred.values())[done]
            done += 1

    def elements(self) -> list[Element]:
        """All notes of the file."""
        return [element for _, element in self._known.values()]

    def tell_rest(self) -> None:
        """Report the words of notes that nothing refers to."""
        for key, (_, element) in self._known.items():
            text = excerpt(words_in(element))
            if key not in self._referred and text:
                self._report.say(f"A footnote that nothing refers to: {text}")


def comments(package: Package, relationships: dict[str, Relationship]) -> list[Comment]:
    """The remarks, with the ids that the text uses for them and without places."""
    root = _part(package, relationships, "comments")
    extended = _part(package, relationships, "commentsExtended")
    entries = list(root.iterchildren(name("w:comment"))) if root is not None else []
    named = {paragraph: value(entry, "w:id") for entry in entries for paragraph in _paragraph_ids(entry)}
    parents: dict[str, str] = {}
    resolved: set[str] = set()
    for state in extended if extended is not None else ():
        comment = named.get(value(state, "w15:paraId"), "")
        parents[comment] = named.get(value(state, "w15:paraIdParent"), "")
        if value(state, "w15:done") in ("1", "true", "on"):
            resolved.add(comment)
    found: dict[str, Comment] = {}
    for entry in entries:
        identifier = value(entry, "w:id")
        parent = parents.get(identifier, "")
        found.setdefault(
            identifier,
            Comment(
                identifier,
                "",
                text=words_in(entry),
                by=value(entry, "w:author"),
                at=instant(entry),
                # An answer stands after its question; anything else could be a circle.
                parent=parent if parent in found else "",
                resolved=identifier in resolved,
            ),
        )
    return list(found.values())


def _paragraph_ids(comment: Element) -> list[str]:
    return [value(paragraph, "w14:paraId") for paragraph in comment.iter(name("w:p"))]


def _part(package: Package, relationships: dict[str, Relationship], kind: str) -> Element | None:
    for relationship in relationships.values():
        if relationship.type == kind and not relationship.external:
            return package.tree(relationship.target)
    return None
