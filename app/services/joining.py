"""Putting messages on pieces, and pieces together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.messages import Asset, Message, MessageClass, Reservation
from app.domain.pieces import History, PhotoUse, Piece
from app.domain.reservations import find
from app.services.acts import Desk
from app.services.filing import SMALLEST_PICTURE
from app.services.phrasebook import phrases
from app.services.ports import Unit


def put_on(unit: Unit, desk: Desk, message: Message, piece: Piece, by: str) -> list[PhotoUse | Reservation]:
    """Put a message with its files on a piece: its photographs can be printed, its wishes are looked at.

    Gives the rows that were made.
    """
    wished = bool(unit.find(Reservation, message=message.id, limit=1))
    taken = _moved(unit, [message], piece.id)[0]
    unit.save(replace(taken, klass=MessageClass.BELONGS, event="", corrected_by=by))
    made: list[PhotoUse | Reservation] = [*_photographs(unit, desk, piece, message)]
    if not wished:
        said = f"{message.subject}\n\n{message.new_text}"
        made += [
            Reservation(
                id=desk.ids.new(),
                piece=piece.id,
                message=message.id,
                kind=found.kind,
                sentence=found.sentence,
                subject=found.subject,
                until=found.until,
            )
            for found in find(said, phrases(), desk.today)
        ]
    unit.add(*made)
    return made


def with_its_rows(unit: Unit, message: Message) -> list[Message | Asset | Reservation]:
    """A message, its files and its wishes."""
    return [
        message,
        *unit.find(Asset, message=message.id),
        *unit.find(Reservation, message=message.id),
    ]


def join(unit: Unit, piece: Piece, other: Piece) -> dict[str, list[str]]:
    """Move the messages and files of ``piece`` to ``other``; gives what ``part`` has to put back."""
    messages = unit.find(Message, piece=piece.id)
    files = unit.find(Asset, piece=piece.id, message="")
    _moved(unit, messages, other.id)
    unit.save_all([replace(file, piece=other.id) for file in files])
    return {"messages": [row.id for row in messages], "files": [row.id for row in files]}


def part(unit: Unit, piece: Piece, joined: History) -> None:
    """Give ``piece`` back what ``join`` moved."""
    went = joined.before
    _moved(unit, unit.find(Message, id=went["messages"]), piece.id)
    unit.save_all([replace(file, piece=piece.id) for file in unit.find(Asset, id=went["files"])])


def _moved(unit: Unit, messages: Iterable[Message], piece: str) -> list[Message]:
    """The messages with their files and wishes on another piece, and found there."""
    moved = []
    for row in messages:
        moved.append(unit.save(replace(row, piece=piece)))
        unit.save_all([replace(file, piece=piece) for file in unit.find(Asset, message=row.id)])
        wishes = unit.find(Reservation, message=row.id)
        unit.save_all([replace(wish, piece=piece) for wish in wishes])
        unit.index("message", row.id, piece, row.subject, row.text)
    return moved


def _photographs(unit: Unit, desk: Desk, piece: Piece, message: Message) -> Iterator[PhotoUse]:
    """A photo use for each picture that is large enough to print and is not used by the piece already."""
    uses = unit.find(PhotoUse, piece=piece.id, order="number")
    have = {use.asset for use in uses}
    number = uses[-1].number if uses else 0
    for file in unit.find(Asset, message=message.id, order="position"):
        small = min(file.width, file.height) < SMALLEST_PICTURE
        if file.id not in have and file.role != "evidence" and not small:
            number += 1
            yield PhotoUse(id=desk.ids.new(), piece=piece.id, number=number, asset=file.id, position=number)
