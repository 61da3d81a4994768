"""Brings the rings together: the only file that knows every concrete class.

What is heavy is imported where it is first used, so that the window can paint before.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.errors import RuleBroken, Unavailable, Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.magazine import Magazine
    from app.sandbox.sandbox import Sandbox
    from app.services.acts import Desk
    from app.services.backup import Backup
    from app.services.contributors import Contributors
    from app.services.editing import Editing
    from app.services.exporting import Exporting
    from app.services.granting import Granting
    from app.services.intake import Intake
    from app.services.photos import Photos
    from app.services.ports import Clock
    from app.services.publicly import Words
    from app.services.scheduling import Scheduling
    from app.services.showing import Showing
    from app.services.signing import Signing
    from app.services.triage import Triage
    from app.services.verifying import Verifying
    from app.storage.list_reader import ListReader
    from app.storage.lock import DeskLock
    from app.storage.store import Store
    from app.vault.desk_keys import DeskKeys
    from app.vault.keyfile import Keeper
    from app.vault.passphrase import Cost
    from app.vault.working_keys import WorkingKeys

PROFILE, SAMPLE = "magazine", "sample"
"""Settings of a desk: its profile (``name`` of the file, ``text``), and the ``passphrase`` that a sample desk shows."""

_NO_TRAINING = "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING"
"""What published photographs say about the training of models (PLUS, IPTC Photo Metadata 2023.1)."""


def now() -> datetime:
    """The instant, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def magazines() -> list[str]:
    """The names of the profiles that come with the program."""
    from app import assets

    return [name.removesuffix(".toml") for name in assets.names("magazines") if name.endswith(".toml")]


def profile(name: str) -> str:
    """The text of a profile.  Raises Usage ``magazine.unknown``."""
    from app import assets

    if name not in magazines():
        raise Usage("magazine.unknown", name=name, known=", ".join(magazines()))
    return assets.text(f"magazines/{name}.toml")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a desk is: a folder with its database, keys, lock and blobs."""

    folder: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / "desk.db"

    @property
    def blobs(self) -> Path:
        """The folder of the large blobs."""
        return self.folder / "blobs"

    @property
    def keys(self) -> Path:
        """The wrapped keys."""
        return self.folder / "keys.json"

    def holds_data(self) -> bool:
        """Whether there is something that a new key would make unreadable."""
        return self.database.exists() or (self.blobs.is_dir() and any(self.blobs.iterdir()))


@dataclass(frozen=True, slots=True)
class Address:
    """Where a shared desk is: a PostgreSQL database, which holds its keys and blobs too."""

    url: str


def place_of(named: str) -> Place | Address:
    """The folder or the database that somebody named."""
    shared = named.startswith(("postgresql://", "postgres://"))
    return Address(named) if shared else Place(Path(named))


def _keeper(place: Place | Address) -> Keeper:
    """Where the wrapped keys of a desk lie."""
    if isinstance(place, Place):
        from app.vault.keyfile import KeyFile

        return KeyFile(place.keys)
    from app.storage.key_row import KeyRow
    from app.vault.key_table import KeyTable

    return KeyTable(KeyRow(place.url))


@dataclass(frozen=True, slots=True)
class NewDesk:
    """What making a desk gives: the recovery code, shown once, and why the keyring does not open it."""

    recovery_code: str
    keyring: Unavailable | None


def check_new(folder: Path, magazine: str) -> None:
    """See that a desk can be made in ``folder``.

    Raises:
        RuleBroken: ``desk.exists``.
        Usage: ``magazine.unknown``.
    """
    profile(magazine)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RuleBroken("desk.exists", folder=str(folder))


def new_desk(folder: Path, magazine: str, passphrase: str, cost: Cost | None = None) -> NewDesk:
    """Make a desk in ``folder``, with a slot for the system's keyring where that answers.

    Raises:
        RuleBroken: ``desk.exists``, ``passphrase.empty``.
        Usage: ``magazine.unknown``.
        Unavailable: ``disk.unwritable``.
    """
    check_new(folder, magazine)
    place = Place(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.blobs.mkdir(mode=0o700)
    except OSError as error:
        raise Unavailable("disk.unwritable", detail=error.strerror) from None
    return _made(place, magazine, passphrase, cost)


def new_shared_desk(address: Address, magazine: str, passphrase: str, cost: Cost | None = None) -> NewDesk:
    """Make a desk in a PostgreSQL database that holds no table yet.

    Raises:
        RuleBroken: ``key.exists``, ``passphrase.empty``.
        Usage: ``magazine.unknown``, ``desk.address``.
        Unavailable: ``database.unreachable``.
    """
    profile(magazine)
    return _made(address, magazine, passphrase, cost)


def _made(place: Place | Address, magazine: str, passphrase: str, cost: Cost | None) -> NewDesk:
    from app.services.ids import Ids
    from app.services.rows import Setting
    from app.vault import desk_keys

    lowest = {} if cost is None else {"cost": cost}
    keys, code = desk_keys.create(_keeper(place), Ids().new(), passphrase, data_exists=False, **lowest)
    with OpenDesk(place, keys, writes=True) as desk, desk.store.write() as unit:
        unit.add(Setting(id=PROFILE, value={"name": magazine, "text": profile(magazine)}))
        unit.audit("new", magazine)
    return NewDesk(code, _enrol(keys))


DEMO_PASSPHRASE = "winter review"
"""The passphrase of the sample desk, which is no secret: the window shows it in its title."""


def demo_desk(folder: Path, passphrase: str, cost: Cost | None = None) -> None:
    """Make the sample desk of the invented magazine "Winter Review" in ``folder``.

    Raises:
        RuleBroken: ``desk.exists``.
    """
    from app.samples.demo import Calendar, SampleDesk, carry_out
    from app.services.rows import Setting

    new_desk(folder, "winter-review", passphrase, cost)
    calendar = Calendar(now())
    keys = keys_by_passphrase(Place(folder), passphrase, cost)
    with OpenDesk(Place(folder), keys, writes=True, clock=calendar) as desk:
        parts = SampleDesk(
            magazine=desk.magazine,
            intake=desk.intake,
            showing=desk.showing,
            triage=desk.triage,
            editing=desk.editing,
            photos=desk.photos,
            granting=desk.granting,
            signing=desk.signing,
            scheduling=desk.scheduling,
            contributors=desk.contributors,
        )
        carry_out(parts, calendar, calendar.at.date())
        if passphrase == DEMO_PASSPHRASE:
            with desk.store.write() as unit:
                unit.add(Setting(id=SAMPLE, value={"passphrase": passphrase}))


def sample_mailbox() -> list[tuple[str, bytes]]:
    """The invented mailbox that the sample desk is made from, as of today: relative paths and bytes."""
    from app.samples.mails import mailbox_files

    return mailbox_files(now().date())


def _enrol(keys: DeskKeys) -> Unavailable | None:
    """Let the system's keyring open the desk; where it does not answer, that slot is left out."""
    from app.vault.sealing import new_key
    from app.vault.system_keyring import SystemKeyring

    held = new_key()
    try:
        SystemKeyring().store(keys.desk, held)
    except Unavailable as error:
        return error
    keys.add_keyring_slot(held)
    return None


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


def keys_by_passphrase(place: Place | Address, passphrase: str, floor: Cost | None = None) -> DeskKeys:
    """The keys of a desk, its vault included.  Raises as ``desk_keys.open_by_passphrase``."""
    from app.vault import desk_keys

    return desk_keys.open_by_passphrase(
        _keeper(place), passphrase, **({} if floor is None else {"floor": floor})
    )


def keys_by_keyring(place: Place | Address) -> DeskKeys | None:
    """The keys of a desk by the system's keyring; None where it has no slot or the keyring does not answer."""
    from app.vault import desk_keys

    file = _keeper(place)
    if "keyring" not in file.load().slots:
        return None
    from app.vault.system_keyring import SystemKeyring

    try:
        return desk_keys.open_by_keyring(file, SystemKeyring().fetch(file.load().desk))
    except Unavailable as error:
        if error.code.startswith("keyring."):
            return None
        raise


def load_list() -> None:
    """Import what opens a desk and its list, for those who would rather wait now than later."""
    import app.storage.list_reader
    import app.vault.desk_keys
    import app.vault.keyfile
    import app.vault.working_keys  # noqa: F401


def list_reader(place: Place, keys: DeskKeys) -> ListReader:
    """The list of a desk, to be painted before SQLAlchemy is imported.  Raises as ``ListReader``."""
    from app.storage.list_reader import ListReader
    from app.vault.working_keys import WorkingKeys

    return ListReader(place.database, WorkingKeys(keys).database_key())


def restore_desk(
    backups: Path,
    folder: Path,
    open_keys: Callable[[Keeper], DeskKeys],
    *,
    name: str = "",
    new_passphrase: str | None = None,
) -> str:
    """Make a desk in the new ``folder`` of the backup ``name`` (default: the newest); gives its name.

    ``open_keys`` opens the wrapped keys that lie in the backup; ``new_passphrase`` takes the place of the
    one that was forgotten.  The folder gets its name when everything in it was found whole.

    Raises:
        RuleBroken: ``backup.folder``.
        Unavailable: ``backup.missing``, ``backup.other-key``, ``disk.full``, ``disk.unwritable``, and as
            ``open_keys``.
        Damaged: ``backup.damaged``, and as ``open_keys``.
    """
    import shutil

    from app.storage.backup_folder import KEYS, BackupFolder
    from app.storage.snapshot import restore
    from app.vault import backup_key
    from app.vault.keyfile import KeyFile
    from app.vault.working_keys import WorkingKeys

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RuleBroken("backup.folder", folder=str(folder))
    backup = BackupFolder(backups).find(name)
    part = folder.with_name(f"{folder.name}.unfinished")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True, mode=0o700)
        kept = KeyFile(part / "keys.json")
        kept.create(KeyFile(backup / KEYS).load())
        keys = open_keys(kept)
        assert keys.backup_private is not None
        decrypt = partial(backup_key.decrypt, private=keys.backup_private)
        restore(backups, backup.name, part, WorkingKeys(keys), decrypt)
        if new_passphrase is not None:
            keys.change_passphrase(new_passphrase)
        with OpenDesk(Place(part), keys, writes=True) as desk, desk.store.write() as unit:
            unit.audit("restored", backup.name)
        part.replace(folder)
    except OSError as error:
        raise Unavailable("disk.unwritable", detail=error.strerror) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return backup.name


def restore_by_passphrase(
    backups: Path, folder: Path, passphrase: str, *, name: str = "", floor: Cost | None = None
) -> str:
    """``restore_desk`` by the passphrase that the desk had when the backup was made."""
    from app.vault.desk_keys import open_by_passphrase

    lowest = {} if floor is None else {"floor": floor}
    return restore_desk(
        backups, folder, lambda file: open_by_passphrase(file, passphrase, **lowest), name=name
    )


def restore_by_code(
    backups: Path, folder: Path, code: str, passphrase: str, *, name: str = "", floor: Cost | None = None
) -> str:
    """``restore_desk`` by the recovery code; ``passphrase`` opens the desk from now on."""
    from app.vault.desk_keys import open_by_recovery_code

    lowest = {} if floor is None else {"floor": floor}
    return restore_desk(
        backups,
        folder,
        lambda file: open_by_recovery_code(file, code, **lowest),
        name=name,
        new_passphrase=passphrase,
    )


class OpenDesk:
    """An open desk with its services, each made when it is first asked for.

    With ``writes`` it holds the desk's lock; close it in the end.
    """

    def __init__(
        self, place: Place | Address, keys: DeskKeys, *, writes: bool, clock: Clock = now
    ) -> None:
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
        from app.services.rows import Setting

        with self.store.read() as unit:
            kept = unit.get(Setting, PROFILE).value
        return parse(kept["text"], f"{kept['name']}.toml")

    @cached_property
    def desk(self) -> Desk:
        """What services share."""
        from app.services.acts import Desk

        return Desk(self.store, self._ids, self._clock, self.magazine)

    @cached_property
    def sandbox(self) -> Sandbox:
        """Where hostile bytes are read."""
        from app.sandbox.sandbox import Sandbox

        return Sandbox()

    @cached_property
    def intake(self) -> Intake:
        """Receiving."""
        from app.formats.rendition import rendition
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
            encode_thumbnail=rendition,
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

        return Contributors(self.desk, self.keys)

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
            Inspecting(self.store, self._blobs, self.keys), lambda: self.sandbox.state().sentence
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
            return open_server(place.url, keys, self._blobs, self._clock, self._ids, writes=writes)
        self._blobs = Blobs(keys, place.blobs)
        before = partial(self._before_migration, place.folder.absolute())
        return open_folder(
            place.database,
            keys,
            self._blobs,
            self._clock,
            self._ids,
            writes=writes,
            before_migration=before,
        )

    def _before_migration(self, folder: Path, found: str) -> None:
        """Keep the desk as it is, beside it, before its schema changes."""
        self.backup(folder.with_name(f"{folder.name}-before-{found}")).make()
