"""One article with two photographs to each target, the egress gate included: CPU seconds of the desk's process.

    .venv/bin/python tests/benchmarks/exporting.py [ROUNDS]

The piece is one of the sample desk, which is made first.  What the jail's children use to read the
photographs is not counted; one round before the others, which loads what is needed, is not either.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from app.bootstrap import making, unlocking  # noqa: E402
from app.bootstrap.opened import OpenDesk  # noqa: E402
from app.bootstrap.places import Place  # noqa: E402

_PASSPHRASE = "a passphrase"


def main() -> None:
    """Print a line for each target: the median, and the slowest in brackets."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder, "desk"))
        making.demo_desk(place.folder, _PASSPHRASE)
        with OpenDesk(place, unlocking.keys_by_passphrase(place, _PASSPHRASE), writes=True) as desk:
            graves = next(row.token for row in desk.showing.pieces() if row.title.startswith("Graves"))
            print(f"{rounds} rounds; load {os.getloadavg()[0]:.1f}")
            for target in desk.exporting.targets():
                used = [_cpu(desk, graves, target) for _ in range(rounds + 1)][1:]
                print(f"{target:10} {statistics.median(used):.2f} ({max(used):.2f}) CPU s")


def _cpu(desk: OpenDesk, token: str, target: str) -> float:
    before = time.process_time()
    desk.exporting.cleared(token, target)
    return time.process_time() - before


if __name__ == "__main__":
    main()
