"""The dialog that shows the report of a bug."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.states import label
from app.words import _


class BugReport(QDialog):
    """Shows the report of a bug, to be copied; nothing is sent anywhere."""

    def __init__(self, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something in the program went wrong"))
        self.resize(720, 420)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Report"))
        box = QDialogButtonBox
        buttons = box(box.StandardButton.Close)
        self.copy = buttons.addButton(_("Copy report"), box.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        down = QVBoxLayout(self)
        down.addWidget(
            label(
                _(
                    "This is a mistake in the program, not yours. What was acknowledged is saved. "
                    "The report below names places in the program and nothing of your desk."
                )
            )
        )
        down.addWidget(self.text, 1)
        down.addWidget(buttons)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
