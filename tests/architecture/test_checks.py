"""How strict the checks are is itself checked: nothing is relaxed without a change here."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from types import ModuleType
from typing import Any

import pytest

from tests.architecture.source import ROOT, sources

# Tests that make what Python warns of on purpose, and what that is.
SOFTENED = {"tests/formats/test_docx_package.py": "a package with two parts of one name"}
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]


def _checks() -> ModuleType:
    specification = importlib.util.spec_from_file_location("checks", ROOT / "packaging" / "checks.py")
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_every_file_is_typed_strictly_and_no_module_is_let_off() -> None:
    mypy = PROJECT["mypy"]
    assert mypy["strict"] is True and set(mypy["files"]) == {"app", "tests"}
    assert "overrides" not in mypy and "exclude" not in mypy
    assert not {
        name for name, value in mypy.items() if name.startswith(("ignore", "disable", "allow")) and value
    }


def test_a_warning_fails_a_test() -> None:
    assert PROJECT["pytest"]["ini_options"]["filterwarnings"] == ["error"]
    assert PROJECT["pytest"]["ini_options"]["xfail_strict"] is True
    softened = [source.path for source in sources("tests") if "filterwarnings" in source.text]
    assert set(softened) == {"tests/architecture/test_checks.py", *SOFTENED}


def test_floors_of_coverage_are_of_branches_and_hold_for_each_file() -> None:
    checks = _checks()
    assert PROJECT["coverage"]["run"]["branch"] is True and PROJECT["coverage"]["run"]["source"] == ["app"]
    assert "omit" not in PROJECT["coverage"]["run"] and "omit" not in PROJECT["coverage"]["report"]
    for ring in ("domain", "services", "storage"):
        assert checks.floor(f"app/{ring}/any.py") == 90
    for ring in ("cli", "ui", "mail", "vault", "formats", "sandbox", "bootstrap", "samples"):
        assert checks.floor(f"app/{ring}/any.py") == 80
    assert [
        s.path for s in sources("app") if "pragma: no cover" in s.text or "pragma: no branch" in s.text
    ] == []


def test_rules_of_ruff_are_left_out_with_their_number_only() -> None:
    """``noqa`` without a number would leave out every rule of its line."""
    bare = re.compile(r"#\s*(noqa(?!: [A-Z]+\d)|type: ignore(?!\[)|ruff: noqa|mypy: )")
    mine = "tests/architecture/test_checks.py"
    found = [
        s.path for folder in ("app", "tests", "packaging") for s in sources(folder) if bare.search(s.text)
    ]
    assert [path for path in found if path != mine] == []


@pytest.mark.parametrize("broken", ["ruff check", "ruff format --check", "mypy", "coverage floors", "pytest"])
def test_one_check_that_fails_fails_all(
    broken: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = _checks()

    class Done:
        def __init__(self, *arguments: str) -> None:
            self.returncode = int(" ".join(arguments).startswith(f"-m {broken}"))

    monkeypatch.setattr(checks, "python", Done)
    monkeypatch.setattr(checks, "run_pytest", lambda _arguments: (int(broken == "pytest"), "7 passed"))
    monkeypatch.setattr(checks, "floors_hold", lambda: broken != "coverage floors")
    assert checks.main([]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "7 passed" and (broken == "pytest" or any(broken in line for line in said[:-1]))
