"""Programs for tests to run and kill: ``python -m tests.storage.writer ACT FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from app.domain.errors import DeskError
from tests.support.stores import LARGE, Folder, piece


def write_some(folder: Folder) -> None:
    """Write twelve pieces as ``write`` does, or as many as the disk takes; say why it was no more."""
    try:
        write(folder, 12)
    except DeskError as error:
        _say(error.code)


def write_for_ever(folder: Folder) -> None:
    """Write pieces until somebody kills the program."""
    write(folder, 10**9)


def write(folder: Folder, most: int) -> None:
    """Write pieces, each with a text, a line of the log and now and then a large blob; say each that stands."""
    with folder.open() as store:
        with store.read() as unit:
            there = unit.connection.exec_driver_sql("SELECT count(*) FROM piece").scalar_one()
        for number in range(there + 1, there + most + 1):
            with store.write() as unit:
                unit.add(piece(number))
                unit.index("article", str(number), str(number), f"word{number}", "body")
                unit.audit("add", str(number))
                if number % 3 == 0:
                    unit.put_blob(LARGE)
            _say(number)


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def hold(folder: Folder) -> None:
    """Write everything secret that a test wrote into standard input, say so, and wait to be killed."""
    secrets = sys.stdin.readline().split()
    with folder.open() as store:
        with store.write() as unit:
            for number, secret in enumerate(secrets, 1):
                unit.add(piece(number, secret))
                unit.index("article", str(number), str(number), secret, secret)
                unit.audit("secret", secret, secret, word=secret)
                unit.put_blob(secret.encode())
                unit.put_blob(secret.encode() * 9000, to_vault=number % 2 == 0)
        _say("written")
        sys.stdin.readline()


if __name__ == "__main__":
    {"write": write_for_ever, "some": write_some, "hold": hold}[sys.argv[1]](Folder(Path(sys.argv[2])))
