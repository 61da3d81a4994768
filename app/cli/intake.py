"""Verbs on what arrives."""

from __future__ import annotations

import argparse
import gc
import re
import sys

from app.bootstrap.opened import OpenDesk
from app.cli.opening import actor, open_desk
from app.cli.printing import answer, as_json, line, table
from app.domain.errors import Usage

_TOKEN = re.compile(r"[A-Za-z]{2,8}-\d{4}-\d{4,}")
"""The number of a piece; ids of messages have no hyphen, Message-IDs an at sign."""
_COLLECT_AFTER = 50_000
"""Objects made before the next look for rubbish: a batch makes many that stay until it is written."""


def receive(arguments: argparse.Namespace) -> int:
    """Take in mails, mailboxes, folders and files."""
    gc.set_threshold(_COLLECT_AFTER)
    with open_desk(arguments, writes=True) as desk:
        rows = []
        for receipt in desk.intake.receive(arguments.paths):
            rows.append(receipt.as_json())
            if not arguments.json:
                what = receipt.reason or receipt.klass
                line(f"{receipt.status:<10}  {receipt.token or '-':<13}  {what:<14}  {receipt.path}")
    if arguments.json:
        as_json(rows)
    return 0


def messages(arguments: argparse.Namespace) -> int:
    """List messages."""
    with open_desk(arguments, writes=False) as desk:
        rows = desk.showing.messages(arguments.klass, unfiled=arguments.unfiled)
    if arguments.json:
        as_json(rows)
    else:
        heads = ("id", "class", "number", "from", "subject")
        table([(r["id"], r["class"], r["token"], r["from"], r["subject"]) for r in rows], heads)
    return 0


def message(arguments: argparse.Namespace) -> int:
    """Show one message, or its exact bytes."""
    if arguments.raw and arguments.json:
        raise Usage("arguments", message="--raw prints the bytes themselves: leave out --json", usage="")
    with open_desk(arguments, writes=bool(arguments.reason)) as desk:
        if arguments.raw:
            _exact(arguments, desk)
            return 0
        row = desk.showing.message(arguments.id)
    if arguments.json:
        as_json(row)
    else:
        for name in ("from", "date", "subject", "class", "token"):
            line(f"{name}: {row[name] or ''}")
        line()
        line(row["text"])
    return 0


def _exact(arguments: argparse.Namespace, desk: OpenDesk) -> None:
    if arguments.reason:
        by = actor(arguments, desk.magazine)
        raw = desk.contributors.read_message(arguments.id, arguments.reason, by)
    else:
        raw = desk.showing.raw(arguments.id)
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()


def classify(arguments: argparse.Namespace) -> int:
    """Correct the class of a message."""
    with open_desk(arguments, writes=True) as desk:
        row = desk.intake.classify(arguments.message, arguments.klass, actor(arguments, desk.magazine))
    return answer(arguments, {"id": row.id, "class": str(row.klass)}, f"{row.id}: {row.klass}")


def belongs(arguments: argparse.Namespace) -> int:
    """Put a message on a piece."""
    with open_desk(arguments, writes=True) as desk:
        row = desk.triage.belongs(arguments.message, arguments.token, actor(arguments, desk.magazine))
    placed = {"id": row.id, "class": str(row.klass), "token": arguments.token}
    return answer(arguments, placed, f"{arguments.message}: on {arguments.token}")


def accept(arguments: argparse.Namespace) -> int:
    """Make a piece of a message that has none."""
    with open_desk(arguments, writes=True) as desk:
        piece = desk.intake.accept(arguments.message, actor(arguments, desk.magazine))
    return answer(arguments, {"token": piece.token, "stage": str(piece.stage)}, piece.token)


def file(arguments: argparse.Namespace) -> int:
    """Put a message away, photographs into the library, or bring them back."""
    with open_desk(arguments, writes=True) as desk:
        by = actor(arguments, desk.magazine)
        if _TOKEN.fullmatch(arguments.message):
            piece = desk.library.file(arguments.message, by, off=arguments.off)
            told = f"{piece.token}: {'in the library' if piece.filed else 'back'}"
            return answer(arguments, {"token": piece.token, "filed": piece.filed}, told)
        row = desk.intake.file(arguments.message, by, off=arguments.off)
    told = f"{row.id}: {'filed' if row.filed else 'back'}"
    return answer(arguments, {"id": row.id, "filed": row.filed}, told)


def duplicate(arguments: argparse.Namespace) -> int:
    """Join a piece to another."""
    with open_desk(arguments, writes=True) as desk:
        desk.triage.duplicate(arguments.token, arguments.of, actor(arguments, desk.magazine))
    joined = {"token": arguments.token, "of": arguments.of}
    return answer(arguments, joined, f"{arguments.token} joined {arguments.of}")
