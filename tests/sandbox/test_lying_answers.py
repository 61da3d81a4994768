"""What a child says of a message is looked at once more outside the jail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.article import Article
from app.domain.folds import Fold
from app.sandbox.sandbox import Sandbox
from app.services.taking_in import ReadFile, ReadMessage, TakingIn


@pytest.fixture(scope="module")
def reading() -> Iterator[TakingIn]:
    liar = Path(__file__).with_name("lying_reader.py")
    with Sandbox(extra={"mime": liar, "file": liar}) as sandbox:
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


def test_words_that_make_no_article_are_kept_as_text(reading: TakingIn) -> None:
    read = _read(reading, article={"blocks": "all of it"})
    assert (read.article, read.text) == (Article(), "New.\n> old\n")


def _file(reading: TakingIn, **said: Any) -> tuple[ReadFile, bytes]:
    data = json.dumps({"media_type": "image/jpeg", "reason": "", "reader": "photo"} | said).encode()
    return reading.file("wall.jpg", data), data


def test_a_thumbnail_of_another_size_is_not_believed(reading: TakingIn) -> None:
    thumbnail = {"width": 4000, "height": 4000}
    read, data = _file(reading, value={"width": 4000, "height": 4000, "metadata": {}, "thumbnail": thumbnail})
    assert (read.data, read.read, read.picture) == (data, False, None)
    assert read.reason == "the reader gave an answer that could not be used"


def test_a_document_that_is_no_article_is_kept_unread(reading: TakingIn) -> None:
    read, data = _file(
        reading,
        reader="docx",
        value={"article": {"blocks": 3}, "photos": [], "files": [], "report": [], "metadata": {}},
    )
    assert (read.data, read.read, read.article) == (data, False, None)
    assert read.reason == "the reader gave an answer that could not be used"
