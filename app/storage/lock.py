"""One writer program at a time: ``desk.lock``, which says who holds it and since when."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from app.domain.errors import Unavailable


class DeskLock:
    """The lock of one desk folder, held until ``release``."""

    def __init__(self, folder: Path, who: str, since: str) -> None:
        """Take the lock.

        Raises:
            Unavailable: ``desk.locked`` with ``who`` and ``since``, or ``disk.unwritable``.
        """
        self._path = folder / "desk.lock"
        # The window opens a desk on one thread and may close it on another.
        self._lock = FileLock(self._path, mode=0o600, thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise Unavailable("desk.locked", **self._holder()) from None
        except OSError as error:
            raise Unavailable("disk.unwritable", detail=error.strerror) from None
        # Who holds it is a courtesy to the next program; a full disk does not cost the lock.
        with suppress(OSError):
            self._path.write_text(json.dumps({"who": who, "since": since}), encoding="utf-8")

    def release(self) -> None:
        """Let another program in."""
        self._lock.release()

    def _holder(self) -> dict[str, str]:
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
            return {"who": str(held["who"]), "since": str(held["since"])}
        except (OSError, ValueError, KeyError, TypeError):
            return {"who": "another program", "since": "a moment ago"}
