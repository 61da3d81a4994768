"""How long the first page of 100,000 pieces takes to be painted, beside a bare QMainWindow.

    .venv/bin/python tests/benchmarks/first_paint.py [ROUNDS] [PIECES]

Starts them in turn as processes of their own, offscreen, and prints the medians of the wall and of the CPU
time from the start of the process to the end of the first painting, and their ratios.  A bare window loads
no font, which for five scripts is a good part of the difference; so one with these words in it runs too.  The
passphrase of the desk costs nothing to derive, so that what is measured is the start and not Argon2.  Titles
are in five languages and fit the window, as titles do.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, done)

def done():
    print(time.monotonic(), time.process_time(), flush=True)
    application.exit()

application = QApplication([])
window = Window()
if sys.argv[1:]:
    window.setCentralWidget(QLabel("\\n".join(sys.argv[1:])))
window.resize(1440, 900)
window.show()
application.exec()
"""

OURS = """
import sys, time
from pathlib import Path
from app.bootstrap.places import Place
from app.cli import main, start
from app.cli.window_desk import WindowDesk
from app.vault.passphrase import Cost

def done():
    print(time.monotonic(), time.process_time(), flush=True)
    import os
    os._exit(0)

start.show(WindowDesk(Place(Path(sys.argv[1])), sys.argv[2], floor=Cost(1, 8192)), painted=done)
"""


def measure(script: str, *arguments: str) -> tuple[float, float]:
    """Wall and CPU seconds of one start."""
    variables = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    command = [sys.executable, "-c", script, *arguments]
    result = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    ended, worked = map(float, result.stdout.split()[:2])
    return ended - began, worked


def main(rounds: int, pieces: int) -> None:
    """Measure and print."""
    sys.path.insert(0, str(ROOT))
    from tests.support.full_desk import PASSPHRASE, TITLES, make_desk

    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
        os.environ["XDG_CONFIG_HOME"] = folder
        desk = str(make_desk(Path(folder, "desk"), pieces, TITLES[:5]).folder)
        cases = {
            "bare": (BARE,),
            "bare with words": (BARE, *TITLES[:5]),
            "first page": (OURS, desk, PASSPHRASE),
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
        for number in range(rounds + 1):
            for name, (script, *arguments) in cases.items():
                taken = measure(script, *arguments)
                if number:  # the first round fills the caches
                    times[name].append(taken)
    medians = {
        name: [statistics.median(each) for each in zip(*taken, strict=True)] for name, taken in times.items()
    }
    bare = medians["bare"]
    for name, (wall, cpu) in medians.items():
        ratios = f"{wall / bare[0]:.2f} and {cpu / bare[1]:.2f} times bare"
        print(f"{name:16} {wall:.3f} s wall, {cpu:.3f} s CPU: {ratios}")
    print(f"({rounds} rounds, {pieces:,} pieces, medians)")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*[*given, *(9, 100_000)[len(given) :]])
