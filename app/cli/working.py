"""Verbs that work on a piece."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.bootstrap.opened import OpenDesk
from app.cli.opening import actor, open_desk
from app.cli.printing import as_json, line
from app.domain.errors import Unavailable
from app.services.granting import Request

TEXT_FIELDS = (
    "headline", "standfirst", "byline", "dateline", "bio", "language", "kind", "section", "assignee", "due",
    "translated_by",
)  # fmt: skip
LIST_FIELDS = {"region": "KEY", "tags": "TAG", "also_in": "SECTION"}
PHOTO_FIELDS = ("caption", "credit", "credit_url", "source_line", "alt")


def box(text: str) -> tuple[int, ...]:
    """``x,y,w,h`` as four numbers.  Raises ArgumentTypeError."""
    try:
        numbers = tuple(int(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if len(numbers) != 4:
        raise argparse.ArgumentTypeError(f"{text!r} is not x,y,width,height")
    return numbers


def pair(text: str) -> tuple[str, str]:
    """``name=text`` as two strings.  Raises ArgumentTypeError."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=TEXT")
    return name, value


def move(arguments: argparse.Namespace) -> int:
    """Move a piece to a stage."""
    with open_desk(arguments, writes=True) as desk:
        piece = desk.triage.move(arguments.token, arguments.stage, _actor(arguments, desk), arguments.reason)
    line(f"{piece.token}: {piece.stage}")
    return 0


def undo(arguments: argparse.Namespace) -> int:
    """Take back the last act."""
    with open_desk(arguments, writes=True) as desk:
        piece = desk.triage.undo(arguments.token, _actor(arguments, desk))
    line(f"{piece.token}: {piece.stage}")
    return 0


def hold(arguments: argparse.Namespace) -> int:
    """Put a piece on hold, or release it."""
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        piece = desk.triage.hold(arguments.token, by, off=arguments.off, reason=arguments.reason)
    line(f"{piece.token}: {'on hold' if piece.held else 'released'}")
    return 0


def recommend(arguments: argparse.Namespace) -> int:
    """Give a recommendation."""
    with open_desk(arguments, writes=True) as desk:
        desk.triage.recommend(arguments.token, arguments.verdict, _actor(arguments, desk), arguments.note)
    line(f"{arguments.token}: {arguments.verdict}")
    return 0


def override(arguments: argparse.Namespace) -> int:
    """Lift a gate."""
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        desk.triage.override(arguments.token, arguments.gate, arguments.role, by, arguments.reason)
    line(f"{arguments.token}: {arguments.gate} lifted")
    return 0


def sign(arguments: argparse.Namespace) -> int:
    """Sign a piece."""
    with open_desk(arguments, writes=True) as desk:
        row = desk.signing.sign(arguments.token, arguments.role, _actor(arguments, desk))
    line(f"{arguments.token}: signed as {row.role}, content {row.content_hash[:16]}")
    return 0


def piece(arguments: argparse.Namespace) -> int:
    """Start a piece without mail."""
    with open_desk(arguments, writes=True) as desk:
        made = desk.editing.new_piece(arguments.title, arguments.kind, _actor(arguments, desk))
    if arguments.json:
        as_json({"token": made.token, "title": made.title, "kind": str(made.kind), "stage": str(made.stage)})
    else:
        line(made.token)
    return 0


def set_fields(arguments: argparse.Namespace) -> int:
    """Set heads and fields."""
    given = vars(arguments)
    fields: dict[str, Any] = {name: given[name] for name in TEXT_FIELDS if given[name] is not None}
    fields |= {name: tuple(given[name]) for name in LIST_FIELDS if given[name] is not None}
    if "region" in fields:
        fields["regions"] = fields.pop("region")
    if "tags" in fields:
        fields["tags"] = tuple(
            tag.strip() for each in fields["tags"] for tag in each.split(",") if tag.strip()
        )
    with open_desk(arguments, writes=True) as desk:
        desk.editing.set(arguments.token, fields, _actor(arguments, desk))
    line(f"{arguments.token}: {', '.join(sorted(fields)) or 'nothing'} set")
    return 0


def edit(arguments: argparse.Namespace) -> int:
    """A new revision from a document."""
    data = _read(arguments.file)
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        name = Path(arguments.file).name
        made = desk.editing.edit(arguments.token, name, data, arguments.change, by, arguments.changes)
    line(f"{made.token}: revision {made.current}")
    return 0


def photo(arguments: argparse.Namespace) -> int:
    """Set the words of a photograph."""
    given = vars(arguments)
    fields: dict[str, Any] = {name: given[name] for name in PHOTO_FIELDS if given[name] is not None}
    if arguments.mask or arguments.no_masks:
        fields["masks"] = arguments.mask or []
    if arguments.crop:
        fields["crop"] = arguments.crop
    if arguments.lead:
        fields["lead"] = True
    if arguments.used or arguments.unused:
        fields["used"] = arguments.used
    with open_desk(arguments, writes=True) as desk:
        desk.photos.set(arguments.token, arguments.number, fields, _actor(arguments, desk))
    told = [
        f"{name} {'set' if value else 'taken away'}"
        for name, value in sorted(fields.items())
        if name != "used"
    ]
    told += ["printed" if fields["used"] else "not printed"] if "used" in fields else []
    line(f"{arguments.token}, photograph {arguments.number}: {', '.join(told) or 'nothing set'}")
    return 0


def grant(arguments: argparse.Namespace) -> int:
    """Record a permission."""
    evidence = arguments.evidence
    is_file = bool(evidence) and Path(evidence).is_file()
    request = Request(
        basis=arguments.basis,
        photo=arguments.photo,
        message="" if is_file else evidence,
        file=(Path(evidence).name, _read(evidence)) if is_file else None,
        note=arguments.note,
        quote=arguments.quote,
        until=arguments.until,
        scope=tuple(arguments.scope),
        details=dict(arguments.detail),
    )
    with open_desk(arguments, writes=True) as desk:
        row = desk.granting.grant(arguments.token, request, _actor(arguments, desk))
    if arguments.json:
        as_json({"id": row.id, "basis": str(row.basis), "subject": row.subject, "until": row.until or None})
    else:
        line(row.id)
    return 0


def revoke(arguments: argparse.Namespace) -> int:
    """Mark a permission as revoked, disputed, or active again."""
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        row = desk.granting.revoke(arguments.token, arguments.grant, arguments.status, by, arguments.reason)
    line(f"{row.id}: {row.status}")
    return 0


def settle(arguments: argparse.Namespace) -> int:
    """Settle what the author reserved."""
    with open_desk(arguments, writes=True) as desk:
        count = desk.granting.settle(arguments.token, _actor(arguments, desk), arguments.reason)
    line(f"{arguments.token}: {count} settled")
    return 0


def schedule(arguments: argparse.Namespace) -> int:
    """Promise a date, or pencil one."""
    when = " ".join(arguments.when)
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        if arguments.pencil:
            made = desk.scheduling.pencil(arguments.token, when, by)
            line(f"{made.token}: pencilled for {made.planned}")
        else:
            made = desk.scheduling.schedule(arguments.token, when, by)
            line(f"{made.token}: {made.stage} for {made.slot} ({made.zone})")
    return 0


def later(arguments: argparse.Namespace) -> int:
    """Put a piece off, or bring it back."""
    with open_desk(arguments, writes=True) as desk:
        made = desk.scheduling.later(arguments.token, " ".join(arguments.when), _actor(arguments, desk))
    line(f"{made.token}: later, on {made.later}" if made.later else f"{made.token}: back now")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write a piece for a target."""
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        made = desk.exporting.export(arguments.token, arguments.target, Path(arguments.out), by)
    if arguments.json:
        as_json(made.as_json())
    else:
        for path in made.paths:
            line(str(path))
    return 0


def _actor(arguments: argparse.Namespace, desk: OpenDesk) -> str:
    return actor(arguments, desk.magazine)


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Unavailable("file.unreadable", path=path, reason=error.strerror) from None
