"""Whatever an editor does to a piece can be taken back, and that too."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.granting import Request
from tests.support.desks import Hands, fails, mail, photograph

HELD = "Please do not use my name."


def state(hands: Hands, token: str) -> dict[str, Any]:
    """What is shown of a piece, without what only grows."""
    shown = hands.show(token)
    grown = ("history", "revisions", "publications")
    return {name: value for name, value in shown.items() if name not in grown}


def acts(hands: Hands, token: str) -> dict[str, Any]:
    desk, again = hands.desk, {"token": token, "by": "marta"}
    grant = desk.showing.show(token)["grants"][0]["id"]
    return {
        "photo": lambda: desk.photos.set(token, 1, {"caption": "New", "masks": [(1, 1, 9, 9)]}, "noor"),
        "lead": lambda: desk.photos.set(token, 2, {"lead": True}, "noor"),
        "grant": lambda: desk.granting.grant(token, Request("verbal", note="By telephone"), "greta"),
        "revoked": lambda: desk.granting.revoke(token, grant, "revoked", "greta", "an error"),
        "settle": lambda: desk.granting.settle(token, "marta", "asked"),
        "override": lambda: desk.triage.override(token, "R11", "editor", "paolo", "it says enough"),
        "set": lambda: desk.editing.set(fields={"headline": "New", "section": "featured"}, **again),
        "hold": lambda: desk.triage.hold(token, "paolo"),
        "move": lambda: desk.triage.move(token, "rights", "paolo"),
    }


@pytest.mark.parametrize(
    "act", ["photo", "lead", "grant", "revoked", "settle", "override", "set", "hold", "move"]
)
def test_an_act_is_taken_back_and_its_undo_too(hands: Hands, act: str) -> None:
    files = (("a.jpg", photograph(), "image/jpeg"), ("b.jpg", photograph(1), "image/jpeg"))
    token = hands.receive(mail(f"My article. {HELD}", files=files))[0]["token"]
    hands.desk.triage.move(token, "editing", "marta")
    before = state(hands, token)
    acts(hands, token)[act]()
    after = state(hands, token)
    assert after != before
    hands.desk.triage.undo(token, "marta")
    assert state(hands, token) == before
    hands.desk.triage.undo(token, "marta")
    assert state(hands, token) == after
    hands.desk.triage.undo(token, "marta")
    assert state(hands, token) == before


def test_a_signature_is_taken_back_by_its_role_and_stays_in_the_history(hands: Hands) -> None:
    token = hands.ready()
    before = hands.show(token)
    assert len(before["signoffs"]) == 2
    with fails("role.missing"):
        hands.desk.triage.undo(token, "marta")
    hands.desk.triage.undo(token, "henrik")
    assert [row["role"] for row in hands.show(token)["signoffs"]] == ["editor-in-chief"]
    assert not hands.gate(token, "R19")["ok"]
    assert [entry["act"] for entry in hands.show(token)["history"]][-2:] == ["sign", "undo"]
    hands.desk.triage.undo(token, "henrik")
    assert hands.show(token)["signoffs"] == before["signoffs"] and hands.gate(token, "R19")["ok"]


def test_what_a_permission_needs_its_undo_needs_too(hands: Hands) -> None:
    token = hands.piece()
    hands.grant(token, "signed-licence")
    with fails("role.missing"):
        hands.desk.triage.undo(token, "lin")
    hands.desk.triage.undo(token, "greta")


def test_a_message_that_was_put_on_the_wrong_piece_comes_back(hands: Hands) -> None:
    first, second = hands.piece(), hands.piece(id="<2@x.example>", text="Another story.")
    question = mail(f"When? {HELD}", subject="Question", id="<3@x.example>", files=((
        "c.jpg", photograph(3), "image/jpeg"),))  # fmt: skip
    row = hands.receive(question)[0]
    hands.desk.intake.classify(row["message"], "question", "marta")
    before = hands.desk.showing.message(row["message"])
    one, two = state(hands, first), state(hands, second)
    hands.desk.triage.belongs(row["message"], second, "paolo")
    shown = hands.show(second)
    assert len(shown["messages"]) == 2 and len(shown["photos"]) == 1 and len(shown["reservations"]) == 1
    assert hands.desk.showing.message(row["message"])["token"] == second
    hands.desk.triage.undo(second, "paolo")
    assert hands.desk.showing.message(row["message"]) == before
    assert (state(hands, first), state(hands, second)) == (one, two)
    hands.desk.triage.undo(second, "paolo")
    assert len(hands.show(second)["photos"]) == 1
