"""A secret shows itself in none of the ways in which values get out by accident."""

import copy
import json
import logging
import pickle
import sqlite3
import traceback
from dataclasses import dataclass

import pytest

from app.vault.secret import Secret

NAME = "Jasmina Yıldız"
SECRET = Secret(NAME)


@dataclass
class Holder:
    name: Secret[str]


@pytest.mark.parametrize(
    "shown",
    [
        str(SECRET),
        repr(SECRET),
        f"{SECRET}",
        f"{SECRET!r:>40}",
        f"{SECRET:20}",
        "%s %r" % (SECRET, SECRET),  # noqa: UP031
        "{0:x}".format(SECRET),  # noqa: UP032, UP030
        repr(Holder(SECRET)),
        repr([SECRET, (SECRET,)]),
        json.dumps([SECRET], default=str),
        str(ValueError(SECRET)),
    ],
)
def test_no_way_of_printing_it_tells_it(shown: str) -> None:
    assert "Jasmina" not in shown
    assert "[protected]" in shown


@pytest.mark.parametrize("write", [pickle.dumps, json.dumps, copy.deepcopy, copy.copy, vars, hash, len, iter])
def test_it_is_not_written_copied_or_taken_apart(write: object) -> None:
    assert callable(write)
    with pytest.raises(TypeError) as refused:
        write(SECRET)
    assert "Jasmina" not in str(refused.value)


def test_a_query_refuses_it() -> None:
    connection = sqlite3.connect(":memory:")
    try:
        with pytest.raises(sqlite3.Error) as refused:
            connection.execute("SELECT ?", (SECRET,))
    finally:
        connection.close()
    assert "Jasmina" not in str(refused.value)


def test_a_log_and_a_traceback_with_its_locals_keep_it(caplog: pytest.LogCaptureFixture) -> None:
    def fails(name: Secret[str]) -> None:
        raise RuntimeError(f"no record of {name}")

    try:
        fails(SECRET)
    except RuntimeError as error:
        logging.getLogger("desk").exception("reading %s", SECRET)
        told = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "name = [protected]" in told
    assert "Jasmina" not in told.replace("tests/vault", "") + caplog.text


def test_only_reveal_gives_it_and_equal_secrets_are_equal() -> None:
    assert SECRET.reveal() == NAME
    assert Secret(NAME) == SECRET
    assert Secret(b"\x00key") == Secret(b"\x00key")
    assert Secret(b"key") != Secret(b"kez")
    assert SECRET != NAME
