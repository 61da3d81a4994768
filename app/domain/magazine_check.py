"""What must hold between the parts of a profile: keys that are named exist, and roles that sign are held."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import Formatter
from typing import Protocol

from app.domain.magazine import (
    ALWAYS_BLOCK,
    GATES,
    HOLDS_PIECES,
    MASTHEAD_ROLES,
    ROLES,
    TARGETS,
    WITHHELD,
    Magazine,
    NodeKind,
    Person,
)
from app.domain.magazine_page import Captions
from app.domain.pieces import Kind

Path = tuple[str | int, ...]

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Z]{2,8}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_+-]+)+")
_SITE = re.compile(r"https://[a-z0-9.-]+(/[^/\s]+)*")


class Fault(Exception):
    """Something in the profile does not hold: where (a path of keys and indexes), and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


def check(magazine: Magazine) -> None:
    """Raises Fault at the first thing that does not hold."""
    _heads(magazine)
    _people(magazine)
    _masthead(magazine)
    _sections(magazine)
    _gates(magazine)
    _kinds(magazine)
    _terms(magazine)
    _captions(magazine.captions)
    _regions(magazine)
    _known(magazine.targets, TARGETS, ("targets",), "target")
    _known(magazine.safety.roles, ROLES, ("safety", "roles"), "role")
    _unique(magazine.topics, "topics")
    for at, slot in enumerate(magazine.slots):
        _matches(_ZONE, slot.zone, ("slots", at, "zone"), "a zone such as Europe/Rome")


def _heads(magazine: Magazine) -> None:
    _matches(_KEY, magazine.key, ("key",), "a short key in lower case")
    _matches(_PREFIX, magazine.prefix, ("prefix",), "two to eight capitals")
    _matches(_SITE, magazine.site, ("site",), "an https address without a slash at its end")
    _matches(_ZONE, magazine.zone, ("zone",), "a zone such as Europe/Rome")
    if not magazine.languages:
        raise Fault(("languages",), "at least one language is needed")
    for at, language in enumerate(magazine.languages):
        _matches(_LANGUAGE, language, ("languages", at), "a language such as en or zh-Hans")
    if len(magazine.months) != 12:
        raise Fault(("months",), "twelve months are needed")
    if not 0 < magazine.cut_threshold <= 100:
        raise Fault(("cut_threshold",), "a percentage from 1 to 100 is expected here")


def _people(magazine: Magazine) -> None:
    _unique(magazine.people, "people")
    for at, who in enumerate(magazine.people):
        if not who.roles:
            raise Fault(("people", at, "roles"), "at least one role is needed")
        _known(who.roles, ROLES, ("people", at, "roles"), "role")
        if who.since and who.until and who.until < who.since:
            raise Fault(("people", at, "until"), "until is before since")
        _stand_ins(who, ("people", at, "stand_ins"))


def _stand_ins(who: Person, path: Path) -> None:
    for at, leave in enumerate(who.stand_ins):
        _known((leave.role,), ROLES, (*path, at), "role")
        if leave.until < leave.since:
            raise Fault((*path, at), "until is before since")
        if not leave.proof.strip():
            raise Fault((*path, at), "a stand-in is named with proof")


def _masthead(magazine: Magazine) -> None:
    people = {who.key: who for who in magazine.people}
    for at, line in enumerate(magazine.masthead):
        _known((line.role,), ROLES, ("masthead", at, "role"), "role")
        for key in line.persons:
            if key not in people:
                raise Fault(("masthead", at, "persons"), f"{key} is not in the people table")
            if line.role not in people[key].roles:
                raise Fault(("masthead", at, "persons"), f"{key} does not hold the role {line.role}")
    for role in MASTHEAD_ROLES:
        if not any(line.role == role and line.persons for line in magazine.masthead):
            raise Fault(("masthead",), f"nobody is named as {role}")


def _sections(magazine: Magazine) -> None:
    _unique(magazine.sections, "sections")
    earlier = {""}
    for at, node in enumerate(magazine.sections):
        if node.parent not in earlier:
            raise Fault(("sections", at, "parent"), f"{node.parent} is not an earlier section")
        earlier.add(node.key)
    _holds_pieces(magazine, magazine.default_section, ("default_section",))


def _holds_pieces(magazine: Magazine, key: str, path: Path) -> None:
    kinds: dict[str, NodeKind] = {node.key: node.kind for node in magazine.sections}
    if key not in kinds:
        raise Fault(path, f"{key} is not a section")
    if kinds[key] not in HOLDS_PIECES:
        raise Fault(path, f"{key} is a {kinds[key]} and holds no pieces")


def _gates(magazine: Magazine) -> None:
    gates = [rule.id for rule in magazine.gates]
    for at, rule in enumerate(magazine.gates):
        _known((rule.id,), GATES, ("gates", at, "id"), "gate that the desk can look at")
        if rule.id in gates[:at]:
            raise Fault(("gates", at, "id"), f"{rule.id} stands here twice")
        if rule.id in ALWAYS_BLOCK and rule.severity != "block":
            raise Fault(("gates", at, "severity"), f"{rule.id} is block in every magazine")
        if rule.severity == "override":
            _known((rule.override_role,), ROLES, ("gates", at, "override_role"), "role")
        elif rule.override_role:
            raise Fault(("gates", at, "override_role"), f"nobody overrides a gate that is {rule.severity}")


def _kinds(magazine: Magazine) -> None:
    _unique(magazine.kinds, "kinds")
    gates = [rule.id for rule in magazine.gates]
    for at, entry in enumerate(magazine.kinds):
        _known(entry.gates, gates, ("kinds", at, "gates"), "gate")
        for id in ALWAYS_BLOCK:
            if id not in entry.gates:
                raise Fault(("kinds", at, "gates"), f"{id} is a gate of every kind")
        _known(entry.signatures, MASTHEAD_ROLES, ("kinds", at, "signatures"), "masthead role")
        if entry.section:
            _holds_pieces(magazine, entry.section, ("kinds", at, "section"))
    for key in Kind:
        if all(entry.key != key for entry in magazine.kinds):
            raise Fault(("kinds",), f"the kind {key} is not described")


def _terms(magazine: Magazine) -> None:
    for at, terms in enumerate(magazine.terms):
        if not terms.text.strip():
            raise Fault(("terms", at, "text"), "the terms have no text")
        if at and terms.valid_from <= magazine.terms[at - 1].valid_from:
            raise Fault(("terms", at, "valid_from"), "versions of the terms stand in order of their dates")


def _captions(captions: Captions) -> None:
    for name in ("lead", "inline"):
        _pattern(getattr(captions, name), ("captions", name), ["caption", "credit"])
    _pattern(captions.courtesy, ("captions", "courtesy"), ["name"])
    if "{" in captions.linked or "}" in captions.linked:
        _pattern(captions.linked, ("captions", "linked"), ["credit"])


def _pattern(pattern: str, path: Path, fields: list[str]) -> None:
    """See that a pattern holds these fields in this order, each once, and no other."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError as error:
        raise Fault(path, f"the pattern is broken: {error}") from error
    plain = all(not form and conversion is None for _, name, form, conversion in parts if name is not None)
    if not plain or [name for _, name, _, _ in parts if name is not None] != fields:
        wanted = " and then ".join("{" + field + "}" for field in fields)
        raise Fault(path, f"the pattern holds {wanted}, and nothing else in braces")


def _regions(magazine: Magazine) -> None:
    _unique(magazine.regions, "regions")
    if magazine.regions and not any(place.key == WITHHELD for place in magazine.regions):
        raise Fault(("regions",), f"a region with the key {WITHHELD} is needed")


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


def _unique(entries: Iterable[_Keyed], name: str) -> None:
    seen: set[str] = set()
    for at, entry in enumerate(entries):
        _matches(_KEY, entry.key, (name, at, "key"), "a short key in lower case")
        if entry.key in seen:
            raise Fault((name, at, "key"), f"{entry.key} stands here twice")
        seen.add(entry.key)


def _known(words: Iterable[str], known: Iterable[str], path: Path, what: str) -> None:
    choices = tuple(known)
    for word in words:
        if word not in choices:
            raise Fault(path, f"{word or 'nothing'} is not a {what}: {', '.join(choices)}")


def _matches(pattern: re.Pattern[str], value: str, path: Path, wanted: str) -> None:
    if not pattern.fullmatch(value):
        raise Fault(path, f"{value or 'nothing'} is not {wanted}")
