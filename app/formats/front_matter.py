"""The fields above a Markdown text: our own are JSON values, one a line; those of others a small part of YAML or TOML.

``write`` and ``parse`` are inverse for text, numbers, booleans, lists and objects of them.  Of YAML
(1.2) ``parse`` understands what Hugo, Jekyll and pandoc people write: plain and quoted scalars, lists in
brackets or with hyphens, block scalars.  Anything else it gives back as the text that stands there.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

_YAML = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"""(?:([A-Za-z_][\w .-]*?)|"([^"\n]*)"|'([^'\n]*)')[ \t]*:(?:[ \t]+(.*)|)""")
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff]")
_COMMENT = re.compile(r"(?:^|[ \t])#.*")


def write(fields: Mapping[str, Any]) -> str:
    """``fields`` between two lines of hyphens, as JSON values, which YAML reads alike."""
    lines = []
    for key, value in fields.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{key}:", *(f"  - {_json(item)}" for item in value)]
        else:
            lines.append(f"{key}: {_json(value)}")
    return "\n".join(["---", *lines, "---", ""])


def split(text: str) -> tuple[dict[str, Any], str]:
    """The fields above ``text``, and the text without them; no fields when they cannot be read."""
    if found := _YAML.match(text):
        return parse(found[1] or ""), text[found.end() :]
    if found := _TOML.match(text):
        try:
            return _plain(tomllib.loads(found[1] or "")), text[found.end() :]
        except (tomllib.TOMLDecodeError, RecursionError):
            return {}, text
    return {}, text


def parse(yaml: str) -> dict[str, Any]:
    """The fields of the mapping ``yaml``; deeper mappings stay text."""
    fields: dict[str, Any] = {}
    lines = yaml.split("\n")
    place = 0
    while place < len(lines):
        found = _KEY.fullmatch(lines[place])
        place += 1
        if not found:
            continue
        key = found[1] or found[2] or found[3] or ""
        inner = []
        while place < len(lines) and (not lines[place].strip() or lines[place][0] in " \t-"):
            inner.append(lines[place])
            place += 1
        fields[key] = _value((found[4] or "").strip(), inner)
    return fields


def _json(value: Any) -> str:
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _value(first: str, inner: list[str]) -> Any:
    items = [line.strip() for line in inner if line.strip()]
    if re.fullmatch(r"[|>][+-]?\d?", first):
        return _block(first, inner)
    if not first and items and all(item.startswith("- ") or item == "-" for item in items):
        return [_scalar(item[1:].strip()) for item in items]
    if first.startswith(("[", '"', "'", "{")):
        return _scalar(" ".join([first, *items]))
    if not first and items:
        return "\n".join(items)
    return _scalar(" ".join([first, *items]))


def _block(style: str, inner: list[str]) -> str:
    kept = [line.rstrip() for line in inner]
    indent = min((len(line) - len(line.lstrip()) for line in kept if line), default=0)
    text = "\n".join(line[indent:] for line in kept).strip("\n")
    return text if style[0] == "|" else re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def _scalar(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    if text.startswith("["):
        end = text.rfind("]")
        return [_scalar(part) for part in _parts(text[1:end] if end > 0 else text[1:])]
    if text.startswith("'"):
        found = re.match(r"'((?:[^']|'')*)'", text)
        return found[1].replace("''", "'") if found else text
    if text.startswith('"'):
        found = re.match(r'"((?:[^"\\]|\\.)*)"', text)
        return re.sub(r"\\(.)", _escape, found[1]) if found else text
    text = _COMMENT.sub("", text).strip()
    return "" if text in ("~", "null") else text


def _escape(found: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(found[1], found[1])


def _parts(text: str) -> list[str]:
    found = re.findall(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+)\s*(?:,|$)""", text)
    return [part.strip() for part in found if part.strip()]


def _plain(value: Any) -> Any:
    """Values of TOML as those of JSON."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime | date | time) else value
