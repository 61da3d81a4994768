"""Bringing a desk back from its backups."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Place
from app.domain.errors import RuleBroken, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.vault.desk_keys import DeskKeys
    from app.vault.keyfile import Keeper
    from app.vault.passphrase import Cost


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
