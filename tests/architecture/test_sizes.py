"""Everything can be read in one sitting."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import Source, sources

FILE_LINES = 400
CLASS_LINES = 250
PUBLIC_METHODS = 20
FUNCTION_LINES = 60

FOLDERS = ["app", "packaging", "tests"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_is_longer_than_400_lines(folder: str) -> None:
    lengths = {source.path: source.text.count("\n") for source in sources(folder)}
    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_class_is_longer_than_250_lines(folder: str) -> None:
    assert _longer(folder, CLASS_LINES, ast.ClassDef) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_function_is_longer_than_60_lines(folder: str) -> None:
    assert _longer(folder, FUNCTION_LINES, ast.FunctionDef, ast.AsyncFunctionDef) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_class_has_more_than_20_public_methods(folder: str) -> None:
    crowded = [
        source.at(node)
        for source in sources(folder)
        for node in source.nodes(ast.ClassDef)
        if isinstance(node, ast.ClassDef) and _public_methods(node) > PUBLIC_METHODS
    ]
    assert crowded == []


def _longer(folder: str, ceiling: int, *kinds: type[ast.AST]) -> list[str]:
    return [
        f"{source.at(node)} has {lines} lines"
        for source in sources(folder)
        for node in source.nodes(*kinds)
        if (lines := _lines(source, node)) > ceiling
    ]


def _lines(source: Source, node: ast.AST) -> int:
    assert isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)), source.path
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _public_methods(node: ast.ClassDef) -> int:
    methods = (item for item in node.body if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return sum(not method.name.startswith("_") for method in methods)
