"""The only door to the files under resources/."""

from __future__ import annotations

from importlib import resources


def data(name: str) -> bytes:
    """The bytes of ``name``, a path below resources/ with forward slashes."""
    return resources.files("resources").joinpath(*name.split("/")).read_bytes()


def text(name: str) -> str:
    """The text of ``name``, which is UTF-8."""
    return data(name).decode("utf-8")


def names(folder: str) -> list[str]:
    """The names of the files in ``folder``, sorted."""
    place = resources.files("resources").joinpath(*folder.split("/"))
    return sorted(
        entry.name for entry in place.iterdir() if entry.is_file() and not entry.name.startswith("__")
    )
