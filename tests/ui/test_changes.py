"""What commits change reaches the panels: at once where they are seen, else when they are."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.changes import Changes
from app.ui.changes import ChangeHub, Follower

PIECE = Changes(1, frozenset({("piece", "1")}))
LETTER = Changes(2, frozenset({("letter", "1")}))


class Panel(QWidget):
    """Counts its queries."""

    appeared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.queries = 0

    def query(self) -> None:
        """Count."""
        self.queries += 1

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.appeared.emit()


@pytest.fixture
def panel(qtbot: QtBot) -> Panel:
    made = Panel()
    qtbot.addWidget(made)
    return made


def commit(hub: ChangeHub, changes: Changes) -> None:
    """As the store does it: on another thread."""
    writer = threading.Thread(target=hub.tell, args=(changes,))
    writer.start()
    writer.join()


def test_changes_arrive_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    hub = ChangeHub()
    with qtbot.waitSignal(hub.changed) as told:
        commit(hub, PIECE)
    assert told.args == [PIECE]


def test_a_panel_that_is_seen_queries_at_once(qtbot: QtBot, panel: Panel) -> None:
    hub = ChangeHub()
    follower = Follower(hub, panel, frozenset({"piece"}), panel.query)
    panel.show()
    with qtbot.waitSignal(hub.changed):
        commit(hub, PIECE)
    assert panel.queries == 1
    with qtbot.waitSignal(hub.changed):
        commit(hub, LETTER)
    assert panel.queries == 1
    assert follower.parent() is None


def test_a_hidden_panel_goes_stale_and_queries_once_when_it_is_shown(qtbot: QtBot, panel: Panel) -> None:
    hub = ChangeHub()
    follower = Follower(hub, panel, frozenset({"piece"}), panel.query)
    for _ in range(3):
        with qtbot.waitSignal(hub.changed):
            commit(hub, PIECE)
    assert panel.queries == 0
    panel.show()
    assert panel.queries == 1
    panel.hide()
    panel.show()
    assert panel.queries == 1
    del follower
