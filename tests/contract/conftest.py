"""The desk that a contract is tested on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.stores import Folder


@pytest.fixture(params=["folder"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    """An empty desk, closed."""
    return Folder(tmp_path / "desk")
