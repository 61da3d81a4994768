"""Sees when the window's thread works too long without looking up.

It counts that thread's own CPU time, so neither a busy machine nor a wait for input is a stall.
"""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Signal, Slot

LIMIT = 0.1
"""Seconds of CPU time that the window may spend before it looks at its events again."""

_log = logging.getLogger(__name__)


class Watchdog(QObject):
    """Watches the thread that makes it, from then on; make it when the first page has been painted."""

    stalled = Signal(float)
    """How long, in seconds of CPU time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        loop = QAbstractEventDispatcher.instance()
        # GLib's dispatcher does all its work between the two signals, the others do some on either side.
        self._glib = "Glib" in loop.metaObject().className()
        self._since = time.thread_time()
        loop.aboutToBlock.connect(self._before)
        loop.awake.connect(self._after)

    @Slot()
    def _before(self) -> None:
        if not self._glib:
            self._look()
        self._since = time.thread_time()

    @Slot()
    def _after(self) -> None:
        self._look()
        self._since = time.thread_time()

    def _look(self) -> None:
        worked = time.thread_time() - self._since
        if worked > LIMIT:
            _log.warning("the window stood still for %.0f ms", worked * 1000)
            self.stalled.emit(worked)
