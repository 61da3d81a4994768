"""The library: photographs without a piece of their own, kept with their permission for later use."""

from __future__ import annotations

from dataclasses import replace

from app.domain.errors import RuleBroken
from app.domain.pieces import Kind, Piece, Stage
from app.domain.roles import Power
from app.services.acts import Desk
from app.services.dossiers import by_token


class Library:
    """Puts photographs into the library."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def file(self, token: str, by: str, *, off: bool = False) -> Piece:
        """Put photographs into the library, or take them out again.

        Raises:
            RuleBroken: ``file.not-photographs`` for a piece of another kind, ``file.too-late`` when it was
                accepted already, ``role.missing``.
        """
        self._desk.allow(by, Power.WORK)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            if piece.kind is not Kind.PHOTOGRAPHS:
                raise RuleBroken("file.not-photographs", token=piece.token, kind=str(piece.kind))
            if piece.stage not in (Stage.INBOX, Stage.REVIEW):
                raise RuleBroken("file.too-late", token=piece.token, stage=str(piece.stage))
            if piece.filed is not off:
                return piece
            return self._desk.act(unit, piece, replace(piece, filed=not off), "unfile" if off else "file", by)
