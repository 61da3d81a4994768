"""What commits changed, brought to the panels that show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from weakref import WeakMethod

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from app.services.changes import Changes


class ChangeHub(QObject):
    """One a process: give ``tell`` to the store, connect panels to ``changed`` or use a ``Follower``."""

    changed = Signal(object)
    """Changes, on the window's thread."""

    _committed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        # Commits happen on a lane, which makes this a queued signal.
        self._committed.connect(self._pass_on)

    def tell(self, changes: Changes) -> None:
        """Take what a commit changed, on whatever thread committed."""
        self._committed.emit(changes)

    @Slot(object)
    def _pass_on(self, changes: Changes) -> None:
        self.changed.emit(changes)


class Panel(Protocol):
    """A widget that tells when it comes to be seen; an event filter in Python would outlive what it filters."""

    @property
    def appeared(self) -> SignalInstance:
        """Emitted by its ``showEvent``."""

    def isVisible(self) -> bool: ...


class Follower(QObject):
    """Has a panel query again when things of its kinds changed: at once if it is visible, else when it is shown."""

    def __init__(
        self, hub: ChangeHub, panel: Panel, kinds: frozenset[str], query: Callable[[], None]
    ) -> None:
        """``query`` is a method, held weakly; ``kinds`` are kinds of the change log, such as ``piece``."""
        super().__init__()
        self._panel = panel
        self._kinds = kinds
        self._query: WeakMethod[Callable[[], None]] = WeakMethod(query)
        self._stale = False
        panel.appeared.connect(self._catch_up)
        hub.changed.connect(self._heed)

    @Slot()
    def _catch_up(self) -> None:
        if self._stale:
            self._ask()

    @Slot(object)
    def _heed(self, changes: Changes) -> None:
        if not any(kind in self._kinds for kind, _ in changes.things):
            return
        if self._panel.isVisible():
            self._ask()
        else:
            self._stale = True

    def _ask(self) -> None:
        self._stale = False
        query = self._query()
        if query is not None:
            query()
