"""Open desks for tests: real ones, in a folder of their own, with cheap keys and a clock that stands still."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.bootstrap import making, unlocking
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Place
from app.domain.errors import DeskError
from app.sandbox.sandbox import Sandbox
from app.services.granting import Request
from app.services.identity import Identity
from app.vault.passphrase import Cost
from tests.support.word_files import paragraph, word_file

CHEAP = Cost(1, 8192)
PASSPHRASE = "correct horse"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STORY = (
    "They came on Monday with a list of seventeen names, and the hall was closed before noon. "
    "Nobody was told why, and nobody was given a paper to sign. "
)


@contextmanager
def fails(code: str) -> Iterator[None]:
    """What is inside is refused with this code."""
    with pytest.raises(DeskError) as caught:
        yield
    assert caught.value.code == code


class Clock:
    """A clock that stands where a test puts it."""

    def __init__(self) -> None:
        self.at = MONDAY

    def __call__(self) -> datetime:
        return self.at

    def later(self, **time: float) -> None:
        """Move it forward."""
        self.at += timedelta(**time)


def new_folder(folder: Path, magazine: str = "winter-review") -> Path:
    """A closed desk."""
    making.new_desk(folder, magazine, PASSPHRASE, CHEAP)
    return folder


@contextmanager
def opened(folder: Path, clock: Clock, sandbox: Sandbox, *, writes: bool = True) -> Iterator[OpenDesk]:
    """The desk in ``folder``, reading files in a sandbox that others use too."""
    keys = unlocking.keys_by_passphrase(Place(folder), PASSPHRASE, CHEAP)
    desk = OpenDesk(Place(folder), keys, writes=writes, clock=clock)
    vars(desk)["sandbox"] = sandbox
    try:
        yield desk
    finally:
        vars(desk).pop("sandbox")
        desk.close()


def copied(template: Path, folder: Path) -> Path:
    """A desk like the closed one in ``template``."""
    return Path(shutil.copytree(template, folder))


def photograph(red: int = 90, size: tuple[int, int] = (400, 300), camera: str = "") -> bytes:
    """A JPEG; ``camera`` goes into its metadata."""
    out = io.BytesIO()
    image = Image.new("RGB", size, (red, 120, 60))
    exif = Image.Exif()
    if camera:
        exif[0x010F] = camera
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def manuscript(*paragraphs: str, title: str = "A hall was closed") -> bytes:
    """A Word document with a title."""
    body = paragraph(title, "Title") if title else ""
    return word_file(body + "".join(map(paragraph, paragraphs or (STORY * 4,))))


def mail(
    text: str = STORY,
    *,
    subject: str = "A hall was closed",
    sender: str = "Ada Novak <ada@writers.example>",
    id: str = "<1@writers.example>",
    files: tuple[tuple[str, bytes, str], ...] = (),
    **headers: str,
) -> bytes:
    """A message with attachments given as ``(name, bytes, media type)``."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "desk@winter-review.example"
    message["Date"] = format_datetime(MONDAY - timedelta(hours=1))
    message["Message-ID"] = id
    if subject:
        message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, data, kind in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Hands:
    """What the editors of a test do with a desk."""

    def __init__(self, desk: OpenDesk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder
        self._made = 0

    def receive(self, *items: bytes, suffix: str = ".eml") -> list[dict[str, Any]]:
        """Hand in files with these bytes; gives the rows."""
        paths = []
        for data in items:
            self._made += 1
            path = self.folder / f"in-{self._made}{suffix}"
            path.write_bytes(data)
            paths.append(str(path))
        return [receipt.as_json() for receipt in self.desk.intake.receive(paths)]

    def piece(self, *, photo: bool = False, text: str = STORY, **mail_fields: Any) -> str:
        """A contribution that came by mail; gives its number."""
        files = [("text.docx", manuscript(), WORD)]
        if photo:
            files.append(("hall.jpg", photograph(), "image/jpeg"))
        row = self.receive(mail(text, files=tuple(files), **mail_fields))[0]
        assert row["token"]
        return str(row["token"])

    def edited(self, **mail_fields: Any) -> str:
        """A piece in editing from which nothing is missing but signatures."""
        token = self.piece(**mail_fields)
        self.desk.triage.move(token, "editing", "marta")
        self.desk.editing.set(token, {"byline": "A. Novak", "regions": ("withheld",)}, "paolo")
        if self.show(token)["photos"]:
            words = {"caption": "The hall.", "credit": "A. Novak", "alt": "A closed door"}
            self.desk.photos.set(token, 1, words, "noor")
        return token

    def ready(self, **mail_fields: Any) -> str:
        """A piece in ready, signed by both."""
        token = self.edited(**mail_fields)
        self.desk.triage.move(token, "ready", "paolo")
        self.desk.signing.sign(token, "editor-in-chief", "marta")
        self.desk.signing.sign(token, "director", "henrik")
        return token

    def show(self, token: str) -> dict[str, Any]:
        """What the desk shows of a piece."""
        return self.desk.showing.show(token)

    def gate(self, token: str, id: str) -> dict[str, Any]:
        """One gate."""
        return next(gate for gate in self.desk.showing.gates(token) if gate["id"] == id)

    def grant(self, token: str, basis: str, photo: int = 0, **request: Any) -> str:
        """Record a permission with a file as its proof."""
        given = {"file": ("proof.pdf", b"%PDF-1.4 proof")} | request
        return self.desk.granting.grant(token, Request(basis, photo=photo, **given), "greta").id

    def protect(self, token: str, **identity: Any) -> dict[str, Any]:
        """Protect the contributor of a piece."""
        who = self.show(token)["contributor"]
        secret = Identity(**({"real_name": "Zhang Xiulan"} | identity))
        self.desk.contributors.protect(who["id"], "Lin Mu", secret, "marta")
        return dict(who)
