"""The list of pieces as it is seen: quiet rows, all painted in one go.

One ``paintEvent`` in Python costs less than half of what Qt's own rows cost over a model in Python.
"""

from __future__ import annotations

from functools import cache

from PySide6 import QtCore
from PySide6.QtCore import QModelIndex, QRect, QSize, Signal
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QListView, QWidget

from app.services.rows import ListRow
from app.ui import colours, early
from app.ui.colours import Colours, Pair
from app.ui.early import CENTRE, RIGHT, Face
from app.ui.list_model import ROW, PieceModel
from app.ui.sentences import amounts, protection, stage, title
from app.words import _

_ACTIVE = frozenset({"inbox", "scheduled"})
_WAITING = frozenset({"review", "rights"})
_CLEAR = frozenset({"ready", "published"})
_EDGE, _GAP, _BAR = 20, 8, 3
_ISOLATE = "\u2068{}\u2069"
"""Gives a text the direction of its own first letter (Unicode Standard Annex 9, section 2.4)."""


class RowPainter:
    """Paints a piece: its title and what belongs to it on the left, its state and day on the right."""

    def __init__(self, font: QFont) -> None:
        self._strong = Face(font, strong=True)
        self._plain = Face(font)
        self._small = Face(font, scale=0.88, strong=True)
        self.height = self._strong.height + self._plain.height + 3 * _GAP
        self._chip_height = self._small.height + 6
        self._dates = self._plain.width("0000-00-00")
        self._stages = self._small.width("Withdrawn") + 2 * _GAP

    def paint(self, painter: QPainter, box: QRect, row: ListRow, scheme: Colours, bar: str = "") -> None:
        """Paint ``row`` into ``box``; ``bar`` is the colour that marks the selected one."""
        if bar:
            early.fill(painter, box, scheme.selection)
            early.fill(painter, QRect(box.left(), box.top(), _BAR, box.height()), bar)
            # A chip in the colour of the selection would be none.
            scheme = scheme._replace(rail=scheme.paper, pine=Pair(scheme.pine.ink, scheme.paper))
        early.fill(painter, QRect(box.left(), box.bottom(), box.width(), 1), scheme.line)
        inside = box.adjusted(_EDGE, 0, -_EDGE, 0)
        inside.setRight(self._state(painter, inside, row, scheme))
        self._words(painter, inside, row, scheme)

    def _state(self, painter: QPainter, inside: QRect, row: ListRow, scheme: Colours) -> int:
        """Day, stage and warnings, from the right; gives where they begin."""
        self._plain.write(painter, inside, row.received_at[:10], scheme.slate, RIGHT)
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
        self._strong.write(painter, upper, _ISOLATE.format(title(row)), scheme.ink)
        byline = _ISOLATE.format(row.byline) if row.byline else ""
        said = "  ·  ".join(part for part in (byline, row.token, *amounts(row)) if part)
        self._plain.write(painter, lower, said, scheme.slate)

    def _chip_width(self, text: str) -> int:
        return self._small.width(text) + 2 * _GAP

    def _chip(
        self, painter: QPainter, right: int, box: QRect, text: str, pair: Pair, *, shield: bool = False
    ) -> int:
        """Paint a chip that ends at ``right``; gives where it begins."""
        height = self._chip_height
        mark = height - 6 if shield else 0
        width = self._chip_width(text) + mark
        frame = QRect(right - width, box.top() + (box.height() - height) // 2, width, height)
        ground = QPainterPath()
        ground.addRoundedRect(frame.x(), frame.y(), width, height, height / 2, height / 2)
        painter.fillPath(ground, early.solid(pair.ground))
        self._small.write(painter, frame.adjusted(mark, 0, 0, 0), text, pair.ink, CENTRE)
        if shield:
            painter.save()
            painter.translate(frame.left() + _GAP - 2, frame.top() + 3)
            painter.scale(mark / 16, mark / 16)
            painter.strokePath(_shield(), QPen(early.solid(pair.ink), 1.5))
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
        self.setAccessibleName(_("Pieces"))
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self.activated.connect(self._activate)

    def complete(self) -> None:
        """Set up what the first paint does without."""
        self.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # An input method would eat the single keys of triage.
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.dress()

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
        early.fill(painter, event.rect(), scheme.paper)
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
        box = self._ground.rect()
        head = Face(self.font(), scale=1.5, strong=True)
        head.write(painter, box.translated(0, -18), _("Nothing on the desk yet"), scheme.ink, CENTRE)
        hint = _("Mail, documents and photographs come in with “transom receive”.")
        Face(self.font()).write(painter, box.translated(0, 14), hint, scheme.slate, CENTRE)

    def _keep(self) -> None:
        if self._pieces.rowCount():
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
