"""The list of an open desk on a driver connection of its own: what the window shows before SQLAlchemy is loaded."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from app.services.rows import ListRow
from app.storage.connect import check_file, open_plainly
from app.storage.lists import list_pieces


class ListReader:
    """Reads pages of the list; may be called by several threads."""

    def __init__(self, database: Path, key: bytes) -> None:
        """Open the database; this process must not have opened it before.

        Raises:
            Unavailable, Damaged: as ``check_file`` and ``open_plainly``.
        """
        check_file(database)
        self._connection = open_plainly(database, key)
        self._turn = threading.Lock()

    def rows(self, after: str, limit: int) -> list[ListRow]:
        """At most ``limit`` rows behind the row with the id ``after`` (``""``: from the top), newest first."""
        with self._turn:
            return list_pieces(self._connection, limit=limit, after=after)

    def setting(self, id: str) -> dict[str, Any]:
        """The value of a setting; empty where the desk has none of that name."""
        with self._turn:
            cursor = self._connection.cursor()
            try:
                row = cursor.execute("SELECT value FROM setting WHERE id = ?", (id,)).fetchone()
            finally:
                cursor.close()
        return dict(json.loads(row[0])) if row else {}

    def close(self) -> None:
        """Close the connection."""
        with self._turn:
            self._connection.close()
