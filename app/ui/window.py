"""The window: the list of pieces, and what stands in its place while there is none."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.domain.errors import DeskError
from app.services.rows import ListRow
from app.ui import colours
from app.ui.colours import Colours
from app.ui.list_model import Fetch, PieceModel
from app.ui.list_view import PieceList
from app.ui.runner import Runner
from app.ui.states import Notice, Unlock, Waiting, label
from app.words import _, told

_PLACE = "window/1/geometry"
"""Where the size is kept; the number grows when what is kept changes its meaning."""


class MainWindow(QMainWindow):
    """One desk; what it shows is decided by whoever opens the desk."""

    first_page_painted = Signal()
    """The first page of the list, or that there is none, is on the screen; told once."""

    def __init__(self, runner: Runner, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self._painted = False
        self.pieces = PieceModel(runner, self)
        self.list = PieceList(self.pieces)
        self.unlock = Unlock()
        self.waiting = Waiting()
        self.notice = Notice()
        self._name = label(scale=1.5, strong=True)
        self._bar = label()
        self._bar.setObjectName("bar")
        self._bar.hide()
        self._pages = QStackedWidget()
        for page in (self.waiting, self.unlock, self.notice, self._listing()):
            self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self.pieces.arrived.connect(self._arrived)
        self.pieces.failed.connect(self.warn)
        self.list.painted.connect(self._tell_painted)
        self._leave = QAction(_("Quit"), self, shortcut=QKeySequence(QKeySequence.StandardKey.Quit))
        self._leave.triggered.connect(self.close)
        self.addAction(self._leave)
        self.dress(colours.system())
        self.name("")
        self._place()

    def dress(self, scheme: Colours) -> None:
        """Take the colours of a scheme; the application has its palette already."""
        for part in (self.unlock, self.notice, self._bar, self.list.verticalScrollBar()):
            part.setStyleSheet(colours.sheet(scheme))

    def name(self, magazine: str, passphrase: str = "") -> None:
        """Name the magazine; a sample desk also shows the passphrase that it always has."""
        self._name.setText(magazine)
        sample = (
            _("sample desk, passphrase: {passphrase}").format(passphrase=passphrase) if passphrase else ""
        )
        self.setWindowTitle(" — ".join(part for part in (magazine, sample, "Transom") if part))

    def wait_for(self, text: str, *, long: bool = False) -> None:
        """Say what is being waited for."""
        self.waiting.say(text, long=long)
        self._pages.setCurrentWidget(self.waiting)

    def ask_passphrase(self, desk: str, wrong: str = "") -> None:
        """Ask for the passphrase of ``desk``, again if something was ``wrong``."""
        self._pages.setCurrentWidget(self.unlock)
        self.unlock.ask(desk, wrong)

    def show_problem(self, error: DeskError) -> None:
        """Say why the desk does not open."""
        self.notice.say(_("The desk does not open"), told(error), may_retry=True)
        self._pages.setCurrentWidget(self.notice)

    def show_pieces(self, fetch: Fetch, first: list[ListRow]) -> None:
        """Show the list that ``fetch`` gives, of which ``first`` is the first page."""
        self.pieces.show(fetch, first)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def warn(self, error: DeskError) -> None:
        """Say in the bar above the list what went wrong."""
        self._bar.setText(f"!  {told(error)}")
        self._bar.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.setValue(_PLACE, self.saveGeometry())
        super().closeEvent(event)

    def _listing(self) -> QWidget:
        head = QFrame()
        across = QHBoxLayout(head)
        across.setContentsMargins(20, 14, 20, 14)
        across.addWidget(self._name)
        self._listed = QWidget()
        down = QVBoxLayout(self._listed)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(head)
        down.addWidget(self._bar)
        down.addWidget(self.list, 1)
        return self._listed

    def _place(self) -> None:
        kept = self._settings.value(_PLACE)
        if kept is None or not self.restoreGeometry(kept):
            space = self.screen().availableSize()
            self.resize(min(1440, space.width()), min(900, space.height()))

    @Slot()
    def _arrived(self) -> None:
        self._pages.setCurrentWidget(self._listed)
        if not self._painted:
            self.list.tell_painted()

    @Slot()
    def _tell_painted(self) -> None:
        if not self._painted:
            self._painted = True
            self.first_page_painted.emit()
