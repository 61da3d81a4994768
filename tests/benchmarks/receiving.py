"""Receiving plain mails beside ``notmuch new``: messages per CPU second, sandbox and encryption included.

    .venv/bin/python tests/benchmarks/receiving.py [COUNT] [ROUNDS]

Both read the same Maildir, in turns, in one run.  CPU seconds are those of all processes, user and
system, from the start of the program to its end: nothing is taken off, but what a run with one single
mail costs (imports, the key from the passphrase, the start of the sandbox) is told beside it.  The last
lines compare a fifth of the mails with all of them.  notmuch comes from Debian's package of that name.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT), str(Path(__file__).resolve().parent)]

from tests.benchmarks.plain_mails import write_maildir  # noqa: E402

_CONFIGURATION = """
[database]
path={store}
mail_root={mails}
[user]
name=a
primary_email=submissions@magazine.example
[new]
tags=new
[search]
[maildir]
synchronize_flags=false
"""


@dataclass(frozen=True, slots=True)
class _Run:
    """CPU seconds of a program and all its children, and the largest of these processes in MB."""

    cpu: float
    peak: float


def main() -> None:
    """Print a line for each run, then the medians, the ratio and how it grows."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    some = max(1, count // 5)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        sizes = {number: write_maildir(root / f"mails-{number}", number) for number in {1, some, count}}
        print(f"{count} mails, {sizes[count] / count / 1000:.1f} kB each; load {os.getloadavg()[0]:.1f}")
        runs: dict[tuple[str, int], list[_Run]] = {}
        for number in range(rounds):
            for size in dict.fromkeys((1, some, count)):
                for name, program in (("notmuch", _notmuch), ("transom", _transom)):
                    folder = root / f"{name}-{size}-{number}"
                    folder.mkdir()
                    run = program(folder, root / f"mails-{size}")
                    runs.setdefault((name, size), []).append(run)
                    print(f"{name:8}{size:7} mails {run.cpu:8.2f} CPU s {run.peak:6.0f} MB", flush=True)
        _report(runs, some, count, rounds)


def _report(runs: Mapping[tuple[str, int], list[_Run]], some: int, count: int, rounds: int) -> None:
    cpu = {key: statistics.median(run.cpu for run in found) for key, found in runs.items()}
    peak = {key: max(run.peak for run in found) for key, found in runs.items()}
    print(f"medians of {rounds} rounds; load {os.getloadavg()[0]:.1f}")
    for name in ("notmuch", "transom"):
        start, all_of_it = cpu[name, 1], cpu[name, count]
        print(
            f"{name:8} {count / all_of_it:6.0f} messages per CPU s, peak {peak[name, count]:.0f} MB;"
            f" start-up {start:.2f} of {all_of_it:.2f} CPU s;"
            f" per further mail {1000 * (cpu[name, some] - start) / max(1, some - 1):.2f} ms of the first {some},"
            f" {1000 * (all_of_it - start) / max(1, count - 1):.2f} ms of {count}"
        )
    print(f"transom / notmuch = {cpu['notmuch', count] / cpu['transom', count]:.2f}")


def _notmuch(folder: Path, mails: Path) -> _Run:
    config = folder / "notmuch.conf"
    config.write_text(_CONFIGURATION.format(store=folder / "store", mails=mails))
    (folder / "store").mkdir()
    return _measured(["notmuch", "new", "--quiet", "--full-scan"], {"NOTMUCH_CONFIG": str(config)})


def _transom(folder: Path, mails: Path) -> _Run:
    secret = {"TRANSOM_PASSPHRASE": "a passphrase", "TRANSOM_DESK": str(folder / "desk")}
    program = [sys.executable, "-m", "app"]
    _measured([*program, "new", str(folder / "desk")], secret)
    return _measured([*program, "receive", str(mails)], secret)


def _measured(command: list[str], more: Mapping[str, str]) -> _Run:
    with subprocess.Popen(
        command, env=os.environ | more, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with {process.returncode}")
    return _Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
