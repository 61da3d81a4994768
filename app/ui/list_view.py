"""The list of pieces as it is seen: quiet rows, painted by hand since a model in Python answers slowly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

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
"""Keeps a name of another direction together (Unicode Standard Annex 9, 2.4)."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class _Type:
    """The three fonts of a row with their metrics, and the places that follow from them."""

    strong: QFont
    plain: QFont
    small: QFont
    strong_metrics: QFontMetrics
    plain_metrics: QFontMetrics
    small_metrics: QFontMetrics

    @classmethod
    def of(cls, font: QFont) -> _Type:
        """The fonts that go with a view's own."""
        strong, small = QFont(font), QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        small.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        return cls(strong, font, small, QFontMetrics(strong), QFontMetrics(font), QFontMetrics(small))

    @property
    def height(self) -> int:
        """The height of a row."""
        return self.strong_metrics.height() + self.plain_metrics.height() + 3 * _GAP

    @property
    def chip(self) -> int:
        """The height of a chip."""
        return self.small_metrics.height() + 6


class RowDelegate(QStyledItemDelegate):
    """Paints one piece: title and what belongs to it on the left, its state and day on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._type = _Type.of(parent.font())
        self._dates = self._type.plain_metrics.horizontalAdvance("0000-00-00")
        self._stages = self._type.small_metrics.horizontalAdvance("Withdrawn") + 2 * _GAP

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(240, self._type.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: ListRow = index.model().data(index, ROW)
        scheme = colours.of(option.palette)
        state, box = option.state, option.rect
        self._ground(painter, box, state, scheme)
        inside = box.adjusted(_EDGE, 0, -_EDGE, 0)
        if state & QStyle.StateFlag.State_Selected:
            # A chip in the colour of the selection would be none.
            scheme = replace(scheme, rail=scheme.paper, pine=Pair(scheme.pine.ink, scheme.paper))
        right = self._state(painter, inside, row, scheme)
        self._words(
            painter, QRect(inside.left(), inside.top(), right - inside.left(), inside.height()), row, scheme
        )

    def _ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag, scheme: Colours) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(scheme.selection))
            focused = state & QStyle.StateFlag.State_Active and state & QStyle.StateFlag.State_HasFocus
            bar = scheme.pine.ink if focused else scheme.slate
            painter.fillRect(box.left(), box.top(), _BAR, box.height(), QColor(bar))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(scheme.snow))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, QColor(scheme.line))

    def _state(self, painter: QPainter, inside: QRect, row: ListRow, scheme: Colours) -> int:
        """Day, stage and warnings, from the right; gives where they begin."""
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setFont(self._type.plain)
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
            right = self._chip(
                painter, right, inside, word, scheme.plum if hidden else scheme.quiet, shield=hidden
            )
        return right - 2 * _GAP

    def _words(self, painter: QPainter, box: QRect, row: ListRow, scheme: Colours) -> None:
        kind, half = self._type, box.height() // 2
        upper = QRect(box.left(), box.top() + _GAP, box.width(), half - _GAP)
        lower = QRect(box.left(), box.top() + half + 1, box.width(), half - _GAP)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setFont(kind.strong)
        painter.setPen(QColor(scheme.ink))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(upper, _LEFT, kind.strong_metrics.elidedText(title(row), elide, upper.width()))
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setFont(kind.plain)
        byline = _ISOLATE.format(row.byline) if row.byline else ""
        said = "  ·  ".join(part for part in (byline, row.token, *amounts(row)) if part)
        painter.setPen(QColor(scheme.slate))
        painter.drawText(lower, _LEFT, kind.plain_metrics.elidedText(said, elide, lower.width()))

    def _chip_width(self, text: str) -> int:
        return self._type.small_metrics.horizontalAdvance(text) + 2 * _GAP

    def _chip(
        self, painter: QPainter, right: int, box: QRect, text: str, pair: Pair, *, shield: bool = False
    ) -> int:
        """Paint a chip that ends at ``right``; gives where it begins."""
        height = self._type.chip
        mark = height - 6 if shield else 0
        width = self._chip_width(text) + mark
        frame = QRect(right - width, box.top() + (box.height() - height) // 2, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(pair.ground))
        painter.drawRoundedRect(frame, height / 2, height / 2)
        painter.setPen(QColor(pair.ink))
        painter.setFont(self._type.small)
        painter.drawText(frame.adjusted(mark, 0, 0, 0), _CENTRE, text)
        if shield:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.translate(frame.left() + _GAP - 2, frame.top() + 3)
            painter.scale(mark / 16, mark / 16)
            painter.drawPath(_shield())
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
        self._kept = ("", 0)
        self._telling = False
        self.setItemDelegate(RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setModel(model)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # An input method would eat the single keys of triage.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(_("Pieces"))
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self.activated.connect(self._activate)

    def tell_painted(self) -> None:
        """Emit ``painted`` after the next painting."""
        self._telling = True
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would ask every row of the model for its text."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._pieces.rowCount():
            self._paint_nothing()
        if self._telling:
            self._telling = False
            self.painted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.appeared.emit()

    def _paint_nothing(self) -> None:
        """Say that there is nothing, and what brings something."""
        painter = QPainter(self.viewport())
        scheme, box = colours.of(self.palette()), self.viewport().rect()
        head = QFont(self.font())
        head.setPointSizeF(head.pointSizeF() * 1.5)
        head.setWeight(QFont.Weight.DemiBold)
        for font, colour, shift, text in (
            (head, scheme.ink, -18, _("Nothing on the desk yet")),
            (
                self.font(),
                scheme.slate,
                14,
                _("Mail, documents and photographs come in with “transom receive”."),
            ),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(box.translated(0, shift), _CENTRE | int(Qt.TextFlag.TextWordWrap), text)

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
    """A shield in a square of 16, after Lucide's (ISC licence)."""
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
