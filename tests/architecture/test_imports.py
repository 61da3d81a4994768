"""Imports go one way, and stand where a reader looks for them."""

from __future__ import annotations

import ast
import subprocess
import sys

from tests.architecture.source import ROOT, dotted, found, outside, sources

# Where an import may wait inside a function, and why.
LATE = {
    "app/__main__.py": "start-up time",
    "app/bootstrap.py": "builds each service when it is first asked for",
    "app/bootstrap/": "builds each service when it is first asked for",
    "app/cli/": "a verb pays for what it uses",
    "app/ui/errors.py": "the window paints before there is a bug to report",
    "app/ui/start.py": "the window paints before it listens to changes",
    "app/ui/window.py": "the window paints before it asks for a passphrase",
    "app/words.py": "the window paints before any error needs a sentence",
    "app/storage/migrations/": "alembic reads its files by itself",
}

# Where a module may be chosen by a string.
DYNAMIC = {"app/sandbox/child.py": "the fixed table of readers"}


def test_the_rings_and_the_toolkits_keep_their_places() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as main; main()",
        "--no-cache",
    ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_rules_need_nothing_but_the_standard_library() -> None:
    foreign = {
        f"{source.path} imports {name}"
        for source in sources("app/domain")
        for name in _imported(source.tree)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("app.domain")
    }
    assert foreign == set()


def test_an_import_inside_a_function_stands_only_where_start_up_time_asks_for_it() -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    assert outside(found("app", functions, _imports_something), LATE) == []


def test_only_the_child_of_the_sandbox_imports_by_name() -> None:
    dynamic = {"importlib.import_module", "import_module", "__import__", "runpy.run_path", "runpy.run_module"}
    assert outside(found("app", (ast.Call,), lambda node: _called(node) in dynamic), DYNAMIC) == []


def test_nothing_is_executed_from_a_string() -> None:
    assert found("app", (ast.Call,), lambda node: _called(node) in {"eval", "exec", "compile"}) == []


def test_only_assets_opens_the_resources() -> None:
    openers = [
        source.path
        for source in sources("app")
        if {"importlib.resources", "importlib.resources.files"} & set(_imported(source.tree))
    ]
    assert openers == ["app/assets.py"]


def test_no_folder_of_ours_hides_a_package_of_pypi() -> None:
    """``packaging/`` would, as soon as it had an ``__init__.py``."""
    assert not (ROOT / "packaging" / "__init__.py").exists()
    script = "import packaging.version; print(packaging.version.__file__)"
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "site-packages" in result.stdout


def _imported(tree: ast.AST) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def _imports_something(node: ast.AST) -> bool:
    return any(isinstance(inner, (ast.Import, ast.ImportFrom)) for inner in ast.walk(node))


def _called(node: ast.AST) -> str:
    assert isinstance(node, ast.Call)
    return dotted(node.func)
