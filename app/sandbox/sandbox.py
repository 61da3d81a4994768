"""The sandbox: hostile bytes in, a checked result or a reason out, whatever happens in between."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from app.domain.errors import Unavailable
from app.domain.reading import Result, Unreadable
from app.sandbox import readers
from app.sandbox.control import NO_MEMORY
from app.sandbox.framing import BadAnswer, Job, job_chunks, parse_answers
from app.sandbox.fresh import FreshProcesses
from app.sandbox.jail import JailState
from app.sandbox.launch import Ending, Outcome, Plan
from app.sandbox.zygote import Gone, Zygote

TIMEOUT = 30.0
"""Seconds of wall clock for one child."""
MEMORY = 768 << 20
"""Bytes of address space for one child, its interpreter (some 150 MB) included."""
OUTPUT_MOST = 256 << 20
"""Bytes that are taken from one child."""
BATCH_ITEMS = 500
BATCH_BYTES = 8 << 20
"""What one child gets at most of a batch."""

_CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
_TOO_SLOW = "it took too long to read"
_TOO_HUNGRY = "reading it needs too much memory"


class _Launcher(Protocol):
    def exchange(self, chunks: Sequence[bytes], timeout: float, most: int) -> Outcome: ...

    def close(self) -> None: ...


class Sandbox:
    """Runs readers in children that have no keys, no files and no network.

    Threads may share one; at most ``children`` of it run at a time.  Nothing is started before the
    first job.  ``extra`` names readers by the path of their file, for tests; ``fresh`` starts an
    interpreter for each job, as is always done where there is no fork.  Close it in the end.
    """

    def __init__(
        self,
        *,
        children: int = 4,
        output_most: int = OUTPUT_MOST,
        extra: Mapping[str, Path] | None = None,
        fresh: bool = not _CAN_FORK,
    ) -> None:
        self._output_most = output_most
        self._extra = {name: str(path) for name, path in (extra or {}).items()}
        self._fresh = fresh
        self._slots = threading.BoundedSemaphore(children)
        self._lock = threading.Lock()
        self._launchers: dict[str, _Launcher] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(
        self,
        reader: str,
        data: bytes,
        options: Mapping[str, Any] | None = None,
        *,
        timeout: float = TIMEOUT,
        memory: int = MEMORY,
    ) -> Result:
        """What ``reader`` makes of ``data`` in a child of its own.

        ``options`` are JSON; ``timeout`` is in seconds, ``memory`` in bytes of address space.

        Raises:
            Unreadable: the reader's own reason, or that it hung, died, ate memory or sent nonsense.
            Unavailable: ``sandbox.start``, ``.busy`` or ``.closed``, when no child could be had at all.
        """
        answer = self._read(self._kind(reader), reader, [data], options or {}, timeout, memory)[0]
        if isinstance(answer, Unreadable):
            raise answer
        return answer

    def run_batch(
        self,
        reader: str,
        items: Sequence[bytes],
        options: Mapping[str, Any] | None = None,
        *,
        timeout: float = TIMEOUT,
        memory: int = MEMORY,
    ) -> list[Result | Unreadable]:
        """What ``reader`` makes of each of ``items``, in their order.

        Messages share a child by up to ``BATCH_ITEMS`` (the timeout is that of the child); when it dies, they
        are read again one by one, so that only the guilty one fails.  Anything else has a child
        for each item: attachments of two messages never meet in one.

        Raises:
            Unavailable: as ``run``.
        """
        kind = self._kind(reader)
        answers: list[Result | Unreadable] = []
        for batch in _batches(items, 1 if kind == readers.DOCUMENTS else BATCH_ITEMS):
            try:
                answers += self._read(kind, reader, batch, options or {}, timeout, memory)
            except Unreadable as failure:
                answers += self._one_by_one(failure, kind, reader, batch, options or {}, timeout, memory)
        return answers

    def state(self) -> JailState:
        """How strong the jail is, found out by real children that try what is forbidden.

        Raises:
            Unavailable: as ``run``.
        """
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)  # so that only the jail, not the owner, keeps the child out
            Path(folder, "kept").write_bytes(b"x")
            Path(folder, "program").write_bytes(b"\0")
            os.chmod(Path(folder, "program"), 0o755)
            found = [self._self_test(kind, folder) for kind in (readers.MAIL, readers.DOCUMENTS)]
        first = found[0]
        return JailState(
            limits=first["limits"],
            landlock_abi=first["landlock"],
            seccomp=first["seccomp"],
            user=first["user"],
            forked=not self._fresh,
            allowed=tuple(dict.fromkeys(act for one in found for act in one["allowed"])),
        )

    def close(self) -> None:
        """End all its processes; jobs that still run, and later ones, get ``sandbox.closed``."""
        with self._lock:
            self._closed = True
            for launcher in self._launchers.values():
                launcher.close()
            self._launchers.clear()
            if self._folder:
                self._folder.cleanup()
                self._folder = None

    def _kind(self, reader: str) -> str:
        return readers.EXTRA if reader in self._extra else readers.kind_of(reader)

    def _self_test(self, kind: str, folder: str) -> dict[str, Any]:
        answer = self._read(kind, readers.SELF_TEST, [b""], {"folder": folder}, TIMEOUT, MEMORY)[0]
        if isinstance(answer, Unreadable):
            raise answer
        value: dict[str, Any] = answer.value
        return value

    def _one_by_one(
        self, failure: Unreadable, kind: str, reader: str, batch: Sequence[bytes], *rest: Any
    ) -> Iterator[Result | Unreadable]:
        if len(batch) == 1:
            yield failure
            return
        for item in batch:
            try:
                yield from self._read(kind, reader, [item], *rest)
            except Unreadable as failure:
                yield failure

    def _read(
        self,
        kind: str,
        reader: str,
        items: Sequence[bytes],
        options: Mapping[str, Any],
        timeout: float,
        memory: int,
    ) -> list[Result | Unreadable]:
        """The answers of one child.

        Raises:
            Unreadable: when the child as a whole failed.
        """
        job = Job(reader, dict(options), [len(item) for item in items], memory, ceil(timeout) + 1)
        with self._slots:
            outcome = self._exchange(kind, job_chunks(job, items), timeout)
        if outcome.ending is Ending.TIMED_OUT:
            raise Unreadable(_TOO_SLOW)
        if outcome.ending is Ending.FLOODED:
            raise Unreadable("its reader sent more than it may")
        try:
            return parse_answers(outcome.data, len(items))
        except BadAnswer as error:
            raise Unreadable(_reason(outcome.status)) from error

    def _exchange(self, kind: str, chunks: Sequence[bytes], timeout: float) -> Outcome:
        for _ in range(2):
            launcher = self._launcher(kind)
            try:
                return launcher.exchange(chunks, timeout, self._output_most)
            except Gone:
                self._forget(kind, launcher)
        raise Unreadable("its reader took the whole sandbox down")

    def _launcher(self, kind: str) -> _Launcher:
        with self._lock:
            if self._closed:
                raise Unavailable("sandbox.closed")
            if kind not in self._launchers:
                self._launchers[kind] = self._start(kind)
            return self._launchers[kind]

    def _start(self, kind: str) -> _Launcher:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        plan = Plan(self._folder.name, readers.modules(kind), self._extra if kind == readers.EXTRA else {})
        return FreshProcesses(plan) if self._fresh else Zygote(plan)

    def _forget(self, kind: str, launcher: _Launcher) -> None:
        with self._lock:
            if self._launchers.get(kind) is launcher:
                del self._launchers[kind]
                launcher.close()


def _batches(items: Sequence[bytes], most: int) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for item in items:
        if batch and (len(batch) == most or size + len(item) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += len(item)
    if batch:
        yield batch


def _reason(status: int) -> str:
    if status == NO_MEMORY:
        return _TOO_HUNGRY
    if status == -getattr(signal, "SIGXCPU", 0):
        return _TOO_SLOW
    if status < 0:
        return "its reader crashed"
    return "its reader stopped half-way" if status else "its reader sent no proper answer"
