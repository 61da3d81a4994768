"""Opens the window before the desk: first paint, then keys and the first page, then everything else."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QSettings, QSocketNotifier, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.domain.errors import DeskError
from app.services.changes import Listener
from app.services.rows import ListRow
from app.ui import colours
from app.ui.changes import ChangeHub, Follower
from app.ui.errors import Presenter
from app.ui.list_model import PAGE
from app.ui.runner import Runner
from app.ui.watchdog import Watchdog
from app.ui.window import MainWindow
from app.words import _, told

UNAVAILABLE = 3
"""The exit status where the desk did not open."""

_LISTED = frozenset({"piece", "contributor"})
_RETRY = frozenset({"key.wrong", "key.needed", "passphrase.empty"})


class Pages(Protocol):
    """The list of an open desk, before anything else of it is loaded.  Called on lanes, by several threads."""

    @property
    def magazine(self) -> str:
        """The name of the magazine."""

    @property
    def shown_passphrase(self) -> str:
        """The passphrase of a sample desk, which is no secret; else empty."""

    def rows(self, after: str, limit: int) -> list[ListRow]:
        """At most ``limit`` rows behind the row with the id ``after``."""


class Entry(Protocol):
    """The desk that the window is to open.  Everything but ``folder`` and ``is_new`` is called on a lane."""

    @property
    def folder(self) -> str:
        """Where the desk is, for people."""

    @property
    def is_new(self) -> bool:
        """Whether ``make`` has to make the desk first."""

    def make(self) -> None:
        """Make the desk unless it is there."""

    def open(self, passphrase: str | None) -> Pages | None:
        """Derive the keys and open the list; None where only a passphrase helps.

        Raises:
            Unavailable: ``key.wrong``, and what else keeps the desk closed.
        """

    def rest(self) -> Callable[[Listener], None]:
        """Load and open everything else; gives how to listen to changes.

        Raises:
            Unavailable: ``desk.locked`` and what else keeps the services closed.
        """

    def close(self) -> None:
        """Close what was opened."""


def run(entry: Entry, *, stay: bool = True, painted: Callable[[], None] | None = None) -> int:
    """Open the window on a desk; gives the exit status when it has closed.

    ``painted`` is called once the first page is on the screen.  Without ``stay`` the window closes by itself
    as soon as nothing more would happen without a person.
    """
    application = QApplication(["transom"])
    application.setApplicationName("transom")
    application.setDesktopFileName("transom")
    application.setStyle("Fusion")
    presenter = Presenter(stay=stay)
    sys.excepthook = presenter.hook
    runner = Runner(presenter)
    window = MainWindow(runner, QSettings("transom", "transom"))
    presenter.window = window
    opening = Opening(entry, runner, window)
    dresser = Dresser(application, window)
    heeder = _heed_signals(application)
    if painted is not None:
        window.first_page_painted.connect(painted)
    if not stay:
        opening.settled.connect(application.quit, Qt.ConnectionType.QueuedConnection)
    opening.begin()
    window.show()
    status = application.exec()
    sys.excepthook = sys.__excepthook__
    window.close()
    if not runner.close():
        # A job that heeds no Cancel would keep the process alive without a window; what it did not commit
        # was not acknowledged.
        os._exit(status)
    entry.close()
    del dresser, heeder
    return status or (UNAVAILABLE if opening.failed else 0)


class Dresser(QObject):
    """Keeps the application in the colours that the system asks for."""

    def __init__(self, application: QApplication, window: MainWindow) -> None:
        super().__init__()
        self._application = application
        self._window = window
        application.styleHints().colorSchemeChanged.connect(self.dress)
        self.dress()

    @Slot()
    def dress(self) -> None:
        """Take the system's colours."""
        scheme = colours.system()
        self._application.setPalette(colours.palette(scheme))
        self._window.dress(scheme)


class Opening(QObject):
    """Leads one window from the first paint to an open desk."""

    settled = Signal()
    """Nothing more happens by itself: the first page is painted, or the window waits for a person."""

    def __init__(self, entry: Entry, runner: Runner, window: MainWindow) -> None:
        super().__init__()
        self._entry = entry
        self._runner = runner
        self._window = window
        self._hub = ChangeHub()
        self._follower = Follower(self._hub, window.list, _LISTED, window.pieces.refresh)
        self._watchdog: Watchdog | None = None
        self.failed = False
        window.unlock.given.connect(self._unlock)
        window.notice.again.connect(self.begin)
        window.first_page_painted.connect(self._load_rest, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def begin(self) -> None:
        """Open the desk, or make it first."""
        self.failed = False
        if self._entry.is_new:
            self._window.wait_for(_("Making a sample desk. This takes a minute, once."), long=True)
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
    def _load_rest(self) -> None:
        self._watchdog = Watchdog(self)
        self._runner.write(self._entry.rest, owner=self, done=self._complete, failed=self._window.warn)
        self.settled.emit()

    def _complete(self, listen: Callable[[Listener], None]) -> None:
        listen(self._hub.tell)


def _opened(entry: Entry, passphrase: str | None) -> tuple[Pages, list[ListRow]] | None:
    pages = entry.open(passphrase)
    return None if pages is None else (pages, pages.rows("", PAGE))


def _heed_signals(application: QApplication) -> QObject | None:
    """Let Ctrl+C and the end of the session close the window as its own button does."""
    if os.name == "nt":
        return None  # a QSocketNotifier takes no pipe there, and Ctrl+C ends the process anyway
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: application.quit())
    # Python runs its handlers when Python runs: the notifier's slot is that moment.
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, application)
    notifier.activated.connect(partial(os.read, reading, 64))
    return notifier
