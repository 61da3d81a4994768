"""What must hold of the words of a profile: they say something, patterns can be filled in, links lead somewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from string import Formatter
from typing import Any

from app.domain.magazine import Magazine
from app.domain.magazine_faults import Fault, Path
from app.domain.magazine_page import Captions, Page

_MOST_TEASERS = 20
_LINK = re.compile(r"(https?://[^\s/]+\S*|mailto:[^@\s]+@[^@\s]+)")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_TYPE = re.compile(r"[A-Z][A-Za-z]*")
_MAY_REPEAT = {"lines"}
"""Two lines of an address may be the same."""


def check_words(magazine: Magazine) -> None:
    """Raises Fault at the first thing that does not hold."""
    _date_format(magazine.date_format)
    _captions(magazine.captions)
    _page(magazine.page)
    _email(magazine.address.email, ("address", "email"))
    for at, who in enumerate(magazine.people):
        if who.email:
            _email(who.email, ("people", at, "email"))
    types: list[tuple[Path, str]] = [
        (("sections", at, "schema_type"), node.schema_type) for at, node in enumerate(magazine.sections)
    ]
    types += [(("kinds", at, "schema_type"), kind.schema_type) for at, kind in enumerate(magazine.kinds)]
    for path, type_ in types:
        if type_ and not _TYPE.fullmatch(type_):
            raise Fault(path, f"{type_} is not a type of schema.org")
    clocks = magazine.clocks
    for name in ("answer", "publish", "reply"):
        if getattr(clocks, name) < 1:
            raise Fault(("clocks", name), "a number of days is expected here")
    if clocks.warn_before < 0:
        raise Fault(("clocks", "warn_before"), "a number of days is expected here")
    for path, fault in _plain_faults(magazine, ()):
        raise Fault(path, fault)


def _date_format(pattern: str) -> None:
    """Year, month and day can be told from it: everything that is no token is printed as it is."""
    rest = pattern
    for wanted, tokens in (
        ("a year (YYYY)", ("YYYY",)),
        ("a month (MMMM, MM or M)", ("MMMM", "MM", "M")),
        ("a day (DD or D)", ("DD", "D")),
    ):
        token = next((token for token in tokens if token in rest), None)
        if token is None:
            raise Fault(("date_format",), f"the pattern has no {wanted[2:]}")
        rest = rest.replace(token, "\0", 1)
    if left := re.search("[YMD]", rest):
        raise Fault(
            ("date_format",), f"{left[0]} stands where no part of a date is: YYYY, MMMM, MM, M, DD, D"
        )


def _captions(captions: Captions) -> None:
    for name in ("lead", "inline"):
        _pattern(getattr(captions, name), ("captions", name), ["caption", "credit"])
    _pattern(captions.courtesy, ("captions", "courtesy"), ["name"])
    _pattern(captions.linked, ("captions", "linked"), ["credit"], needed=False)


def _page(page: Page) -> None:
    for name in ("related", "keep_reading"):
        if not 0 <= getattr(page, name) <= _MOST_TEASERS:
            raise Fault(("page", name), f"a number from 0 to {_MOST_TEASERS} is expected here")
    _pattern(page.copyright, ("page", "copyright"), ["year"], needed=False)
    for name in ("footer", "social", "partners"):
        for at, link in enumerate(getattr(page, name)):
            _link(link.url, ("page", name, at))
    for name in ("support", "newsletter", "submit"):
        appeal = getattr(page, name)
        if appeal is not None and (appeal.label or appeal.url):
            _link(appeal.url, ("page", name, "url"))


def _pattern(pattern: str, path: Path, names: list[str], *, needed: bool = True) -> None:
    """See that a pattern holds these fields in this order, each once, and no other."""
    try:
        parts = [part for part in Formatter().parse(pattern) if part[1] is not None]
    except ValueError as error:
        raise Fault(path, f"the pattern is broken: {error}") from error
    found = [name for _, name, form, conversion in parts if not form and conversion is None]
    if len(found) != len(parts) or (found != names and (needed or found)):
        wanted = " and then ".join("{" + name + "}" for name in names)
        raise Fault(path, f"the pattern holds {wanted}, and nothing else in braces")


def _link(url: str, path: Path) -> None:
    if not _LINK.fullmatch(url):
        raise Fault(path, f"{url or 'nothing'} is not an address that begins with https:, http: or mailto:")


def _email(address: str, path: Path) -> None:
    if not _EMAIL.fullmatch(address):
        raise Fault(path, f"{address or 'nothing'} is not a mail address")


def _plain_faults(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Texts that are blank where something must be said or hold control characters, and lists that repeat."""
    for field in fields(value):
        said, place = getattr(value, field.name), (*path, field.name)
        if is_dataclass(said):
            yield from _plain_faults(said, place)
        elif isinstance(said, str):
            optional = field.default == "" and field.default is not MISSING
            yield from ((place, fault) for fault in _faults_of(said, optional=optional))
        elif isinstance(said, tuple):
            for at, item in enumerate(said):
                if is_dataclass(item):
                    yield from _plain_faults(item, (*place, at))
                elif isinstance(item, str):
                    yield from ((place, fault) for fault in _faults_of(item, optional=False))
                if item in said[:at] and field.name not in _MAY_REPEAT:
                    yield (*place, at), "the same stands here twice"


def _faults_of(text: str, *, optional: bool) -> Iterator[str]:
    if not text.strip() and not optional:
        yield "something must be said here"
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in text):
        yield "there is a control character in it"
