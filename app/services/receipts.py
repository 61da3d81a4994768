"""What receiving answers: one receipt for each message or loose file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.messages import Arrival, Asset, Message
from app.domain.pieces import Piece
from app.services.ports import Unit


@dataclass(frozen=True, slots=True)
class Receipt:
    """``status`` is received, known or unreadable; ``token`` is empty for a message that has no piece."""

    path: str
    part: int
    status: str
    klass: str = ""
    token: str = ""
    message: str = ""
    message_id: str = ""
    reason: str = ""
    attachments: tuple[dict[str, Any], ...] = field(default_factory=tuple)

    def named(self, path: str, part: int) -> Receipt:
        """The same for the ``path`` as it was given, which an arrival may have to write otherwise."""
        return self if (self.path, self.part) == (path, part) else replace(self, path=path, part=part)

    def as_json(self) -> dict[str, Any]:
        """The row of ``transom receive --json``."""
        return {
            "path": self.path,
            "part": self.part or None,
            "status": self.status,
            "class": self.klass or None,
            "token": self.token or None,
            "message": self.message or None,
            "message_id": self.message_id or None,
            "reason": self.reason or None,
            "attachments": list(self.attachments),
        }


def attachment_json(asset: Asset) -> dict[str, Any]:
    """One attachment as every verb prints it."""
    return {
        "name": asset.name,
        "media_type": asset.media_type,
        "bytes": asset.size,
        "sha256": asset.sha256,
        "read": asset.read,
        "reason": asset.reason or None,
        "text": asset.text,
    }


def is_attachment(asset: Asset) -> bool:
    """Whether it was attached by a person, and not a picture that a document held."""
    return asset.role != "embedded"


def known(unit: Unit, arrival: Arrival, path: str, part: int) -> Receipt:
    """The receipt for bytes that had arrived before: class, token and message of the first time."""
    message = unit.one(Message, id=arrival.message) if arrival.message else None
    on = message.piece if message else arrival.piece
    piece = unit.one(Piece, id=on) if on else None
    if message:
        assets = unit.find(Asset, message=message.id, order="position")
    else:
        assets = unit.find(Asset, sha256=arrival.sha256, message="", limit=1)
    return Receipt(
        path=path,
        part=part,
        status="known",
        klass=str(message.klass) if message else "contribution",
        token=piece.token if piece else "",
        message=arrival.message,
        message_id=message.message_id if message and not message.sealed else "",
        reason=arrival.reason,
        attachments=tuple(attachment_json(asset) for asset in assets if is_attachment(asset)),
    )
