"""What every act on a piece has in common: who may, what is written down, how it is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.errors import RuleBroken
from app.domain.magazine import Magazine, may_act, person
from app.domain.pieces import History, Piece
from app.services.ids import Ids
from app.services.ports import Clock, Store, Unit


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts that every service works with."""

    store: Store
    ids: Ids
    clock: Clock
    magazine: Magazine

    @property
    def now(self) -> datetime:
        """The instant, in UTC."""
        return self.clock()

    @property
    def at(self) -> str:
        """The instant as rows hold it."""
        return self.clock().strftime("%Y-%m-%dT%H:%M:%SZ")

    def allow(self, who: str, roles: Iterable[str]) -> str:
        """The first of ``roles`` in which ``who`` may act today.

        Raises:
            Usage: ``magazine.no-person``.
            RuleBroken: ``role.missing`` with the roles that may.
        """
        person(self.magazine, who)
        wanted = list(roles)
        for role in wanted:
            if may_act(self.magazine, who, role, self.now.date()):
                return role
        raise RuleBroken("role.missing", person=who, roles=", ".join(wanted))

    def act(
        self, unit: Unit, before: Piece, after: Piece, act: str, by: str, *, reason: str = "", undoes: str = ""
    ) -> Piece:
        """Save ``after`` with its line of history, of the audit log and of the change log."""
        changed = {
            name: getattr(before, name)
            for name in Piece.__dataclass_fields__
            if name != "version" and getattr(before, name) != getattr(after, name)
        }
        saved: Piece = unit.save(after)
        unit.add(
            History(
                id=self.ids.new(),
                piece=before.id,
                at=self.at,
                by=by,
                act=act,
                from_stage=before.stage,
                to_stage=after.stage,
                reason=reason,
                undoes=undoes,
                before=_plain(changed),
            )
        )
        self.note(unit, before.id, act, by)
        return saved

    def note(self, unit: Unit, piece: str, act: str, by: str, **detail: Any) -> None:
        """The audit line and the change of an act that changes other rows than the piece."""
        unit.audit(act, piece, by, **detail)
        unit.changed("piece", piece)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def restored(piece: Piece, before: dict[str, Any]) -> Piece:
    """``piece`` with the fields that an act changed put back."""
    kinds = {name: type(getattr(piece, name)) for name in before}
    return replace(piece, **{name: kinds[name](value) for name, value in before.items()})
