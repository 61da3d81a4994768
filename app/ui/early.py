"""Painting before the namespace ``Qt`` is there.

PySide makes the enumerations of a class when the class is first named, and when a call is made that could
take one of them, as ``setPen``, ``setBrush`` and ``fillRect`` can.  The namespace ``Qt`` has a hundred, which
take longer than everything else that this program does of its own before the first paint; those of a style or
of all kinds of events are not much cheaper.  So what is painted first is painted with what is here.
"""

from __future__ import annotations

from functools import cache

from PySide6 import QtGui
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
)

DISPLAY, SPOKEN, USER = 0, 11, 0x100
"""Of ``Qt.ItemDataRole``: what is shown, what a screen reader says, the first that is free."""

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
"""Where a text stands in its box: how much of the free width is left of it."""

_ELLIPSIS = "…"


@cache
def solid(colour: str) -> QBrush:
    """A brush of one colour."""
    pen = QPen()
    pen.setColor(QColor(colour))
    return pen.brush()


def fill(painter: QPainter, box: QRect, colour: str) -> None:
    """Paint all of ``box`` in one colour."""
    painter.setBackground(solid(colour))
    painter.eraseRect(box)


class Face:
    """A font, what it measures, and how one line of plain text is written with it."""

    def __init__(self, font: QFont, *, scale: float = 1, strong: bool = False) -> None:
        self._font = QFont(font)
        self._font.setBold(strong)
        self._font.setPointSizeF(font.pointSizeF() * scale)
        self._metrics = QFontMetrics(self._font)

    @property
    def height(self) -> int:
        """How high a line is."""
        return self._metrics.height()

    def width(self, text: str) -> int:
        """How wide ``text`` is."""
        return self._metrics.horizontalAdvance(text)

    def write(self, painter: QPainter, box: QRect, text: str, colour: str, side: float = LEFT) -> None:
        """Write ``text`` into the middle of ``box``, or as many of its words as fit with an ellipsis."""
        shown = " ".join(text.splitlines())
        if not shown:
            return
        layout = self._laid(shown, colour, box.width())
        if not _all_of(layout, shown):
            layout = self._laid(self._cut(shown, box.width()), colour, box.width())
        line = layout.lineAt(0)
        taken = line.naturalTextRect()
        x = box.left() + side * (box.width() - taken.width()) - taken.left()
        layout.draw(painter, QPointF(x, box.top() + (box.height() - line.height()) // 2))

    def _laid(self, text: str, colour: str, width: int) -> QTextLayout:
        layout = QTextLayout(text, self._font)
        inked = QTextLayout.FormatRange()
        inked.start, inked.length, inked.format = 0, _units(text), _ink(colour)
        layout.setFormats([inked])
        _break(layout, width)
        return layout

    def _cut(self, text: str, width: int) -> str:
        """The words, or of one long word the letters, that leave room for an ellipsis."""
        layout = QTextLayout(text, self._font)
        how = QtGui.QTextOption()
        how.setWrapMode(QtGui.QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(how)
        units = _break(layout, width - self.width(_ELLIPSIS))
        kept = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
        return kept.decode("utf-16-le", "replace").rstrip() + _ELLIPSIS


def _break(layout: QTextLayout, width: float) -> int:
    """Lay out one line; gives how many units of UTF-16, as Qt counts, went into it."""
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return line.textLength()


def _all_of(layout: QTextLayout, text: str) -> bool:
    line = layout.lineAt(0)
    return line.textLength() >= _units(text) and line.naturalTextWidth() <= line.width()


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


@cache
def _ink(colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(solid(colour))
    return made
