"""The list of a desk, to be painted before anything heavy is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bootstrap.places import Place

if TYPE_CHECKING:
    from app.storage.list_reader import ListReader
    from app.vault.desk_keys import DeskKeys


def load_list() -> None:
    """Import what opens a desk and its list, for those who would rather wait now than later."""
    import app.storage.list_reader
    import app.vault.desk_keys
    import app.vault.keyfile  # noqa: F401


def list_reader(place: Place, keys: DeskKeys) -> ListReader:
    """The list of a desk, to be painted before SQLAlchemy is imported.  Raises as ``ListReader``."""
    from app.storage.list_reader import ListReader

    return ListReader(place.database, keys.keys.database.reveal())
