"""The habits that keep the program honest: no hidden errors, no second way out, no threads of the toolkit."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import dotted, found, outside, sources

# Who may write a file, and what for. Whatever leaves the desk passes the egress gate and its file sink.
WRITERS = {
    "app/cli/desks.py": "the invented sample mailbox",
    "app/cli/last_desk.py": "which desk the window opened last",
    "app/cli/tour.py": "the mail of the tour, to be received, in a folder that goes at once",
    "app/samples/demo.py": "the invented mails, to be received, in a folder that goes at once",
    "app/sandbox/": "pipes to the children, and the proof that a child cannot write",
    "app/services/egress.py": "what the gate cleared",
    "app/storage/backup_folder.py": "encrypted backups",
    "app/storage/blobs.py": "encrypted blobs",
    "app/storage/desk_store.py": "an empty database that its owner alone may read",
    "app/storage/lock.py": "who holds the desk",
    "app/vault/keyfile.py": "wrapped keys",
}

# Who may catch everything, and why it is not lost.
CATCHERS = {
    "app/sandbox/child.py": "hostile bytes can raise anything; the parent is told",
    "app/ui/runner.py": "whatever a job raises comes home and is told on the window's thread",
}

PRINTERS = {"app/cli/": "standard output is its trade"}

_WRITING_CALLS = {
    "os.write",
    "shutil.copy",
    "shutil.copy2",
    "shutil.copyfile",
    "shutil.copytree",
    "shutil.move",
    "tempfile.NamedTemporaryFile",
    "tempfile.TemporaryFile",
    "tempfile.mkstemp",
}


def test_files_are_written_by_few() -> None:
    assert outside(found("app", (ast.Call,), _writes), WRITERS) == []


def test_no_error_is_swallowed_by_a_broad_except() -> None:
    assert outside(found("app", (ast.ExceptHandler,), _swallows), CATCHERS) == []


def test_only_the_command_line_prints() -> None:
    assert outside(found("app", (ast.Call,), _prints), PRINTERS) == []


def test_the_toolkit_starts_no_threads_and_no_nested_loops() -> None:
    unwanted = {"QThread", "QRunnable", "QThreadPool", "QEventLoop", "processEvents"}

    def names_one(node: ast.AST) -> bool:
        return bool(
            {getattr(node, "attr", ""), getattr(node, "id", ""), getattr(node, "name", "")} & unwanted
        )

    assert found("app", (ast.Name, ast.Attribute, ast.alias), names_one) == []


def test_a_package_file_is_a_docstring_only() -> None:
    packages = [source for source in sources("app") if source.path.endswith("/__init__.py")]
    full = [
        s.path
        for s in packages
        if s.path != "app/__init__.py" and (len(s.tree.body) != 1 or not _described(s.tree))
    ]
    assert full == []


def test_every_public_name_says_what_it_is() -> None:
    silent = [
        place
        for source in sources("app")
        for place in [*_silent(source.path, source.tree), *([] if _described(source.tree) else [source.path])]
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("code", "writes"),
    [
        ("open(p)", False),
        ("open(p, 'rb')", False),
        ("open(p, 'wb')", True),
        ("open(p, mode)", True),
        ("p.open('a')", True),
        ("p.open(mode='r+b')", True),
        ("p.open()", False),
        ("Image.open(stream)", False),
        ("p.write_text('x')", True),
        ("os.open(p, os.O_RDONLY)", False),
        ("os.open(p, os.O_WRONLY | os.O_CREAT, 0o600)", True),
        ("os.open(os.devnull, os.O_WRONLY)", False),
        ("shutil.copyfile(a, b)", True),
    ],
)
def test_a_writing_call_is_told_from_a_reading_one(code: str, writes: bool) -> None:
    assert _writes(ast.parse(code, mode="eval").body) is writes


def _described(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(ast.get_docstring(node))


def _silent(path: str, scope: ast.Module | ast.ClassDef) -> list[str]:
    """Public classes, functions and methods in ``scope`` without a docstring."""
    places = []
    for node in scope.body:
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if node.name.startswith("_") or _is_of_the_toolkit(node) or _is_a_second_half(node):
            continue
        if not _described(node):
            places.append(f"{path}:{node.lineno} {node.name}")
        if isinstance(node, ast.ClassDef):
            places += _silent(path, node)
    return places


def _is_of_the_toolkit(node: ast.AST) -> bool:
    """Whether a method has a name of Qt's, such as ``paintEvent``; Qt describes it."""
    return isinstance(node, ast.FunctionDef) and node.name != node.name.lower()


def _is_a_second_half(node: ast.AST) -> bool:
    """Whether this is a setter or an overload, which its other half describes."""
    return any(dotted(item).endswith((".setter", "overload")) for item in getattr(node, "decorator_list", []))


def _swallows(node: ast.AST) -> bool:
    assert isinstance(node, ast.ExceptHandler)
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    broad = any(kind is None or dotted(kind) in {"Exception", "BaseException"} for kind in kinds)
    return broad and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))


def _prints(node: ast.AST) -> bool:
    assert isinstance(node, ast.Call)
    return dotted(node.func) in {"print", "sys.stdout.write", "sys.stdout.buffer.write"}


def _writes(node: ast.AST) -> bool:
    """Whether a call can create or change a file: an ``open`` for reading is none."""
    assert isinstance(node, ast.Call)
    name = dotted(node.func)
    if name in _WRITING_CALLS or name.endswith((".write_bytes", ".write_text")):
        return True
    if name == "os.open":
        call = ast.unparse(node)
        return "os.devnull" not in call and any(flag in call for flag in ("O_WRONLY", "O_RDWR", "O_CREAT"))
    if name in {"open", "io.open", "os.fdopen"}:
        return bool(set(_mode(node, 1, otherwise="w")) & set("wax+"))
    return name.endswith(".open") and bool(re.fullmatch(r"[rbt]*[wax+][rbt+]*", _mode(node, 0, otherwise="")))


def _mode(node: ast.Call, position: int, otherwise: str) -> str:
    """The mode of an ``open``; ``otherwise`` when it is computed."""
    given = [word.value for word in node.keywords if word.arg == "mode"] + node.args[position : position + 1]
    if not given:
        return "r"
    return (
        given[0].value
        if isinstance(given[0], ast.Constant) and isinstance(given[0].value, str)
        else otherwise
    )
