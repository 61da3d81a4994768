"""Opening a desk in the window, as an editor sees it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.bootstrap import making, places, unlocking
from app.bootstrap.making import DEMO_PASSPHRASE
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Place
from app.cli.window_desk import WindowDesk
from app.services.stored import Setting
from app.ui.bug_report import BugReport
from app.ui.errors import Presenter, report
from app.ui.start import Opening
from app.ui.window import MainWindow
from tests.architecture.source import ROOT
from tests.support.full_desk import CHEAP, PASSPHRASE, make_desk

Open = Callable[..., tuple[MainWindow, Opening, WindowDesk]]


HOLDER = """
import sys
from pathlib import Path
from app.storage.lock import DeskLock
lock = DeskLock(Path(sys.argv[1]), "a colleague", "this morning")
print("held", flush=True)
sys.stdin.read()
"""


def texts(window: MainWindow) -> str:
    """What labels say that can be seen now."""
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_the_list_stands_there_with_the_name_of_the_magazine(open_window: Open, small_desk: Place) -> None:
    window, _, _ = open_window(small_desk)
    assert window.windowTitle() == "Winter Review — Transom"
    assert window.list.isVisible()
    assert window.list.hasFocus()
    assert window.pieces.rowCount() == 100
    assert window.pieces.row(0).token == "WR-2026-1234"


def test_a_piece_that_a_service_begins_comes_into_the_list(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    place = make_desk(tmp_path / "desk", 0)
    window, opening, desk = open_window(place)
    qtbot.waitUntil(lambda: opening.complete, timeout=20_000)
    assert desk.opened is not None
    with qtbot.waitSignal(window.pieces.arrived), ThreadPoolExecutor() as lane:
        lane.submit(desk.opened.editing.new_piece, "On winter light", "article", "paolo").result()
    assert [window.pieces.row(0).title, window.pieces.rowCount()] == ["On winter light", 1]


def test_an_empty_desk_is_a_list_without_rows(open_window: Open, empty_desk: Place) -> None:
    window, _, _ = open_window(empty_desk)
    assert window.list.isVisible()
    assert window.pieces.rowCount() == 0


def test_without_a_passphrase_the_window_asks_for_it(
    qtbot: QtBot, open_window: Open, small_desk: Place
) -> None:
    window, opening, _ = open_window(small_desk, passphrase=None)
    field = window.unlock.field
    assert field.echoMode() == QLineEdit.EchoMode.Password
    assert field.hasFocus()
    assert str(small_desk.folder) in texts(window)

    with qtbot.waitSignal(opening.settled):
        QTest.keyClicks(field, "not it")
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert "This is not the passphrase of the desk." in texts(window)
    assert field.text() == ""
    assert field.hasFocus()

    QTest.keyClicks(field, PASSPHRASE)
    assert "not the passphrase" not in texts(window)
    with qtbot.waitSignal(window.first_page_painted):
        QTest.mouseClick(window.unlock.button, Qt.MouseButton.LeftButton)
    assert window.list.isVisible()


def test_nothing_is_opened_with_nothing_typed(qtbot: QtBot, open_window: Open, small_desk: Place) -> None:
    window, _, _ = open_window(small_desk, passphrase=None)
    with qtbot.assertNotEmitted(window.passphrase_given):
        QTest.keyClick(window.unlock.field, Qt.Key.Key_Return)


def test_why_a_desk_does_not_open_is_said_and_can_be_tried_again(
    qtbot: QtBot, open_window: Open, small_desk: Place, tmp_path: Path
) -> None:
    folder = tmp_path / "usb" / "desk"
    window, opening, _ = open_window(Place(folder))
    assert f"There is no desk in {folder}." in texts(window)
    assert opening.failed
    folder.parent.mkdir()
    folder.symlink_to(small_desk.folder)
    with qtbot.waitSignal(window.first_page_painted):
        QTest.keyClick(window.problem.button, Qt.Key.Key_Space)
    assert not opening.failed


def test_a_desk_that_another_program_holds_is_shown_and_the_bar_says_so(
    qtbot: QtBot, open_window: Open, small_desk: Place
) -> None:
    command = [sys.executable, "-c", HOLDER, str(small_desk.folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        window, opening, _ = open_window(small_desk)
        assert window.list.isVisible()
        qtbot.waitUntil(lambda: "The desk is in use by a colleague" in texts(window), timeout=20_000)
        assert not opening.complete
        holder.communicate()


def test_a_sample_desk_shows_its_passphrase_in_the_title(open_window: Open, tmp_path: Path) -> None:
    place = Place(tmp_path / "desk")
    making.new_desk(place.folder, "winter-review", DEMO_PASSPHRASE, CHEAP)
    keys = unlocking.keys_by_passphrase(place, DEMO_PASSPHRASE, CHEAP)
    with OpenDesk(place, keys, writes=True) as desk, desk.store.write() as unit:
        unit.add(Setting(id=places.SAMPLE, value={"passphrase": DEMO_PASSPHRASE}))
    window, _, _ = open_window(place, DEMO_PASSPHRASE)
    assert window.windowTitle() == "Winter Review — sample desk, passphrase: winter review — Transom"


def test_a_new_desk_is_made_first(open_window: Open, tmp_path: Path) -> None:
    def make(folder: Path) -> None:
        making.new_desk(folder, "neutral", PASSPHRASE, CHEAP)

    window, _, desk = open_window(Place(tmp_path / "desk"), make=make)
    assert window.list.isVisible()
    assert not desk.is_new


def test_the_window_comes_back_in_its_size(
    qtbot: QtBot, open_window: Open, empty_desk: Place, settings: QSettings
) -> None:
    first, _, _ = open_window(empty_desk)
    first.resize(640, 480)
    first.close()
    second, _, _ = open_window(empty_desk)
    assert second.size() == QSize(640, 480)


def test_a_bug_is_reported_without_words_of_the_desk(
    qtbot: QtBot, warm: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    presenter = Presenter(stay=True)
    name, secret = "Chen " + "Guowei", "sec" + "ret"
    try:
        try:
            raise KeyError(name)
        except KeyError as cause:
            raise ValueError(secret) from cause
    except ValueError as error:
        presenter.hook(type(error), error, error.__traceback__)
        text = report(error)
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_window.py" in text
    assert name not in text
    assert f"ValueError: {secret}" not in text
    dialog = next(each for each in warm.topLevelWidgets() if isinstance(each, BugReport))
    qtbot.addWidget(dialog)
    assert dialog.text.toPlainText() == text
    dialog.copy.click()
    assert warm.clipboard().text() == text
    dialog.reject()
    assert not dialog.isVisible()


FIRST_PAGE = """
import sys
from pathlib import Path
from app.bootstrap.places import place_of
from app.cli.main import main
from app.cli.start import show
from app.cli.window_desk import WindowDesk
from app.vault.passphrase import Cost

def painted():
    heavy = {"sqlalchemy", "alembic", "keyring", "docx", "PIL", "lxml", "jinja2", "psycopg"}
    from PySide6 import QtCore, QtWidgets
    made = {name for name in ("Qt", "QStyle") if name in vars(QtCore) or name in vars(QtWidgets)}
    print(sorted(heavy & set(sys.modules) | made), flush=True)

desk = WindowDesk(place_of(sys.argv[1]), sys.argv[2], floor=Cost(1, 8192))
print(show(desk, stay=False, painted=painted), "sqlalchemy" in sys.modules)
"""


def test_the_first_page_is_painted_before_anything_heavy_is_imported(small_desk: Place) -> None:
    command = [sys.executable, "-c", FIRST_PAGE, str(small_desk.folder), PASSPHRASE]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout) == (0, "[]\n0 True\n"), result.stderr


def test_a_window_that_does_not_stay_says_by_its_status_that_the_desk_did_not_open(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FIRST_PAGE, str(tmp_path / "nowhere"), PASSPHRASE]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout) == (0, "3 False\n"), result.stderr


def test_ctrl_c_closes_the_window_in_good_order(small_desk: Place) -> None:
    """Sent by another process: Qt's loop does not look at Python's signals by itself."""
    script = FIRST_PAGE.replace("stay=False", "stay=True")
    command = [sys.executable, "-c", script, str(small_desk.folder), PASSPHRASE]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "[]\n"
        window.send_signal(signal.SIGINT)
        out, err = window.communicate(timeout=60)
    assert (window.returncode, out.split()[0]) == (0, "0")
    assert "Error" not in err


def test_a_bug_that_comes_again_and_again_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    presenter = Presenter(stay=False)
    for _ in range(3):
        presenter(ValueError("the same"))
    presenter(KeyError("another"))
    assert len(caplog.records) == 2
