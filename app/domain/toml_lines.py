"""Where in a TOML file a key stands: ``tomllib`` keeps no lines, and people need them."""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=\s*(.*)$""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


def line_of(text: str, path: Path) -> int:
    """The line (from 1) of the key that ``path`` names, else of the nearest thing around it, else 1.

    ``path`` is keys and indexes from the root: ``("people", 2, "roles")``.
    """
    found: dict[Path, int] = {}
    for place, line in _places(text):
        for length in range(1, len(place) + 1):
            found.setdefault(place[:length], line)
    for length in range(len(path), 0, -1):
        if path[:length] in found:
            return found[path[:length]]
    return 1


def _places(text: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    counts: dict[Path, int] = {}
    items: Path | None = None
    item = depth = 0
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
        elif items is not None:
            if depth == 1 and line.strip()[:1] not in {"", "#", "]"}:
                yield (*items, item), number
                item += 1
            depth += _depth(line)
            items = items if depth > 0 else None
        elif header := _HEADER.match(line):
            table = _table(_parts(header[2]), header[1] == "[[", counts)
            yield table, number
        elif key := _KEY.match(line):
            place = (*table, *_parts(key[1]))
            yield place, number
            closing = next((mark for mark in ('"""', "'''") if key[2].count(mark) == 1), "")
            if not closing and (depth := _depth(key[2])) > 0:
                items, item = place, 0


def _parts(words: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(words))


def _table(parts: Path, is_item: bool, counts: dict[Path, int]) -> Path:
    """The path of a header: parts that are arrays of tables take the index of their last table."""
    place: Path = ()
    for at, part in enumerate(parts):
        place = (*place, part)
        if is_item and at == len(parts) - 1:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _depth(line: str) -> int:
    bare = _STRING.sub("", line).split("#")[0]
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
