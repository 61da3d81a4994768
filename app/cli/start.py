"""The start without arguments: the window, or where there is no display a tour that ends by itself."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping

from app.bootstrap.first_page import load_list
from app.bootstrap.places import Place, place_of
from app.cli import passphrases
from app.cli.window_desk import WindowDesk

_DESK = "TRANSOM_DESK"
_SCREENLESS = frozenset({"offscreen", "minimal"})


def start() -> int:
    """Open the window, or take the tour; gives the exit status."""
    if not has_display(os.environ, sys.platform):
        from app.cli.tour import tour

        return tour()
    return show(chosen_desk())


def show(desk: WindowDesk, *, stay: bool = True, painted: Callable[[], None] | None = None) -> int:
    """Open the window on a desk; else as ``app.ui.start.run``.

    The order is that of ``docs/how-this-desk-is-built.md``: nothing that the first paint does without.
    """
    # What is imported stays, so there is nothing to collect, now or later.
    gc.disable()
    load_list()
    from app.ui import toolkit

    toolkit.without_hook()
    from app.ui.start import run

    gc.freeze()
    gc.enable()
    return run(desk, stay=stay, painted=painted)


def has_display(variables: Mapping[str, str], system: str) -> bool:
    """Whether a window would be seen."""
    if variables.get("QT_QPA_PLATFORM", "").split(":")[0] in _SCREENLESS:
        return False
    return system != "linux" or bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def this_desk(named: str, passphrase_file: str | None) -> WindowDesk:
    """The desk that somebody named, with the passphrase that is given."""
    return WindowDesk(place_of(named), passphrases.given(passphrase_file))


def chosen_desk() -> WindowDesk:
    """TRANSOM_DESK, else the desk used last, else the sample desk among the user's data."""
    if named := os.environ.get(_DESK):
        return this_desk(named, None)
    from app.cli import last_desk, sample_desk

    sample = sample_desk.folder()
    last = last_desk.recall()
    if last is not None and last != sample:
        return WindowDesk(Place(last), passphrases.given(None))
    return WindowDesk(Place(sample), sample_desk.PASSPHRASE, make=sample_desk.make)
