from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import coverage
import pytest

from app.sandbox.launch import ROOT
from app.sandbox.sandbox import Sandbox

EXTRA = {"hostile": Path(__file__).with_name("hostile_reader.py")}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(extra=EXTRA, output_most=4 << 20) as box:
        yield box


@pytest.fixture(scope="module")
def fresh() -> Iterator[Sandbox]:
    """The way of systems without fork."""
    with Sandbox(extra=EXTRA, output_most=4 << 20, fresh=True) as box:
        yield box


_BEFORE = """\
import base64, sys
sys.path.insert(0, {root!r})
watch = None
if {watched!r}:
    import coverage
    watch = coverage.Coverage(data_file=None, branch=True, source=["app"], config_file=False)
    watch.start()
"""
_AFTER = """
sys.stdout.write("\\0")
if watch:
    watch.stop()
    sys.stdout.write(base64.b64encode(watch.get_data().dumps()).decode())
"""


@pytest.fixture
def outside() -> Callable[..., subprocess.Popen[str]]:
    """Start code in a process that may jail itself; ``told`` reads what it printed.

    A jailed process can write no file, so what coverage saw in it comes home through the pipe.
    """

    def start(code: str, handles: tuple[int, ...] = ()) -> subprocess.Popen[str]:
        before = _BEFORE.format(root=str(ROOT), watched=coverage.Coverage.current() is not None)
        return subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", before + code + _AFTER],
            stdout=subprocess.PIPE,
            text=True,
            env={"SOMETHING": "to see"},
            pass_fds=handles,
        )

    return start


@pytest.fixture
def told() -> Callable[[subprocess.Popen[str]], str]:
    """What a process of ``outside`` printed, once it has ended well."""

    def wait(process: subprocess.Popen[str]) -> str:
        printed, _, seen = process.communicate(timeout=60)[0].partition("\0")
        assert process.returncode == 0
        current = coverage.Coverage.current()
        if current and seen:
            data = coverage.CoverageData(no_disk=True)
            data.loads(base64.b64decode(seen))
            current.get_data().update(data)
        return printed

    return wait
