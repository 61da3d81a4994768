"""The folder of a desk's backups.

``blobs/`` holds each blob's file once, as closed as the desk has it, under its random name.  Each
backup is a folder named by its instant: ``keys.json`` (wrapped keys only), ``desk.age`` and
``manifest.age`` (the database and what belongs to it, encrypted to the backup key), and ``blobs.txt``
(names and SHA-256 of the blobs it needs, so that thinning needs no key).  A backup counts from the
moment when it has its name, and it gets that when it was restored and found whole.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from app.domain.errors import Damaged, Unavailable
from app.services.backup import is_name

KEYS, DATABASE, MANIFEST, BLOBS = "keys.json", "desk.age", "manifest.age", "blobs.txt"
_UNFINISHED = ".unfinished-"
_PIECE = 1024 * 1024
_LINE = re.compile("([0-9a-f]{32}) ([0-9a-f]{64})")


class BackupFolder:
    """The backups in ``path``, whose parent exists."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.blobs = path / "blobs"

    def names(self) -> list[str]:
        """The finished backups, oldest first."""
        if not self.path.is_dir():
            return []
        return sorted(entry.name for entry in self.path.iterdir() if is_name(entry.name) and entry.is_dir())

    def find(self, name: str = "") -> Path:
        """The folder of the backup with that name, or of the newest.

        Raises:
            Unavailable: ``backup.missing``.
        """
        names = [each for each in self.names() if not name or each == name]
        if not names:
            raise Unavailable("backup.missing", folder=str(self.path))
        return self.path / names[-1]

    def belongs_to(self, desk: str) -> None:
        """Keep the folder for the desk with that id.

        Raises:
            Unavailable: ``backup.other-desk`` where the backups of another are.
        """
        with disk():
            self.path.mkdir(exist_ok=True, mode=0o700)
            self.blobs.mkdir(exist_ok=True, mode=0o700)
            mark = self.path / "desk.txt"
            if not mark.exists():
                with create(mark) as file:
                    file.write(desk.encode())
            if mark.read_bytes() != desk.encode():
                raise Unavailable("backup.other-desk", folder=str(self.path))

    @contextmanager
    def draft(self, name: str) -> Iterator[Path]:
        """A new folder that becomes the backup ``name`` when the block ends well, and nothing otherwise.

        Raises:
            Unavailable: ``backup.running``, ``disk.full``, ``disk.unwritable``.
        """
        with disk(), self._alone():
            for left in self.path.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(left)
            part = self.path / f"{_UNFINISHED}{name}"
            part.mkdir(mode=0o700)
            try:
                yield part
                for file in part.iterdir():
                    sync(file)
                sync(part)
                part.rename(self.path / name)
                sync(self.path)
            finally:
                shutil.rmtree(part, ignore_errors=True)

    def drop(self, names: list[str]) -> None:
        """Remove backups, and the blobs that no other needs.

        Raises:
            Unavailable: ``backup.running``, ``disk.unwritable``.
        """
        with disk(), self._alone():
            for name in names:
                part = self.path / f"{_UNFINISHED}{name}"
                (self.path / name).rename(part)
                shutil.rmtree(part)
            needed, all_known = self._needed()
            for file in self.blobs.iterdir():
                if all_known and file.name not in needed:
                    file.unlink()

    def known(self) -> dict[str, str]:
        """The SHA-256 of every blob that a finished backup needs."""
        return self._needed()[0]

    def _needed(self) -> tuple[dict[str, str], bool]:
        """The blobs of all backups with their SHA-256, and whether each backup could tell its own."""
        needed: dict[str, str] = {}
        all_known = True
        for name in self.names():
            try:
                needed |= listed(self.path / name)
            except Damaged:
                all_known = False
        return needed, all_known

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FileLock(self.path / "backup.lock", mode=0o600, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise Unavailable("backup.running", folder=str(self.path)) from None
        try:
            yield
        finally:
            lock.release()


def listed(backup: Path) -> dict[str, str]:
    """Which blobs a backup needs, with their SHA-256.

    Raises:
        Damaged: ``backup.damaged``.
    """
    try:
        found = [_LINE.fullmatch(line) for line in (backup / BLOBS).read_text(encoding="ascii").splitlines()]
    except (OSError, UnicodeDecodeError):
        raise Damaged("backup.damaged") from None
    if None in found:
        raise Damaged("backup.damaged")
    return {line[1]: line[2] for line in found if line}


def copy(source: Path, target: Path) -> str:
    """Copy a file durably, whole or not at all; gives its SHA-256.  ``OSError`` passes through."""
    fresh = target.with_name(f"{target.name}.new")
    fresh.unlink(missing_ok=True)
    digest = hashlib.sha256()
    try:
        with source.open("rb") as read, create(fresh) as write:
            while piece := read.read(_PIECE):
                digest.update(piece)
                write.write(piece)
            write.flush()
            os.fsync(write.fileno())
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return digest.hexdigest()


def create(path: Path) -> BinaryIO:
    """A new file that only its owner may read, open for writing."""
    return open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def hashed(path: Path) -> str:
    """The SHA-256 of a file; ``""`` where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def sync(path: Path) -> None:
    """Make a file or the names in a folder durable.  Windows opens no folders and keeps names in its journal."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def disk() -> Iterator[None]:
    """Turn errors of the disk that backups lie on into the desk's.

    Raises:
        Unavailable: ``disk.full``, ``disk.unwritable``.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Unavailable("disk.full") from error
        raise Unavailable("disk.unwritable", detail=error.strerror) from error
