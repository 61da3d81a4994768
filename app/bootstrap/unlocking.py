"""The keys of a desk: by its passphrase, or by the system's keyring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bootstrap.places import Address, Place, keeper
from app.domain.errors import Unavailable

if TYPE_CHECKING:
    from app.vault.desk_keys import DeskKeys
    from app.vault.passphrase import Cost


def enrol(keys: DeskKeys) -> Unavailable | None:
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


def keyring_state(keys: DeskKeys) -> str:
    """Whether the system's keyring opens the desk, in a sentence.

    Raises:
        Unavailable: ``keyring.none`` and the like, where the desk counts on it and it does not answer.
    """
    from app.vault.system_keyring import SystemKeyring

    if not keys.has_keyring_slot:
        return "the desk is opened by its passphrase or recovery code alone"
    SystemKeyring(patience=10.0).fetch(keys.desk)
    return "the system's keyring opens the desk"


def keys_by_passphrase(place: Place | Address, passphrase: str, floor: Cost | None = None) -> DeskKeys:
    """The keys of a desk, its vault included.  Raises as ``desk_keys.open_by_passphrase``."""
    from app.vault import desk_keys

    return desk_keys.open_by_passphrase(
        keeper(place), passphrase, **({} if floor is None else {"floor": floor})
    )


def keys_by_keyring(place: Place | Address) -> DeskKeys | None:
    """The keys of a desk by the system's keyring; None where it has no slot or the keyring does not answer."""
    from app.vault import desk_keys

    file = keeper(place)
    if "keyring" not in file.load().slots:
        return None
    from app.vault.system_keyring import SystemKeyring

    try:
        return desk_keys.open_by_keyring(file, SystemKeyring().fetch(file.load().desk))
    except Unavailable as error:
        if error.code.startswith("keyring."):
            return None
        raise
