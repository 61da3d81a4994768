"""Ctrl+C and the end of the session close the program as its window's button does."""

from __future__ import annotations

import os
import signal

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QApplication


class Heeder(QObject):
    """Ends the application at SIGINT and SIGTERM."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        for kind in (signal.SIGINT, signal.SIGTERM):
            signal.signal(kind, self._ask_to_leave)
        if os.name == "nt":
            return  # a QSocketNotifier takes no pipe there
        self._reading, writing = os.pipe()
        for end in (self._reading, writing):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        # Python's handlers run when Python runs; while Qt waits nothing but this wakes it.
        notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._wake)

    @Slot()
    def _wake(self) -> None:
        os.read(self._reading, 64)

    def _ask_to_leave(self, *_: object) -> None:
        self._application.quit()
