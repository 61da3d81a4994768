"""What every test shares: no screen, no desk or passphrase of the developer, and the switch ``--long``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
for _name in ("TRANSOM_DESK", "TRANSOM_PASSPHRASE", "TRANSOM_PERSON", "DISPLAY", "WAYLAND_DISPLAY"):
    os.environ.pop(_name, None)

# A busy machine is no failure, so examples have no deadline; the short run repeats itself exactly.
settings.register_profile("short", deadline=None, derandomize=True, max_examples=60, database=None)
settings.register_profile(
    "long", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--long``: faults, fuzzing and load at full scale."""
    parser.addoption("--long", action="store_true", help="run faults, fuzzing and load at full scale")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how hard Hypothesis searches."""
    settings.load_profile("long" if config.getoption("--long") else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests marked ``long`` out of the short run."""
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="runs with --long"))


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether a test may take its time and run at full scale."""
    return bool(request.config.getoption("--long"))


def _present(part: str) -> bool:
    return Path(part).exists() if part.startswith("/") else shutil.which(part) is not None


@pytest.fixture(scope="session")
def need() -> Callable[..., None]:
    """``need("soffice", "/usr/lib/postgresql")``: programs or paths that the test cannot do without.

    Where one is missing the test is skipped on a developer's machine and fails where CI is set.
    """

    def check(*parts: str) -> None:
        missing = [part for part in parts if not _present(part)]
        if missing:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(f"not installed: {', '.join(missing)}")

    return check


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home of its own, so that no test finds or changes the developer's desks and settings."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name, folder in (("DATA", "share"), ("CONFIG", "config"), ("CACHE", "cache"), ("STATE", "state")):
            patch.setenv(f"XDG_{name}_HOME", str(home / folder))
        yield
