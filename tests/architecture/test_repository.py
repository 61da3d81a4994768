"""The repository speaks of the project alone, and installs what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.source import ROOT

# Folders of one machine, and the stores that a pinned file could be bound to.
_MACHINES = re.compile(
    r"(?<![\w./:-])/(?:work|root|home/(?!user\b|editor\b)\w+)/"
    r"|https?://(?:[\w.-]*\.)?(?:files\.pythonhosted\.org|pypi\.org/simple|pkg\.dev|jfrog\.io|artifactory)"
    r"|--(?:extra-)?index-url|--hash="
)


def test_no_file_names_a_machine_or_a_registry() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in _kept_files()
        if path != Path(__file__) and (match := _MACHINES.search(path.read_text("utf-8", errors="ignore")))
    ]
    assert named == []


def test_the_checks_run_by_one_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 packaging/run.py test\n" in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_each_dependency_is_pinned_to_a_version_that_the_project_allows() -> None:
    pins = _pins()
    for wanted in _requirements():
        offered = pins.get(canonicalize_name(wanted.name), [])
        versions = [
            next(iter(pin.specifier)).version for pin in offered if _overlap(wanted.marker, pin.marker)
        ]
        assert versions, f"{wanted.name} has no pin"
        assert all(Version(version) in wanted.specifier for version in versions), wanted


def test_every_pin_names_one_version() -> None:
    loose = [
        str(pin) for pins in _pins().values() for pin in pins if [s.operator for s in pin.specifier] != ["=="]
    ]
    assert loose == []


def test_each_dependency_of_the_program_is_named_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower().replace("_", "-")
    unnamed = [wanted.name for wanted in _requirements() if canonicalize_name(wanted.name) not in notice]
    assert unnamed == []


def _kept_files() -> list[Path]:
    """What git keeps, or where this is no clone every file that no tool made."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listing = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        ).stdout
        files = [ROOT / name for name in listing.decode().split("\0") if name]
    else:
        made = re.compile(r"/(\.git|\.venv|\.hypothesis|__pycache__|\.\w+_cache|\.coverage)")
        files = [path for path in ROOT.rglob("*") if not made.search(f"/{path.relative_to(ROOT).as_posix()}")]
    return [path for path in files if path.is_file()]


def _requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [
        Requirement(line) for line in project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    ]


def _pins() -> dict[str, list[Requirement]]:
    pins: dict[str, list[Requirement]] = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pin = Requirement(line)
            pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


def _overlap(wanted: Marker | None, pin: Marker | None) -> bool:
    """Whether there is a Python of ours for which both markers hold."""
    pythons = [{"python_version": version} for version in ("3.11", "3.12", "3.13", "3.14")]
    return any(
        all(marker is None or marker.evaluate(python) for marker in (wanted, pin)) for python in pythons
    )
