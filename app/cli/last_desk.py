"""Which desk the window opened last: one small file among the user's settings."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import platformdirs


def recall() -> Path | None:
    """The folder of the desk used last; None where none was, or where nothing is there any more."""
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
        folder = Path(kept["folder"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return folder if (folder / "keys.json").exists() else None


def remember(folder: Path) -> None:
    """Keep the folder for the next start; a disk that refuses costs no more than that."""
    file = _file()
    fresh = file.with_suffix(".new")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps({"folder": str(folder.absolute())}), encoding="utf-8")
        fresh.replace(file)


def _file() -> Path:
    return platformdirs.user_config_path("transom", appauthor=False) / "last-desk.json"
