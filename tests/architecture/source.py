"""The source as the architecture tests read it: every Python file once, as syntax tree."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file: its path relative to the repository with forward slashes, its text, its tree."""

    path: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        """Where ``node`` stands, as ``path:line``."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """Every node of these kinds, however deep."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))


@functools.cache
def sources(folder: str) -> tuple[Source, ...]:
    """The Python files below ``folder``."""
    files = sorted((ROOT / folder).rglob("*.py"))
    return tuple(_read(file) for file in files if "__pycache__" not in file.parts)


def _read(file: Path) -> Source:
    text = file.read_text(encoding="utf-8")
    return Source(file.relative_to(ROOT).as_posix(), text, ast.parse(text))


def found(folder: str, kinds: tuple[type[ast.AST], ...], wrong: Callable[[ast.AST], bool]) -> list[str]:
    """The places below ``folder`` of the nodes of ``kinds`` that are ``wrong``."""
    return [s.at(node) for s in sources(folder) for node in s.nodes(*kinds) if wrong(node)]


def dotted(node: ast.AST) -> str:
    """``a.b.c`` for a name or attribute, with ``?`` for what is neither, such as a call."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            return f"{dotted(value)}.{attribute}"
        case _:
            return "?"


def outside(places: list[str], allowed: dict[str, str]) -> list[str]:
    """Those of ``places`` that no entry of ``allowed``, path or folder to reason, covers."""
    return [place for place in places if not place.startswith(tuple(allowed))]
