"""Verbs on contributors and the vault."""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from typing import Any

from app.cli.opening import actor, open_desk
from app.cli.printing import answer, as_json, line, table
from app.domain.errors import Unavailable, Usage
from app.domain.people import Contributor
from app.services.identity import Identity

FIELDS = ("byline", "bio", "url", "language")
_LISTS = ("addresses", "phones", "places", "terms", "namesakes")
_TEXTS = ("real_name", "channel")
_KEYS = (*_TEXTS, *_LISTS)


def list_contributors(arguments: argparse.Namespace) -> int:
    """List contributors."""
    with open_desk(arguments, writes=False) as desk:
        rows = desk.contributors.everyone()
    if arguments.json:
        as_json(rows)
    else:
        table(
            [(r["code"], r["protection"], r["byline"], r["id"]) for r in rows],
            ("code", "protection", "by", "id"),
        )
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Show one contributor."""
    with open_desk(arguments, writes=False) as desk:
        row = desk.contributors.show(arguments.contributor)
    if arguments.json:
        as_json(row)
    else:
        for name, value in row.items():
            line(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
    return 0


def set_fields(arguments: argparse.Namespace) -> int:
    """Set what is printed of a contributor."""
    fields = {name: getattr(arguments, name) for name in FIELDS if getattr(arguments, name) is not None}
    with open_desk(arguments, writes=True) as desk:
        row = desk.contributors.set(arguments.contributor, fields, actor(arguments, desk.magazine))
    return answer(arguments, _named(row), f"{row.code}: {', '.join(sorted(fields)) or 'nothing'} set")


def protect(arguments: argparse.Namespace) -> int:
    """Protect somebody.

    What is secret comes from a file: on the command line it would stand in the shell's history.
    """
    identity = _identity(arguments.identity)
    with open_desk(arguments, writes=True) as desk:
        by = actor(arguments, desk.magazine)
        row = desk.contributors.protect(arguments.contributor, arguments.pen_name, identity, by)
    return answer(arguments, _named(row), f"{row.code}: protected, printed as {row.byline}")


def vault_status(arguments: argparse.Namespace) -> int:
    """Whether the vault can be checked against."""
    with open_desk(arguments, writes=False) as desk:
        state = desk.contributors.vault_state()
    return answer(
        arguments,
        state,
        "checking" if state["checking"] else "locked",
        f"{state['protected']} protected, {state['terms']} terms",
    )


def vault_read(arguments: argparse.Namespace) -> int:
    """Open one record, for a reason."""
    with open_desk(arguments, writes=True) as desk:
        by = actor(arguments, desk.magazine)
        as_json(desk.contributors.read_record(arguments.contributor, arguments.reason, by))
    return 0


def vault_settle(arguments: argparse.Namespace) -> int:
    """Settle a false alarm on a term."""
    code, number, places = arguments.contributor, arguments.term, sorted(set(arguments.places))
    with open_desk(arguments, writes=True) as desk:
        by = actor(arguments, desk.magazine)
        desk.contributors.settle(code, number, places, arguments.reason, by)
    said = ", ".join(places) or "nowhere"
    settled = {"contributor": code, "term": number, "settled": places}
    return answer(arguments, settled, f"{code}, term {number}: may stand in {said}")


def _named(row: Contributor) -> dict[str, Any]:
    return {"id": row.id, "code": row.code, "byline": row.byline, "protection": str(row.protection)}


def _identity(path: str) -> Identity:
    try:
        given = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise Unavailable("file.unreadable", path=path, reason=error.strerror) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise Usage("identity.broken", path=path, reason="it is not TOML in UTF-8") from None
    for name, value in given.items():
        # The name of an unknown key is not repeated: perhaps it is what was to be hidden.
        if name not in _KEYS:
            raise Usage("identity.broken", path=path, reason=f"it has another key than {', '.join(_KEYS)}")
        right = _is_list(value) if name in _LISTS else isinstance(value, str)
        if not right:
            what = "a list of texts in quotes" if name in _LISTS else "a text in quotes"
            raise Usage("identity.broken", path=path, reason=f"{name} is not {what}")
    lists: dict[str, Any] = {name: tuple(given.get(name, ())) for name in _LISTS}
    return Identity(real_name=given.get("real_name", ""), channel=given.get("channel", ""), **lists)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
