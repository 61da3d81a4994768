"""The mailbox of the invented magazine Winter Review, written anew for any day.

Texts lie in resources/samples/mails and articles, facts about photographs in photos.toml.  The same day
gives the same bytes: no clock, no chance, fixed boundaries and message ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Literal, get_args

from app import assets
from app.samples.camera import Photo, catalogue, picture
from app.samples.documents import Changes, manuscript
from app.samples.texts import Sheet, keys, sheet

DESK = "desk@winter-review.example"
_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_IMAGES = {"jpg": "jpeg", "png": "png", "webp": "webp"}
_RAW = {"bounce": 9, "broken": 12}
_RAW_TIME = "09:09:09 +0000"

Folder = Literal["inbox", "mbox", "maildir"]


@dataclass(frozen=True, slots=True)
class SampleMail:
    """One mail of the sample mailbox.

    ``name`` is its key in the plan, ``klass``, ``event`` and ``kind`` what the desk should take it for,
    ``at`` when it was sent, ``raw`` the bytes as they would arrive.
    """

    name: str
    message_id: str
    raw: bytes
    at: datetime
    klass: str
    language: str
    note: str
    event: str = ""
    kind: str = ""
    folder: Folder = "inbox"


def mails(today: date) -> Iterator[SampleMail]:
    """All mails, the oldest first."""
    photos = catalogue()
    sheets = {key: sheet("mails", key) for key in keys("mails")}
    times = {key: _at(mail, today) for key, mail in sheets.items()}
    times |= {key: _sent(_RAW_TIME, days, today) for key, days in _RAW.items()}
    for key in sorted(times, key=lambda key: (times[key], key)):
        yield _raw(key, today) if key in _RAW else _written(sheets, photos, key, today)


def mailbox_files(today: date) -> list[tuple[str, bytes]]:
    """The mailbox of ``today`` as files."""
    return as_files(list(mails(today)), today)


def as_files(made: Sequence[SampleMail], today: date) -> list[tuple[str, bytes]]:
    """All mails as files: paths with forward slashes below a folder of the caller's choice, and bytes.

    ``inbox/`` holds .eml files by month, one of them twice; ``older.mbox`` letters from before the desk
    began; ``phone/`` is a Maildir; ``loose/`` a photograph that came without a mail.
    """
    files = [(f"inbox/{mail.at:%Y-%m}/{mail.name}.eml", mail.raw) for mail in made if mail.folder == "inbox"]
    again = next(mail for mail in made if mail.name == "graves")
    files.append(("inbox/forwarded twice/graves (2).eml", again.raw))
    files.append(("older.mbox", b"".join(_mbox(mail) for mail in made if mail.folder == "mbox")))
    for number, mail in enumerate(mail for mail in made if mail.folder == "maildir"):
        place = "cur" if number else "new"
        files.append((f"phone/{place}/{1700000000 + number}.P{number}.winter-review", mail.raw))
    loose = catalogue()["loose-alley"]
    files.append((f"loose/{loose.name}", picture(loose, today)))
    return sorted(files)


def _mbox(mail: SampleMail) -> bytes:
    body = re.sub(rb"(?m)^(>*From )", rb">\1", mail.raw.replace(b"\r\n", b"\n"))
    return b"From sample " + f"{mail.at:%a %b %d %H:%M:%S %Y}".encode("ascii") + b"\n" + body + b"\n"


def _raw(key: str, today: date) -> SampleMail:
    at = _sent(_RAW_TIME, _RAW[key], today)
    text = assets.text(f"samples/raw/{key}.txt").replace("{date}", format_datetime(at))
    raw = text.replace("\n", "\r\n").encode("latin-1")
    if key == "bounce":
        return SampleMail(
            key, "<bounce@mail.letters.example>", raw, at, "machine", "en", "A bounce.", event="bounce"
        )
    note = "A mail damaged on its way: wrong boundary and charset."
    return SampleMail(key, "<broken@harbour.example>", raw, at, "contribution", "fr", note)


def _written(sheets: dict[str, Sheet], photos: dict[str, Photo], key: str, today: date) -> SampleMail:
    head = sheets[key].head
    at = _at(sheets[key], today)
    mail = EmailMessage(policy=SMTP)
    mail["Return-Path"] = f"<{parseaddr(head['from'])[1]}>"
    mail["Received"] = (
        f"from mx.{_domain(head)} ([203.0.113.{len(key)}]) by mx.winter-review.example; {format_datetime(at)}"
    )
    for name in ("From", "Subject"):
        mail[name] = head[name.lower()]
    mail["To"] = DESK
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id(sheets[key])
    references = [message_id(sheets[other]) for other in head.get("references", ())]
    if references:
        mail["In-Reply-To"] = references[-1]
        mail["References"] = " ".join(references)
    for name, value in head.get("headers", {}).items():
        mail[name] = value
    text = _text(sheets, key, today)
    mail.set_content(text, charset=head.get("charset", "utf-8"), cte=head.get("transfer"))
    if head.get("html"):
        paragraphs = "".join(f"<p>{escape(part)}</p>\n" for part in text.split("\n\n"))
        mail.add_alternative(f"<html><body>\n{paragraphs}</body></html>\n", subtype="html")
    for item in head.get("attach", ()):
        _attach(mail, item, photos, at, today)
    _settle_boundaries(mail, key)
    return SampleMail(
        key, message_id(sheets[key]), mail.as_bytes(), at, head["class"], head["language"], head["note"],
        head.get("event", ""), head.get("kind", ""), _folder(head.get("folder", "inbox")),
    )  # fmt: skip


def _folder(name: str) -> Folder:
    return next(folder for folder in get_args(Folder) if folder == name)


def _domain(head: dict[str, str]) -> str:
    return parseaddr(head["from"])[1].rsplit("@", 1)[1]


def message_id(mail: Sheet) -> str:
    """The Message-ID of a sample mail, the same on every day."""
    return f"<{mail.key}.sample@{_domain(mail.head)}>"


def _at(mail: Sheet, today: date) -> datetime:
    return _sent(f"{mail.head['time']} {mail.head['zone']}", mail.head["days"], today)


def _sent(clock: str, days: int, today: date) -> datetime:
    return datetime.strptime(f"{today - timedelta(days=days)} {clock}", "%Y-%m-%d %H:%M:%S %z")


def _text(sheets: dict[str, Sheet], key: str, today: date) -> str:
    """The words of a mail: its own, an article in place of ``{article}``, quoted history below."""
    mail = sheets[key]
    text = re.sub(r"\{in (\d+)\}", lambda match: _day(today + timedelta(days=int(match[1]))), mail.body)
    if "article" in mail.head:
        article = sheet("articles", mail.head["article"])
        text = text.replace("{article}", f"{article.head['title']}\n\n{article.body}")
    if "quotes" not in mail.head:
        return text + "\n"
    other = sheets[mail.head["quotes"]]
    said, when = _text(sheets, other.key, today), _at(other, today)
    if mail.head.get("quote_style") == "outlook":
        heads = f"From: {other.head['from']}\nSent: {when:%d %B %Y %H:%M}\nTo: {DESK}\nSubject: {other.head['subject']}"
        return f"{text}\n\n-----Original Message-----\n{heads}\n\n{said}"
    quoted = "\n".join(f"> {line}".rstrip() for line in said.rstrip().split("\n"))
    return f"{text}\n\n{mail.head['quote_intro'].replace('{date}', f'{when:%d/%m/%Y %H:%M}')}\n\n{quoted}\n"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _attach(mail: EmailMessage, item: str, photos: dict[str, Photo], at: datetime, today: date) -> None:
    what, key, *changes = item.split(":")
    if what == "photo":
        photo = photos[key]
        subtype = _IMAGES[photo.name.rsplit(".", 1)[1].lower()]
        mail.add_attachment(picture(photo, today), maintype="image", subtype=subtype, filename=photo.name)
        return
    mode: Changes = "original" if changes == ["original"] else "tracked"
    head = sheet("articles", key).head
    data = manuscript(key, at - timedelta(hours=1), mode)
    name = head.get("file", f"{head['title']}.docx")
    mail.add_attachment(data, maintype="application", subtype=_WORD, filename=name)


def _settle_boundaries(mail: EmailMessage, key: str) -> None:
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{key}_{number}")
