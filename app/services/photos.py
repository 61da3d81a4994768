"""The words of photographs, and how they will be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.article_json import clean_text
from app.domain.errors import RuleBroken, Usage
from app.domain.messages import Asset
from app.domain.pieces import PhotoUse, Piece
from app.domain.roles import Power
from app.services.acts import Desk
from app.services.dossiers import by_token
from app.services.ports import Unit
from app.services.undoing import rows_as_they_were

_WORDS = ("caption", "credit", "credit_url", "source_line", "alt")


class Photos:
    """Changes photo uses; the stored originals never change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def set(self, token: str, number: int, fields: Mapping[str, Any], by: str) -> PhotoUse:
        """Set words, masks, crop, use or lead of photograph ``number``.

        ``masks`` is a list of ``(x, y, width, height)`` in pixels, which replaces the masks there were.
        ``courtesy``, a name, and ``withheld`` make the credit by the magazine's patterns.

        Raises:
            Usage: ``photo.unknown``.
            RuleBroken: ``photo.outside`` for a box that is not inside the picture, ``photo.link``,
                ``role.missing``.
        """
        self._desk.allow(by, Power.WORK)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            before = unit.find(PhotoUse, piece=piece.id)
            use = numbered(unit, piece, number)
            asset = unit.get(Asset, use.asset)
            words = self._credited(fields)
            changed: dict[str, Any] = {name: clean_text(words[name]) for name in _WORDS if name in words}
            if changed.get("credit_url") and not changed["credit_url"].startswith(("http://", "https://")):
                raise RuleBroken("photo.link", url=changed["credit_url"])
            if "masks" in fields:
                changed["masks"] = tuple(_box(box, asset) for box in fields["masks"])
            if "crop" in fields:
                changed["crop"] = _box(fields["crop"], asset) if fields["crop"] else ()
            changed |= {name: bool(fields[name]) for name in ("used", "lead") if name in fields}
            if changed.get("lead"):
                for other in unit.find(PhotoUse, piece=piece.id, lead=True):
                    if other.id != use.id:
                        unit.save(replace(other, lead=False))
            saved: PhotoUse = unit.save(replace(use, **changed))
            if rows := rows_as_they_were(before, unit.find(PhotoUse, piece=piece.id)):
                reason, keep = f"photograph {number}", {"rows": rows}
                self._desk.act(unit, piece, piece, "photo", by, reason=reason, keep=keep)
            return saved

    def _credited(self, fields: Mapping[str, Any]) -> Mapping[str, Any]:
        captions = self._desk.magazine.captions
        if fields.get("withheld"):
            return {**fields, "credit": captions.withheld}
        if fields.get("courtesy"):
            return {**fields, "credit": captions.courtesy.format(name=fields["courtesy"])}
        return fields


def numbered(unit: Unit, piece: Piece, number: int) -> PhotoUse:
    """Photograph ``number`` of a piece.

    Raises:
        Usage: ``photo.unknown``.
    """
    use = unit.one(PhotoUse, piece=piece.id, number=number)
    if use is None:
        raise Usage("photo.unknown", token=piece.token, number=number)
    return use


def _box(box: tuple[int, ...], asset: Asset) -> tuple[int, ...]:
    x, y, width, height = box
    inside = 0 <= x < asset.width and 0 <= y < asset.height
    if not inside or width < 1 or height < 1 or x + width > asset.width or y + height > asset.height:
        raise RuleBroken("photo.outside", box=",".join(map(str, box)), width=asset.width, height=asset.height)
    return tuple(box)
