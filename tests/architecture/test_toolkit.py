"""The pinned Qt binding is one that the program can live with."""

from __future__ import annotations

import subprocess
import sys

CALLS = 20_000

SCRIPT = f"""
from PySide6.QtCore import QObject
target = QObject()
for _ in range({CALLS}):
    target.setObjectName("a name")
print(target.objectName())
"""


def test_qt_calls_that_return_nothing_keep_the_reference_count_of_none() -> None:
    """PySide6 6.12.0 on Python 3.11 gives one reference too many away and soon aborts."""
    result = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "a name\n"), result.stderr
