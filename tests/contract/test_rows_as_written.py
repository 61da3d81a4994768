"""Rows go to the driver as they are; what is odd in them comes back as it went."""

from __future__ import annotations

import pytest

from app.domain.errors import Conflict
from app.domain.messages import Message, MessageClass
from app.domain.pieces import Piece
from tests.support.stores import AnyDesk, piece

ODD = "a 'quote', 100 %, %s, a ? and :name"


def test_values_that_look_like_placeholders_are_only_values(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            unit.add(piece(1, ODD), piece(2))
        with store.write() as unit:
            unit.save_all(unit.find(Piece))
        with store.read() as unit:
            assert [(row.title, row.version) for row in unit.find(Piece)] == [(ODD, 2), ("A title", 2)]


def test_one_stale_row_of_many_is_a_conflict_and_none_is_written(desk: AnyDesk) -> None:
    with desk.open() as store:
        with store.write() as unit:
            unit.add(piece(1), piece(2))
        with store.write() as unit:
            unit.save(unit.get(Piece, piece(1).id))
        with pytest.raises(Conflict), store.write() as unit:
            unit.save_all([piece(2, "Other"), piece(1, "Other")])
        with store.read() as unit:
            assert {row.title for row in unit.find(Piece)} == {"A title"}


def test_empty_and_full_json_columns_come_back(desk: AnyDesk) -> None:
    made = Message(
        id="01M",
        arrival="",
        direction="in",
        channel="mail",
        klass=MessageClass.QUESTION,
        received_at="2026-01-01T00:00:00Z",
        to=({"name": "Ré", "address": "r@example.org"},),
        head="Subject: é",
        headers={"sender": [{"name": "é", "address": "e@example.org"}]},
        folds=(("quote", 0, 5),),
        sealed=b"\0\xff",
        filed=True,
    )
    with desk.open() as store:
        with store.write() as unit:
            unit.add(made)
        with store.read() as unit:
            assert unit.get(Message, "01M") == made
