"""Ctrl+C and the end of the session close a window as its own button does."""

from __future__ import annotations

import os
import signal
from functools import partial

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QWidget


def heed(window: QWidget) -> None:
    """Close ``window`` at SIGINT and SIGTERM."""
    if os.name == "nt":
        return  # a QSocketNotifier takes no pipe there, and Ctrl+C ends the process anyway
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: window.close())
    # Python runs its handlers when Python runs: the notifier's slot is that moment.
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, window)
    notifier.activated.connect(partial(os.read, reading, 64))
