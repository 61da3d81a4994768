"""Verbs that only read."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from app.cli.opening import open_desk, viewer
from app.cli.printing import as_json, line, table
from app.domain.pieces import Stage
from app.services.triage import chosen


def list_pieces(arguments: argparse.Namespace) -> int:
    """List pieces."""
    stage = str(chosen(Stage, arguments.stage, "stage")) if arguments.stage else ""
    with open_desk(arguments, writes=False) as desk:
        rows = [
            _shown(row._asdict())
            for row in desk.showing.pieces(stage, arguments.search, library=arguments.library)
        ]
    if arguments.json:
        as_json(rows)
    else:
        heads = ("number", "stage", "language", "by", "title")
        table([(r["token"], r["stage"], r["language"], r["byline"], r["title"]) for r in rows], heads)
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Show everything about a piece."""
    with open_desk(arguments, writes=False) as desk:
        piece = desk.showing.show(arguments.token, viewer(arguments, desk.magazine))
    if arguments.json:
        as_json(piece)
        return 0
    for said in _told(piece):
        line(said)
    return 0


def _told(piece: dict[str, Any]) -> Iterator[str]:
    """A piece in lines for people."""
    who = piece["contributor"]
    held = ", on hold" if piece["held"] else ""
    yield f"{piece['token']}  {piece['title']}"
    yield f"{piece['kind']}, {piece['stage']}{held}, from {who['byline'] or '-'} ({who['protection']})"
    yield f"{piece['words']} words in {piece['language'] or '?'}, section {piece['section'] or '-'}"
    for message in piece["messages"]:
        yield f"message {message['id']} from {message['from']}: {message['subject'] or 'no subject'}"
    for photo in piece["photos"]:
        words = photo["caption"] or "no caption"
        used = "" if photo["used"] else ", not used"
        size = f"{photo['width']} x {photo['height']}"
        yield f"photograph {photo['number']}: {photo['name']}, {size}, {words}{used}"
    numbers = {grant["id"]: photo["number"] for photo in piece["photos"] for grant in photo["grants"]}
    for grant in piece["grants"]:
        subject = f"photograph {numbers[grant['id']]}" if grant["id"] in numbers else "the text"
        yield f"permission {grant['id']} for {subject}: {grant['basis']}, {grant['status']}"
    for each in piece["reservations"]:
        yield f"reserved ({each['kind']}): {each['sentence']}{' (settled)' if each['settled'] else ''}"
    for row in piece["signoffs"]:
        yield f"signed by {row['person']} as {row['role']}{'' if row['fresh'] else ', stale'}"
    for gate in piece["gates"]:
        if not gate["ok"]:
            yield f"still missing {gate['id']} ({gate['severity']}): {gate['why']}; {gate['fix']}"
    for entry in piece["history"]:
        yield f"{entry['at']}  {entry['act']}  {entry['by']}  {entry['reason'] or ''}".rstrip()


def text(arguments: argparse.Namespace) -> int:
    """Print the text of a piece; nothing for a piece without readable text."""
    form = "json" if arguments.json else arguments.format
    with open_desk(arguments, writes=False) as desk:
        said = desk.showing.text(arguments.token, arguments.revision, form)
    if isinstance(said, str):
        if said:
            sys.stdout.buffer.write(said.rstrip("\n").encode("utf-8") + b"\n")
    else:
        as_json(said)
    return 0


def diff(arguments: argparse.Namespace) -> int:
    """What changed between two revisions."""
    with open_desk(arguments, writes=False) as desk:
        rows = desk.showing.diff(arguments.token, arguments.older, arguments.newer)
    if arguments.json:
        as_json(rows)
    for row in [] if arguments.json else rows:
        line(f"{row['field']}: {row['op']}")
        for sign, said in (("-", row["old"]), ("+", row["new"])):
            for each in said.split("\n") if said else []:
                line(f"{sign} {each}")
    return 0


def gates(arguments: argparse.Namespace) -> int:
    """What is still missing."""
    with open_desk(arguments, writes=False) as desk:
        rows = desk.showing.gates(arguments.token)
    if arguments.json:
        as_json(rows)
    else:
        marks = [
            ("ok" if row["ok"] else "missing", row["id"], row["severity"], row["why"], row["fix"])
            for row in rows
        ]
        table(marks, ("", "gate", "severity", "why", "fix"), whole=True)
    return 0


def search(arguments: argparse.Namespace) -> int:
    """Search pieces and messages."""
    with open_desk(arguments, writes=False) as desk:
        rows = desk.showing.search(arguments.text)
    if arguments.json:
        as_json(rows)
    else:
        heads = ("number", "title", "where", "text")
        table([(row["token"], row["title"], row["where"], row["snippet"]) for row in rows], heads)
    return 0


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name != "id"}
    return shown | {"due": row["due"] or None}
