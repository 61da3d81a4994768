"""The start where there is no display: one sample mail goes the whole way, from the inbox to its exports.

It shows without a hand on the mouse that everything works together, and leaves what it made: a sample desk
in a temporary folder with the exports inside.  Standard output gets the path of each exported file and
nothing else.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from app.bootstrap import making, places, unlocking
from app.bootstrap.making import DEMO_PASSPHRASE
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Place
from app.cli.printing import line, problem
from app.cli.window_desk import WindowDesk
from app.domain.pieces import Stage
from app.samples.tour import Plan, plan
from app.services.granting import Request

TARGETS = ("html", "docx")


def tour() -> int:
    """Take the tour; gives the exit status."""
    folder = Path(tempfile.mkdtemp(prefix="transom-")) / "desk"
    problem(f"There is no display, so here is a tour of a sample desk in {folder}")
    making.demo_desk(folder, DEMO_PASSPHRASE)
    keys = unlocking.keys_by_passphrase(Place(folder), DEMO_PASSPHRASE)
    with OpenDesk(Place(folder), keys, writes=True) as desk:
        exported = take(desk, plan(places.now()), folder / "exports")
    for path in exported:
        line(str(path))
    problem("opening the window and closing it again")
    return _show(folder)


def take(desk: OpenDesk, planned: Plan, exports: Path) -> list[Path]:
    """Take a mail from the inbox to its exports; gives the main file of each."""
    token, message = receive(desk, planned.mail)
    accept(desk, planned, token)
    give_heads(desk, planned, token)
    caption_photographs(desk, planned, token)
    record_permissions(desk, planned, token, message)
    finish(desk, planned, token)
    sign(desk, planned, token)
    schedule(desk, planned, token)
    return [export(desk, planned, token, target, exports) for target in TARGETS]


def receive(desk: OpenDesk, mail: bytes) -> tuple[str, str]:
    """Take the mail in; gives the number of the piece and the id of the message."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "contribution.eml")
        path.write_bytes(mail)
        receipt = next(iter(desk.intake.receive([str(path)])))
    problem(f"received as {receipt.token}, with {len(receipt.attachments)} attachments")
    return receipt.token, receipt.message


def accept(desk: OpenDesk, planned: Plan, token: str) -> None:
    """The editor-in-chief takes the piece."""
    desk.triage.move(token, Stage.EDITING, planned.people["editor-in-chief"])
    problem("accepted")


def give_heads(desk: OpenDesk, planned: Plan, token: str) -> None:
    """Headline, standfirst, byline, section, region."""
    desk.editing.set(token, planned.heads, planned.people["editor"])
    problem(f"headline: {planned.heads['headline']}")


def caption_photographs(desk: OpenDesk, planned: Plan, token: str) -> None:
    """Caption, credit and alternative text for each photograph."""
    for number, words in enumerate(planned.photos, start=1):
        desk.photos.set(token, number, words, planned.people["editor"])
    problem(f"{len(planned.photos)} photographs captioned and credited")


def record_permissions(desk: OpenDesk, planned: Plan, token: str, message: str) -> None:
    """What the mail allows, for the text (0) and for each photograph."""
    for photo in range(len(planned.photos) + 1):
        said = Request(basis=planned.basis, photo=photo, message=message, quote=planned.quote)
        desk.granting.grant(token, said, planned.people["editor"])
    problem("permissions recorded, with the mail as their proof")


def finish(desk: OpenDesk, planned: Plan, token: str) -> None:
    """Editing is done and nothing is missing."""
    for stage in (Stage.RIGHTS, Stage.READY):
        desk.triage.move(token, stage, planned.people["editor-in-chief"])
    problem("ready")


def sign(desk: OpenDesk, planned: Plan, token: str) -> None:
    """Both signatures of the masthead."""
    for role in ("editor-in-chief", "director"):
        desk.signing.sign(token, role, planned.people[role])
    problem("signed by the editor-in-chief and the director")


def schedule(desk: OpenDesk, planned: Plan, token: str) -> None:
    """The magazine's next slot."""
    piece = desk.scheduling.schedule(token, "next", planned.people["editor-in-chief"])
    problem(f"scheduled for {piece.slot} ({piece.zone})")


def export(desk: OpenDesk, planned: Plan, token: str, target: str, folder: Path) -> Path:
    """The finished article as a file, its photographs beside it; gives the main file."""
    made = desk.exporting.export(token, target, folder, planned.people["editor-in-chief"])
    problem(f"exported as {target}, {made.cleared.checked} places looked at")
    return made.paths[0]


def _show(folder: Path) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.ui.start import run

    return run(WindowDesk(Place(folder), DEMO_PASSPHRASE, remembered=False), stay=False)
