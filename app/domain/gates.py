"""The gates: rules that must hold before a piece may leave.

Each gate is a function of what is known about the piece; it gives the reasons why it does not hold,
none when it does.  How hard it is and who may lift it is the magazine's to say.  The numbers are
those of ``docs/gates.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from app.domain.changes import has_open_changes
from app.domain.dossier import (
    Dossier,
    covered,
    explicit,
    grants_of,
    permits,
    subject_name,
    trouble,
    used_grants,
)
from app.domain.findings import Finding
from app.domain.magazine import WITHHELD, asks_region, branch, gate_rule, kind_rule, safety_read
from app.domain.messages import Reservation
from app.domain.pieces import Kind
from app.domain.plain_text import block_text
from app.domain.rights import TEXT, Basis, Grant, missing
from app.domain.roles import SAFETY
from app.domain.signing import own_work_only
from app.domain.withholding import WITHHELD as IN_THE_VAULT

SIGNATURES = "R19"
_ENDS_SOON = timedelta(days=14)
_LICENCE_WORD = re.compile("[a-z]+")
_CC_LIMITS = {
    "nc": "is for non-commercial use only: check the purpose",
    "sa": "asks that the text carry the same licence",
}


Rule = Callable[[Dossier], list[str]]
_RULES: dict[str, tuple[Rule, str]] = {}
_R = TypeVar("_R", bound=Rule)


def _gate(id: str, fix: str) -> Callable[[_R], _R]:
    def add(rule: _R) -> _R:
        _RULES[id] = (rule, fix)
        return rule

    return add


def known_gates() -> tuple[str, ...]:
    """The ids of the gates that a profile may name."""
    return tuple(_RULES)


def evaluate(dossier: Dossier) -> tuple[Finding, ...]:
    """Every gate of the piece's kind, in the order of the profile."""
    rules = kind_rule(dossier.magazine, dossier.piece.kind).gates
    return tuple(_finding(id, dossier) for id in rules)


def open_gates(findings: tuple[Finding, ...], *, signatures: bool = True) -> tuple[Finding, ...]:
    """Those that refuse; without ``signatures``, the content alone."""
    return tuple(each for each in findings if each.refuses and (signatures or each.id != SIGNATURES))


def _finding(id: str, dossier: Dossier) -> Finding:
    rule, fix = _RULES[id]
    how = gate_rule(dossier.magazine, id)
    reasons = rule(dossier)
    severity = _softened(id, how.severity, dossier)
    why = "; ".join(reasons)
    lifted = next((each for each in dossier.overrides if each.gate == id and each.lifts == why), None)
    if reasons and lifted and severity == "override":
        return Finding(id, severity, True, f"lifted by {lifted.role}: {lifted.reason}", "", how.override_role)
    return Finding(id, severity, not reasons, why, fix if reasons else "", how.override_role)


def _softened(id: str, severity: str, dossier: Dossier) -> str:
    """A long cut only warns, unless the author asked to see the edit or the section protects the text."""
    if id != "R09" or any(each.kind == "see-edit" and not each.settled for each in dossier.reservations):
        return severity
    section = dossier.piece.section
    return (
        severity if section and any(node.cut_blocks for node in branch(dossier.magazine, section)) else "warn"
    )


@_gate("T01", "have it translated, or choose the language")
def _in_the_magazines_language(dossier: Dossier) -> list[str]:
    spoken = {language.split("-")[0] for language in dossier.magazine.languages}
    language = (dossier.article.language or dossier.piece.language).split("-")[0]
    if language in spoken:
        return []
    return [
        f"the text is in {language!r}, the magazine in {', '.join(sorted(spoken))}"
        if language
        else "the language of the text is not known"
    ]


@_gate("T02", "accept or reject each change")
def _no_open_changes(dossier: Dossier) -> list[str]:
    return (
        ["the text has tracked changes that nobody decided on"] if has_open_changes(dossier.article) else []
    )


@_gate("T03", "write a headline and the text")
def _has_headline_and_text(dossier: Dossier) -> list[str]:
    reasons = [] if dossier.article.headline.strip() else ["there is no headline"]
    texts = [block_text(block) for block in dossier.article.blocks]
    if any(IN_THE_VAULT in text for text in texts):
        reasons.append("a part of the text is in the vault")
    has_words = any(text.strip() for text in texts)
    if not has_words and dossier.piece.kind is not Kind.PHOTOGRAPHS:
        reasons.append("there is no text")
    return reasons


@_gate("T04", 'choose a region, or "region withheld"')
def _region_named(dossier: Dossier) -> list[str]:
    section = dossier.piece.section
    if not section or not asks_region(dossier.magazine, section) or dossier.article.regions:
        return []
    proposed = f"; “{WITHHELD}” is proposed" if dossier.protection == "protected" else ""
    return [f"this section is searched by region and the piece names none{proposed}"]


@_gate("R01", "record a permission for the text")
def _text_granted(dossier: Dossier) -> list[str]:
    return [] if covered(dossier, TEXT) else ["no permission for the text covers the day of publication"]


@_gate("R02", "record a permission, or do not use the photograph")
def _photographs_granted(dossier: Dossier) -> list[str]:
    return [
        f"no permission for photograph {use.number}"
        for use in dossier.printed
        if not covered(dossier, use.id)
    ]


@_gate("R03", "settle it with the author, or drop what it concerns")
def _nothing_disputed(dossier: Dossier) -> list[str]:
    """A dispute stays until it is settled; what was revoked or never known gives way to a later permission."""
    reasons = []
    for grant in used_grants(dossier):
        later = any(
            each.id > grant.id and permits(dossier, each) for each in grants_of(dossier, grant.subject)
        )
        if grant.status == "disputed" or (trouble(grant) and not later):
            reasons.append(f"the permission for {subject_name(dossier, grant)} is {trouble(grant)}")
    text = grants_of(dossier, TEXT)
    if dossier.taken_back and not any(explicit(each) and each.at >= dossier.taken_back for each in text):
        reasons.append(f"the author took the text back on {dossier.taken_back[:10]}")
    return reasons


@_gate("R04", "ask the author, record the answer, and settle the reservation")
def _no_open_reservation(dossier: Dossier) -> list[str]:
    # What somebody protected says of a family, a place or work is never in a sentence of the program.
    quoted = dossier.protection != "protected"
    return [
        f"the author reserves: {each.sentence if quoted else each.kind}"
        for each in dossier.reservations
        if _stands(dossier, each)
    ]


def _stands(dossier: Dossier, wish: Reservation) -> bool:
    """Whether a reservation is open, still in time, and about something that only sending permits."""
    if wish.settled or wish.kind in ("see-edit", "no-name") or _past(wish, dossier.day):
        return False
    if wish.subject == "photos" or wish.subject.isdecimal():
        named = [use for use in dossier.printed if wish.subject in ("photos", str(use.number))]
        return any(not any(map(explicit, grants_of(dossier, use.id))) for use in named)
    return not any(map(explicit, grants_of(dossier, TEXT)))


@_gate("R05", "choose a later date")
def _no_embargo(dossier: Dossier) -> list[str]:
    asked = [each for each in dossier.reservations if each.kind == "embargo" and not each.settled]
    return [f"embargo until {each.until}" for each in asked if each.until and not _past(each, dossier.day)]


@_gate("R06", "extend the permission")
def _permissions_last(dossier: Dossier) -> list[str]:
    """The last of the permissions of a subject counts; those that are no good are other gates' business."""
    limit = (dossier.day + _ENDS_SOON).isoformat()
    reasons = []
    for subject in dict.fromkeys(each.subject for each in used_grants(dossier)):
        good = [each for each in grants_of(dossier, subject) if permits(dossier, each)]
        if good and all(each.until and each.until < limit for each in good):
            last = max(good, key=lambda each: each.until)
            reasons.append(f"the permission for {subject_name(dossier, last)} ends on {last.until}")
    return reasons


@_gate("R07", "look at where it appeared")
def _unpublished(dossier: Dossier) -> list[str]:
    return (
        ["the author says that it was published before"]
        if dossier.piece.unpublished_claim == "denied"
        else []
    )


@_gate("R08", "write to the author and agree on a date")
def _clocks(dossier: Dossier) -> list[str]:
    """The two terms of L. 633/1941 art. 39: one month to accept, six to print from the acceptance."""
    piece, clocks = dossier.piece, dossier.magazine.clocks
    if not piece.sent_at or (piece.written_by and not clocks.runs_for_staff) or piece.published_at:
        return []
    if not kind_rule(dossier.magazine, piece.kind).clocks:
        return []
    if dossier.answered:
        return _deadline(dossier, dossier.answered, clocks.publish, "it was not printed by")
    return _deadline(dossier, piece.sent_at, clocks.answer, "no acceptance was sent by")


def _deadline(dossier: Dossier, since: str, days: int, missed: str) -> list[str]:
    over = date.fromisoformat(since[:10]) + timedelta(days=days)
    if dossier.today > over:
        return [f"{missed} {over.isoformat()}: the author is free again"]
    if dossier.today >= over - timedelta(days=dossier.magazine.clocks.warn_before):
        return [f"after {over.isoformat()} the author is free again"]
    return []


@_gate("R09", "send the edit to the author")
def _cuts(dossier: Dossier) -> list[str]:
    before, now = dossier.received_words, dossier.piece.words
    limit = dossier.magazine.cut_threshold
    if before < 50 or (before - now) * 100 <= before * limit:
        return []
    return [f"{before - now} of {before} words were cut, more than {limit} %"]


@_gate("R10", "choose the byline")
def _byline_chosen(dossier: Dossier) -> list[str]:
    reasons = [] if dossier.piece.byline_chosen else ["nobody has chosen by what name it is published"]
    unnamed = [each for each in dossier.reservations if each.kind == "no-name" and not each.settled]
    if unnamed and dossier.protection == "open" and dossier.names_out:
        reasons.append(f"the author asks for no name: {unnamed[0].sentence}")
    return reasons + [
        f"a name that must not be printed stands in {place}"
        for place in dossier.names_out
        if dossier.protection != "open"
    ]


@_gate("R11", "write what is missing")
def _photographs_worded(dossier: Dossier) -> list[str]:
    reasons = []
    for use in dossier.printed:
        words = {"caption": use.caption, "credit": use.credit, "alt text": use.alt}
        lacking = [name for name, said in words.items() if not said.strip()]
        if lacking:
            reasons.append(f"photograph {use.number} has no {', no '.join(lacking)}")
    return reasons


@_gate("R12", "complete the licence, or choose another picture")
def _licences(dossier: Dossier) -> list[str]:
    reasons = []
    for grant in used_grants(dossier):
        what = subject_name(dossier, grant)
        if lacking := missing(grant):
            reasons.append(f"the permission for {what} does not tell: {', '.join(lacking)}")
        terms = _LICENCE_WORD.findall(grant.details.get("licence", "").casefold())
        if grant.basis is Basis.CC and "nd" in terms and _adapted(dossier, grant):
            reasons.append(f"{what} was changed, and its licence allows no changes")
        if grant.basis is Basis.CC:
            reasons += [
                f"{what} {limit}" for term, limit in _CC_LIMITS.items() if term in terms and not grant.note
            ]
    return reasons


def _adapted(dossier: Dossier, grant: Grant) -> bool:
    """Whether what a grant covers is printed otherwise than its author made it."""
    cut = any(use.id == grant.subject and (use.crop or use.masks) for use in dossier.printed)
    return cut or grant.details.get("adapted") == "yes"


@_gate("R25", "have it written down")
def _written_down(dossier: Dossier) -> list[str]:
    """A transfer of rights is proved in writing (L. 633/1941 art. 110)."""
    reasons = []
    for subject in dict.fromkeys(each.subject for each in used_grants(dossier)):
        good = [each for each in grants_of(dossier, subject) if permits(dossier, each)]
        if good and all(each.basis is Basis.VERBAL for each in good):
            reasons.append(
                f"the permission for {subject_name(dossier, good[0])} was only given by word of mouth"
            )
    return reasons


@_gate("R26", "ask whose it is, and record the permission of who made it")
def _own_work(dossier: Dossier) -> list[str]:
    """Sending speaks for the sender's own work; a name that the work bears may be another's."""
    reasons = []
    for subject in dict.fromkeys(each.subject for each in used_grants(dossier)):
        grants = grants_of(dossier, subject)
        author = dossier.authors.get(subject, "")
        if any(map(explicit, grants)) or not author or not dossier.sender:
            continue
        if _name_words(author).isdisjoint(_name_words(dossier.sender)):
            reasons.append(
                f"{subject_name(dossier, grants[0])} bears the name {author}, and {dossier.sender} sent it"
            )
    return reasons


def _name_words(name: str) -> set[str]:
    return {word.strip(".,") for word in name.casefold().split() if len(word.strip(".,")) > 1}


@_gate(SIGNATURES, "have it signed")
def _signed(dossier: Dossier) -> list[str]:
    wanted = list(kind_rule(dossier.magazine, dossier.piece.kind).signatures)
    if safety_read(dossier.magazine, dossier.protection):
        wanted.append(SAFETY)
    reasons = []
    for role in wanted:
        given = [each for each in dossier.signatures if each.role == role]
        fresh = [each for each in given if not dossier.stale.get(each.id)]
        if not given:
            reasons.append(f"not signed by {role}")
        elif not fresh:
            changed = ", ".join(dossier.stale[given[-1].id])
            reasons.append(f"the signature of {role} is stale: {changed} changed")
    fresh = [each for each in dossier.signatures if each.role != SAFETY and not dossier.stale.get(each.id)]
    if not reasons and own_work_only((each.person for each in fresh), dossier.piece):
        reasons.append("it is signed only by who wrote or translated it")
    return reasons


@_gate("R23", "name them in the profile of the magazine")
def _masthead_complete(dossier: Dossier) -> list[str]:
    """The imprint of L. 47/1948 art. 2: place, publisher, and the director."""
    address = dossier.magazine.address
    director = [line for line in dossier.magazine.masthead if line.role == "director" and line.persons]
    told = (("place", address.lines), ("publisher", address.publisher), ("director", director))
    lacking = [name for name, said in told if not said]
    return [f"the masthead lacks {', '.join(lacking)}"] if lacking else []


def _past(reservation: Reservation, day: date) -> bool:
    return reservation.kind == "embargo" and bool(reservation.until) and reservation.until <= day.isoformat()
