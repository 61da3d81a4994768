from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
