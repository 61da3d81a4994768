"""What a person hands in: mails, mailboxes, folders, documents, photographs, told apart by content."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO

from app.domain.errors import Usage

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest file or message that is taken in; a larger one is left where it is."""
_TOO_LARGE = "larger than 256 MB, left where it is"
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
    split_mailbox: Callable[[BinaryIO, int], Iterator[bytes]]
    """The messages, an empty one for each that has more bytes than the second argument."""


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
    # A stack and no recursion: folders may lie deeper in each other than calls may.
    waiting = [(label, place, "folder")]
    while waiting:
        name, path, kind = waiting.pop()
        if kind == "link":
            yield Item(name, problem="a link, which was not followed")
        elif kind == "file":
            in_maildir = os.path.basename(os.path.dirname(path)) in ("cur", "new")
            yield from _file(name, path, forms, in_maildir=in_maildir)
        else:
            try:
                waiting += reversed(_entries(name, path))
            except OSError as error:
                yield Item(name, problem=f"the folder could not be opened: {error.strerror}")


def _entries(label: str, place: str) -> list[tuple[str, str, str]]:
    """Label, path and kind (link, file, folder) of what lies in a folder, by name.  Raises OSError."""
    with os.scandir(place) as found:
        entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    folders = {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
    kinds = {
        entry: "link" if entry.is_symlink() else "folder" if entry.name in folders else "file"
        for entry in entries
    }
    # What lies in a Maildir's tmp was not delivered yet.
    skipped = "tmp" if {"cur", "new", "tmp"} <= folders else None
    return [
        (f"{label.rstrip('/')}/{entry.name}", entry.path, kind)
        for entry, kind in kinds.items()
        if entry.name != skipped
    ]


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
    if forms.is_mailbox(head):
        # A message of a Maildir may begin with a From_ line of its own; two make a mailbox that was put there.
        least = 2 if in_maildir else 1
        found = forms.split_mailbox(file, LARGEST)
        first = list(islice(found, least))
        if len(first) == least:
            for part, data in enumerate(chain(first, found), 1):
                yield Item(label, data, message=True, part=part, problem="" if data else _TOO_LARGE)
            return
        # A mailbox without a message is kept as the file that it is.
        file.seek(0)
        head = head if in_maildir else b""
    if os.fstat(file.fileno()).st_size > LARGEST:
        yield Item(label, problem=_TOO_LARGE)
        return
    is_text = b"\0" not in head
    message = bool(head) and ((named_mail and is_text) or forms.is_message(head))
    yield Item(label, file.read(), message=message)
