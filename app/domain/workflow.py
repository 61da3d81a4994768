"""Stages and the moves between them, as a table; the screen only shows it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.errors import RuleBroken
from app.domain.pieces import CLOSED, Kind, Piece, Stage

STAFF = ("editor-in-chief", "director", "editor", "copy-editor", "photo-editor", "rights", "translator")
"""Every role but the reader, who recommends and moves nothing."""
DECIDERS = ("editor-in-chief", "director", "editor")
"""Those who take a piece on, turn it down, and give it its date."""
_MASTHEAD = ("editor-in-chief", "director")


@dataclass(frozen=True, slots=True)
class Move:
    """One way out of a stage: its name, who may take it, and the gates that must hold.

    ``gates`` is ``""`` for none, ``content`` for everything but signatures, ``all`` with them.
    """

    act: str
    roles: tuple[str, ...]
    gates: str = ""


MOVES: dict[Stage, dict[Stage, Move]] = {
    Stage.INBOX: {
        Stage.EDITING: Move("accept", DECIDERS),
        Stage.REVIEW: Move("ask-readers", DECIDERS),
        Stage.DECLINED: Move("decline", DECIDERS),
        Stage.WITHDRAWN: Move("withdraw", STAFF),
    },
    Stage.REVIEW: {
        Stage.EDITING: Move("accept", DECIDERS),
        Stage.DECLINED: Move("decline", DECIDERS),
        Stage.INBOX: Move("back-to-inbox", DECIDERS),
        Stage.WITHDRAWN: Move("withdraw", STAFF),
    },
    Stage.EDITING: {
        Stage.RIGHTS: Move("done", STAFF),
        Stage.READY: Move("done", STAFF, "content"),
        Stage.REVIEW: Move("back-to-review", DECIDERS),
        Stage.DROPPED: Move("drop", DECIDERS),
        Stage.WITHDRAWN: Move("withdraw", STAFF),
    },
    Stage.RIGHTS: {
        Stage.READY: Move("permissions-complete", STAFF, "content"),
        Stage.EDITING: Move("back-to-editing", STAFF),
        Stage.WITHDRAWN: Move("withdraw", STAFF),
    },
    Stage.READY: {
        Stage.SCHEDULED: Move("schedule", DECIDERS, "all"),
        Stage.EDITING: Move("reopen", STAFF),
        Stage.WITHDRAWN: Move("withdraw", STAFF),
    },
    Stage.SCHEDULED: {
        Stage.READY: Move("unschedule", DECIDERS),
        Stage.PUBLISHED: Move("publish-now", _MASTHEAD, "all"),
        Stage.WITHDRAWN: Move("withdraw", STAFF),
    },
    Stage.PUBLISHED: {Stage.TAKEN_DOWN: Move("take-down", _MASTHEAD)},
}
_REOPENS_IN_EDITING = frozenset({Stage.READY, Stage.SCHEDULED, Stage.PUBLISHED})
"""What was signed and due to go out is looked at again before it may."""
_PUT_BACK = Move("reopen", _MASTHEAD, "all")
"""What was taken down may also stand there again as it was, if everything still holds."""


def moves(piece: Piece) -> dict[Stage, Move]:
    """Where ``piece`` may go from its stage, the primary act first."""
    if piece.stage not in CLOSED:
        return MOVES[piece.stage]
    ways = {reopens_to(piece): Move("reopen", DECIDERS)}
    return ways | {Stage.PUBLISHED: _PUT_BACK} if piece.stage is Stage.TAKEN_DOWN else ways


def may_undo(from_stage: str, to_stage: str) -> tuple[str, ...]:
    """The roles that may take back an act that led from one stage to another, or stayed where it was."""
    if from_stage == to_stage:
        return STAFF
    way = MOVES.get(Stage(from_stage), {}).get(Stage(to_stage))
    return way.roles if way else DECIDERS


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
