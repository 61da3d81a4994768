"""A bug is told on standard error without a word of what the program was working on."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys, threading
import app.__main__ as entry

def fail(arguments):
    name = "Chen " + "Guowei"
    if arguments == ["thread"]:
        thread = threading.Thread(target=fail, args=([],))
        thread.start()
        thread.join()
        return 0
    try:
        raise KeyError(name)
    except KeyError as cause:
        raise ValueError(f"{name} is not a number") from cause

entry.run = fail
sys.exit(entry.main())
"""


@pytest.mark.parametrize(("where", "status"), [("verb", 1), ("thread", 0)])
def test_a_bug_says_where_it_is_and_nothing_of_the_desk(where: str, status: int) -> None:
    command = [sys.executable, "-c", PROGRAM, where]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (status, "")
    assert "builtins.ValueError" in done.stderr and "builtins.KeyError" in done.stderr
    assert "Guowei" not in done.stderr and "not a number" not in done.stderr
