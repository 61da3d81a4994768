"""What every act on a piece has in common: who may, what is written down, how it is taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.errors import RuleBroken
from app.domain.magazine import Magazine, may_act, person, roles_that_may
from app.domain.pieces import History, Piece
from app.domain.roles import Power
from app.services.ids import Ids
from app.services.ports import Clock, Keys, Store, Unit
from app.services.telling import Telling, Terms, telling

_NOT_KEPT = ("version", "title")
"""What history does not remember: a title is told anew, and may be what protection has to hide later."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts that every service works with."""

    store: Store
    ids: Ids
    clock: Clock
    magazine: Magazine
    keys: Keys

    @property
    def now(self) -> datetime:
        """The instant, in UTC."""
        return self.clock()

    @property
    def at(self) -> str:
        """The instant as rows hold it."""
        return self.clock().strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def today(self) -> date:
        """The day where the magazine is."""
        return local_day(self.clock(), self.magazine)

    def telling(self, unit: Unit) -> Telling:
        """What the desk knows of everybody whom it protects."""
        return telling(unit, self.keys, Terms(self.keys))

    def allow(self, who: str, wanted: Power | tuple[str, ...]) -> str:
        """The first role in which ``who`` may act today: of those with a power, or of those named.

        Raises:
            Usage: ``magazine.no-person``.
            RuleBroken: ``role.missing`` with the roles that may.
        """
        person(self.magazine, who)
        roles = roles_that_may(self.magazine, wanted) if isinstance(wanted, Power) else wanted
        for role in roles:
            if may_act(self.magazine, who, role, self.today):
                return role
        raise RuleBroken("role.missing", person=who, roles=", ".join(roles))

    def act(
        self,
        unit: Unit,
        before: Piece,
        after: Piece,
        act: str,
        by: str,
        *,
        reason: str = "",
        undoes: str = "",
        keep: dict[str, Any] | None = None,
        **detail: Any,
    ) -> Piece:
        """Save ``after`` with its line of history, of the audit log and of the change log.

        ``keep`` is what undo needs beside the fields of the piece; ``detail`` goes to the audit log: ids
        and keys, never names.
        """
        changed = {
            name: getattr(before, name)
            for name in Piece.__dataclass_fields__
            if name not in _NOT_KEPT and getattr(before, name) != getattr(after, name)
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
                before=_plain(changed) | (keep or {}),
            )
        )
        self.note(unit, before.id, act, by, **detail)
        return saved

    def note(self, unit: Unit, piece: str, act: str, by: str, **detail: Any) -> None:
        """The audit line and the change of an act that changes other rows than the piece."""
        unit.audit(act, piece, by, **detail)
        unit.changed("piece", piece)


def local_day(at: datetime, magazine: Magazine) -> date:
    """The day of an instant where the magazine is."""
    return at.astimezone(ZoneInfo(magazine.zone)).date()


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def restored(piece: Piece, before: dict[str, Any]) -> Piece:
    """``piece`` with the fields that an act changed put back."""
    kinds = {name: type(getattr(piece, name)) for name in before}
    return replace(piece, **{name: kinds[name](value) for name, value in before.items()})
