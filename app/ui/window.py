"""The window: the list of pieces, and what stands in its place while there is none."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtGui
from PySide6.QtCore import QSettings, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.domain.errors import DeskError
from app.services.rows import ListRow
from app.ui import colours
from app.ui.line import Line
from app.ui.list_model import Fetch, PieceModel
from app.ui.list_view import PieceList
from app.ui.runner import Runner
from app.words import _, told

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from app.ui.states import Problem, Unlock

_PLACE = "window/1/geometry"
"""Where the size is kept; the number grows when what is kept changes its meaning."""

_AT_ONCE = 200
"""Milliseconds after which a person would wonder what the window waits for."""


class MainWindow(QMainWindow):
    """One desk; what it shows is decided by whoever opens the desk."""

    first_page_painted = Signal()
    """The first page of the list, or that there is none, is on the screen; told once."""

    passphrase_given = Signal(str)
    """What the person typed to open the desk."""

    asked_again = Signal()
    """The person wants the desk to be opened once more."""

    def __init__(self, runner: Runner, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self._painted = False
        self.pieces = PieceModel(runner, self)
        self.list = PieceList(self.pieces)
        self._name = Line(scale=1.5, strong=True, height=54)
        self._wait = ""
        self._waiting = Line(scale=1.1, centred=True)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._say_wait)
        self._listing = QWidget()
        self._down = QVBoxLayout(self._listing)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._down.addWidget(self._name)
        self._down.addWidget(self.list, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._waiting)
        self._pages.addWidget(self._listing)
        self.setCentralWidget(self._pages)
        self.pieces.arrived.connect(self._arrived)
        self.pieces.failed.connect(self.warn)
        self.list.painted.connect(self._tell_painted)
        self.name("")
        self._place()

    @cached_property
    def unlock(self) -> Unlock:
        """Where the passphrase is asked for."""
        from app.ui.states import Unlock

        page = Unlock()
        page.given.connect(self.passphrase_given)
        self._pages.addWidget(page)
        return page

    @cached_property
    def problem(self) -> Problem:
        """Where it is said why the desk does not open."""
        from app.ui.states import Problem

        page = Problem()
        page.again.connect(self.asked_again)
        self._pages.addWidget(page)
        return page

    @cached_property
    def bar(self) -> QLabel:
        """Where warnings are said, above the list."""
        from app.ui.states import label

        made = label()
        made.setObjectName("bar")
        self._down.insertWidget(1, made)
        return made

    def complete(self) -> None:
        """Set up what the first paint does without."""
        leave = QtGui.QAction(_("Quit"), self)
        leave.setShortcut(QtGui.QKeySequence(QtGui.QKeySequence.StandardKey.Quit))
        leave.triggered.connect(self.close)
        self.addAction(leave)
        self.list.complete()

    def name(self, magazine: str, passphrase: str = "") -> None:
        """Name the magazine; a sample desk also shows the passphrase that it always has."""
        self._name.say(magazine)
        sample = (
            _("sample desk, passphrase: {passphrase}").format(passphrase=passphrase) if passphrase else ""
        )
        self.setWindowTitle(" — ".join(part for part in (magazine, sample, "Transom") if part))

    def wait_for(self, text: str) -> None:
        """Say what is being waited for, unless it comes at once: a text that flashes up is read by nobody."""
        self._wait = text
        self._waiting.say("")
        self._pages.setCurrentWidget(self._waiting)
        self._patience.start(_AT_ONCE)

    def wait_long_for(self, text: str) -> None:
        """Say what is being waited for, and show that it goes on."""
        from app.ui.states import Making

        page = Making(text)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def ask_passphrase(self, desk: str, wrong: str = "") -> None:
        """Ask for the passphrase of ``desk``, again if something was ``wrong``."""
        self._pages.setCurrentWidget(self.unlock)
        self.unlock.ask(desk, wrong)

    def show_problem(self, error: DeskError) -> None:
        """Say why the desk does not open."""
        self._pages.setCurrentWidget(self.problem)
        self.problem.say(told(error))

    def show_pieces(self, fetch: Fetch, first: list[ListRow]) -> None:
        """Show the list that ``fetch`` gives, of which ``first`` is the first page."""
        self.pieces.show(fetch, first)
        self.list.setFocus()

    @Slot()
    def dress(self) -> None:
        """Take the colours of the palette where a style sheet has them."""
        self.list.dress()

    @Slot(object)
    def warn(self, error: DeskError) -> None:
        """Say in the bar above the list what went wrong."""
        self.bar.setStyleSheet(colours.sheet(colours.of(self.palette())))
        self.bar.setText(f"!  {told(error)}")

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.setValue(_PLACE, self.saveGeometry())
        super().closeEvent(event)

    def _place(self) -> None:
        kept = self._settings.value(_PLACE)
        if kept is None or not self.restoreGeometry(kept):
            space = self.screen().availableSize()
            self.resize(min(1440, space.width()), min(900, space.height()))

    @Slot()
    def _say_wait(self) -> None:
        self._waiting.say(self._wait)

    @Slot()
    def _arrived(self) -> None:
        self._pages.setCurrentWidget(self._listing)
        if not self._painted:
            self.list.tell_painted()

    @Slot()
    def _tell_painted(self) -> None:
        if not self._painted:
            self._painted = True
            self.first_page_painted.emit()
