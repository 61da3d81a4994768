"""``python -m app``: arguments to the command line, its status to the system."""

from __future__ import annotations

import sys
import threading

from app.cli.main import bug
from app.cli.main import main as run


def main() -> int:
    """Run the command line with the arguments of the process."""
    sys.excepthook = bug
    threading.excepthook = lambda told: bug(told.exc_type, told.exc_value, told.exc_traceback)
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
