"""One line of plain text: what comes from outside is never taken for HTML."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui import colours
from app.ui.early import CENTRE, LEFT, Face


class Line(QWidget):
    """One line of text, painted as it is."""

    def __init__(
        self, *, scale: float = 1, strong: bool = False, centred: bool = False, height: int = 0
    ) -> None:
        super().__init__()
        self._face = Face(self.font(), scale=scale, strong=strong)
        self._side = CENTRE if centred else LEFT
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
        box = self.rect().adjusted(20, 0, -20, 0)
        self._face.write(painter, box, self._text, colours.of(self.palette()).ink, self._side)
