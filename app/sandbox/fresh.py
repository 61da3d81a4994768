"""A new interpreter for each job, where there is no fork (Windows): 100 ms instead of 2."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Sequence

from app.sandbox.launch import Ending, Outcome, Plan, command, environment


class FreshProcesses:
    """Does what a zygote does, by starting a process for each job."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def exchange(self, chunks: Sequence[bytes], timeout: float, most: int) -> Outcome:
        """Give ``chunks`` to a new child; what it sends within ``timeout`` seconds and ``most`` bytes."""
        with subprocess.Popen(
            command("serve_once()"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._plan.folder,
            env=environment(),
        ) as process:
            assert process.stdout is not None
            late = threading.Event()
            alarm = threading.Timer(timeout, _end_late, [process, late])
            feeder = threading.Thread(target=self._feed, args=(process, chunks))
            alarm.start()
            feeder.start()
            try:
                data = process.stdout.read(most + 1)
                flooded = len(data) > most
                if flooded:
                    process.kill()
                status = process.wait()
            finally:
                alarm.cancel()
                process.kill()
                feeder.join()
            ending = Ending.TIMED_OUT if late.is_set() else Ending.FLOODED if flooded else Ending.FINISHED
            return Outcome(data, ending, status)

    def close(self) -> None:
        """Nothing of it outlives a job."""

    def _feed(self, process: subprocess.Popen[bytes], chunks: Sequence[bytes]) -> None:
        assert process.stdin is not None
        with contextlib.suppress(OSError):  # it died, which the reading side finds out
            for chunk in [self._plan.configuration(), *chunks]:
                process.stdin.write(chunk)
            process.stdin.close()


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()
