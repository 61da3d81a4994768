"""What must hold between the parts of a profile: keys that are named exist, and roles that sign are held."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.magazine import (
    ALWAYS_BLOCK,
    GATES,
    HOLDS_PIECES,
    TARGETS,
    WITHHELD,
    Magazine,
    NodeKind,
    Person,
)
from app.domain.magazine_faults import Fault, Path
from app.domain.pieces import Kind
from app.domain.roles import MASTHEAD_ROLES, SAFETY, Power

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Z]{2,8}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_+-]+)+")
_PATH = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")
_SITE = re.compile(r"https://[a-z0-9.-]+(/[^/\s]+)*")


def check(magazine: Magazine) -> None:
    """Raises Fault at the first thing that does not hold."""
    _heads(magazine)
    _roles(magazine)
    _people(magazine)
    _masthead(magazine)
    _sections(magazine)
    _gates(magazine)
    _kinds(magazine)
    _terms(magazine)
    _regions(magazine)
    _known(magazine.targets, TARGETS, ("targets",), "target")
    _known(magazine.safety.roles, _role_keys(magazine), ("safety", "roles"), "role")
    _unique(magazine.topics, "topics")
    for at, slot in enumerate(magazine.slots):
        _zone(slot.zone, ("slots", at, "zone"))


def _heads(magazine: Magazine) -> None:
    _matches(_KEY, magazine.key, ("key",), "a short key in lower case")
    _matches(_PREFIX, magazine.prefix, ("prefix",), "two to eight capitals")
    _matches(_SITE, magazine.site, ("site",), "an https address without a slash at its end")
    _zone(magazine.zone, ("zone",))
    if not magazine.languages:
        raise Fault(("languages",), "at least one language is needed")
    for at, language in enumerate(magazine.languages):
        _matches(_LANGUAGE, language, ("languages", at), "a language such as en or zh-Hans")
    if len(magazine.months) != 12:
        raise Fault(("months",), "twelve months are needed")
    if not 0 < magazine.cut_threshold <= 100:
        raise Fault(("cut_threshold",), "a percentage from 1 to 100 is expected here")


def _zone(name: str, path: Path) -> None:
    _matches(_ZONE, name, path, "a zone such as Europe/Rome")
    try:
        ZoneInfo(name)
    except ZoneInfoNotFoundError:
        raise Fault(path, f"there is no zone {name}") from None


def _roles(magazine: Magazine) -> None:
    _unique(magazine.roles, "roles")
    keys = _role_keys(magazine)
    for at, role in enumerate(magazine.roles):
        if role.key == SAFETY:
            raise Fault(("roles", at, "key"), f"{SAFETY} is a signature and no role")
    for key in MASTHEAD_ROLES:
        if key not in keys:
            raise Fault(("roles",), f"the role {key} is missing")
    for power in Power:
        if not any(power in role.may for role in magazine.roles):
            raise Fault(("roles",), f"no role may {power}")


def _role_keys(magazine: Magazine) -> tuple[str, ...]:
    return tuple(role.key for role in magazine.roles)


def _people(magazine: Magazine) -> None:
    roles = _role_keys(magazine)
    _unique(magazine.people, "people")
    for at, who in enumerate(magazine.people):
        if not who.roles:
            raise Fault(("people", at, "roles"), "at least one role is needed")
        _known(who.roles, roles, ("people", at, "roles"), "role")
        if who.since and who.until and who.until < who.since:
            raise Fault(("people", at, "until"), "until is before since")
        _stand_ins(who, roles, ("people", at, "stand_ins"))


def _stand_ins(who: Person, roles: tuple[str, ...], path: Path) -> None:
    for at, leave in enumerate(who.stand_ins):
        _known((leave.role,), roles, (*path, at), "role")
        if leave.until < leave.since:
            raise Fault((*path, at), "until is before since")
        if not leave.proof.strip():
            raise Fault((*path, at), "a stand-in is named with proof")


def _masthead(magazine: Magazine) -> None:
    people = {who.key: who for who in magazine.people}
    for at, line in enumerate(magazine.masthead):
        _known((line.role,), _role_keys(magazine), ("masthead", at, "role"), "role")
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
        if node.path:
            _matches(
                _PATH, node.path, ("sections", at, "path"), "an address below the site such as news/global"
            )
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
            _known((rule.override_role,), _role_keys(magazine), ("gates", at, "override_role"), "role")
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
        _known(entry.signatures, _role_keys(magazine), ("kinds", at, "signatures"), "role")
        if not entry.signatures:
            raise Fault(("kinds", at, "signatures"), "somebody signs every kind of piece")
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


def _regions(magazine: Magazine) -> None:
    _unique(magazine.regions, "regions")
    for at, place in enumerate(magazine.regions):
        if (place.key == WITHHELD) is not (place.kind == "withheld"):
            raise Fault(("regions", at), f"the region {WITHHELD}, and no other, is of the kind withheld")
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
