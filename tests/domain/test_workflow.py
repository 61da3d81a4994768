"""The table of moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.errors import RuleBroken
from app.domain.pieces import CLOSED, Kind, Piece, Stage
from app.domain.roles import ROLES, Power
from app.domain.workflow import MOVES, may_undo, move, moves, reopens_to

PIECE = Piece(
    id="1",
    token="ED-2026-0001",
    kind=Kind.ARTICLE,
    stage=Stage.INBOX,
    title="A hall",
    received_at="2026-11-23T09:00:00Z",
)
WAYS = {
    "inbox": "editing review declined withdrawn",
    "review": "editing declined inbox withdrawn",
    "editing": "rights ready review dropped withdrawn",
    "rights": "ready editing withdrawn",
    "ready": "scheduled editing withdrawn",
    "scheduled": "ready published withdrawn",
    "published": "taken-down",
}


@pytest.mark.parametrize("stage", WAYS)
def test_from_each_stage_a_piece_goes_where_the_table_says_and_nowhere_else(stage: str) -> None:
    piece = replace(PIECE, stage=Stage(stage))
    possible = WAYS[stage].split()
    assert [str(each) for each in moves(piece)] == possible
    for to in Stage:
        if str(to) in possible:
            assert move(piece, to) is MOVES[piece.stage][to]
        else:
            with pytest.raises(RuleBroken) as caught:
                move(piece, to)
            assert caught.value.code == "move.not-from-here"
            assert caught.value.fields["possible"] == ", ".join(possible)


@pytest.mark.parametrize("closed", sorted(CLOSED))
@pytest.mark.parametrize(
    ("left", "to"),
    [
        ("inbox", "inbox"), ("review", "review"), ("editing", "editing"), ("rights", "rights"),
        ("ready", "editing"), ("scheduled", "editing"), ("published", "editing"), ("", "inbox"),
    ],
)  # fmt: skip
def test_what_is_closed_reopens_where_it_was_or_in_editing_when_it_was_signed(
    closed: Stage, left: str, to: str
) -> None:
    piece = replace(PIECE, stage=closed, stage_before=left)
    assert reopens_to(piece) == to
    assert move(piece, Stage(to)).act == "reopen"
    assert (Stage.PUBLISHED in moves(piece)) is (closed is Stage.TAKEN_DOWN)


def that_may(power: Power) -> set[str]:
    return {role.key for role in ROLES if power in role.may}


def test_no_move_is_for_readers_and_every_role_is_one() -> None:
    for ways in MOVES.values():
        for way in ways.values():
            assert "reader" not in that_may(way.power)
    assert that_may(Power.WORK) == {role.key for role in ROLES} - {"reader"}
    assert that_may(Power.DECIDE) == {"editor-in-chief", "director", "editor"}
    assert that_may(Power.PUBLISH) == {"editor-in-chief", "director"}
    assert that_may(Power.SETTLE) == {"editor-in-chief", "rights"}
    assert that_may(Power.RECOMMEND) == {role.key for role in ROLES}


def test_what_may_leave_asks_for_every_gate() -> None:
    assert MOVES[Stage.READY][Stage.SCHEDULED].gates == "all"
    assert MOVES[Stage.SCHEDULED][Stage.PUBLISHED].gates == "all"
    assert {
        way.gates
        for ways in (MOVES[Stage.EDITING], MOVES[Stage.RIGHTS])
        for to, way in ways.items()
        if to == "ready"
    } == {"content"}


def test_what_is_held_or_no_text_does_not_go_out() -> None:
    for stage, to in ((Stage.READY, Stage.SCHEDULED), (Stage.SCHEDULED, Stage.PUBLISHED)):
        for fields, code in (({"held": True}, "move.held"), ({"kind": Kind.PITCH}, "move.pitch")):
            with pytest.raises(RuleBroken) as caught:
                move(replace(PIECE, stage=stage, **fields), to)
            assert caught.value.code == code
    assert move(replace(PIECE, stage=Stage.EDITING, held=True), Stage.READY).act == "done"


def test_an_act_is_taken_back_by_those_who_may_do_it() -> None:
    assert may_undo("scheduled", "published") is Power.PUBLISH
    assert may_undo("inbox", "editing") is Power.DECIDE
    assert may_undo("editing", "editing") is Power.WORK
    assert may_undo("declined", "inbox") is Power.DECIDE
