from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap.opened import OpenDesk
from app.sandbox.sandbox import Sandbox
from tests.support.desks import Clock, Hands, copied, new_folder, opened


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.fixture(scope="session")
def winter_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_folder(tmp_path_factory.mktemp("template") / "desk")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(winter_review: Path, tmp_path: Path) -> Path:
    return copied(winter_review, tmp_path / "desk")


@pytest.fixture
def desk(folder: Path, clock: Clock, sandbox: Sandbox) -> Iterator[OpenDesk]:
    with opened(folder, clock, sandbox) as desk:
        yield desk


@pytest.fixture
def hands(desk: OpenDesk, tmp_path: Path) -> Hands:
    return Hands(desk, tmp_path)
