"""What a person hands in: mails, mailboxes, folders, documents, photographs, told apart by content."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import Usage

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest file or message that is taken in; a larger one is left where it is."""
_HEAD = 64 * 1024
_MAIL_SUFFIXES = (".eml", ".mbox", ".mbx")


@dataclass(frozen=True, slots=True)
class Item:
    """One message or loose file: its bytes, or the ``problem`` that kept them from being read.

    ``path`` is the argument as given, or the argument, a slash, and the name below it; ``part`` the
    number of a message in its mailbox, from 1, and 0 elsewhere.
    """

    path: str
    data: bytes = b""
    message: bool = False
    part: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MailForms:
    """How the mail ring tells messages and mailboxes by content."""

    is_message: Callable[[bytes], bool]
    is_mailbox: Callable[[bytes], bool]
    split_mailbox: Callable[[BinaryIO], Iterator[bytes]]


def items(paths: Iterable[str], forms: MailForms) -> Iterator[Item]:
    """Everything below ``paths``, in the order of the names.

    Raises:
        Usage: ``path.missing`` before anything is read, when a path does not exist.
    """
    asked = list(paths)
    for path in asked:
        if not os.path.lexists(path):
            raise Usage("path.missing", path=path)
    for path in asked:
        if os.path.isdir(path):
            yield from _folder(path, path, forms)
        else:
            yield from _file(path, path, forms)


def _folder(label: str, place: str, forms: MailForms) -> Iterator[Item]:
    try:
        with os.scandir(place) as found:
            entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Item(label, problem=f"the folder could not be opened: {error.strerror}")
        return
    maildir = {"cur", "new"} <= {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
    for entry in entries:
        name = f"{label.rstrip('/')}/{entry.name}"
        if entry.is_symlink():
            yield Item(name, problem="a link, which was not followed")
        elif entry.is_dir():
            # What lies in a Maildir's tmp was not delivered yet.
            if not (maildir and entry.name == "tmp"):
                yield from _folder(name, entry.path, forms)
        else:
            yield from _file(name, entry.path, forms, in_maildir=Path(place).name in ("cur", "new"))


def _file(label: str, place: str, forms: MailForms, *, in_maildir: bool = False) -> Iterator[Item]:
    if not os.path.isfile(place):
        yield Item(label, problem="not a file that can be read")
        return
    try:
        with open(place, "rb") as file:
            yield from _opened(label, place, file, forms, in_maildir)
    except OSError as error:
        yield Item(label, problem=f"the file could not be read: {error.strerror}")


def _opened(label: str, place: str, file: BinaryIO, forms: MailForms, in_maildir: bool) -> Iterator[Item]:
    head = file.read(_HEAD)
    file.seek(0)
    named_mail = in_maildir or place.lower().endswith(_MAIL_SUFFIXES)
    if forms.is_mailbox(head) and not in_maildir:
        for part, data in enumerate(forms.split_mailbox(file), 1):
            yield Item(label, data, message=True, part=part)
        return
    if os.fstat(file.fileno()).st_size > LARGEST:
        yield Item(label, problem="larger than 256 MB, left where it is")
        return
    is_text = b"\0" not in head
    message = bool(head) and (forms.is_message(head) or (named_mail and is_text))
    yield Item(label, file.read(), message=message)
