"""Signatures, bound to the content as it stands."""

from __future__ import annotations

from app.domain.errors import RuleBroken, Usage
from app.domain.gates import open_gates
from app.domain.magazine import kind_rule, safety_read, stand_in
from app.domain.pieces import Stage
from app.domain.roles import SAFETY
from app.domain.signing import Signature, own_work_only
from app.services.acts import Desk
from app.services.dossiers import File, by_token, open_file

_LATE = (Stage.EDITING, Stage.RIGHTS, Stage.READY, Stage.SCHEDULED, Stage.PUBLISHED)


class Signing:
    """Has pieces signed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sign(self, token: str, role: str, by: str) -> Signature:
        """Sign a piece as it stands, in a role.

        Raises:
            Usage: ``role.unknown``.
            RuleBroken: ``role.missing``, ``sign.too-early``, ``sign.own-work`` when the only
                signature would be by the one who wrote or translated it, ``sign.twice``.
        """
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            file = open_file(unit, piece, self._desk.magazine, self._desk.now)
            self._check(file, role, by)
            leave = stand_in(self._desk.magazine, by, role, self._desk.today)
            row = Signature(
                id=self._desk.ids.new(),
                piece=piece.id,
                role=role,
                person=by,
                at=self._desk.at,
                revision=file.revision.number,
                content_hash=file.hash,
                parts=file.parts,
                stand_in=leave.proof if leave else "",
            )
            unit.add(row)
            self._desk.act(
                unit, piece, piece, "sign", by, reason=role, keep={"signature": row.id, "role": role}
            )
            return row

    def _check(self, file: File, role: str, by: str) -> None:
        magazine, piece = self._desk.magazine, file.piece
        wanted = [*kind_rule(magazine, piece.kind).signatures]
        if safety_read(magazine, file.dossier.protection):
            wanted.append(SAFETY)
        if role not in wanted:
            raise Usage("role.unknown", role=role, possible=", ".join(wanted))
        self._desk.allow(by, magazine.safety.roles if role == SAFETY else (role,))
        if piece.stage not in _LATE:
            raise RuleBroken("sign.too-early", token=piece.token, stage=str(piece.stage))
        if piece.held:
            raise RuleBroken("move.held", token=piece.token)
        fresh = [each for each in file.dossier.signatures if not file.dossier.stale.get(each.id)]
        if any(each.role == role for each in fresh):
            raise RuleBroken("sign.twice", role=role, token=piece.token)
        self._not_alone(file, wanted, role, by, fresh)
        if refused := open_gates(file.findings(), signatures=False):
            raise RuleBroken("gates.open", token=piece.token, findings=refused)

    def _not_alone(self, file: File, wanted: list[str], role: str, by: str, fresh: list[Signature]) -> None:
        """Nobody gives the only editorial signature to a piece that they wrote or translated."""
        signed = {each.role: each.person for each in fresh if each.role != SAFETY} | {role: by}
        complete = all(each in signed for each in wanted if each != SAFETY)
        if role != SAFETY and complete and own_work_only(signed.values(), file.piece):
            raise RuleBroken("sign.own-work", token=file.piece.token, person=by)
