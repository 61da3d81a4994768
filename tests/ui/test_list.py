"""The list of pieces: pages by key, what rows say, how they are painted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.services.rows import ListRow
from app.ui import colours
from app.ui.list_model import PAGE, ROW, PieceModel
from app.ui.list_view import PieceList, RowPainter
from app.ui.runner import Runner
from app.ui.sentences import sentence


def row(number: int, **more: Any) -> ListRow:
    """The piece with that number."""
    known: dict[str, Any] = {
        "token": f"WR-2026-{number:04d}",
        "title": f"Title {number}",
        "kind": "article",
        "stage": "inbox",
        "language": "en",
        "section": "news",
        "byline": "A. Rahmani",
        "protection": "open",
        "assignee": "",
        "received_at": "2026-03-04T09:00:00Z",
        "due": "",
        "words": 812,
        "photos": 2,
        "rights": "none",
        "id": f"{number:026d}",
    }
    return ListRow(**(known | more))


class Shelf:
    """Rows as the store would give them, newest first, and how often it was asked."""

    def __init__(self, count: int) -> None:
        self.rows = [row(number) for number in range(count, 0, -1)]
        self.asked: list[tuple[str, int]] = []

    def page(self, after: str, limit: int) -> list[ListRow]:
        """As ``ListReader.rows``."""
        self.asked.append((after, limit))
        return [each for each in self.rows if not after or each.id < after][:limit]


Shown = tuple[PieceList, PieceModel]


@pytest.fixture
def shown(qtbot: QtBot, runner: Runner) -> Callable[[Shelf], Shown]:
    def show(shelf: Shelf) -> Shown:
        model = PieceModel(runner)
        view = PieceList(model)
        model.setParent(view)
        qtbot.addWidget(view)
        view.resize(1024, 700)
        view.show()
        model.show(shelf.page, shelf.page("", PAGE))
        return view, model

    return show


def test_pages_come_by_key_until_there_are_no_more(qtbot: QtBot, shown: Callable[[Shelf], Shown]) -> None:
    shelf = Shelf(250)
    view, model = shown(shelf)
    assert model.rowCount() == PAGE
    for count in (200, 250):
        with qtbot.waitSignal(model.arrived):
            QTest.keyClick(view, Qt.Key.Key_End)
        assert model.rowCount() == count
    assert not model.canFetchMore(QModelIndex())
    assert shelf.asked == [("", 100), (shelf.rows[99].id, 100), (shelf.rows[199].id, 100)]


def test_the_model_keeps_what_qt_demands_of_models(qtbot: QtBot, runner: Runner) -> None:
    model = PieceModel(runner)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shelf = Shelf(8)
    model.show(lambda after, limit: shelf.page(after, 3), shelf.page("", 3))
    with qtbot.waitSignal(model.arrived):
        model.refresh()
    assert tester.model() is model


def test_a_page_that_does_not_come_is_told_and_asked_for_again(
    qtbot: QtBot, shown: Callable[[Shelf], Shown]
) -> None:
    shelf = Shelf(150)
    view, model = shown(shelf)
    broken: list[object] = [1]

    def page(after: str, limit: int) -> list[ListRow]:
        if broken:
            raise Unavailable("database.busy")
        return shelf.page(after, limit)

    model.show(page, shelf.page("", PAGE))
    with qtbot.waitSignal(model.failed) as told:
        QTest.keyClick(view, Qt.Key.Key_End)
    assert told.args is not None
    assert told.args[0].code == "database.busy"
    broken.clear()
    with qtbot.waitSignal(model.arrived):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 150


def test_a_refresh_keeps_the_selected_piece_and_what_was_loaded(
    qtbot: QtBot, shown: Callable[[Shelf], Shown]
) -> None:
    shelf = Shelf(250)
    view, model = shown(shelf)
    with qtbot.waitSignal(model.arrived):
        QTest.keyClick(view, Qt.Key.Key_End)
    view.setCurrentIndex(model.index(150, 0))
    chosen = model.row(150)
    shelf.rows = [row(252), row(251), *shelf.rows]
    with qtbot.waitSignal(model.arrived):
        model.refresh()
    assert view.currentIndex().data(ROW) == chosen
    assert model.rowCount() == 200
    assert model.row(0).token == "WR-2026-0252"


def test_a_page_that_a_refresh_overtook_is_dropped(
    qtbot: QtBot, runner: Runner, shown: Callable[[Shelf], Shown]
) -> None:
    shelf = Shelf(250)
    _, model = shown(shelf)
    model.fetchMore(QModelIndex())
    with qtbot.waitSignal(model.arrived):
        model.refresh()
    assert [model.row(number).token for number in (0, 99)] == ["WR-2026-0250", "WR-2026-0151"]
    assert model.rowCount() == PAGE


def test_a_piece_that_went_leaves_the_list_at_the_top(qtbot: QtBot, shown: Callable[[Shelf], Shown]) -> None:
    shelf = Shelf(3)
    view, model = shown(shelf)
    view.setCurrentIndex(model.index(2, 0))
    shelf.rows = shelf.rows[:2]
    with qtbot.waitSignal(model.arrived):
        model.refresh()
    assert model.rowCount() == 2
    assert model.row_of(row(1).id) == -1


def test_columns_and_what_a_screen_reader_says(shown: Callable[[Shelf], Shown]) -> None:
    _, model = shown(Shelf(1))
    columns = range(model.columnCount())
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in columns]
    cells = [model.index(0, column).data() for column in columns]
    assert heads == ["Title", "Number", "Stage", "By", "Length"]
    assert cells == ["Title 1", "WR-2026-0001", "Inbox", "A. Rahmani", "812 words, 2 photographs"]
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Title 1, Inbox, by A. Rahmani, 812 words, 2 photographs, WR-2026-0001"
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_what_is_protected_or_held_is_said_in_words() -> None:
    said = sentence(row(1, title="", protection="protected", held=True, words=1, photos=1, byline=""))
    assert said == "Without a title, Inbox, on hold, Protected, 1 word, 1 photograph, WR-2026-0001"


def test_enter_and_a_double_click_choose_a_piece(qtbot: QtBot, shown: Callable[[Shelf], Shown]) -> None:
    view, _ = shown(Shelf(3))
    view.setFocus()
    with qtbot.waitSignal(view.chosen) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == ["WR-2026-0003"]
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_M)  # no search by typing: the row stays
    assert view.currentIndex().row() == 1


def test_a_click_selects_the_row_under_it(qtbot: QtBot, shown: Callable[[Shelf], Shown]) -> None:
    view, model = shown(Shelf(9))
    place = view.visualRect(model.index(4, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.currentIndex().row() == 4


def test_rows_are_painted_where_the_view_puts_them(qtbot: QtBot, shown: Callable[[Shelf], Shown]) -> None:
    view, model = shown(Shelf(60))
    view.setCurrentIndex(model.index(40, 0))
    view.scrollTo(model.index(40, 0))
    picture = view.viewport().grab().toImage()
    box = view.visualRect(model.index(40, 0))
    selection = QColor(colours.of(view.palette()).selection)
    assert picture.pixelColor(box.left() + 8, box.top() + 2) == selection
    assert picture.pixelColor(box.left() + 8, box.top() - 3) != selection


@pytest.mark.parametrize("width", [1440, 600, 340, 60])
@pytest.mark.parametrize("scheme", [colours.LIGHT, colours.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "title",
    [
        "",
        "A" * 500,
        "封门之后：一座小庙被贴上封条",
        "الباب الذي أُغلق",
        "two\nlines",
        "<b>no HTML</b> &amp;",
        "\u202eupside",
    ],
)
def test_any_row_can_be_painted(warm: object, width: int, scheme: colours.Colours, title: str) -> None:
    painter = RowPainter(warm.font())  # type: ignore[attr-defined]
    image = QImage(width, painter.height, QImage.Format.Format_RGB32)
    image.fill(QColor(scheme.paper))
    with QPainter(image) as brush:
        full = row(1, title=title, protection="protected", held=True, stage="taken-down", byline="ليلى نور")
        painter.paint(brush, image.rect(), full, scheme, scheme.pine.ink)
    assert image.pixelColor(0, 5) == QColor(scheme.pine.ink)


def test_an_empty_list_says_what_brings_something(qtbot: QtBot, shown: Callable[[Shelf], Shown]) -> None:
    view, _ = shown(Shelf(0))
    picture = view.viewport().grab().toImage()
    seen = {picture.pixel(x, picture.height() // 2 - 18) for x in range(picture.width())}
    assert len(seen) > 1
