"""The program's side of a zygote: it starts one, asks it for children, and talks with them."""

from __future__ import annotations

import contextlib
import selectors
import socket
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence

from app.domain.errors import Unavailable
from app.sandbox.control import END, READY, REPLY, REQUEST, START
from app.sandbox.launch import Ending, Outcome, Plan, command, environment

_START_SECONDS = 60.0
_ANSWER_SECONDS = 30.0
_CHUNK = 1 << 20


class Gone(Exception):
    """The zygote has died; another must be started."""


class Zygote:
    """A warm, jailed process that forks one child a job.  Several threads may use it at once.

    Raises:
        Unavailable: ``sandbox.start`` when it does not come up.
    """

    def __init__(self, plan: Plan) -> None:
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                command(f"serve({theirs.fileno()})"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=plan.folder,
                env=environment(),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        try:
            self._control.settimeout(_START_SECONDS)
            self._control.sendall(plan.configuration())
            ready = self._control.recv(len(READY))
        except OSError:
            ready = b""
        if ready != READY:
            self.close()
            raise Unavailable("sandbox.start", status=self._process.returncode)
        self._control.settimeout(_ANSWER_SECONDS)

    @property
    def number(self) -> int:
        """The number of its process."""
        return self._process.pid

    def exchange(self, chunks: Sequence[bytes], timeout: float, most: int) -> Outcome:
        """Give ``chunks`` to a new child and take what it sends, for ``timeout`` seconds and ``most`` bytes.

        Raises:
            Gone: when the zygote died before or meanwhile.
            Unavailable: ``sandbox.busy`` when the system has no room for another process.
        """
        with self._child() as (child, channel):
            data, ending = _converse(channel, chunks, timeout, most)
            return Outcome(data, ending, self._ask(END, child))

    def close(self) -> None:
        """End it, and with it all its children."""
        self._control.close()
        try:
            self._process.wait(_ANSWER_SECONDS / 10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @contextlib.contextmanager
    def _child(self) -> Iterator[tuple[int, socket.socket]]:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                child = self._ask(START, 0, theirs)
            if child < 0:
                raise Unavailable("sandbox.busy", errno=-child)
            yield child, ours

    def _ask(self, act: bytes, child: int, handed: socket.socket | None = None) -> int:
        request = REQUEST.pack(act, child)
        with self._lock:
            try:
                if handed is None:
                    self._control.sendall(request)
                else:
                    socket.send_fds(self._control, [request], [handed.fileno()])
                reply = self._control.recv(REPLY.size)
            except OSError as error:
                raise Gone from error
        if len(reply) != REPLY.size:
            raise Gone
        answer: int = REPLY.unpack(reply)[0]
        return answer


def _converse(
    channel: socket.socket, chunks: Sequence[bytes], timeout: float, most: int
) -> tuple[bytearray, Ending]:
    """Send and receive at once, so that neither side can block the other."""
    deadline = time.monotonic() + timeout
    channel.setblocking(False)
    pending = deque(memoryview(chunk) for chunk in chunks if chunk)
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while (left := deadline - time.monotonic()) > 0:
            for _, events in selector.select(left):
                if events & selectors.EVENT_WRITE:
                    _send(channel, pending)
                    if not pending:
                        selector.modify(channel, selectors.EVENT_READ)
                if events & selectors.EVENT_READ:
                    part = _receive(channel)
                    if not part:
                        return received, Ending.FINISHED
                    received += part
                    if len(received) > most:
                        return received, Ending.FLOODED
    return received, Ending.TIMED_OUT


def _send(channel: socket.socket, pending: deque[memoryview]) -> None:
    try:
        while pending:
            sent = channel.send(pending[0])
            if sent < len(pending[0]):
                pending[0] = pending[0][sent:]
            else:
                pending.popleft()
    except BlockingIOError:
        return
    except (BrokenPipeError, ConnectionResetError):
        pending.clear()


def _receive(channel: socket.socket) -> bytes:
    """The next bytes, none at the end; a child that died with unread input resets the connection."""
    try:
        return channel.recv(_CHUNK)
    except ConnectionResetError:
        return b""
