"""What tests of the window share: a Runner that ends, a desk of its own, and a watch on stalls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.bootstrap.places import Place
from app.cli.window_desk import WindowDesk
from app.ui import colours
from app.ui.runner import Runner
from app.ui.start import Opening
from app.ui.watchdog import Watchdog
from app.ui.window import MainWindow
from tests.support.full_desk import CHEAP, PASSPHRASE, TITLES, make_desk


@pytest.fixture(scope="session")
def warm(qapp: QApplication) -> QApplication:
    """The application after its start: colours taken, fonts of every script loaded."""
    qapp.setStyle("Fusion")
    qapp.setPalette(colours.palette(colours.LIGHT))
    label = QLabel("\n".join(TITLES))
    for bold in (False, True):
        font = label.font()
        font.setBold(bold)
        label.setFont(font)
        label.grab()
    return qapp


@pytest.fixture(autouse=True)
def no_stall(warm: QApplication) -> Iterator[None]:
    """Fail a test in which the window's thread stood still."""
    stalls: list[float] = []
    watchdog = Watchdog()
    watchdog.stalled.connect(stalls.append)
    yield
    if stalls:
        pytest.fail(f"the window stood still for {max(stalls):.3f} s of CPU time")


@pytest.fixture
def unheeded() -> list[BaseException]:
    """The errors that nobody took."""
    return []


@pytest.fixture
def runner(qapp: QApplication, unheeded: list[BaseException]) -> Iterator[Runner]:
    """A Runner that is closed in the end."""
    made = Runner(unheeded.append)
    yield made
    assert made.close()


@pytest.fixture(scope="session")
def small_desk(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A closed desk of 1,234 pieces."""
    return make_desk(tmp_path_factory.mktemp("small") / "desk", 1234)


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A closed desk without a piece."""
    return make_desk(tmp_path_factory.mktemp("empty") / "desk", 0)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Settings of this test alone."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


Opened = tuple[MainWindow, Opening, WindowDesk]


@pytest.fixture
def open_window(
    qtbot: QtBot, settings: QSettings, unheeded: list[BaseException]
) -> Iterator[Callable[..., Opened]]:
    """``open_window(place)`` opens a window on a desk and waits until it settles; it is closed in the end."""
    opened: list[tuple[MainWindow, Runner, WindowDesk]] = []

    def begin(place: Place, passphrase: str | None = PASSPHRASE, **more: object) -> Opened:
        runner = Runner(unheeded.append)
        window = MainWindow(runner, settings)
        desk = WindowDesk(place, passphrase, floor=CHEAP, remembered=False, **more)  # type: ignore[arg-type]
        opening = Opening(desk, runner, window)
        opened.append((window, runner, desk))
        with qtbot.waitSignal(opening.settled, timeout=20_000):
            opening.begin()
            window.show()
        return window, opening, desk

    yield begin
    for window, runner, desk in opened:
        window.close()
        assert runner.close(deadline=20)
        desk.close()
        window.deleteLater()
