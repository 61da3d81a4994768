"""The magazine: its name, masthead, sections, terms and house rules, as its profile says them.

A profile is a TOML file (``docs/magazines.md``); ``magazine_file.parse`` reads it into these frozen
dataclasses, whose fields are the keys of the file.  Rules of law that a magazine may set otherwise
(clocks, severities, who signs) are data here, never constants of the code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Literal

from app.domain.errors import Usage
from app.domain.magazine_page import Captions, Page
from app.domain.people import Protection
from app.domain.pieces import Kind
from app.domain.roles import MASTHEAD_ROLES, ROLES, Power, Role

TARGETS = ("wordpress", "html", "docx", "markdown", "wxr", "text")
"""Public targets, in the order in which the desk offers them."""

GATES = (
    "T01", "T02", "T03", "T04",
    "R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12", "R25", "R26", "R19", "R23",
)  # fmt: skip
"""The gates that the desk can look at; ``gates`` holds a rule for each, ``docs/gates.md`` describes them."""

ALWAYS_BLOCK = ("T02", "R03", "R10")
"""Undecided changes, what was revoked, a name that must not be printed: these stop every piece, everywhere."""

WITHHELD = "withheld"
"""The key of the region that says: known, and not told."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

Severity = Literal["block", "override", "warn"]
EditClass = Literal["form", "cut", "substance"]
Medium = Literal["web", "archive", "print", "newsletter", "social", "syndication", "anthology", "ai-training"]
RegionKind = Literal[
    "province", "autonomous-region", "municipality", "special-administrative-region", "withheld"
]
Covered = Literal["own-text", "own-photographs"]


class NodeKind(StrEnum):
    """What a node of the section tree is.  PAGE and MAP hold no pieces; a page may gather other nodes."""

    STREAM = "stream"
    DOSSIER = "dossier"
    REFERENCE = "reference"
    EVENTS = "events"
    MAP = "map"
    PAGE = "page"


HOLDS_PIECES = frozenset({NodeKind.STREAM, NodeKind.DOSSIER, NodeKind.REFERENCE, NodeKind.EVENTS})


@dataclass(frozen=True, slots=True)
class Address:
    """Where the magazine is found: the imprint of L. 47/1948 art. 2.  ``lines`` are the postal address."""

    publisher: str
    email: str
    lines: tuple[str, ...] = ()
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class StandIn:
    """Leave to act for ``role`` from ``since`` to ``until``, both included, with the ``proof`` in words."""

    role: str
    since: date
    until: date
    proof: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works on the desk; ``since`` and ``until`` bound all roles, both days included."""

    key: str
    name: str
    roles: tuple[str, ...]
    email: str = ""
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    stand_ins: tuple[StandIn, ...] = ()


@dataclass(frozen=True, slots=True)
class MastheadLine:
    """One printed line of the masthead: a role, its words, and the keys of the persons who hold it."""

    role: str
    label: str
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the section tree.

    ``parent`` is the key of an earlier node or ``""``; ``path`` its address below the site without
    slashes at the ends (else the key); ``category`` the name of the site's category where it differs
    from the label; ``schema_type`` a schema.org type that goes before the kind's.  ``region_asked``: a
    piece without a region warns.  ``cut_blocks``: a cut beyond the threshold blocks instead of
    warning.  ``active``: a dossier that still runs.
    """

    key: str
    label: str
    kind: NodeKind
    parent: str = ""
    path: str = ""
    category: str = ""
    schema_type: str = ""
    region_asked: bool | None = None
    cut_blocks: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag the desk proposes; any other tag is allowed too."""

    key: str
    label: str
    group: Literal["country", "movement", "theme"]


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the map, named in English and in its own script (``native``)."""

    key: str
    name: str
    kind: RegionKind
    native: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of the invitation to submit, and the exact size of the permission that sending gives.

    ``sha256`` is computed from the UTF-8 bytes of ``text``; the profile does not state it.
    """

    text: str
    valid_from: date
    media: tuple[Medium, ...]
    edit: tuple[EditClass, ...]
    covers: tuple[Covered, ...]
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class GateRule:
    """How hard a gate is here: ``override_role`` may lift it with a written reason (``override`` only)."""

    id: str
    severity: Severity
    override_role: str = ""


@dataclass(frozen=True, slots=True)
class KindRule:
    """What holds for a kind of piece: its words, its default section, its gates and who signs it.

    ``clocks`` says whether the clocks of L. 633/1941 art. 39 run for it; ``schema_type`` is its
    schema.org type.
    """

    key: Kind
    label: str
    gates: tuple[str, ...]
    schema_type: str = "NewsArticle"
    section: str = ""
    signatures: tuple[str, ...] = MASTHEAD_ROLES
    clocks: bool = True


@dataclass(frozen=True, slots=True)
class Safety:
    """The reading for what gives a person away: for whom it is asked, and which roles may do it."""

    protections: tuple[Protection, ...] = (Protection.PROTECTED,)
    roles: tuple[str, ...] = ("editor-in-chief",)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Deadlines in days; they warn and never block.

    ``answer`` and ``publish`` follow L. 633/1941 art. 39 (one month, six months), ``reply`` L. 47/1948
    art. 8; ``warn_before`` is how early the desk speaks.
    """

    answer: int = 30
    publish: int = 182
    reply: int = 2
    warn_before: int = 7
    runs_for_staff: bool = False
    runs_for_imported: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of the week at which pieces go out: local ``time`` in the IANA zone ``zone``."""

    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    time: time
    zone: str


@dataclass(frozen=True, slots=True)
class Magazine:
    """A profile.  ``languages`` are BCP 47, the first is the magazine's own; ``cut_threshold`` is in percent
    of words; ``site`` has no slash at its end; ``terms`` are in order of their dates."""

    key: str
    name: str
    prefix: str
    languages: tuple[str, ...]
    site: str
    zone: str
    default_section: str
    address: Address
    masthead: tuple[MastheadLine, ...]
    people: tuple[Person, ...]
    sections: tuple[Section, ...]
    kinds: tuple[KindRule, ...]
    gates: tuple[GateRule, ...]
    terms: tuple[Terms, ...]
    motto: str = ""
    date_format: str = "MM/DD/YYYY"
    months: tuple[str, ...] = MONTHS
    cut_threshold: int = 15
    targets: tuple[str, ...] = TARGETS
    topics: tuple[Topic, ...] = ()
    regions: tuple[Region, ...] = ()
    roles: tuple[Role, ...] = ROLES
    slots: tuple[Slot, ...] = ()
    safety: Safety = field(default_factory=Safety)
    clocks: Clocks = field(default_factory=Clocks)
    captions: Captions = field(default_factory=Captions)
    page: Page = field(default_factory=Page)


def section(magazine: Magazine, key: str) -> Section:
    """The node ``key`` of the section tree.  Raises Usage ``magazine.no-section``."""
    for node in magazine.sections:
        if node.key == key:
            return node
    raise Usage("magazine.no-section", section=key, possible=_keys(magazine.sections))


def branch(magazine: Magazine, key: str) -> tuple[Section, ...]:
    """The nodes from the root of the tree down to ``key``, which is the last."""
    node = section(magazine, key)
    way = [node]
    while node.parent:
        node = section(magazine, node.parent)
        way.append(node)
    return tuple(reversed(way))


def section_url(magazine: Magazine, key: str) -> str:
    """The address of a section's page on the magazine's site."""
    return f"{magazine.site}/{section(magazine, key).path or key}/"


def asks_region(magazine: Magazine, key: str) -> bool:
    """Whether a piece in this section should name a region: what it says, else the nearest node above it."""
    said = [node.region_asked for node in branch(magazine, key) if node.region_asked is not None]
    return bool(said and said[-1])


def region(magazine: Magazine, key: str) -> Region:
    """The region ``key``.  Raises Usage ``magazine.no-region``."""
    for place in magazine.regions:
        if place.key == key:
            return place
    raise Usage("magazine.no-region", region=key, possible=_keys(magazine.regions))


def kind_rule(magazine: Magazine, key: str) -> KindRule:
    """What holds for pieces of the kind ``key``.  Raises Usage ``magazine.no-kind``."""
    for entry in magazine.kinds:
        if entry.key == key:
            return entry
    raise Usage("magazine.no-kind", kind=key)


def default_section(magazine: Magazine, kind_key: str) -> str:
    """The key of the section that a piece of this kind is proposed for."""
    return kind_rule(magazine, kind_key).section or magazine.default_section


def gate_rule(magazine: Magazine, gate: str) -> GateRule:
    """How hard the gate ``gate`` is in this magazine.  Raises Usage ``magazine.no-gate``."""
    for rule in magazine.gates:
        if rule.id == gate:
            return rule
    raise Usage("magazine.no-gate", gate=gate)


def terms_at(magazine: Magazine, day: date) -> Terms | None:
    """The version of the terms in force on ``day``, None before the first."""
    return max((terms for terms in magazine.terms if terms.valid_from <= day), key=_valid_from, default=None)


def _valid_from(terms: Terms) -> date:
    return terms.valid_from


def person(magazine: Magazine, key: str) -> Person:
    """The person ``key`` of the people table.  Raises Usage ``magazine.no-person``."""
    for entry in magazine.people:
        if entry.key == key:
            return entry
    raise Usage("magazine.no-person", person=key, possible=_keys(magazine.people))


def may_act(magazine: Magazine, person_key: str, role: str, day: date) -> bool:
    """Whether the person holds ``role`` on ``day`` or stands in for it."""
    who = person(magazine, person_key)
    if not _within(day, who.since, who.until):
        return False
    return role in who.roles or stand_in(magazine, person_key, role, day) is not None


def stand_in(magazine: Magazine, person_key: str, role: str, day: date) -> StandIn | None:
    """The leave by which the person acts for ``role`` on ``day``; None where the role is the person's own."""
    who = person(magazine, person_key)
    if role in who.roles or not _within(day, who.since, who.until):
        return None
    for leave in who.stand_ins:
        if leave.role == role and _within(day, leave.since, leave.until):
            return leave
    return None


def roles_that_may(magazine: Magazine, power: Power) -> tuple[str, ...]:
    """The keys of the roles that have this power."""
    return tuple(role.key for role in magazine.roles if power in role.may)


def safety_read(magazine: Magazine, protection: str) -> bool:
    """Whether a piece by somebody of this protection needs the safety reading."""
    return protection in magazine.safety.protections


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def format_date(magazine: Magazine, day: date) -> str:
    """``day`` in the page's pattern: YYYY, MMMM (a month's name), MM, M, DD and D are filled in."""
    parts = (
        ("YYYY", f"{day.year:04}"),
        ("MMMM", magazine.months[day.month - 1]),
        ("MM", f"{day.month:02}"),
        ("DD", f"{day.day:02}"),
        ("M", str(day.month)),
        ("D", str(day.day)),
    )
    out, rest = "", magazine.date_format
    while rest:
        token, filled = next((part for part in parts if rest.startswith(part[0])), (rest[0], rest[0]))
        out += filled
        rest = rest[len(token) :]
    return out


def _keys(entries: Iterable[Section | Region | Person]) -> str:
    return ", ".join(entry.key for entry in entries)
