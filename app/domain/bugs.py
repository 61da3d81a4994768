"""Where in the program a bug happened, and nothing of what it was working on."""

from __future__ import annotations

import traceback


def places(error: BaseException) -> list[str]:
    """Lines with the classes of ``error`` and of its causes, and the places in the code that they came by.

    The words of an error are left out: they may hold names, addresses or text.
    """
    lines: list[str] = []
    link: BaseException | None = error
    while link is not None:
        lines += ["", f"{type(link).__module__}.{type(link).__qualname__}"]
        lines += [line.rstrip() for line in traceback.format_tb(link.__traceback__)]
        link = link.__cause__ or link.__context__
    return lines
