"""Headline and standfirst of a document, taken out of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from app.domain.article import ChangeKind, Figure, Separator, Span
from app.formats.imported import Report
from app.formats.lines import Anchor, Flow, Line, Role, tidy, without_uniform_bold, words

_EARLY = 3
"""A heading 1 with more lines of text than this before it is a section, where another one follows it."""
_LONGEST = 300

_NO_TITLE = re.compile(
    r"microsoft \w+ - .*|(?:word )?document\d*|untitled.*|unbenannt.*|senza titolo.*|sans titre.*|sin título.*"
    r"|documento?\s*\d*|dokument\s*\d*|文档\s*\d*|文書\s*\d*|无标题.*|title|titel|titre|titolo|título|标题"
    r"|normal|template|(?:powerpoint|office) .*|.*\.(?:docx?|dotx?|docm|rtf|odt|txt|pdf|html?|indd)",
    re.IGNORECASE,
)
"""What programs write where a title belongs."""


def real_title(text: str) -> str:
    """``text`` of a document's title property in one line, or ``""`` where a program made it up."""
    line = " ".join(text.split())
    made_up = _NO_TITLE.fullmatch(line) or len(line) > _LONGEST or not any(char.isalpha() for char in line)
    return "" if made_up else line


def take_heads(flow: Sequence[Flow], title: str, report: Report) -> tuple[str, str, list[Flow]]:
    """Headline, standfirst and the lines that are left.

    The headline is the first line of style Title; else the first heading 1, unless it stands deep in
    the text and another follows; else ``title``, a property of the file.  A line that says the same and
    is all the text there is stays text.
    """
    rest = list(flow)
    place = _headline_place(rest)
    headline = title if place is None else ""
    if place is None:
        place = next((index for index, part in enumerate(rest) if _words(part)), None)
        if place is None or _words(rest[place]).casefold() != title.casefold():
            place = None
        elif not any(_says(part) for part in rest[place + 1 :]):
            place, headline = None, ""
    if place is not None:
        headline, rest[place : place + 1] = _take(rest[place], "headline", report)
    standfirst: list[str] = []
    start = next((index for index, part in enumerate(rest) if _is(part, Role.SUBTITLE)), len(rest))
    end = start
    while end < len(rest) and _is(rest[end], Role.SUBTITLE):
        end += 1
    left: list[Flow] = []
    for part in rest[start:end]:
        said, remains = _take(part, "standfirst", report)
        standfirst.append(said)
        left += remains
    rest[start:end] = left
    return headline, " ".join(standfirst), [_demoted(part) for part in rest]


def _headline_place(flow: Sequence[Flow]) -> int | None:
    titles = [index for index, part in enumerate(flow) if _is(part, Role.TITLE)]
    if titles:
        return titles[0]
    tops = [index for index, part in enumerate(flow) if _is(part, Role.HEADING) and part.level == 1]
    before = sum(1 for part in flow[: tops[0]] if _words(part)) if tops else 0
    return tops[0] if tops and (len(tops) == 1 or before <= _EARLY) else None


def _is(part: Flow, role: Role) -> TypeGuard[Line]:
    return isinstance(part, Line) and part.role is role and bool(_words(part))


def _says(part: Flow) -> bool:
    """Whether a part has words, or may have some."""
    return bool(_words(part)) if isinstance(part, Line) else not isinstance(part, (Figure, Separator))


def _words(part: Flow) -> str:
    """The words of a line with its changes accepted; of anything else, nothing."""
    if not isinstance(part, Line):
        return ""
    return " ".join(words(span for span in part.spans if not _deleted(span)).split())


def _deleted(span: Span) -> bool:
    return span.change is not None and span.change.kind is ChangeKind.DELETION


def _take(part: Flow, where: str, report: Report) -> tuple[str, list[Flow]]:
    """The plain words of a line, and a line of what cannot go along: footnotes and the places of comments."""
    assert isinstance(part, Line)
    if part.break_change or any(span.change for span in part.spans):
        report.say(f"The tracked changes in the {where} were accepted")
    if any(span.link for span in part.spans):
        report.say(f"The links in the {where} were left out")
    if any(span.marks for span in without_uniform_bold(tidy(part.spans)) if span.text):
        report.say(f"The formatting of words in the {where} was left out")
    notes = any(span.note for span in part.spans)
    if notes:
        report.say(f"The footnotes of the {where} stand in a paragraph of their own")
    left = tuple(span for span in part.spans if span.note or isinstance(span, Anchor))
    return _words(part), [Line(left)] if left else []


def _demoted(part: Flow) -> Flow:
    if not isinstance(part, Line):
        return part
    if part.role is Role.TITLE:
        return replace(part, role=Role.HEADING, level=2)
    return replace(part, role=Role.BODY) if part.role is Role.SUBTITLE else part
