"""The desks that a contract is tested on: a folder, and a database of a real PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.real import postgres
from tests.support.stores import Folder, Shared


@pytest.fixture(scope="session")
def server(need: Callable[..., None]) -> Iterator[postgres.Server]:
    """One PostgreSQL for the whole run."""
    need(str(postgres.ROOT))
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    with postgres.server(folder) as running:
        yield running
    shutil.rmtree(folder)


@pytest.fixture(params=["folder", pytest.param("server", marks=pytest.mark.real)])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Folder | Shared:
    """An empty desk, closed."""
    if request.param == "folder":
        return Folder(tmp_path / "desk")
    return Shared(request.getfixturevalue("server").fresh(), tmp_path)
