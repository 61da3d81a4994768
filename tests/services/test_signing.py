"""Signatures: who may give them, and what makes them stale."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support.desks import STORY, Clock, Hands, fails, manuscript
from tests.support.word_files import paragraph, word_file


def signed(hands: Hands, token: str) -> dict[str, list[str]]:
    """What changed since each role signed; no entry for one that never did."""
    return {row["role"]: row["changed"] for row in hands.show(token)["signoffs"]}


def test_both_of_the_masthead_sign_a_piece_that_lacks_nothing_else(hands: Hands) -> None:
    token = hands.ready()
    rows = hands.show(token)["signoffs"]
    assert [(row["role"], row["person"], row["fresh"]) for row in rows] == [
        ("editor-in-chief", "marta", True),
        ("director", "henrik", True),
    ]
    assert {row["content_hash"] for row in rows} == {hands.show(token)["content_hash"]}
    assert hands.gate(token, "R19")["ok"]


def test_nobody_signs_in_a_role_that_is_not_theirs_or_not_asked(hands: Hands) -> None:
    desk, token = hands.desk, hands.edited()
    with fails("role.missing"):
        desk.signing.sign(token, "director", "marta")
    with fails("role.unknown"):
        desk.signing.sign(token, "copy-editor", "paolo")
    with fails("role.unknown"):
        desk.signing.sign(token, "safety", "marta")


def test_signing_is_for_later_stages_and_not_on_hold(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    with fails("sign.too-early"):
        desk.signing.sign(token, "editor-in-chief", "marta")
    desk.triage.move(token, "editing", "marta")
    with fails("gates.open"):
        desk.signing.sign(token, "editor-in-chief", "marta")
    desk.triage.hold(token, "marta")
    with fails("move.held"):
        desk.signing.sign(token, "editor-in-chief", "marta")


def test_a_fresh_signature_is_not_given_twice(hands: Hands) -> None:
    token = hands.ready()
    with fails("sign.twice"):
        hands.desk.signing.sign(token, "editor-in-chief", "marta")


@pytest.mark.parametrize("field", ["written", "translated"])
def test_nobody_gives_the_only_signature_to_their_own_work(hands: Hands, clock: Clock, field: str) -> None:
    clock.at = datetime(2026, 8, 10, 9, tzinfo=UTC)  # then Paolo stands in for the editor-in-chief
    desk = hands.desk
    if field == "written":
        token = desk.editing.new_piece("Snow", "photographs", "henrik").token
        desk.triage.move(token, "editing", "marta")
        desk.editing.set(token, {"byline": "H. A."}, "marta")
    else:
        token = hands.edited()
        desk.editing.set(token, {"translated_by": "henrik"}, "marta")
    desk.signing.sign(token, "director", "henrik")
    assert not hands.gate(token, "R19")["ok"]
    desk.signing.sign(token, "editor-in-chief", "marta")
    assert hands.gate(token, "R19")["ok"]


def test_a_stand_in_signs_between_the_dates_and_the_record_says_so(hands: Hands, clock: Clock) -> None:
    token = hands.edited()
    hands.desk.triage.move(token, "ready", "paolo")
    with fails("role.missing"):
        hands.desk.signing.sign(token, "editor-in-chief", "paolo")
    clock.at = datetime(2026, 8, 28, 21, 59, tzinfo=UTC)
    hands.desk.signing.sign(token, "editor-in-chief", "paolo")
    assert hands.show(token)["signoffs"][0]["stand_in"] == "Letter of the editor-in-chief, 20 July 2026"


def test_the_first_day_of_a_stand_in_begins_where_the_magazine_is(hands: Hands, clock: Clock) -> None:
    token = hands.edited()
    hands.desk.triage.move(token, "ready", "paolo")
    clock.at = datetime(2026, 8, 2, 22, 30, tzinfo=UTC)  # half past midnight of the third in Rome
    assert hands.desk.signing.sign(token, "editor-in-chief", "paolo").stand_in


def test_the_last_day_of_a_stand_in_ends_where_the_magazine_is(hands: Hands, clock: Clock) -> None:
    token = hands.edited()
    clock.at = datetime(2026, 8, 28, 22, 1, tzinfo=UTC)  # one minute past midnight in Rome
    with fails("role.missing"):
        hands.desk.signing.sign(token, "editor-in-chief", "paolo")


@pytest.mark.parametrize(
    ("change", "stale"),
    [
        ("correction", {"editor-in-chief": ["body"], "director": []}),
        ("update", {"editor-in-chief": ["body"], "director": ["body"]}),
        ("reply", {"editor-in-chief": [], "director": ["body"]}),
    ],
)
def test_the_class_of_a_change_says_who_signs_again(
    hands: Hands, change: str, stale: dict[str, list[str]]
) -> None:
    token = hands.ready()
    data = manuscript(STORY * 4, "A sentence more.")
    hands.desk.editing.edit(token, "new.docx", data, change, "paolo")
    assert signed(hands, token) == stale


def test_typography_leaves_signatures_fresh_and_is_refused_when_a_word_differs(hands: Hands) -> None:
    token = hands.ready()
    commas = manuscript((STORY * 4).replace(",", ";"))
    hands.desk.editing.edit(token, "new.docx", commas, "typographical", "paolo")
    assert signed(hands, token) == {"editor-in-chief": [], "director": []}
    for other in ((STORY * 4).replace("seventeen", "seventy"), STORY * 4 + "1.5", STORY * 3):
        with fails("edit.not-typographical"):
            hands.desk.editing.edit(token, "new.docx", manuscript(other), "typographical", "paolo")
    with fails("choice.unknown"):
        hands.desk.editing.edit(token, "new.docx", commas, "tiny", "paolo")


def test_typography_moves_no_point_in_a_number_and_no_link(hands: Hands) -> None:
    desk, token = hands.desk, hands.edited()
    linked = b"# A hall was closed\n\nIt cost 1.5 million, [they say](https://one.example/)."
    desk.editing.edit(token, "a.md", linked, "update", "paolo")
    for old, new in ((b"1.5", b"1,5"), (b"one.example", b"two.example"), (b"million", b"~~million~~")):
        with fails("edit.not-typographical"):
            desk.editing.edit(token, "a.md", linked.replace(old, new), "typographical", "paolo")
    desk.editing.edit(token, "a.md", linked.replace(b"cost", b"*cost*"), "typographical", "paolo")


def test_an_update_before_typography_is_still_an_update(hands: Hands) -> None:
    token = hands.ready()
    longer = manuscript(STORY * 4, "A sentence more.")
    hands.desk.editing.edit(token, "new.docx", longer, "update", "paolo")
    hands.desk.editing.edit(
        token, "new.docx", manuscript(STORY * 4, "A sentence more!"), "typographical", "paolo"
    )
    assert signed(hands, token)["director"] == ["body"]


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"caption": "Another hall."}, "photo-1-words"),
        ({"alt": "A door"}, "photo-1-words"),
        ({"masks": [(0, 0, 20, 20)]}, "photo-1-picture"),
        ({"crop": (0, 0, 200, 200)}, "photo-1-picture"),
    ],
)
def test_a_photograph_that_changes_makes_signatures_stale(
    hands: Hands, fields: dict[str, object], part: str
) -> None:
    token = hands.ready(photo=True)
    hands.desk.photos.set(token, 1, fields, "noor")
    assert signed(hands, token) == {"editor-in-chief": [part], "director": [part]}


def test_a_photograph_that_is_taken_out_makes_signatures_stale(hands: Hands) -> None:
    token = hands.ready(photo=True)
    hands.desk.photos.set(token, 1, {"used": False}, "noor")
    assert signed(hands, token)["director"] == ["photo-1-picture", "photo-1-rights", "photo-1-words"]


def test_a_permission_that_changes_makes_signatures_stale_whatever_the_class(hands: Hands) -> None:
    token = hands.ready(photo=True)
    hands.grant(token, "signed-licence", photo=1)
    assert signed(hands, token)["director"] == ["photo-1-rights"]
    hands.grant(token, "signed-licence")
    hands.desk.editing.edit(
        token, "n.docx", manuscript((STORY * 4).replace(",", ";")), "typographical", "paolo"
    )
    assert signed(hands, token)["director"] == ["photo-1-rights", "rights"]


def test_a_signature_that_is_stale_is_given_again(hands: Hands) -> None:
    token = hands.ready()
    hands.desk.editing.set(token, {"headline": "Another headline"}, "paolo")
    gate = hands.gate(token, "R19")
    assert not gate["ok"] and "heads changed" in gate["why"]
    with fails("gates.open"):
        hands.desk.scheduling.schedule(token, "next", "marta")
    hands.desk.signing.sign(token, "editor-in-chief", "marta")
    hands.desk.signing.sign(token, "director", "henrik")
    assert hands.desk.scheduling.schedule(token, "next", "marta").stage == "scheduled"


def test_the_same_heads_again_change_nothing(hands: Hands) -> None:
    token = hands.ready()
    hands.desk.editing.set(token, {"byline": "A. Novak"}, "paolo")
    assert signed(hands, token) == {"editor-in-chief": [], "director": []}
    assert len(hands.show(token)["revisions"]) == 2


def test_new_block_ids_are_no_change(hands: Hands) -> None:
    token = hands.ready()
    same = word_file(
        paragraph("A hall was closed", "Title") + paragraph("") + paragraph("") + paragraph(STORY * 4)
    )
    hands.desk.editing.edit(token, "again.docx", same, "update", "paolo")
    assert signed(hands, token) == {"editor-in-chief": [], "director": []}


def test_a_protected_persons_piece_also_wants_a_safety_reading(hands: Hands) -> None:
    token = hands.edited()
    hands.protect(token)
    hands.desk.editing.set(token, {"byline": "Lin Mu"}, "marta")
    hands.desk.triage.move(token, "ready", "paolo")
    hands.desk.signing.sign(token, "editor-in-chief", "marta")
    hands.desk.signing.sign(token, "director", "henrik")
    assert hands.gate(token, "R19")["why"] == "not signed by safety"
    with fails("role.missing"):
        hands.desk.signing.sign(token, "safety", "noor")
    hands.desk.signing.sign(token, "safety", "greta")
    assert hands.gate(token, "R19")["ok"]
