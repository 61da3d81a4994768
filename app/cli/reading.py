"""Verbs that only read."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import Any

from app.cli.opening import open_desk
from app.cli.printing import as_json, line, table
from app.domain.pieces import Stage
from app.services.triage import chosen


def list_pieces(arguments: argparse.Namespace) -> int:
    """List pieces."""
    stage = str(chosen(Stage, arguments.stage, "stage")) if arguments.stage else ""
    with open_desk(arguments, writes=False) as desk:
        rows = [_shown(asdict(row)) for row in desk.showing.pieces(stage, arguments.search)]
    if arguments.json:
        as_json(rows)
    else:
        heads = ("number", "stage", "language", "by", "title")
        table([(r["token"], r["stage"], r["language"], r["byline"], r["title"]) for r in rows], heads)
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Show everything about a piece."""
    with open_desk(arguments, writes=False) as desk:
        piece = desk.showing.show(arguments.token)
    if arguments.json:
        as_json(piece)
        return 0
    line(f"{piece['token']}  {piece['title']}")
    who = piece["contributor"]
    line(f"{piece['kind']}, {piece['stage']}{', on hold' if piece['held'] else ''}, from {who['byline'] or '-'} ({who['protection']})")
    line(f"{piece['words']} words in {piece['language'] or '?'}, section {piece['section'] or '-'}")
    for photo in piece["photos"]:
        line(f"photograph {photo['number']}: {photo['name']}, {photo['width']} x {photo['height']}, {photo['caption'] or 'no caption'}")
    for each in piece["reservations"]:
        line(f"reserved ({each['kind']}): {each['sentence']}")
    for gate in piece["gates"]:
        if not gate["ok"]:
            line(f"still missing {gate['id']} ({gate['severity']}): {gate['why']}; {gate['fix']}")
    for entry in piece["history"]:
        line(f"{entry['at']}  {entry['act']}  {entry['by']}  {entry['reason'] or ''}")
    return 0


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


def gates(arguments: argparse.Namespace) -> int:
    """What is still missing."""
    with open_desk(arguments, writes=False) as desk:
        rows = desk.showing.gates(arguments.token)
    if arguments.json:
        as_json(rows)
    else:
        marks = [("ok" if row["ok"] else "missing", row["id"], row["severity"], row["why"], row["fix"]) for row in rows]
        table(marks, ("", "gate", "severity", "why", "fix"))
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
    return {name: value for name, value in row.items() if name != "id"}
