"""The list of pieces as it is seen: quiet rows, all painted in one go.

One ``paintEvent`` in Python costs less than half of what Qt's own rows cost over a model in Python.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QListView, QWidget

from app.services.rows import ListRow
from app.ui import colours
from app.ui.colours import Colours, Pair
from app.ui.list_model import ROW, PieceModel
from app.ui.sentences import amounts, protection, stage, title
from app.words import _

_ACTIVE = frozenset({"inbox", "scheduled"})
_WAITING = frozenset({"review", "rights"})
_CLEAR = frozenset({"ready", "published"})
_EDGE, _GAP, _BAR = 20, 8, 3
_ISOLATE = "\u2068{}\u2069"
"""Gives a text the direction of its own first letter (Unicode Standard Annex 9, section 2.4)."""

_LINE = int(Qt.TextFlag.TextSingleLine) | int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
_LEFT, _RIGHT = (_LINE | int(side) for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight))
_CENTRE = _LINE | int(Qt.AlignmentFlag.AlignHCenter)


@dataclass(frozen=True, slots=True)
class _Face:
    """One font of a row and what it measures."""

    font: QFont
    metrics: QFontMetrics

    @classmethod
    def of(cls, font: QFont, *, scale: float = 1, strong: bool = False) -> _Face:
        """A face beside the widget's own."""
        made = QFont(font)
        made.setBold(strong)
        made.setPointSizeF(font.pointSizeF() * scale)
        return cls(made, QFontMetrics(made))

    def fitted(self, text: str, width: int) -> str:
        """``text``, or as much of it as fits with an ellipsis."""
        if self.metrics.horizontalAdvance(text) <= width:
            return text
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class RowPainter:
    """Paints a piece: its title and what belongs to it on the left, its state and day on the right."""

    def __init__(self, font: QFont) -> None:
        self._strong = _Face.of(font, strong=True)
        self._plain = _Face.of(font)
        self._small = _Face.of(font, scale=0.88, strong=True)
        self.height = self._strong.metrics.height() + self._plain.metrics.height() + 3 * _GAP
        self._chip_height = self._small.metrics.height() + 6
        self._dates = self._plain.metrics.horizontalAdvance("0000-00-00")
        self._stages = self._small.metrics.horizontalAdvance("Withdrawn") + 2 * _GAP

    def paint(self, painter: QPainter, box: QRect, row: ListRow, scheme: Colours, bar: str = "") -> None:
        """Paint ``row`` into ``box``; ``bar`` is the colour that marks the selected one."""
        if bar:
            painter.fillRect(box, QColor(scheme.selection))
            painter.fillRect(box.left(), box.top(), _BAR, box.height(), QColor(bar))
            # A chip in the colour of the selection would be none.
            scheme = replace(scheme, rail=scheme.paper, pine=Pair(scheme.pine.ink, scheme.paper))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, QColor(scheme.line))
        inside = box.adjusted(_EDGE, 0, -_EDGE, 0)
        inside.setRight(self._state(painter, inside, row, scheme))
        self._words(painter, inside, row, scheme)

    def _state(self, painter: QPainter, inside: QRect, row: ListRow, scheme: Colours) -> int:
        """Day, stage and warnings, from the right; gives where they begin."""
        painter.setFont(self._plain.font)
        painter.setPen(QColor(scheme.slate))
        painter.drawText(inside, _RIGHT, row.received_at[:10])
        right = inside.right() - self._dates - 2 * _GAP
        word = stage(row)
        width = self._chip_width(word)
        column = max(self._stages, width)
        self._chip(painter, right - column + width, inside, word, _of_stage(row.stage, scheme))
        right -= column + _GAP
        if row.held:
            right = self._chip(painter, right, inside, _("On hold"), scheme.red) - _GAP
        if word := protection(row):
            hidden = row.protection == "protected"
            pair = scheme.plum if hidden else scheme.quiet
            right = self._chip(painter, right, inside, word, pair, shield=hidden) - _GAP
        return right - _GAP

    def _words(self, painter: QPainter, box: QRect, row: ListRow, scheme: Colours) -> None:
        half = box.height() // 2
        upper = QRect(box.left(), box.top() + _GAP, box.width(), half - _GAP)
        lower = QRect(box.left(), box.top() + half + 1, box.width(), half - _GAP)
        painter.setFont(self._strong.font)
        painter.setPen(QColor(scheme.ink))
        painter.drawText(upper, _LEFT, self._strong.fitted(_ISOLATE.format(title(row)), upper.width()))
        byline = _ISOLATE.format(row.byline) if row.byline else ""
        said = "  ·  ".join(part for part in (byline, row.token, *amounts(row)) if part)
        painter.setFont(self._plain.font)
        painter.setPen(QColor(scheme.slate))
        painter.drawText(lower, _LEFT, self._plain.fitted(said, lower.width()))

    def _chip_width(self, text: str) -> int:
        return self._small.metrics.horizontalAdvance(text) + 2 * _GAP

    def _chip(
        self, painter: QPainter, right: int, box: QRect, text: str, pair: Pair, *, shield: bool = False
    ) -> int:
        """Paint a chip that ends at ``right``; gives where it begins."""
        height = self._chip_height
        mark = height - 6 if shield else 0
        width = self._chip_width(text) + mark
        frame = QRect(right - width, box.top() + (box.height() - height) // 2, width, height)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(frame), height / 2, height / 2)
        painter.fillPath(ground, QColor(pair.ground))
        painter.setPen(QColor(pair.ink))
        painter.setFont(self._small.font)
        painter.drawText(frame.adjusted(mark, 0, 0, 0), _CENTRE, text)
        if shield:
            painter.save()
            painter.translate(frame.left() + _GAP - 2, frame.top() + 3)
            painter.scale(mark / 16, mark / 16)
            painter.strokePath(_shield(), QPen(QColor(pair.ink), 1.5))
            painter.restore()
        return frame.left()


class PieceList(QListView):
    """The list of pieces; arrow keys move, Home and End go to the ends of what is loaded."""

    appeared = Signal()
    """The list comes to be seen."""

    painted = Signal()
    """The rows are on the screen; told once after each ``tell_painted``."""

    chosen = Signal(str)
    """The token of the piece that Enter or a double click chose."""

    def __init__(self, model: PieceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces = model
        self._rows = RowPainter(self.font())
        # A wrapper made by Python: to wrap one of Qt's own, the binding first loads every kind of widget.
        self._ground = QWidget()
        self.setViewport(self._ground)
        self._kept = ("", 0)
        self._telling = False
        self.setGridSize(QSize(1, self._rows.height))
        self.setModel(model)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # An input method would eat the single keys of triage.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(_("Pieces"))
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self.activated.connect(self._activate)

    def dress(self) -> None:
        """Give the scroll bar the colours of the palette."""
        self.verticalScrollBar().setStyleSheet(colours.sheet(colours.of(self.palette())))

    def tell_painted(self) -> None:
        """Emit ``painted`` after the next painting."""
        self._telling = True
        self._ground.update()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would ask every row of the model for its text."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self._ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scheme = colours.of(self.palette())
        painter.fillRect(event.rect(), QColor(scheme.paper))
        if self._pieces.rowCount():
            self._paint_rows(painter, event.rect(), scheme)
        else:
            self._paint_nothing(painter, scheme)
        painter.end()
        if self._telling:
            self._telling = False
            self.painted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.appeared.emit()

    def _paint_rows(self, painter: QPainter, area: QRect, scheme: Colours) -> None:
        height, scrolled, width = self._rows.height, self.verticalOffset(), self._ground.width()
        first = (area.top() + scrolled) // height
        last = min((area.bottom() + scrolled) // height, self._pieces.rowCount() - 1)
        current = self.currentIndex().row()
        bar = scheme.pine.ink if self.hasFocus() else scheme.slate
        for number in range(first, last + 1):
            box = QRect(0, number * height - scrolled, width, height)
            self._rows.paint(painter, box, self._pieces.row(number), scheme, bar if number == current else "")

    def _paint_nothing(self, painter: QPainter, scheme: Colours) -> None:
        """Say that there is nothing, and what brings something."""
        head = _Face.of(self.font(), scale=1.5, strong=True)
        box = self._ground.rect()
        painter.setFont(head.font)
        painter.setPen(QColor(scheme.ink))
        painter.drawText(box.translated(0, -18), _CENTRE, _("Nothing on the desk yet"))
        painter.setFont(self.font())
        painter.setPen(QColor(scheme.slate))
        hint = _("Mail, documents and photographs come in with “transom receive”.")
        painter.drawText(box.translated(0, 14), _CENTRE, hint)

    def _keep(self) -> None:
        current = self.currentIndex()
        self._kept = (current.data(ROW).id if current.isValid() else "", self.verticalScrollBar().value())

    def _restore(self) -> None:
        id, scrolled = self._kept
        row = self._pieces.row_of(id) if id else 0
        if row >= 0 and self._pieces.rowCount():
            self.setCurrentIndex(self._pieces.index(row, 0))
        if id:
            self.verticalScrollBar().setValue(scrolled)

    def _activate(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(ROW).token)


def _of_stage(stage: str, scheme: Colours) -> Pair:
    if stage in _ACTIVE:
        return scheme.pine
    if stage in _WAITING:
        return scheme.amber
    if stage in _CLEAR:
        return scheme.bamboo
    return scheme.red if stage == "taken-down" else scheme.quiet


@cache
def _shield() -> QPainterPath:
    """A shield in a square of 16."""
    path = QPainterPath()
    path.moveTo(8, 1)
    path.cubicTo(10, 2.5, 12, 3, 14, 3)
    path.lineTo(14, 8)
    path.cubicTo(14, 12, 11, 14, 8, 15)
    path.cubicTo(5, 14, 2, 12, 2, 8)
    path.lineTo(2, 3)
    path.cubicTo(4, 3, 6, 2.5, 8, 1)
    path.closeSubpath()
    return path
