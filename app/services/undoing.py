"""Taking acts back: what history keeps of the rows beside the piece that an act changed or made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.messages import Asset, Message, Reservation
from app.domain.pieces import History, Override, PhotoUse, Piece
from app.domain.rights import Grant
from app.domain.roles import SAFETY, Power
from app.domain.signing import Signature
from app.domain.workflow import may_undo
from app.services.acts import Desk, restored
from app.services.ports import Unit

_KINDS: dict[str, type[Any]] = {
    "photo": PhotoUse,
    "permission": Grant,
    "reservation": Reservation,
    "override": Override,
    "message": Message,
    "file": Asset,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_POWERS = {
    **dict.fromkeys(("grant", "active", "disputed", "revoked"), Power.GRANT),
    "settle": Power.SETTLE,
}
_Row = TypeVar("_Row")


def rows_as_they_were(before: Iterable[Any], after: Iterable[Any]) -> list[dict[str, Any]]:
    """What has to be put back of rows that an act changed: their fields as they were."""
    now = {row.id: row for row in after}
    found = []
    for row in before:
        kept = {
            field.name: getattr(row, field.name)
            for field in fields(row)
            if field.name != "version" and getattr(row, field.name) != getattr(now[row.id], field.name)
        }
        if kept:
            found.append({"kind": _NAMES[type(row)], "id": row.id, "fields": kept})
    return found


def rows_made(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The names of rows that an act made, by which they are found again."""
    return [{"kind": _NAMES[type(row)], "id": row.id} for row in rows]


def may_take_back(desk: Desk, act: History) -> Power | tuple[str, ...]:
    """Who may take an act back: whoever may do it; a signature and a lifted gate, the same role."""
    role = act.before.get("role")
    if role == SAFETY:
        return desk.magazine.safety.roles
    if role:
        return (str(role),)
    return _POWERS.get(act.act) or may_undo(act.from_stage, act.to_stage)


def put_back(unit: Unit, piece: Piece, act: History) -> tuple[Piece, dict[str, Any]]:
    """``piece`` and everything beside it as it was before ``act``; and what undoing this needs in turn."""
    kept = act.before
    inverse: dict[str, Any] = {name: kept[name] for name in ("role", "signature") if name in kept}
    if "rows" in kept:
        inverse["rows"] = [_put_back(unit, each) for each in kept["rows"]]
    if "made" in kept:
        inverse["gone"] = [_taken_out(unit, each) for each in kept["made"]]
    if "gone" in kept:
        inverse["made"] = [_put_in(unit, each) for each in kept["gone"]]
    of_piece = {name: value for name, value in kept.items() if name in Piece.__dataclass_fields__}
    return restored(piece, of_piece), inverse


def withdrawn(unit: Unit, piece: Piece) -> set[str]:
    """The ids of signatures that were taken back: rows of signatures themselves are never removed."""
    out: set[str] = set()
    for act in unit.find(History, piece=piece.id, act="undo"):
        if "signature" in act.before:
            out ^= {str(act.before["signature"])}
    return out


def standing(unit: Unit, piece: Piece) -> tuple[Signature, ...]:
    """The signatures of a piece, without those that were taken back."""
    found = unit.find(Signature, piece=piece.id)
    out = withdrawn(unit, piece) if found else set()
    return tuple(row for row in found if row.id not in out)


def _put_back(unit: Unit, kept: dict[str, Any]) -> dict[str, Any]:
    row = unit.get(_KINDS[kept["kind"]], kept["id"])
    saved = unit.save(_with(row, kept["fields"]))
    if isinstance(saved, Message):
        unit.index("message", saved.id, saved.piece, saved.subject, saved.text)
    now = {name: getattr(row, name) for name in kept["fields"]}
    return {**kept, "fields": now}


def _taken_out(unit: Unit, kept: dict[str, Any]) -> dict[str, Any]:
    kind = _KINDS[kept["kind"]]
    row = unit.get(kind, kept["id"])
    unit.remove(kind, kept["id"])
    return {**kept, "fields": asdict(row)}


def _put_in(unit: Unit, kept: dict[str, Any]) -> dict[str, Any]:
    kind = _KINDS[kept["kind"]]
    said = kept["fields"]
    unit.add(kind(**{name: _tuples(value) for name, value in said.items()}))
    return {"kind": kept["kind"], "id": kept["id"]}


def _with(row: _Row, said: dict[str, Any]) -> _Row:
    """``row`` with fields that were kept as JSON."""
    fresh: dict[str, Any] = {}
    for name, value in said.items():
        kind = type(getattr(row, name))
        fresh[name] = kind(value) if issubclass(kind, StrEnum) else _tuples(value)
    return replace(row, **fresh)  # type: ignore[type-var]


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
