"""The few words between the program and a zygote, of fixed length so that nothing has to be parsed.

START comes with one end of the child's socket pair and is answered by the child's number, or by
minus an errno; END names a child and is answered by its exit code once it is gone.
"""

from __future__ import annotations

import struct

READY = b"+"
"""The zygote has loaded its readers and jailed itself."""

REQUEST = struct.Struct("!cq")
REPLY = struct.Struct("!q")
START, END = b"s", b"e"

NO_MEMORY = 3
"""Exit code of a child that ran out of memory."""
