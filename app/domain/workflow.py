"""Stages and the moves between them, as a table; the screen only shows it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.errors import RuleBroken
from app.domain.pieces import CLOSED, Kind, Piece, Stage

_STAFF = ("editor-in-chief", "director", "editor", "copy-editor", "photo-editor", "rights", "translator")
"""Every role but the reader, who recommends and moves nothing."""
_DECIDERS = ("editor-in-chief", "director", "editor")
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
        Stage.EDITING: Move("accept", _DECIDERS),
        Stage.REVIEW: Move("ask-readers", _DECIDERS),
        Stage.DECLINED: Move("decline", _DECIDERS),
        Stage.WITHDRAWN: Move("withdraw", _STAFF),
    },
    Stage.REVIEW: {
        Stage.EDITING: Move("accept", _DECIDERS),
        Stage.DECLINED: Move("decline", _DECIDERS),
        Stage.INBOX: Move("back-to-inbox", _DECIDERS),
        Stage.WITHDRAWN: Move("withdraw", _STAFF),
    },
    Stage.EDITING: {
        Stage.RIGHTS: Move("done", _STAFF),
        Stage.READY: Move("done", _STAFF, "content"),
        Stage.REVIEW: Move("back-to-review", _DECIDERS),
        Stage.DROPPED: Move("drop", _DECIDERS),
        Stage.WITHDRAWN: Move("withdraw", _STAFF),
    },
    Stage.RIGHTS: {
        Stage.READY: Move("permissions-complete", _STAFF, "content"),
        Stage.EDITING: Move("back-to-editing", _STAFF),
        Stage.WITHDRAWN: Move("withdraw", _STAFF),
    },
    Stage.READY: {
        Stage.SCHEDULED: Move("schedule", _DECIDERS, "all"),
        Stage.EDITING: Move("reopen", _STAFF),
        Stage.WITHDRAWN: Move("withdraw", _STAFF),
    },
    Stage.SCHEDULED: {
        Stage.READY: Move("unschedule", _DECIDERS),
        Stage.PUBLISHED: Move("publish-now", _MASTHEAD, "all"),
        Stage.WITHDRAWN: Move("withdraw", _STAFF),
    },
    Stage.PUBLISHED: {Stage.TAKEN_DOWN: Move("take-down", _MASTHEAD)},
}
_REOPENS_IN_EDITING = frozenset({Stage.READY, Stage.SCHEDULED, Stage.PUBLISHED})
"""What was signed and due to go out is looked at again before it may."""


def moves(piece: Piece) -> dict[Stage, Move]:
    """Where ``piece`` may go from its stage, the primary act first."""
    if piece.stage in CLOSED:
        return {reopens_to(piece): Move("reopen", _DECIDERS)}
    return MOVES[piece.stage]


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
            "move.not-from-here", stage=str(piece.stage), to=str(to), possible=", ".join(str(s) for s in possible)
        )
    if piece.held and to in (Stage.SCHEDULED, Stage.PUBLISHED):
        raise RuleBroken("move.held", token=piece.token)
    if piece.kind is Kind.PITCH and to in (Stage.READY, Stage.SCHEDULED, Stage.PUBLISHED):
        raise RuleBroken("move.pitch", token=piece.token)
    return possible[to]
