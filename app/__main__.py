"""``python -m app``: arguments to the command line, its status to the system."""

from __future__ import annotations

import sys

from app.cli.main import main as run


def main() -> int:
    """Run the command line with the arguments of the process."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
