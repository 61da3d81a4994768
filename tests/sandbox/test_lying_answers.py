"""What a child says of a message is looked at once more outside the jail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.folds import Fold
from app.sandbox.sandbox import Sandbox
from app.services.taking_in import ReadMessage, TakingIn


@pytest.fixture(scope="module")
def reading() -> Iterator[TakingIn]:
    with Sandbox(extra={"mime": Path(__file__).with_name("lying_reader.py")}) as sandbox:
        yield TakingIn(sandbox)


def _read(reading: TakingIn, **said: Any) -> ReadMessage:
    value = {
        "head": "",
        "headers": {},
        "text": "New.\n> old\n",
        "folds": [],
        "attachments": [],
        "defects": [],
    }
    return reading.messages([json.dumps(value | said).encode()])[0]


def test_folds_inside_the_text_are_taken(reading: TakingIn) -> None:
    read = _read(reading, folds=[["quote", 5, 11]])
    assert (read.folds, read.new_text) == ((Fold("quote", 5, 11),), "New.")


@pytest.mark.parametrize(
    "folds",
    [
        [["quote", 5, 12]],
        [["quote", -1, 4]],
        [["quote", 6, 5]],
        [["other", 0, 4]],
        [["quote", "0", 4]],
        [["quote", 5, 7], ["signature", 6, 11]],
        [["quote", 0]],
        ["quote"],
    ],
)
def test_folds_that_cannot_be_leave_the_text_whole(reading: TakingIn, folds: list[object]) -> None:
    read = _read(reading, folds=folds)
    assert (read.folds, read.new_text) == ((), "New.\n> old")
