"""Stages and the moves between them, as a table; the screen only shows it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.errors import RuleBroken
from app.domain.pieces import CLOSED, Kind, Piece, Stage
from app.domain.roles import Power


@dataclass(frozen=True, slots=True)
class Move:
    """One way out of a stage: its name, the power that it takes, and the gates that must hold.

    ``gates`` is ``""`` for none, ``content`` for everything but signatures, ``all`` with them.
    """

    act: str
    power: Power
    gates: str = ""


MOVES: dict[Stage, dict[Stage, Move]] = {
    Stage.INBOX: {
        Stage.EDITING: Move("accept", Power.DECIDE),
        Stage.REVIEW: Move("ask-readers", Power.DECIDE),
        Stage.DECLINED: Move("decline", Power.DECIDE),
        Stage.WITHDRAWN: Move("withdraw", Power.WORK),
    },
    Stage.REVIEW: {
        Stage.EDITING: Move("accept", Power.DECIDE),
        Stage.DECLINED: Move("decline", Power.DECIDE),
        Stage.INBOX: Move("back-to-inbox", Power.DECIDE),
        Stage.WITHDRAWN: Move("withdraw", Power.WORK),
    },
    Stage.EDITING: {
        Stage.RIGHTS: Move("done", Power.WORK),
        Stage.READY: Move("done", Power.WORK, "content"),
        Stage.REVIEW: Move("back-to-review", Power.DECIDE),
        Stage.DROPPED: Move("drop", Power.DECIDE),
        Stage.WITHDRAWN: Move("withdraw", Power.WORK),
    },
    Stage.RIGHTS: {
        Stage.READY: Move("permissions-complete", Power.WORK, "content"),
        Stage.EDITING: Move("back-to-editing", Power.WORK),
        Stage.WITHDRAWN: Move("withdraw", Power.WORK),
    },
    Stage.READY: {
        Stage.SCHEDULED: Move("schedule", Power.DECIDE, "all"),
        Stage.EDITING: Move("reopen", Power.WORK),
        Stage.WITHDRAWN: Move("withdraw", Power.WORK),
    },
    Stage.SCHEDULED: {
        Stage.READY: Move("unschedule", Power.DECIDE),
        Stage.PUBLISHED: Move("publish-now", Power.PUBLISH, "all"),
        Stage.WITHDRAWN: Move("withdraw", Power.WORK),
    },
    Stage.PUBLISHED: {Stage.TAKEN_DOWN: Move("take-down", Power.PUBLISH)},
}
_REOPENS_IN_EDITING = frozenset({Stage.READY, Stage.SCHEDULED, Stage.PUBLISHED})
"""What was signed and due to go out is looked at again before it may."""
_PUT_BACK = Move("reopen", Power.PUBLISH, "all")
"""What was taken down may also stand there again as it was, if everything still holds."""


def moves(piece: Piece) -> dict[Stage, Move]:
    """Where ``piece`` may go from its stage, the primary act first."""
    if piece.stage not in CLOSED:
        return MOVES[piece.stage]
    ways = {reopens_to(piece): Move("reopen", Power.DECIDE)}
    return ways | {Stage.PUBLISHED: _PUT_BACK} if piece.stage is Stage.TAKEN_DOWN else ways


def may_undo(from_stage: str, to_stage: str) -> Power:
    """The power that it takes to take back an act that led from one stage to another, or stayed where it was."""
    if from_stage == to_stage:
        return Power.WORK
    way = MOVES.get(Stage(from_stage), {}).get(Stage(to_stage))
    return way.power if way else Power.DECIDE


def reopens_to(piece: Piece) -> Stage:
    """The stage that a closed piece goes back to: the one it left, or editing where that was signed."""
    left = Stage(piece.stage_before) if piece.stage_before else Stage.INBOX
    return Stage.EDITING if left in _REOPENS_IN_EDITING else left


def move(piece: Piece, to: Stage) -> Move:
    """The move of ``piece`` to the stage ``to``.

    Raises:
        RuleBroken: ``move.not-from-here`` with the stages that are possible, ``move.held`` for a
            piece on hold that would go out, ``move.pitch`` for a pitch, which is not a text yet.
    """
    possible = moves(piece)
    if to not in possible:
        raise RuleBroken(
            "move.not-from-here",
            stage=str(piece.stage),
            to=str(to),
            possible=", ".join(str(s) for s in possible),
        )
    if piece.held and to in (Stage.SCHEDULED, Stage.PUBLISHED):
        raise RuleBroken("move.held", token=piece.token)
    if piece.kind is Kind.PITCH and to in (Stage.READY, Stage.SCHEDULED, Stage.PUBLISHED):
        raise RuleBroken("move.pitch", token=piece.token)
    return possible[to]
