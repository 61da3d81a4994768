"""What the window shows while there is no list: waiting, unlocking, a problem.

Each is made when it is first needed.  All text is plain: what comes from outside is never taken for HTML.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui import colours
from app.words import _

_MEASURE = 420


def label(text: str = "", *, scale: float = 1, strong: bool = False) -> QLabel:
    """A label of plain text that wraps."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    font = made.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setBold(strong)
    made.setFont(font)
    return made


class _Centred(QWidget):
    """A column of a reading measure in the middle of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        narrow = QFrame()
        narrow.setLayout(self.column)
        narrow.setMaximumWidth(_MEASURE)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(narrow, 100)
        across.addStretch(1)
        down = QVBoxLayout(self)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()
        super().changeEvent(event)

    def dress(self) -> None:
        """Take the colours of the palette."""
        wanted = colours.sheet(colours.of(QGuiApplication.palette()))
        if self.styleSheet() != wanted:
            self.setStyleSheet(wanted)


class Making(_Centred):
    """Something takes long: a sentence, and a bar that shows that it goes on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        said = label(text, scale=1.1)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        busy = QProgressBar()
        busy.setRange(0, 0)
        busy.setTextVisible(False)
        busy.setMaximumHeight(6)
        busy.setAccessibleName(_("Working"))
        self.column.addWidget(said)
        self.column.addWidget(busy)


class Unlock(_Centred):
    """Asks for the passphrase of the desk."""

    given = Signal(str)
    """The passphrase, as typed."""

    def __init__(self) -> None:
        super().__init__()
        self._desk = label()
        self._desk.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        named = label(_("&Passphrase"))
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(_("Passphrase"))
        self.field.setMinimumHeight(34)
        named.setBuddy(self.field)
        self.button = _primary(_("Open"))
        self.wrong = label()
        self.wrong.setObjectName("wrong")
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.column.addWidget(label(_("Open the desk"), scale=1.7, strong=True))
        self.column.addWidget(self._desk)
        self.column.addSpacing(8)
        self.column.addWidget(named)
        self.column.addLayout(row)
        self.column.addWidget(self.wrong)
        self.dress()
        self.field.returnPressed.connect(self._give)
        self.field.textEdited.connect(self.wrong.hide)
        self.button.clicked.connect(self._give)

    def ask(self, desk: str, wrong: str = "") -> None:
        """Ask for the passphrase of ``desk``; ``wrong`` says what was the matter with the one before."""
        self._desk.setText(desk)
        self.wrong.setText(f"✕  {wrong}" if wrong else "")
        self.wrong.setVisible(bool(wrong))
        self.field.setAccessibleDescription(wrong)
        self._enable(on=True)
        self.field.setFocus()

    @Slot()
    def _give(self) -> None:
        passphrase = self.field.text()
        if not passphrase or not self.field.isEnabled():
            return
        self.field.clear()
        self._enable(on=False)
        self.given.emit(passphrase)

    def _enable(self, *, on: bool) -> None:
        self.field.setEnabled(on)
        self.button.setEnabled(on)
        self.button.setText(_("Open") if on else _("Opening…"))


class Problem(_Centred):
    """Why the desk does not open, and a button to try again."""

    again = Signal()
    """The person wants to try again."""

    def __init__(self) -> None:
        super().__init__()
        self.text = label()
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = _primary(_("Try again"))
        self.button.clicked.connect(self.again)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.addWidget(label(_("The desk does not open"), scale=1.7, strong=True))
        self.column.addWidget(self.text)
        self.column.addSpacing(8)
        self.column.addLayout(row)
        self.dress()

    def say(self, text: str) -> None:
        """Show why."""
        self.text.setText(text)
        self.button.setFocus()


def _primary(text: str) -> QPushButton:
    """The one filled button."""
    made = QPushButton(text)
    made.setObjectName("primary")
    made.setMinimumHeight(34)
    return made
