"""A stall of the window is seen, and only that."""

from __future__ import annotations

import logging
import time

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.ui.watchdog import LIMIT, Watchdog


@pytest.fixture(autouse=True)
def no_stall() -> None:
    """Stalls are what these tests are about."""


def work() -> None:
    """Burn more than the window may."""
    began = time.thread_time()
    while time.thread_time() - began < LIMIT * 1.2:
        pass


def test_work_on_the_thread_of_the_window_is_a_stall(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    watchdog = Watchdog()
    with caplog.at_level(logging.WARNING), qtbot.waitSignal(watchdog.stalled) as told:
        QTimer.singleShot(0, work)
    assert told.args is not None
    assert told.args[0] > LIMIT
    assert "the window stood still for" in caplog.text


def test_waiting_is_no_stall(qtbot: QtBot) -> None:
    watchdog = Watchdog()
    with qtbot.assertNotEmitted(watchdog.stalled):
        QTimer.singleShot(0, lambda: time.sleep(LIMIT * 1.2))
        qtbot.wait(int(LIMIT * 2000))
