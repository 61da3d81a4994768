"""The sample desk among the user's data, made at the first start."""

from __future__ import annotations

import shutil
from pathlib import Path

import platformdirs

from app.bootstrap.making import DEMO_PASSPHRASE as PASSPHRASE
from app.bootstrap.making import demo_desk

__all__ = ["PASSPHRASE", "folder", "make"]


def folder() -> Path:
    """Where it is."""
    return platformdirs.user_data_path("transom", appauthor=False) / "sample-desk"


def make(place: Path) -> None:
    """Make it, whole or not at all: what an interrupted start left is begun again.

    Raises:
        RuleBroken, Unavailable: as ``making.demo_desk``.
    """
    from filelock import FileLock

    place.parent.mkdir(parents=True, exist_ok=True)
    begun = place.with_name(f"{place.name}.unfinished")
    with FileLock(place.with_name(f"{place.name}.lock")):
        if (place / "keys.json").exists():
            return
        shutil.rmtree(begun, ignore_errors=True)
        demo_desk(begun, PASSPHRASE)
        begun.rename(place)
