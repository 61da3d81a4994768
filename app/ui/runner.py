"""Work off the window's thread: three lanes, and one way home.

Nothing else in the window starts a thread.  A widget destroyed on another thread ends the program, so jobs
hold no widget: they are ``functools.partial`` objects over services and plain values, and the Runner looks.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any, TypeVar
from weakref import WeakMethod, ref

import shiboken6
from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from app.domain.errors import Cancelled, DeskError
from app.services.jobs import Cancel

Result = TypeVar("Result")
Done = Callable[[Any], None]
Failed = Callable[[DeskError], None]
Unheeded = Callable[[BaseException], None]
"""Told on the window's thread of every error that no owner takes: bugs, and refusals whose owner has gone."""

_Receiver = tuple[WeakMethod[Any], tuple[Any, ...]]
"""A method, held weakly, and what it is given before the result."""

DESK, READ, OUTSIDE = "desk", "read", "outside"
_THREADS = {DESK: 1, READ: 3, OUTSIDE: 4}


class Runner(QObject):
    """Runs jobs and brings their results to the window's thread, in the order in which they ended.

    It outlives every window; ``close`` ends it.  All methods are called on the window's thread.
    """

    _landed = Signal(object, object, object)

    def __init__(self, unheeded: Unheeded) -> None:
        super().__init__()
        self._unheeded = unheeded
        self._lanes = {name: ThreadPoolExecutor(count, name) for name, count in _THREADS.items()}
        self._tickets: dict[Future[None], _Ticket] = {}
        self._closed = False
        # Emitted on a lane and received here, which makes it a queued signal.
        self._landed.connect(self._deliver)

    def write(
        self,
        job: Callable[[], Result],
        *,
        owner: QObject,
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        """Run a job that changes the desk: one at a time, in the order of the clicks.

        ``done`` or ``failed`` is called on the window's thread, unless ``owner`` has gone by then.  ``cancel``
        is the one that the job looks at; ``close`` sets it.

        Raises:
            TypeError: for a job that reaches a QObject, or a receiver that is neither a method nor a
                ``partial`` of one.
        """
        self._start(DESK, job, _Ticket(owner, done, failed, cancel))

    def read(
        self,
        job: Callable[[], Result],
        *,
        owner: QObject,
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        """Run a query; else as ``write``."""
        self._start(READ, job, _Ticket(owner, done, failed, cancel))

    def outside(
        self,
        job: Callable[[], Result],
        *,
        owner: QObject,
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        """Run what takes long and holds no transaction: mail, conversions, exports; else as ``write``."""
        self._start(OUTSIDE, job, _Ticket(owner, done, failed, cancel))

    def close(self, deadline: float = 5) -> bool:
        """Cancel what runs, drop what waits, deliver nothing more; tells whether all ended in ``deadline`` seconds."""
        self._closed = True
        for ticket in self._tickets.values():
            if ticket.cancel is not None:
                ticket.cancel.set()
        for lane in self._lanes.values():
            lane.shutdown(wait=False, cancel_futures=True)
        # A future that never began counts as pending for ever in ``wait``, cancelled or not.
        begun = [future for future in self._tickets if not future.cancelled()]
        return not wait(begun, timeout=deadline).not_done

    def _start(self, lane: str, job: Callable[[], Any], ticket: _Ticket) -> None:
        refuse_widgets(job)
        for future in [each for each in self._tickets if each.done()]:
            del self._tickets[future]
        future = self._lanes[lane].submit(_work, job, ticket, self._landed)
        self._tickets[future] = ticket

    @Slot(object, object, object)
    def _deliver(self, ticket: _Ticket, result: object, error: BaseException | None) -> None:
        if self._closed:
            return
        alive = ticket.alive()
        if error is None:
            if alive:
                _call(ticket.done, result)
        elif isinstance(error, DeskError) and alive and ticket.failed is not None:
            _call(ticket.failed, error)
        elif not isinstance(error, Cancelled):
            self._unheeded(error)


class _Ticket:
    """To whom a result goes; holds nobody alive."""

    def __init__(
        self, owner: QObject, done: Done | None, failed: Failed | None, cancel: Cancel | None
    ) -> None:
        self._owner = ref(owner)
        self.done = _receiver(done)
        self.failed = _receiver(failed)
        self.cancel = cancel

    def alive(self) -> bool:
        """Whether the owner is still there, on Python's side and on Qt's."""
        owner = self._owner()
        return owner is not None and shiboken6.isValid(owner)


def _work(job: Callable[[], Any], ticket: _Ticket, landed: SignalInstance) -> None:
    """Run a job on a lane; whatever it raises is brought home and told there."""
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001 - see above
        landed.emit(ticket, None, error)
    else:
        landed.emit(ticket, result, None)


def _receiver(given: Callable[..., None] | None) -> _Receiver | None:
    if given is None:
        return None
    method, arguments = (given.func, given.args) if isinstance(given, partial) else (given, ())
    if not inspect.ismethod(method):
        raise TypeError("a result goes to a method, or to a partial of one")
    for value in arguments:
        refuse_widgets(value)
    return WeakMethod(method), arguments


def _call(receiver: _Receiver | None, value: object) -> None:
    if receiver is not None and (method := receiver[0]()) is not None:
        method(*receiver[1], value)


def refuse_widgets(job: object) -> None:
    """Raise TypeError for a job whose arguments, closure or defaults hold a QObject."""
    seen: set[int] = set()
    waiting = [job]
    while waiting:
        value = waiting.pop()
        if isinstance(value, QObject):
            raise TypeError(
                f"a job holds a {type(value).__name__}, which would be destroyed on another thread"
            )
        if id(value) not in seen:
            seen.add(id(value))
            waiting += _parts(value)


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, partial):
        yield from (value.func, *value.args, *value.keywords.values())
    elif inspect.ismethod(value) or inspect.isbuiltin(value):
        yield from (value.__self__, getattr(value, "__func__", None))
    elif inspect.isfunction(value):
        yield from inspect.getclosurevars(value).nonlocals.values()
        yield from (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values())
    elif isinstance(value, (list, tuple, set, frozenset)):
        yield from value
    elif isinstance(value, dict):
        yield from value.values()
