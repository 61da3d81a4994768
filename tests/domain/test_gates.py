"""The gates, one by one: what holds, what does not, and why."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app import assets
from app.domain.article import Article, Change, ChangeKind, Paragraph, Span
from app.domain.dossier import Dossier
from app.domain.findings import Finding
from app.domain.gates import evaluate, known_gates, open_gates
from app.domain.magazine_file import parse
from app.domain.messages import Reservation
from app.domain.pieces import Kind, Override, PhotoUse, Piece, Stage
from app.domain.rights import TEXT, Basis, Grant, in_force, missing
from app.domain.signing import Signature

REVIEW = parse(assets.text("magazines/winter-review.toml"), "winter-review.toml")
DAY = date(2026, 11, 23)
GRANT = Grant(
    id="g1", piece="p", subject=TEXT, basis=Basis.SIGNED_LICENCE, evidence_kind="file", evidence="f",
    at="2026-11-01T00:00:00Z", by="greta",
)  # fmt: skip
PHOTO = PhotoUse(
    id="u1", piece="p", number=1, asset="a", position=1, caption="Hall.", credit="A.", alt="A door"
)
SIGNED = tuple(
    Signature(f"s{n}", "p", role, who, "", 0, "")
    for n, (role, who) in enumerate((("editor-in-chief", "marta"), ("director", "henrik")))
)
WHOLE = Dossier(
    piece=Piece(
        id="p", token="ED-2026-0001", kind=Kind.ARTICLE, stage=Stage.READY, title="A hall", section="news",
        language="en",
        received_at="2026-11-20T09:00:00Z", sent_at="2026-11-20T08:00:00Z", byline_chosen=True, words=100,
    ),
    article=Article(headline="A hall", language="en", blocks=(Paragraph("b1", (Span("Text."),)),), regions=("henan",)),
    photographs=(PHOTO,),
    grants=(GRANT, replace(GRANT, id="g2", subject="u1")),
    signatures=SIGNED,
    stale={},
    reservations=(),
    overrides=(),
    recommendations=(),
    protection="open",
    magazine=REVIEW,
    day=DAY,
    today=DAY,
    received_words=100,
)  # fmt: skip


def gate(id: str, **changed: Any) -> Finding:
    """One gate of a dossier that differs from the whole one; names of the piece's fields change the piece."""
    piece = {name: changed.pop(name) for name in list(changed) if name in Piece.__dataclass_fields__}
    dossier = replace(WHOLE, piece=replace(WHOLE.piece, **piece), **changed)
    return next(finding for finding in evaluate(dossier) if finding.id == id)


def reserved(kind: str, **fields: Any) -> Reservation:
    return Reservation("r", "p", "m", kind, "Please.", **fields)


def test_nothing_is_missing_from_a_whole_piece() -> None:
    assert [finding.id for finding in evaluate(WHOLE) if not finding.ok] == []
    assert set(known_gates()) >= {finding.id for finding in evaluate(WHOLE)}
    assert all(finding.why == "" and finding.fix == "" for finding in evaluate(WHOLE))


CHANGED = Article(
    headline="A hall",
    language="en",
    blocks=(Paragraph("b1", (Span("T", change=Change(ChangeKind.INSERTION)),)),),
)
WITHOUT_PLACE = replace(REVIEW, address=replace(REVIEW.address, lines=()))


IMPLIED = replace(GRANT, basis=Basis.IMPLIED_BY_SUBMISSION)
BOTH_IMPLIED = (IMPLIED, replace(IMPLIED, id="g2", subject="u1"))


@pytest.mark.parametrize(
    ("id", "changed", "why"),
    [
        ("T01", {"article": replace(WHOLE.article, language="zh")}, "'zh'"),
        ("T01", {"article": replace(WHOLE.article, language=""), "language": ""}, "not known"),
        ("T02", {"article": CHANGED}, "tracked changes"),
        ("T03", {"article": replace(WHOLE.article, headline=" ")}, "no headline"),
        ("T03", {"article": replace(WHOLE.article, blocks=(Paragraph("b1", (Span(" "),)),))}, "no text"),
        ("T04", {"article": replace(WHOLE.article, regions=())}, "region"),
        ("T04", {"article": replace(WHOLE.article, regions=()), "protection": "protected"}, "“withheld” is proposed"),
        ("R01", {"grants": ()}, "no permission for the text"),
        ("R01", {"grants": (replace(GRANT, until="2026-11-22"),)}, "no permission"),
        ("R01", {"grants": (replace(GRANT, start="2026-11-24"),)}, "no permission"),
        ("R01", {"grants": (replace(GRANT, media=("print",)),)}, "no permission"),
        ("R02", {"grants": (GRANT,)}, "photograph 1"),
        ("R03", {"grants": (replace(GRANT, status="disputed"), replace(GRANT, id="g3"))}, "disputed"),
        ("R03", {"grants": (replace(GRANT, basis=Basis.NONE_KNOWN),)}, "without any known basis"),
        ("R03", {"taken_back": "2026-11-22T10:00:00Z"}, "took the text back on 2026-11-22"),
        ("R05", {"reservations": (reserved("embargo", until="2026-11-24"),)}, "embargo until 2026-11-24"),
        ("R06", {"grants": (replace(GRANT, until="2026-12-01"),)}, "ends on 2026-12-01"),
        ("R07", {"unpublished_claim": "denied"}, "published before"),
        ("R08", {"sent_at": "2026-10-01T00:00:00Z"}, "free again"),
        ("R08", {"sent_at": "2026-10-25T00:00:00Z"}, "after 2026-11-24"),
        ("R08", {"sent_at": "2026-05-01T00:00:00Z", "answered": "2026-05-10"}, "not printed by 2026-11-08"),
        ("R08", {"sent_at": "2026-05-01T00:00:00Z", "answered": "2026-05-26"}, "after 2026-11-24"),
        ("R09", {"received_words": 200}, "100 of 200 words"),
        ("R10", {"byline_chosen": False}, "by what name"),
        ("R10", {"protection": "protected", "names_out": ("the byline",)}, "must not be printed"),
        ("R10", {"names_out": ("the byline",), "reservations": (reserved("no-name"),)}, "asks for no name"),
        ("R11", {"photographs": (replace(PHOTO, alt=" "),)}, "photograph 1 has no alt text"),
        ("R11", {"photographs": (replace(PHOTO, caption="", credit=""),)}, "no caption, no credit"),
        ("R12", {"grants": (replace(GRANT, basis=Basis.CC),)}, "licence, title, author, source"),
        ("R25", {"grants": (replace(GRANT, basis=Basis.VERBAL),)}, "the text was only given by word of mouth"),
        ("R26", {"grants": BOTH_IMPLIED, "sender": "Ada Novak", "authors": {"u1": "AFP"}}, "the name AFP"),
        ("R26", {"grants": BOTH_IMPLIED, "sender": "A. Novak", "authors": {TEXT: "Li Wei"}}, "the text bears the name"),
        ("R19", {"signatures": SIGNED[:1]}, "not signed by director"),
        ("R19", {"stale": {"s1": ("body",)}}, "director is stale: body"),
        ("R19", {"signatures": (SIGNED[0], replace(SIGNED[1], person="marta")), "written_by": "marta"}, "only by"),
        ("R19", {"protection": "protected"}, "not signed by safety"),
        ("R23", {"magazine": WITHOUT_PLACE}, "place"),
        ("R23", {"magazine": replace(REVIEW, masthead=())}, "director"),
    ],
)  # fmt: skip
def test_a_gate_says_why_it_does_not_hold(id: str, changed: dict[str, Any], why: str) -> None:
    finding = gate(id, **changed)
    assert not finding.ok and why in finding.why and finding.fix


@pytest.mark.parametrize(
    ("id", "changed"),
    [
        ("T01", {"article": replace(WHOLE.article, language="en-GB")}),
        ("T03", {"kind": Kind.PHOTOGRAPHS, "article": replace(WHOLE.article, blocks=())}),
        ("T04", {"article": replace(WHOLE.article, regions=()), "section": "news-global"}),
        ("T04", {"article": replace(WHOLE.article, regions=("withheld",))}),
        ("R02", {"grants": (GRANT,), "photographs": (replace(PHOTO, used=False),)}),
        ("R03", {"grants": (replace(GRANT, status="revoked"), replace(GRANT, id="g9"))}),
        ("R03", {"taken_back": "2026-10-22T10:00:00Z"}),
        ("R04", {"reservations": (reserved("exclusive"),)}),
        ("R04", {"grants": BOTH_IMPLIED, "reservations": (reserved("exclusive", settled="asked"),)}),
        ("R04", {"grants": BOTH_IMPLIED, "reservations": (reserved("embargo", until="2026-11-23"),)}),
        ("R04", {"grants": BOTH_IMPLIED, "reservations": (reserved("not-this-picture", subject="2"),)}),
        ("R05", {"reservations": (reserved("embargo", until="2026-11-23"),)}),
        ("R06", {"grants": (replace(GRANT, until="2026-12-01"), replace(GRANT, id="g3"))}),
        ("R08", {"sent_at": "2026-10-01T00:00:00Z", "answered": "2026-10-20"}),
        ("R08", {"sent_at": "2026-10-01T00:00:00Z", "written_by": "paolo"}),
        ("R08", {"sent_at": "2026-10-01T00:00:00Z", "kind": Kind.TIP}),
        ("R08", {"sent_at": ""}),
        ("R09", {"received_words": 110}),
        ("R09", {"received_words": 49, "words": 1}),
        ("R10", {"names_out": ("the byline",)}),
        ("R11", {"photographs": (replace(PHOTO, alt="", used=False),)}),
        ("R19", {"written_by": "marta"}),
        ("R25", {"grants": (replace(GRANT, basis=Basis.VERBAL), GRANT)}),
        ("R26", {"sender": "Ada Novak", "authors": {TEXT: "Li Wei"}}),
        ("R26", {"grants": BOTH_IMPLIED, "sender": "Ada Novak", "authors": {TEXT: "A. Novak", "u1": ""}}),
        ("R26", {"grants": BOTH_IMPLIED, "sender": "", "authors": {TEXT: "Li Wei"}}),
    ],
)  # fmt: skip
def test_a_gate_holds_when_its_rule_is_kept(id: str, changed: dict[str, Any]) -> None:
    assert gate(id, **changed).ok


@pytest.mark.parametrize("subject", ["photos", "1"])
def test_a_reserved_picture_needs_more_than_sending(subject: str) -> None:
    wish = (reserved("not-this-picture", subject=subject),)
    assert not gate("R04", grants=BOTH_IMPLIED, reservations=wish).ok
    assert gate("R04", reservations=wish).ok


def test_a_gate_never_quotes_somebody_protected() -> None:
    wish = (dataclasses.replace(reserved("not-for-publication"), sentence="My wife teaches in Kaifeng."),)
    assert "Kaifeng" in gate("R04", grants=BOTH_IMPLIED, reservations=wish).why
    told = gate("R04", grants=BOTH_IMPLIED, reservations=wish, protection="protected").why
    assert told == "the author reserves: not-for-publication"


@pytest.mark.parametrize("kind", [Kind.PITCH, Kind.TIP, Kind.DOCUMENT, Kind.TRANSLATION])
def test_sending_permits_nothing_of_the_work_of_others(kind: Kind) -> None:
    assert not gate("R01", grants=(IMPLIED,), kind=kind).ok
    assert gate("R01", grants=(GRANT,), kind=kind).ok


CC = {
    "title": "Hall",
    "author": "A",
    "source": "https://a.example/",
    "archived": "2026-11-01",
    "adapted": "no",
}


@pytest.mark.parametrize("written", ["CC BY-{}-4.0", "cc-by-{}", "CC BY {} 4.0"])
@pytest.mark.parametrize("term", ["NC", "SA", "ND"])
def test_the_limits_of_a_licence_are_read_however_it_is_written(written: str, term: str) -> None:
    licence = {**CC, "licence": written.format(term)}
    grants = (GRANT, replace(GRANT, id="g2", subject="u1", basis=Basis.CC, details=licence))
    masked = (replace(PHOTO, masks=((0, 0, 5, 5),)),)
    assert not gate("R12", grants=grants, photographs=masked).ok
    settled = tuple(replace(each, note="the site has no advertising") for each in grants)
    assert gate("R12", grants=settled, photographs=masked).ok is (term != "ND")
    assert gate("R12", grants=settled).ok


def test_a_long_cut_blocks_where_the_text_is_protected_or_the_author_asked() -> None:
    assert gate("R09", received_words=200).severity == "warn"
    assert gate("R09", received_words=200, section="testimonies").severity == "override"
    wish = (reserved("see-edit"),)
    assert gate("R09", received_words=200, reservations=wish).severity == "override"


def test_an_override_lifts_what_may_be_lifted_as_it_was_and_nothing_else() -> None:
    at, bare = "2026-11-20T09:00:00Z", (replace(PHOTO, alt=""),)
    said = gate("R11", photographs=bare).why
    lifted = tuple(
        Override(id, "p", id, why, "editor", "paolo", "enough", at)
        for id, why in (("R11", said), ("R10", gate("R10", byline_chosen=False).why))
    )
    assert gate("R11", photographs=bare, overrides=lifted).why == "lifted by editor: enough"
    assert not gate("R11", photographs=(replace(PHOTO, alt="", caption=""),), overrides=lifted).ok
    assert not gate("R10", byline_chosen=False, overrides=lifted).ok
    assert gate("R11", overrides=lifted).why == ""


def test_warnings_refuse_nothing_and_signatures_are_asked_apart() -> None:
    findings = evaluate(replace(WHOLE, signatures=(), piece=replace(WHOLE.piece, unpublished_claim="denied")))
    assert [finding.id for finding in open_gates(findings)] == ["R19"]
    assert open_gates(findings, signatures=False) == ()
    assert findings[0].as_json()["override_role"] == "editor-in-chief"


def test_photographs_alone_have_no_gate_for_a_text() -> None:
    found = evaluate(replace(WHOLE, piece=replace(WHOLE.piece, kind=Kind.PHOTOGRAPHS)))
    assert "R01" not in [finding.id for finding in found]


def test_a_grant_is_in_force_between_its_days_both_included() -> None:
    grant = replace(GRANT, start="2026-11-23", until="2026-11-24")
    days = ("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25")
    assert [in_force(grant, "web", day) for day in days] == [False, True, True, False]
    assert not in_force(grant, "print", "2026-11-23")
    assert not in_force(replace(grant, status="revoked"), "web", "2026-11-23")
    assert missing(
        replace(grant, basis=Basis.HANDOUT, details={"body": "x", "source": "", "restrictions": "none"})
    ) == ("source",)
