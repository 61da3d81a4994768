"""How the window speaks of a bug: what happened, where in the code, and nothing of the desk's contents."""

from __future__ import annotations

import logging
import sys
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6 import __version__ as toolkit
from PySide6.QtWidgets import QApplication

from app import __version__
from app.domain.bugs import places
from app.domain.errors import DeskError

if TYPE_CHECKING:
    from app.ui.bug_report import BugReport
    from app.ui.window import MainWindow

_log = logging.getLogger(__name__)


def report(error: BaseException) -> str:
    """What a developer needs to know of a bug, without the words of the error."""
    lines = [f"Transom {__version__}, Python {sys.version.split()[0]}, Qt {toolkit}, {sys.platform}"]
    return "\n".join((*lines, *places(error))) + "\n"


class Presenter:
    """Takes the errors that nobody takes: refusals go to the bar above the list, bugs to a report.

    It is the Runner's ``unheeded``, and its ``hook`` is Python's for exceptions in slots.
    """

    def __init__(self, *, stay: bool) -> None:
        self.window: MainWindow | None = None
        self._stay = stay
        self._told = ""
        self._shown: BugReport | None = None

    def __call__(self, error: BaseException) -> None:
        """Show an error.  A window that does not ``stay`` ends with exit status 1 at the first bug."""
        if isinstance(error, DeskError) and self.window is not None:
            self.window.warn(error)
            return
        text = report(error)
        if text == self._told:
            return  # a bug in a timer or a painting comes again and again
        self._told = text
        _log.error("%s", text)
        if not self._stay:
            QApplication.exit(1)
        elif self._shown is None or not self._shown.isVisible():
            from app.ui.bug_report import BugReport

            self._shown = BugReport(text, self.window)
            self._shown.open()

    def hook(
        self, _kind: type[BaseException], error: BaseException, _traceback: TracebackType | None
    ) -> None:
        """As ``sys.excepthook``."""
        self(error)
