"""The last gate: whatever leaves the desk is looked through for what must not, and only then cleared.

It guards every exit.  A hit, or a part that cannot be read, blocks; a false alarm is settled on the term.
The guarantee is "no known term in any form that can be decoded", not "nothing leaks".
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import InitVar, dataclass, replace
from pathlib import Path
from typing import Any, Final, NoReturn, final

from app.domain.errors import RuleBroken, Unavailable
from app.domain.findings import Finding
from app.domain.leaks import PARTS, Hit, Matcher, Member, Place, Term
from app.domain.leaks_addresses import addresses
from app.domain.leaks_folding import words
from app.domain.mailboxes import mailbox
from app.domain.people import Address, Contributor, Protection, SealedTerm
from app.domain.public import ExportFile
from app.services.ports import Keys, Store
from app.services.telling import NAMESAKES, Terms
from app.words import _

Unpack = Callable[[str, str, bytes], Iterator[Member]]
"""Name, media type and bytes of a file to everything in it: ``formats.unpacking.members``."""

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]|\.(?!\.|$)){0,199}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
"""Names that are devices on Windows."""

_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT))

_SEAL_OF_THE_GATE: Final = object()
_BYLINE = frozenset((Place.BODY, Place.METADATA, Place.HEADER, PARTS))
"""Where the name of somebody who agreed to be named is printed; file names are not among them."""


@final
@dataclass(frozen=True, slots=True)
class Cleared:
    """Files that passed the gate; only ``Egress.clear`` makes one, and every sink asks for one.

    ``findings`` are warnings, ``checked`` is the number of places looked at.
    """

    files: tuple[ExportFile, ...]
    findings: tuple[Finding, ...]
    checked: int
    token: InitVar[object]

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("only the gate clears")

    def __post_init__(self, token: object) -> None:
        if token is not _SEAL_OF_THE_GATE:
            raise TypeError("only the gate clears")

    @property
    def gate(self) -> dict[str, Any]:
        """As ``transom export --json`` prints it."""
        return {"checked": self.checked, "findings": [finding.as_json() for finding in self.findings]}

    @property
    def sentence(self) -> str:
        """What may be said about it: never that nothing leaks."""
        return _("no protected name found, {places} places looked at").format(places=self.checked)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the desk knows about people when something is to leave."""

    people: dict[str, Contributor]
    addresses: tuple[Address, ...]
    sealed: tuple[SealedTerm, ...]

    @property
    def protects(self) -> bool:
        """Whether there is anybody for whom the vault must be in the checking state."""
        return bool(self.sealed) or any(
            person.protection is Protection.PROTECTED for person in self.people.values()
        )


class Egress:
    """Clears files; the protected terms are in memory only, and only while the vault is in the checking state."""

    def __init__(self, store: Store, keys: Keys, unpack: Unpack) -> None:
        self._store = store
        self._keys = keys
        self._unpack = unpack
        self._terms = Terms(keys)

    def load(self) -> None:
        """Bring the protected terms into memory, or out of it when the vault is locked.

        Raises:
            Damaged: ``seal.damaged``.
        """
        self._terms.load(self._known().sealed)

    def clear(
        self,
        files: Sequence[ExportFile],
        *,
        own: Collection[str] = (),
        author: str = "",
    ) -> Cleared:
        """The files, when nothing in them must stay here.

        ``own`` are the magazine's own addresses, telephones and people.  ``author`` is the contributor
        whose work the files are: the byline of one who is open may stand although a protected person is
        called the same, when somebody settled that these are two people.

        Raises:
            RuleBroken: ``egress.leak`` with ``findings``, which never repeat what they found.
            Unavailable: ``vault.locked`` when the desk knows a protected person.
            Damaged: ``seal.damaged``.
        """
        known = self._known()
        terms = self._terms.load(known.sealed)
        if known.protects and not self._keys.checking:
            raise Unavailable("vault.locked")
        agreed = [_as_agreed(term, known) for term in terms]
        may_stand = [*own, *_name_of(known.people.get(author), terms)]
        matcher = Matcher(agreed, may_stand, [person.byline for person in known.people.values()])
        look = _Look(matcher, known, self._keys, own)
        for number, file in enumerate(files, 1):
            look.through(number, file.name, self._unpack(file.name, file.media_type, file.data))
        findings = look.findings
        if any(finding.refuses for finding in findings):
            raise RuleBroken("egress.leak", findings=findings)
        return Cleared(tuple(files), tuple(findings), look.checked, _SEAL_OF_THE_GATE)

    def _known(self) -> _Known:
        with self._store.read() as unit:
            people = {person.id: person for person in unit.find(Contributor)}
            return _Known(people, tuple(unit.find(Address)), tuple(unit.find(SealedTerm)))


class _Look:
    """One look through some files: the findings, and how many places were looked at."""

    def __init__(self, matcher: Matcher, known: _Known, keys: Keys, own: Iterable[str]) -> None:
        self.checked = 0
        self._matcher = matcher
        self._people = known.people
        self._mark = keys.lookup
        allowed = {keys.lookup(said) for said in own if "@" in said}
        self._marks = {row.lookup: row.contributor for row in known.addresses if row.lookup not in allowed}
        self._findings: dict[tuple[str, ...], Finding] = {}

    @property
    def findings(self) -> list[Finding]:
        """What was found, the grave first, each once for a place."""
        return sorted(self._findings.values(), key=lambda finding: finding.severity)

    def through(self, number: int, name: str, members: Iterable[Member]) -> None:
        """Look through one file."""
        file = _("file {number}").format(number=number) if self._hits(name, Place.NAME) else name
        by_chance: list[tuple[str, Hit]] = []
        told: set[tuple[str, str]] = set()
        for member in members:
            self.checked += 1
            where = f"{file}: {self._shown(member.path)}" if member.path else file
            if member.unreadable:
                why = f"{where}: {member.reason}"
                finding = Finding("egress.unreadable", "block", ok=False, why=why, fix=_("Leave it out."))
                self._findings.setdefault((where, member.reason), finding)
            for hit in self._hits(member.text, member.place):
                if hit.place is Place.OPAQUE:
                    by_chance.append((where, hit))
                else:
                    told.add((hit.kind, hit.contributor))
                    self._tell(where, hit)
        for where, hit in by_chance:
            if (hit.kind, hit.contributor) not in told:
                self._tell(where, hit)

    def _shown(self, path: str) -> str:
        return _("a part whose name tells it") if self._hits(path, Place.NAME) else path

    def _tell(self, where: str, hit: Hit) -> None:
        key = (where.partition(",")[0], hit.kind, hit.contributor, hit.severity, str(hit.part))
        self._findings.setdefault(key, self._finding(where, hit))

    def _hits(self, text: str, place: Place) -> list[Hit]:
        hits = self._matcher.find(text, place)
        if self._marks:
            said = {form for address in addresses(text) for form in (address, mailbox(address))}
            owners = {self._marks.get(self._mark(address)) for address in said}
            hits += [Hit("address", owner, place, "block", 0) for owner in sorted(filter(None, owners))]
        return hits

    def _finding(self, where: str, hit: Hit) -> Finding:
        kind = _(_KINDS.get(hit.kind, "protected word"))
        said = _("a word of the {kind} of contact {code}") if hit.part else _("the {kind} of contact {code}")
        said += _(", term {number}") if hit.number else ""
        if hit.place in (Place.BODY, Place.OPAQUE):
            where = _("{where}, near character {at}").format(where=where, at=hit.at)
        person = self._people.get(hit.contributor)
        code = person.code if person else "?"
        why = f"{where}: {said.format(kind=kind, code=code, number=hit.number)}"
        fix = _("Take it out. A false alarm is settled on the protected word itself.")
        return Finding("egress.leak", hit.severity, ok=False, why=why, fix=fix)


_KINDS = {"name": "name", "address": "mail address", "phone": "telephone number", "place": "place"}


def _name_of(author: Contributor | None, terms: Iterable[Term]) -> list[str]:
    """The byline of an open author, unless it is the name of a protected person who may be the same one."""
    if author is None or author.protection is not Protection.OPEN:
        return []
    name = sorted(words(author.byline))
    doubtful = any(NAMESAKES not in term.settled and sorted(words(term.text)) == name for term in terms)
    return [] if doubtful else [author.byline]


def _as_agreed(term: Term, known: _Known) -> Term:
    """The term, settled where a byline stands when the person is open under this name or agreed to it."""
    person = known.people.get(term.contributor)
    if person is None or term.kind != "name" or sorted(words(term.text)) != sorted(words(person.byline)):
        return term
    agreed = person.protection is Protection.OPEN or person.real_name_allowed
    return replace(term, settled=term.settled | _BYLINE) if agreed else term


def write_files(cleared: Cleared, folder: Path) -> list[Path]:
    """Write what the gate cleared into ``folder``, which is made with its parents; gives the paths.

    Each file appears whole or not at all, replaces one of its name, and is for this account alone (0600).

    Raises:
        Unavailable: ``disk.full``, ``disk.unwritable``.
        ValueError: for a name that is not a plain lower-case file name.
    """
    if not isinstance(cleared, Cleared):
        raise TypeError("only what the gate cleared is written")
    names = [file.name for file in cleared.files]
    if len(set(names)) < len(names) or not all(
        _NAME.fullmatch(name) and not _RESERVED.match(name) for name in names
    ):
        raise ValueError("exported files have plain names, each once")
    parts = {file.name: folder / f".{file.name}.part" for file in cleared.files}
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file in cleared.files:
            _write(parts[file.name], file.data)
        for name, part in parts.items():
            part.replace(folder / name)
        _settle(folder)
    except OSError as error:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
        code = "disk.full" if error.errno in _NO_ROOM else "disk.unwritable"
        raise Unavailable(code, detail=error.strerror) from None
    return [folder / name for name in parts]


def _write(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make the new names last through a power cut, where a folder can be opened."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
