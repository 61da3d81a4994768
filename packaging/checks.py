"""Every check of the source: style, types, tests, coverage. ``run.py test`` starts it in .venv.

With arguments of pytest (``--long`` apart) pytest runs alone. The last line printed is pytest's own summary;
the exit status is pytest's, or 1 when another check failed.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

# Percent of statements and branches together that each file must reach: these rings, and the rest of app/.
RINGS = {"app/domain/": 90.0, "app/services/": 90.0, "app/storage/": 90.0}
ELSEWHERE = 80.0

# One worker a core; a worker that is done takes tests from the slowest.
IN_PARALLEL = ["-n", "auto", "--dist", "loadgroup"]


def main(arguments: list[str]) -> int:
    """Run the checks; returns the exit status."""
    if set(arguments) - {"--long"}:
        return run_pytest(arguments)[0]
    scripts = sorted(str(path.relative_to(ROOT)) for path in Path(__file__).parent.glob("*.py"))
    checks = [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy"],
        # These are scripts: their folder must not become the package that PyPI knows by the same name.
        ["mypy", "--no-explicit-package-bases", *scripts],
    ]
    failed = [shlex.join(check) for check in checks if python("-m", *check).returncode]
    status, summary = run_pytest([*IN_PARALLEL, "--cov", "--cov-report=", *arguments])
    if not floors_hold():
        failed.append("coverage floors")
    print(*(f"FAILED {name}" for name in failed), summary, sep="\n", flush=True)
    return status or int(bool(failed))


def run_pytest(arguments: list[str]) -> tuple[int, str]:
    """Run pytest, pass its lines on, and return its exit status and closing line."""
    command = [sys.executable, "-m", "pytest", *arguments]
    summary = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, errors="replace") as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            if re.search(r"\b\d+ (passed|failed|errors?|skipped)\b|no tests ran", line):
                summary = line.rstrip("\n")
    return process.returncode, summary


def floors_hold() -> bool:
    """Print the files that are covered less than their floor; tells whether there are none."""
    report = python("-m", "coverage", "json", "-q", "-o", "-", capture_output=True)
    if report.returncode:
        print(report.stdout, report.stderr, sep="")
        return False
    files: dict[str, Any] = json.loads(report.stdout)["files"]
    low = below(files)
    print(*low, f"coverage floors: {len(files) - len(low)} of {len(files)} files hold", sep="\n", flush=True)
    return not low


def below(files: Mapping[str, Any]) -> list[str]:
    """A line for each file of coverage's report that does not reach its floor, the lowest first."""
    measured = (
        (entry["summary"]["percent_covered"], name.replace("\\", "/")) for name, entry in files.items()
    )
    return [
        f"{name}: {percent:.1f} % of {floor(name):.0f} %"
        for percent, name in sorted(measured)
        if percent < floor(name)
    ]


def floor(path: str) -> float:
    """The percentage that the file at ``path``, relative to the repository, must reach."""
    return next((percent for ring, percent in RINGS.items() if path.startswith(ring)), ELSEWHERE)


def python(*arguments: str, capture_output: bool = False) -> subprocess.CompletedProcess[str]:
    """Run this Python at the root of the repository."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=capture_output, text=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
