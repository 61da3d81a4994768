"""An open desk with its services: the one place that brings the rings together.

What is heavy is imported where it is first used, so that the window can paint before.
"""

from __future__ import annotations

import os
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.bootstrap.places import PROFILE, Address, Place, now
from app.bootstrap.unlocking import keyring_state
from app.domain.errors import Unavailable

if TYPE_CHECKING:
    from app.domain.magazine import Magazine
    from app.sandbox.sandbox import Sandbox
    from app.services.acts import Desk
    from app.services.backup import Backup
    from app.services.contributors import Contributors
    from app.services.editing import Editing
    from app.services.exporting import Exporting
    from app.services.granting import Granting
    from app.services.intake import Intake
    from app.services.library import Library
    from app.services.photos import Photos
    from app.services.ports import Clock
    from app.services.publicly import Words
    from app.services.scheduling import Scheduling
    from app.services.showing import Showing
    from app.services.signing import Signing
    from app.services.triage import Triage
    from app.services.verifying import Verifying
    from app.storage.lock import DeskLock
    from app.storage.store import Store
    from app.vault.desk_keys import DeskKeys
    from app.vault.working_keys import WorkingKeys


_NO_TRAINING = "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING"
"""What published photographs say about the training of models (PLUS, IPTC Photo Metadata 2023.1)."""


def _migrate(engine: Any) -> None:
    from app.storage.migrate import migrate

    migrate(engine)


def _small(pixels: bytes, width: int, height: int) -> bytes:
    from app.formats.rendition import rendition

    return rendition(pixels, width, height)


def _stamped(pixels: bytes, width: int, height: int, words: Words) -> bytes:
    from app.formats.rendition import PhotoStamp, rendition

    stamp = PhotoStamp(
        creator=words.creator,
        credit=words.credit,
        caption=words.caption,
        copyright_notice=words.copyright_notice,
        alt=words.alt,
        data_mining=_NO_TRAINING,
    )
    return rendition(pixels, width, height, stamp=stamp)


class OpenDesk:
    """An open desk with its services, each made when it is first asked for.

    With ``writes`` it holds the desk's lock; close it in the end.
    """

    def __init__(self, place: Place | Address, keys: DeskKeys, *, writes: bool, clock: Clock = now) -> None:
        """Open the database.

        Raises:
            Unavailable: ``desk.locked``, and as ``open_folder`` or ``open_server``.
            Damaged: as ``open_folder`` or ``open_server``.
        """
        from app.vault.working_keys import WorkingKeys

        self.place = place
        self._clock = clock
        self.desk_keys = keys
        self.keys: WorkingKeys = WorkingKeys(keys)
        self._lock = self._locked(place) if writes and isinstance(place, Place) else None
        try:
            self.store: Store = self._opened(writes=writes)
        except BaseException:
            if self._lock is not None:
                self._lock.release()
            raise

    def __enter__(self) -> OpenDesk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database, end the sandbox, let other programs in."""
        if "sandbox" in vars(self):
            self.sandbox.close()
        self.store.close()
        if self._lock is not None:
            self._lock.release()

    @cached_property
    def magazine(self) -> Magazine:
        """The profile that the desk keeps.  Raises RuleBroken ``magazine.broken``."""
        from app.domain.magazine_file import parse
        from app.services.stored import Setting

        with self.store.read() as unit:
            kept = unit.get(Setting, PROFILE).value
        return parse(kept["text"], f"{kept['name']}.toml")

    @cached_property
    def desk(self) -> Desk:
        """What services share."""
        from app.services.acts import Desk

        return Desk(self.store, self._ids, self._clock, self.magazine, self.keys)

    @cached_property
    def sandbox(self) -> Sandbox:
        """Where hostile bytes are read."""
        from app.sandbox.sandbox import Sandbox

        return Sandbox()

    @cached_property
    def intake(self) -> Intake:
        """Receiving."""
        from app.mail import containers
        from app.services.intake import Intake, IntakeParts
        from app.services.phrasebook import phrases
        from app.services.sources import MailForms
        from app.services.taking_in import TakingIn

        forms = MailForms(containers.looks_like_message, containers.looks_like_mbox, containers.split_mbox)
        parts = IntakeParts(
            store=self.store,
            keys=self.keys,
            ids=self._ids,
            clock=self._clock,
            reading=TakingIn(self.sandbox),
            forms=forms,
            magazine=self.magazine,
            phrases=phrases(),
            encode_thumbnail=_small,
        )
        return Intake(parts)

    @cached_property
    def showing(self) -> Showing:
        """Reading what the desk holds."""
        from app.formats.html_exchange import to_html
        from app.formats.markdown_exchange import to_markdown
        from app.services.showing import Showing

        return Showing(self.store, self.magazine, self._clock, {"html": to_html, "markdown": to_markdown})

    @cached_property
    def triage(self) -> Triage:
        """Moving pieces."""
        from app.services.triage import Triage

        return Triage(self.desk)

    @cached_property
    def library(self) -> Library:
        """Photographs for later use."""
        from app.services.library import Library

        return Library(self.desk)

    @cached_property
    def editing(self) -> Editing:
        """Changing texts."""
        from app.services.editing import Editing

        return Editing(self.desk, self.sandbox)

    @cached_property
    def photos(self) -> Photos:
        """Changing the words of photographs."""
        from app.services.photos import Photos

        return Photos(self.desk)

    @cached_property
    def granting(self) -> Granting:
        """Recording permissions."""
        from app.services.granting import Granting

        return Granting(self.desk)

    @cached_property
    def signing(self) -> Signing:
        """Signing."""
        from app.services.signing import Signing

        return Signing(self.desk)

    @cached_property
    def scheduling(self) -> Scheduling:
        """Giving dates."""
        from app.services.scheduling import Scheduling

        return Scheduling(self.desk, self.triage)

    @cached_property
    def contributors(self) -> Contributors:
        """Contributors and the vault."""
        from app.services.contributors import Contributors

        return Contributors(self.desk)

    @cached_property
    def exporting(self) -> Exporting:
        """Letting pieces out, through the gate."""
        from app.formats import docx_writer, html_writer, markdown_writer, text_writer, wordpress_writer
        from app.formats.unpacking import members
        from app.services.egress import Egress
        from app.services.exporting import Exporting

        writers = {
            "html": html_writer.write,
            "docx": docx_writer.write,
            "markdown": markdown_writer.write,
            "text": text_writer.write,
            "wordpress": wordpress_writer.write,
        }
        egress = Egress(self.store, self.keys, members)
        return Exporting(self.desk, self.sandbox, writers, _stamped, egress)

    @cached_property
    def verifying(self) -> Verifying:
        """Checking what is stored."""
        from app.services.verifying import Verifying
        from app.storage.inspecting import Inspecting

        return Verifying(
            Inspecting(self.store, self._blobs, self.keys),
            jail=lambda: self.sandbox.state().sentence,
            keyring=partial(keyring_state, self.desk_keys),
        )

    def backup(self, folder: Path) -> Backup:
        """Making backups in ``folder``; a desk that is open for reading may do it too.

        Raises:
            Unavailable: ``backup.shared``.
        """
        from app.services.backup import Backup
        from app.storage.snapshot import Snapshots, Source
        from app.vault.backup_key import NewBackup

        place = self.place
        if isinstance(place, Address):
            raise Unavailable("backup.shared")
        source = Source(self.desk_keys.desk, place.database, place.blobs, place.keys)
        seal = NewBackup(self.desk_keys.backup_public)
        return Backup(Snapshots(folder, source, self.keys, seal), self._clock)

    @cached_property
    def _ids(self) -> Any:
        from app.services.ids import Ids

        return Ids()

    def _locked(self, place: Place) -> DeskLock:
        import getpass

        from app.storage.lock import DeskLock

        who = f"{getpass.getuser()}, process {os.getpid()}"
        return DeskLock(place.folder, who, now().strftime("%Y-%m-%d %H:%M UTC"))

    def _opened(self, *, writes: bool) -> Store:
        from app.storage.blobs import Blobs
        from app.storage.desk_store import open_folder, open_server

        place, keys = self.place, self.keys
        if isinstance(place, Address):
            self._blobs = Blobs(keys, None)
            return open_server(
                place.url, keys, self._blobs, self._clock, self._ids, writes=writes, migrate=_migrate
            )
        self._blobs = Blobs(keys, place.blobs)
        before = partial(self._before_migration, place.folder.absolute())
        return open_folder(
            place.database,
            keys,
            self._blobs,
            self._clock,
            self._ids,
            writes=writes,
            migrate=_migrate,
            before_migration=before,
        )

    def _before_migration(self, folder: Path, found: str) -> None:
        """Keep the desk as it is, beside it, before its schema changes."""
        self.backup(folder.with_name(f"{folder.name}-before-{found}")).make()
