"""Work off the window's thread: results come home, owners may die, quitting is quick."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from itertools import cycle

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Cancelled, RuleBroken
from app.services.jobs import Cancel
from app.ui.runner import Runner


class Owner(QWidget):
    """Takes results and remembers on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[object] = []
        self.threads: set[threading.Thread] = set()

    def take(self, result: object) -> None:
        """Take a result."""
        self.results.append(result)
        self.threads.add(threading.current_thread())

    def take_named(self, name: str, result: object) -> None:
        """Take a result with what it is of."""
        self.results.append((name, result))

    def fail(self, error: object) -> None:
        """Take an error."""
        self.errors.append(error)


@pytest.fixture
def owner(qtbot: QtBot) -> Owner:
    made = Owner()
    qtbot.addWidget(made)
    return made


def refuse(code: str) -> None:
    raise RuleBroken(code)


def test_a_result_comes_home_to_the_thread_of_the_window(qtbot: QtBot, runner: Runner, owner: Owner) -> None:
    runner.read(threading.current_thread, owner=owner, done=owner.take)
    qtbot.waitUntil(lambda: bool(owner.results))
    assert owner.results != [threading.main_thread()]
    assert owner.threads == {threading.main_thread()}


def test_writes_happen_one_at_a_time_in_the_order_of_the_clicks(
    qtbot: QtBot, runner: Runner, owner: Owner
) -> None:
    written: list[int] = []
    for number in range(200):
        runner.write(partial(written.append, number), owner=owner, done=owner.take)
    qtbot.waitUntil(lambda: len(owner.results) == 200)
    assert written == list(range(200))


def test_a_long_errand_outside_holds_up_neither_reading_nor_writing(
    qtbot: QtBot, runner: Runner, owner: Owner
) -> None:
    gate = threading.Event()
    for _ in range(4):
        runner.outside(gate.wait, owner=owner, done=partial(owner.take_named, "outside"))
    runner.read(partial(int, "1"), owner=owner, done=partial(owner.take_named, "read"))
    runner.write(partial(int, "2"), owner=owner, done=partial(owner.take_named, "write"))
    qtbot.waitUntil(lambda: len(owner.results) == 2)
    assert set(owner.results) == {("read", 1), ("write", 2)}
    gate.set()
    qtbot.waitUntil(lambda: len(owner.results) == 6)


def test_a_refusal_goes_to_the_one_who_asked(
    qtbot: QtBot, runner: Runner, owner: Owner, unheeded: list[BaseException]
) -> None:
    runner.write(partial(refuse, "move.held"), owner=owner, done=owner.take, failed=owner.fail)
    qtbot.waitUntil(lambda: bool(owner.errors))
    assert isinstance(owner.errors[0], RuleBroken)
    assert owner.results == unheeded == []


def test_what_nobody_takes_is_told(
    qtbot: QtBot, runner: Runner, owner: Owner, unheeded: list[BaseException]
) -> None:
    runner.write(partial(refuse, "move.held"), owner=owner)
    runner.write(partial(int, "no number"), owner=owner, failed=owner.fail)
    qtbot.waitUntil(lambda: len(unheeded) == 2)
    assert [type(error) for error in unheeded] == [RuleBroken, ValueError]
    assert owner.errors == []


def test_a_write_that_fails_after_its_panel_has_gone_is_told(
    qtbot: QtBot, runner: Runner, owner: Owner, unheeded: list[BaseException]
) -> None:
    gate = threading.Event()
    gone = Owner()
    runner.write(gate.wait, owner=owner)
    runner.write(partial(refuse, "disk.full"), owner=gone, failed=gone.fail)
    del gone
    gate.set()
    qtbot.waitUntil(lambda: bool(unheeded))


def test_a_cancelled_job_is_no_error(
    qtbot: QtBot, runner: Runner, owner: Owner, unheeded: list[BaseException]
) -> None:
    cancel = Cancel()
    cancel.set()
    runner.outside(cancel.check, owner=owner, done=owner.take, cancel=cancel)
    runner.outside(cancel.check, owner=owner, done=owner.take, failed=owner.fail, cancel=cancel)
    qtbot.waitUntil(lambda: bool(owner.errors))
    assert isinstance(owner.errors[0], Cancelled)
    assert owner.results == unheeded == []


def test_a_result_whose_owner_has_gone_is_dropped(qtbot: QtBot, runner: Runner, owner: Owner) -> None:
    """Owners die while their jobs run, in the three ways there are; none of it may touch another thread."""
    ways: list[Callable[[QWidget], object]] = [shiboken6.delete, QObject.deleteLater, id]
    gate = threading.Event()
    for _, kill in zip(range(300), cycle(ways), strict=False):
        gone = Owner()
        for _ in range(2):
            runner.read(gate.wait, owner=gone, done=gone.take)
        kill(gone)
        del gone
    gc.collect()
    gate.set()
    runner.read(partial(int, "1"), owner=owner, done=owner.take)
    qtbot.waitUntil(lambda: owner.results == [1])


@pytest.mark.parametrize(
    "hide",
    [
        lambda widget: lambda: widget.objectName(),
        lambda widget: widget.objectName,
        lambda widget: partial(print, widget),
        lambda widget: partial(print, key=[{"deep": (widget,)}]),
        lambda widget: partial(partial(print), partial(print, widget)),
        lambda widget: lambda kept=widget: kept,
    ],
)
def test_a_job_that_holds_a_widget_is_refused(
    runner: Runner, owner: Owner, hide: Callable[[QWidget], Callable[[], object]]
) -> None:
    with pytest.raises(TypeError, match="Owner"):
        runner.write(hide(owner), owner=owner)


def test_a_job_that_reaches_itself_is_looked_through_once(runner: Runner, owner: Owner) -> None:
    def job() -> object:
        return job

    runner.write(job, owner=owner)


def test_a_receiver_is_a_method(runner: Runner, owner: Owner) -> None:
    with pytest.raises(TypeError, match="method"):
        runner.read(partial(int, "1"), owner=owner, done=lambda result: None)
    with pytest.raises(TypeError, match="Owner"):
        runner.read(partial(int, "1"), owner=owner, done=partial(owner.take_named, owner))  # type: ignore[arg-type]


def test_closing_cancels_drops_and_waits(qtbot: QtBot, owner: Owner, unheeded: list[BaseException]) -> None:
    runner = Runner(unheeded.append)
    cancels = [Cancel() for _ in range(8)]
    started = threading.Semaphore(0)

    def work(cancel: Cancel) -> None:
        started.release()
        while True:
            cancel.check()

    for cancel in cancels:
        runner.outside(partial(work, cancel), owner=owner, done=owner.take, failed=owner.fail, cancel=cancel)
    for _ in range(4):
        started.acquire()
    assert runner.close()
    qtbot.wait(1)
    assert owner.results == owner.errors == unheeded == []


def test_a_job_that_heeds_nobody_is_not_waited_for_longer_than_the_deadline(
    owner: Owner, unheeded: list[BaseException]
) -> None:
    runner = Runner(unheeded.append)
    gate = threading.Event()
    runner.outside(gate.wait, owner=owner)
    assert not runner.close(deadline=0.01)
    gate.set()
    assert runner.close()


QUIT = """
import sys, threading
from functools import partial
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from app.services.jobs import Cancel
from app.ui.runner import Runner

class Owner(QWidget):
    def take(self, result): raise AssertionError("delivered after the end")

def work(cancel):
    while True: cancel.check()

application = QApplication([])
runner, owner = Runner(print), Owner()
for _ in range(8):
    cancel = Cancel()
    runner.outside(partial(work, cancel), owner=owner, done=owner.take, cancel=cancel)
QTimer.singleShot(20, application.quit)
application.exec()
if sys.argv[1] == "owner": del owner
print(runner.close())
if sys.argv[1] == "application": del application
"""


@pytest.mark.parametrize("dies", ["nothing", "owner", "application"])
def test_quitting_in_the_middle_ends_the_process(dies: str) -> None:
    command = [sys.executable, "-c", QUIT, dies]
    result = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert (result.returncode, result.stdout, result.stderr) == (0, "True\n", "")
