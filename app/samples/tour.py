"""The mail that the tour receives and takes to its exports, and the words that its editors give it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from app import assets
from app.samples.camera import catalogue, picture
from app.samples.documents import manuscript
from app.samples.mails import DESK

_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the tour works with: a mail, heads for its piece, words for its photographs, who acts.

    ``basis`` and ``quote`` are of the permission that the mail states; ``photos`` are in the order of the
    mail's attachments; ``people`` maps a role to the key of the person who acts in it.
    """

    mail: bytes
    heads: Mapping[str, Any]
    basis: str
    quote: str
    photos: tuple[Mapping[str, Any], ...]
    people: Mapping[str, str]


def plan(now: datetime) -> Plan:
    """The plan for a mail sent an hour before ``now``; the same instant gives the same bytes."""
    told = tomllib.loads(assets.text("samples/tour.toml"))
    heads = {name: tuple(each) if isinstance(each, list) else each for name, each in told["heads"].items()}
    permission = told["permission"]
    return Plan(
        mail=_mail(told["mail"], now - timedelta(hours=1)),
        heads=heads,
        basis=permission["basis"],
        quote=permission["quote"],
        photos=tuple(told["photos"]),
        people=told["people"],
    )


def _mail(told: Mapping[str, Any], at: datetime) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = told["from"]
    mail["To"] = DESK
    mail["Subject"] = told["subject"]
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = told["message_id"]
    mail.set_content(told["text"].strip() + "\n")
    data = manuscript(told["article"], at)
    mail.add_attachment(data, maintype="application", subtype=_WORD, filename=f"{told['article']}.docx")
    shots = catalogue()
    for key in told["photos"]:
        data = picture(shots[key], at.date())
        mail.add_attachment(data, maintype="image", subtype="jpeg", filename=shots[key].name)
    mail.set_boundary("=_tour")
    return mail.as_bytes()
