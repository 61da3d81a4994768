"""The jail again as an unprivileged user, since what root is refused proves nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

_NOBODY = 65534
_ROOT = Path(__file__).resolve().parents[2]
_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


@cache
def _interpreter() -> str | None:
    """A Python of this version that nobody may run: this one, or the system's."""
    system = shutil.which(f"python{_VERSION}", path="/usr/local/bin:/usr/bin")
    for candidate in filter(None, (sys.executable, os.path.realpath(sys.executable), system)):
        try:
            _run(candidate, "import ctypes, ssl", as_nobody=True)
        except (PermissionError, subprocess.CalledProcessError):
            continue
        return candidate
    return None


def _run(interpreter: str, code: str, *, as_nobody: bool) -> str:
    site = [place for place in sys.path if Path(place).name == "site-packages"]
    found = f"import sys; sys.path[:0] = [{str(_ROOT)!r}]; sys.path += {site!r}\n"
    identity = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if as_nobody else {}
    done = subprocess.run(
        [interpreter, "-I", "-B", "-c", found + code],
        cwd="/",
        env={"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
        **identity,  # type: ignore[call-overload]
    )
    return str(done.stdout)


@pytest.fixture
def interpreter() -> str:
    refuse = pytest.fail if os.environ.get("CI") else pytest.skip
    if os.name != "posix" or os.getuid() != 0:
        refuse("only root can become nobody")
    found = _interpreter()
    if found is None:
        refuse(f"nobody can run no Python {_VERSION} here")
    return str(found)


def test_the_jail_holds_for_an_unprivileged_user(interpreter: str) -> None:
    tests = str(Path(__file__).with_name("test_hostile_readers.py"))
    options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "--import-mode=importlib"]
    code = f"import pytest; sys.exit(pytest.main({[tests, *options]!r}))"
    try:
        told = _run(interpreter, code, as_nobody=True)
    except subprocess.CalledProcessError as failure:
        pytest.fail(failure.stdout + failure.stderr)
    assert "passed" in told
    assert "skipped" not in told


def test_root_becomes_nobody_where_nobody_can_read_the_interpreter(interpreter: str) -> None:
    code = "from app.sandbox.sandbox import Sandbox\nwith Sandbox() as box: print(box.state())"
    told = _run(interpreter, code, as_nobody=False)
    assert f"user={_NOBODY}" in told
    assert "allowed=()" in told
