"""What the window shows while there is no list: waiting, unlocking, nothing there, a problem."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont, QPalette
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

from app.words import _

_MEASURE = 420


def label(text: str = "", *, scale: float = 1, strong: bool = False) -> QLabel:
    """A label of plain text: what comes from outside is never taken for HTML."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    font = made.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    if strong:
        font.setWeight(QFont.Weight.DemiBold)
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


class Waiting(_Centred):
    """Something takes a moment."""

    def __init__(self) -> None:
        super().__init__()
        self._said = label(scale=1.1)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setMaximumHeight(6)
        self._busy.setAccessibleName(_("Working"))
        self.column.addWidget(self._said)
        self.column.addWidget(self._busy)
        self._busy.hide()

    def say(self, text: str, *, long: bool = False) -> None:
        """What is being waited for; ``long`` also shows that something moves."""
        self._said.setText(text)
        self._busy.setVisible(long)


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
        self.button = QPushButton(_("Open"))
        self.button.setObjectName("primary")
        self.button.setMinimumHeight(34)
        self._wrong = label()
        self._wrong.setObjectName("wrong")
        self._wrong.hide()
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.column.addWidget(label(_("Open the desk"), scale=1.7, strong=True))
        self.column.addWidget(self._desk)
        self.column.addSpacing(8)
        self.column.addWidget(named)
        self.column.addLayout(row)
        self.column.addWidget(self._wrong)
        self.field.returnPressed.connect(self._give)
        self.field.textEdited.connect(self._typed)
        self.button.clicked.connect(self._give)

    def ask(self, desk: str, wrong: str = "") -> None:
        """Ask for the passphrase of ``desk``; ``wrong`` says what was the matter with the one before."""
        self._desk.setText(desk)
        self._wrong.setText(f"✕  {wrong}" if wrong else "")
        self._wrong.setVisible(bool(wrong))
        self.field.setAccessibleDescription(wrong)
        self._enable(on=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _give(self) -> None:
        passphrase = self.field.text()
        if not passphrase or not self.field.isEnabled():
            return
        self.field.clear()
        self._enable(on=False)
        self.given.emit(passphrase)

    @Slot()
    def _typed(self) -> None:
        self._wrong.hide()

    def _enable(self, *, on: bool) -> None:
        self.field.setEnabled(on)
        self.button.setEnabled(on)
        self.button.setText(_("Open") if on else _("Opening…"))


class Notice(_Centred):
    """A sentence in the middle: nothing is there yet, or something is the matter."""

    again = Signal()
    """The person wants to try again."""

    def __init__(self) -> None:
        super().__init__()
        self._head = label(scale=1.7, strong=True)
        self._text = label()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(_("Try again"))
        self._button.setObjectName("primary")
        self._button.setMinimumHeight(34)
        self._button.clicked.connect(self.again)
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addStretch(1)
        self.column.addWidget(self._head)
        self.column.addWidget(self._text)
        self.column.addSpacing(8)
        self.column.addLayout(row)

    def say(self, head: str, text: str, *, may_retry: bool = False) -> None:
        """Show a heading and a sentence."""
        self._head.setText(head)
        self._text.setText(text)
        self._button.setVisible(may_retry)
        if may_retry:
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)
