"""One line of plain text: what comes from outside is never taken for HTML."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui import colours


class Line(QWidget):
    """One line of text, painted as it is."""

    def __init__(
        self, *, scale: float = 1, strong: bool = False, centred: bool = False, height: int = 0
    ) -> None:
        super().__init__()
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * scale)
        font.setBold(strong)
        self.setFont(font)
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        self._flags = int(side | Qt.AlignmentFlag.AlignVCenter)
        self._text = ""
        if height:
            self.setFixedHeight(height)

    def say(self, text: str) -> None:
        """Show ``text``."""
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(colours.of(self.palette()).ink))
        painter.drawText(self.rect().adjusted(20, 0, -20, 0), self._flags, self._text)
