"""A program for a test to run and kill: ``python -m tests.flows.receiver DESK MAILS`` receives, three at a time."""

from __future__ import annotations

import sys
from pathlib import Path

from app.sandbox.sandbox import Sandbox
from app.services import intake
from tests.support.desks import Clock, opened


def say(what: str) -> None:
    """One line at once."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(folder: str, mails: str) -> None:
    """Say that it begins, then each message that stands, then that all do."""
    intake.BATCH = 3
    with Sandbox() as sandbox, opened(Path(folder), Clock(), sandbox) as desk:
        say("begins")
        for receipt in desk.intake.receive([mails]):
            say(f"{receipt.path} {receipt.token}")
    say("done")


if __name__ == "__main__":
    main(*sys.argv[1:])
