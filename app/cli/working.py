"""Verbs that work on a piece."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.bootstrap.opened import OpenDesk
from app.cli.opening import actor, open_desk
from app.cli.printing import answer, problem
from app.domain.errors import Unavailable, Usage
from app.domain.pieces import Piece
from app.services.granting import Request

TEXT_FIELDS = (
    "headline", "standfirst", "byline", "dateline", "bio", "language", "kind", "section", "assignee", "due",
    "translated_by",
)  # fmt: skip
LIST_FIELDS = {"region": "KEY", "tags": "TAG", "also_in": "SECTION"}
PHOTO_FIELDS = ("caption", "credit", "courtesy", "credit_url", "source_line", "alt")


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
        piece = desk.triage.move(
            arguments.token,
            arguments.stage,
            _actor(arguments, desk),
            arguments.reason,
            readers=tuple(arguments.ask),
            until=arguments.until,
        )
    return answer(arguments, _stands(piece), f"{piece.token}: {piece.stage}")


def undo(arguments: argparse.Namespace) -> int:
    """Take back the last act."""
    with open_desk(arguments, writes=True) as desk:
        piece = desk.triage.undo(arguments.token, _actor(arguments, desk))
    return answer(arguments, _stands(piece), f"{piece.token}: {piece.stage}")


def hold(arguments: argparse.Namespace) -> int:
    """Put a piece on hold, or release it."""
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        piece = desk.triage.hold(arguments.token, by, off=arguments.off, reason=arguments.reason)
    return answer(arguments, _stands(piece), f"{piece.token}: {'on hold' if piece.held else 'released'}")


def recommend(arguments: argparse.Namespace) -> int:
    """Give a recommendation."""
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        row = desk.triage.recommend(arguments.token, arguments.verdict, by, arguments.note)
    given = {"token": arguments.token, "person": row.person, "verdict": str(row.verdict), "at": row.at}
    return answer(arguments, given, f"{arguments.token}: {row.verdict}")


def override(arguments: argparse.Namespace) -> int:
    """Lift a gate."""
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        row = desk.triage.override(arguments.token, arguments.gate, arguments.role, by, arguments.reason)
    lifted = {"token": arguments.token, "gate": row.gate, "role": row.role, "person": row.person}
    return answer(arguments, lifted, f"{arguments.token}: {row.gate} lifted")


def sign(arguments: argparse.Namespace) -> int:
    """Sign a piece."""
    with open_desk(arguments, writes=True) as desk:
        row = desk.signing.sign(arguments.token, arguments.role, _actor(arguments, desk))
    signed = {
        "token": arguments.token,
        "role": row.role,
        "person": row.person,
        "at": row.at,
        "revision": row.revision,
        "content_hash": row.content_hash,
        "stand_in": row.stand_in or None,
    }
    told = f"{arguments.token}: signed as {row.role}, content {row.content_hash[:16]}"
    return answer(arguments, signed, told)


def piece(arguments: argparse.Namespace) -> int:
    """Start a piece without mail."""
    with open_desk(arguments, writes=True) as desk:
        made = desk.editing.new_piece(arguments.title, arguments.kind, _actor(arguments, desk))
    return answer(arguments, _stands(made), made.token)


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
        piece = desk.editing.set(arguments.token, fields, _actor(arguments, desk))
    told = f"{piece.token}: {', '.join(sorted(fields)) or 'nothing'} set"
    return answer(arguments, _stands(piece) | {"set": sorted(fields)}, told)


def edit(arguments: argparse.Namespace) -> int:
    """A new revision: from a document, or of the current text with its tracked changes decided."""
    if not arguments.file:
        return _decide(arguments)
    data = _read(arguments.file)
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        name = Path(arguments.file).name
        made = desk.editing.edit(
            arguments.token, name, data, arguments.change, by, arguments.changes, correction=arguments.note
        )
    return answer(
        arguments, _stands(made) | {"revision": made.current}, f"{made.token}: revision {made.current}"
    )


def _decide(arguments: argparse.Namespace) -> int:
    if arguments.changes == "keep":
        raise Usage("edit.nothing")
    with open_desk(arguments, writes=True) as desk:
        made = desk.editing.decide(arguments.token, arguments.changes, _actor(arguments, desk))
    done = {"accept": "accepted", "reject": "rejected"}[arguments.changes]
    if made is None:
        value = {"token": arguments.token, "revision": None}
        return answer(arguments, value, f"{arguments.token}: no tracked changes")
    value = _stands(made) | {"revision": made.current}
    return answer(arguments, value, f"{made.token}: revision {made.current}, tracked changes {done}")


def photo(arguments: argparse.Namespace) -> int:
    """Set the words of a photograph."""
    given = vars(arguments)
    fields: dict[str, Any] = {name: given[name] for name in PHOTO_FIELDS if given[name] is not None}
    if arguments.mask or arguments.no_masks:
        fields["masks"] = arguments.mask or []
    if arguments.crop:
        fields["crop"] = arguments.crop
    fields |= dict.fromkeys((name for name in ("lead", "withheld") if given[name]), True)
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
    number = arguments.number
    return answer(
        arguments,
        {"token": arguments.token, "number": number, "set": sorted(fields)},
        f"{arguments.token}, photograph {number}: {', '.join(told) or 'nothing set'}",
    )


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
    given = {"id": row.id, "basis": str(row.basis), "subject": row.subject, "until": row.until or None}
    return answer(arguments, given, row.id)


def revoke(arguments: argparse.Namespace) -> int:
    """Mark a permission as revoked, disputed, or active again."""
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        row = desk.granting.revoke(arguments.token, arguments.grant, arguments.status, by, arguments.reason)
    return answer(arguments, {"id": row.id, "status": row.status}, f"{row.id}: {row.status}")


def settle(arguments: argparse.Namespace) -> int:
    """Settle what the author reserved."""
    with open_desk(arguments, writes=True) as desk:
        count = desk.granting.settle(arguments.token, _actor(arguments, desk), arguments.reason)
    settled = {"token": arguments.token, "settled": count}
    return answer(arguments, settled, f"{arguments.token}: {count} settled")


def schedule(arguments: argparse.Namespace) -> int:
    """Promise a date, or pencil one."""
    when = " ".join(arguments.when)
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        if arguments.pencil:
            made = desk.scheduling.pencil(arguments.token, when, by)
            told = f"{made.token}: pencilled for {made.planned}"
        else:
            made = desk.scheduling.schedule(arguments.token, when, by)
            told = f"{made.token}: {made.stage} for {made.slot} ({made.zone})"
    dated = {"planned": made.planned or None, "at": made.slot or None, "zone": made.zone or None}
    return answer(arguments, _stands(made) | dated, told)


def later(arguments: argparse.Namespace) -> int:
    """Put a piece off, or bring it back."""
    with open_desk(arguments, writes=True) as desk:
        made = desk.scheduling.later(arguments.token, " ".join(arguments.when), _actor(arguments, desk))
    told = f"{made.token}: later, on {made.later}" if made.later else f"{made.token}: back now"
    return answer(arguments, _stands(made) | {"later": made.later or None}, told)


def export(arguments: argparse.Namespace) -> int:
    """Write a piece for a target."""
    with open_desk(arguments, writes=True) as desk:
        by = _actor(arguments, desk)
        made = desk.exporting.export(arguments.token, arguments.target, Path(arguments.out), by)
    if not arguments.json:
        for finding in made.cleared.findings:
            problem(f"Look at this: {finding.why}.")
        if not made.cleared.findings:
            problem(f"{made.cleared.sentence[:1].upper()}{made.cleared.sentence[1:]}.")
    return answer(arguments, made.as_json(), *map(str, made.paths))


def _stands(piece: Piece) -> dict[str, Any]:
    """Where a piece is after an act."""
    return {
        "token": piece.token,
        "title": piece.title,
        "kind": str(piece.kind),
        "stage": str(piece.stage),
        "held": piece.held,
    }


def _actor(arguments: argparse.Namespace, desk: OpenDesk) -> str:
    return actor(arguments, desk.magazine)


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Unavailable("file.unreadable", path=path, reason=error.strerror) from None
