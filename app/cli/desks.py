"""Verbs on the desk as a whole."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.bootstrap import making, places, restoring
from app.bootstrap.places import Place
from app.cli import passphrases
from app.cli.opening import open_desk
from app.cli.printing import answer, as_json, line, problem, table
from app.cli.statuses import DAMAGED, DONE, status_of
from app.domain.errors import DeskError, RuleBroken, Unavailable, Usage
from app.words import told

_SHARED = (
    "Whoever administers the database server can read this desk: pieces, pen names, unprotected contributors. "
    "Only what is sealed, the identities of protected contributors and their mail, stays closed to them."
)


def new(arguments: argparse.Namespace) -> int:
    """Make a desk and print its recovery code."""
    place = places.place_of(arguments.dir)
    if isinstance(place, Place):
        making.check_new(place.folder, arguments.magazine)
    passphrase = passphrases.given(arguments.passphrase_file)
    if passphrase is None:
        passphrase = passphrases.asked(twice=True)
    if isinstance(place, Place):
        made = making.new_desk(place.folder, arguments.magazine, passphrase)
    else:
        made = making.new_shared_desk(place, arguments.magazine, passphrase)
        problem(_SHARED)
    if made.keyring:
        problem(f"The system's keyring does not open this desk: {told(made.keyring)}")
    return answer(arguments, {"recovery_code": made.recovery_code}, made.recovery_code)


def demo(arguments: argparse.Namespace) -> int:
    """Make a sample desk."""
    passphrase = passphrases.given(arguments.passphrase_file) or making.DEMO_PASSPHRASE
    making.demo_desk(Path(arguments.dir), passphrase)
    folder = str(Path(arguments.dir).absolute())
    return answer(arguments, {"folder": folder}, folder)


def mailbox(arguments: argparse.Namespace) -> int:
    """Write the invented sample mailbox into a folder of its own."""
    folder = Path(arguments.dir)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RuleBroken("mailbox.exists", folder=arguments.dir)
    written = []
    for name, data in making.sample_mailbox():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise Unavailable("disk.unwritable", detail=error.strerror) from None
        written.append(str(path))
    return answer(arguments, written, *written)


def verify(arguments: argparse.Namespace) -> int:
    """Read every page and every blob; exit status 4 on damage."""
    try:
        with open_desk(arguments, writes=False) as desk:
            checks = [check.as_json() for check in desk.verifying.verify()]
    except Usage:
        raise
    except DeskError as error:
        problem(told(error))
        if arguments.json:
            as_json({"ok": False, "checks": [{"name": "opening", "ok": False, "detail": told(error)}]})
        return status_of(error)
    sound = all(check["ok"] for check in checks)
    if arguments.json:
        as_json({"ok": sound, "checks": checks})
    else:
        rows = [("ok" if check["ok"] else "DAMAGED", check["name"], check["detail"]) for check in checks]
        table(rows, ("", "check", "detail"), whole=True)
        line("The desk is sound." if sound else "The desk is DAMAGED.")
    return DONE if sound else DAMAGED


def audit(arguments: argparse.Namespace) -> int:
    """Print the audit log."""
    with open_desk(arguments, writes=False) as desk:
        rows = desk.showing.audit()
    if arguments.json:
        as_json(rows)
    else:
        table(
            [(r["seq"], r["at"], r["actor"], r["act"], r["subject"]) for r in rows],
            ("", "at", "by", "act", "on"),
        )
    return 0


def backup(arguments: argparse.Namespace) -> int:
    """Make a verified backup and thin out the older ones."""
    with open_desk(arguments, writes=False) as desk:
        made = desk.backup(Path(arguments.dir)).make()
    return answer(
        arguments,
        made.as_json(),
        f"{made.name}: restored and found whole",
        f"blobs copied: {made.blobs}, older backups dropped: {len(made.dropped)}",
    )


def restore(arguments: argparse.Namespace) -> int:
    """Make a new desk of a backup, opened by its passphrase or by the recovery code."""
    folder = Path(arguments.new)
    if arguments.recovery_code_file is None:
        said = passphrases.given(arguments.passphrase_file)
        passphrase = passphrases.asked() if said is None else said
        name = restoring.restore_by_passphrase(Path(arguments.dir), folder, passphrase, name=arguments.at)
    else:
        code = passphrases.given(arguments.recovery_code_file)
        said = passphrases.given(arguments.passphrase_file)
        fresh = passphrases.asked(twice=True) if said is None else said
        name = restoring.restore_by_code(Path(arguments.dir), folder, code or "", fresh, name=arguments.at)
    restored = {"folder": str(folder.absolute()), "name": name}
    return answer(arguments, restored, f"{folder.absolute()}: restored from {name}")
