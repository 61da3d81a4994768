"""Opens the window before the desk: first paint, then keys and the first page, then everything else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.domain.errors import DeskError
from app.ui.colours import Dresser
from app.ui.errors import Presenter
from app.ui.list_model import PAGE
from app.ui.runner import Runner
from app.ui.signals import Heeder
from app.ui.window import MainWindow
from app.words import _, told

if TYPE_CHECKING:
    from app.services.changes import Listener
    from app.services.rows import ListRow
    from app.ui.changes import ChangeHub
    from app.ui.entry import Entry, Pages

UNAVAILABLE = 3
"""The exit status where the desk did not open."""

_LISTED = frozenset({"piece", "contributor"})
_RETRY = frozenset({"key.wrong", "key.needed", "passphrase.empty"})


def run(entry: Entry, *, stay: bool = True, painted: Callable[[], None] | None = None) -> int:
    """Open the window on a desk; gives the exit status when it has closed.

    ``painted`` is called once the first page is on the screen.  Without ``stay`` the window closes by itself
    as soon as nothing more would happen without a person.
    """
    application = QApplication(["transom", "-style", "fusion"])
    application.setApplicationName("transom")
    application.setDesktopFileName("transom")
    dresser = Dresser(application)
    Heeder(application)
    presenter = Presenter(stay=stay)
    before, sys.excepthook = sys.excepthook, presenter.hook
    runner = Runner(presenter)
    window = MainWindow(runner, QSettings("transom", "transom"))
    presenter.window = window
    opening = Opening(entry, runner, window)
    opening.settled.connect(dresser.follow)
    dresser.dressed.connect(window.dress)
    if painted is not None:
        window.first_page_painted.connect(painted)
    if not stay:
        opening.settled.connect(application.quit)
    opening.begin()
    window.show()
    status = application.exec()
    sys.excepthook = before
    window.close()
    if not runner.close():
        # A job that heeds no Cancel would keep the process alive without a window; what it did not commit
        # was not acknowledged.
        os._exit(status)
    entry.close()
    return status or (UNAVAILABLE if opening.failed else 0)


class Opening(QObject):
    """Leads one window from the first paint to an open desk."""

    settled = Signal()
    """Nothing more happens by itself: the desk is open, or the window waits for a person."""

    def __init__(self, entry: Entry, runner: Runner, window: MainWindow) -> None:
        super().__init__()
        self._entry = entry
        self._runner = runner
        self._window = window
        self._hub: ChangeHub | None = None
        self._kept: list[QObject] = []
        self.failed = False
        self.complete = False
        window.passphrase_given.connect(self._unlock)
        window.asked_again.connect(self.begin)
        window.first_page_painted.connect(self._after_paint)

    @Slot()
    def begin(self) -> None:
        """Open the desk, or make it first."""
        self.failed = False
        if self._entry.is_new:
            self._window.wait_long_for(_("Making a sample desk. This takes a minute, once."))
            self._runner.write(self._entry.make, owner=self, done=self._made, failed=self._refused)
        else:
            self._made(None)

    def _made(self, _nothing: None) -> None:
        self._window.wait_for(_("Opening the desk…"))
        self._open(None)

    @Slot(str)
    def _unlock(self, passphrase: str) -> None:
        self._open(passphrase)

    def _open(self, passphrase: str | None) -> None:
        self._runner.write(
            partial(_opened, self._entry, passphrase), owner=self, done=self._show, failed=self._refused
        )

    def _show(self, opened: tuple[Pages, list[ListRow]] | None) -> None:
        if opened is None:
            self._window.ask_passphrase(self._entry.folder)
            self.settled.emit()
            return
        pages, first = opened
        self._window.name(pages.magazine, pages.shown_passphrase)
        self._window.show_pieces(pages.rows, first)

    def _refused(self, error: DeskError) -> None:
        if error.code in _RETRY:
            self._window.ask_passphrase(self._entry.folder, told(error))
        else:
            self.failed = True
            self._window.show_problem(error)
        self.settled.emit()

    @Slot()
    def _after_paint(self) -> None:
        # The rows are on the screen when this turn of the loop ends.
        QTimer.singleShot(0, self._load_rest)

    @Slot()
    def _load_rest(self) -> None:
        self._runner.write(self._entry.rest, owner=self, done=self._listen, failed=self._stays_shut)
        self._window.complete()
        from app.ui.changes import ChangeHub, Follower
        from app.ui.watchdog import Watchdog

        self._hub = ChangeHub()
        query = self._window.pieces.refresh
        self._kept = [Follower(self._hub, self._window.list, _LISTED, query), Watchdog(self)]

    def _listen(self, listen: Callable[[Listener], None]) -> None:
        if self._hub is not None:
            listen(self._hub.tell)
            self.complete = True
        self.settled.emit()

    def _stays_shut(self, error: DeskError) -> None:
        self._window.warn(error)
        self.settled.emit()


def _opened(entry: Entry, passphrase: str | None) -> tuple[Pages, list[ListRow]] | None:
    pages = entry.open(passphrase)
    return None if pages is None else (pages, pages.rows("", PAGE))
