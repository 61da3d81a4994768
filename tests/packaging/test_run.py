"""The one command that sets the program up and starts it."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _script(name: str) -> ModuleType:
    place = ROOT / "packaging" / f"{name}.py"
    specification = importlib.util.spec_from_file_location(f"script_{name}", place)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


run, checks = _script("run"), _script("checks")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source tree whose .venv is this Python and whose program tells how it was started."""
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (tmp_path / "packaging").mkdir()
    for name in ("pyproject.toml", "constraints.txt", "packaging/run.py", "packaging/apt-packages.txt"):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    started = '#!/bin/sh\necho "out $*"\npwd\necho "$TRANSOM_PASSPHRASE" >&2\nexit 4\n'
    (venv / "bin" / "python").write_text(started, encoding="utf-8")
    (venv / "bin" / "python").chmod(0o755)
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", venv)
    monkeypatch.setattr(run, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(run, "UNFINISHED", venv / "transom-unfinished")
    for level in run.LEVELS:
        run.stamp(level).write_text(run.fingerprint(level), encoding="utf-8")
    return tmp_path


def _start(tree: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(tree / "packaging" / "run.py"), *arguments]
    variables = {**os.environ, "TRANSOM_PASSPHRASE": "winter review"}
    return subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for the program is a shell script")
def test_a_later_start_goes_straight_to_the_program_with_its_arguments_folder_and_status(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    result = _start(tree, "receive", "a letter.eml", "--json", cwd=elsewhere)
    assert result.stdout == f"out -I -m app receive a letter.eml --json\n{elsewhere}\n"
    assert result.returncode == 4


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for the program is a shell script")
def test_the_passphrase_reaches_the_program_and_not_the_tests(tree: Path) -> None:
    assert _start(tree, "list", cwd=tree).stderr == "winter review\n"
    assert _start(tree, "test", cwd=tree).stderr == "\n"


def test_the_stamp_holds_until_a_requirement_a_pin_or_the_place_changes(tree: Path) -> None:
    assert run.stamped("program")
    assert run.stamped("test")
    with (tree / "constraints.txt").open("a", encoding="utf-8") as file:
        file.write("another==1\n")
    assert not run.stamped("program")
    assert not run.stamped("test")


def test_a_change_of_the_tests_requirements_leaves_the_program_alone(tree: Path) -> None:
    text = (tree / "pyproject.toml").read_text(encoding="utf-8")
    (tree / "pyproject.toml").write_text(text.replace("dev = [", 'dev = [\n  "another",'), encoding="utf-8")
    assert run.stamped("program")
    assert not run.stamped("test")


def test_an_interrupted_set_up_is_begun_again(tree: Path) -> None:
    run.UNFINISHED.touch()
    assert not run.stamped("program")


def test_what_is_installed_is_told_from_what_was_removed_and_from_what_another_package_provides() -> None:
    listing = (
        "ii \tlibegl1, \n"
        "rc \tlibgl1, \n"
        "hi \tlibglib2.0-0t64, libglib2.0-0 (= 2.80.0-6ubuntu3), libgio2.0\n"
        "un \tchromium, www-browser\n"
    )
    assert run.installed(listing) == {"libegl1", "libglib2.0-0t64", "libglib2.0-0", "libgio2.0"}


def test_the_lists_of_system_packages_name_each_package_once() -> None:
    names = run.packages("program") + run.packages("test")
    assert len(names) == len(set(names))
    assert "libegl1" in names


def test_variables_that_bend_a_python_and_secrets_stay_away_from_what_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("TRANSOM_PASSPHRASE", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "x")
    kept = run.environment()
    assert "HTTPS_PROXY" in kept
    assert not {"TRANSOM_PASSPHRASE", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"} & kept.keys()


def test_the_file_that_starts_everything_can_be_read_by_a_python_that_is_too_old() -> None:
    """A Python that cannot read it could not say that it is too old."""
    ast.parse((ROOT / "packaging" / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_a_python_that_is_too_old_is_told_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 10, 4))
    monkeypatch.setattr(run.sys, "version", "3.10.4 (main)")
    with pytest.raises(SystemExit) as ended:
        run.main([])
    assert ended.value.code == 3
    assert capsys.readouterr().err == "transom: Transom needs Python 3.11 or later, this is 3.10.4\n"


def test_where_nothing_may_be_installed_the_command_is_named(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "as_root", lambda: None)
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SystemExit) as ended:
        run.install_venv_module()
    assert ended.value.code == 3
    command = "sudo apt-get install -y --no-install-recommends"
    assert f"  {command} python{run.VERSION}-venv\n" in capsys.readouterr().err
    monkeypatch.setattr(run, "loading_error", lambda _plugins: "ImportError: libEGL.so.1: no such file")
    monkeypatch.setattr(run, "missing", lambda _wanted: ["libegl1", "libgl1"])
    with pytest.raises(SystemExit) as ended:
        run.provide_system_libraries()
    assert ended.value.code == 3
    said = capsys.readouterr()
    assert "libEGL.so.1" in said.err and f"  {command} libegl1 libgl1\n" in said.err and said.out == ""


def test_a_file_below_the_floor_of_its_ring_is_named() -> None:
    def covered(percent: float) -> dict[str, dict[str, float]]:
        return {"summary": {"percent_covered": percent}}

    files = {
        "app/domain/rights.py": covered(89.9),
        "app/ui/window.py": covered(80.0),
        "app/mail/mime.py": covered(12.0),
        "app/storage/store.py": covered(90.0),
    }
    assert checks.below(files) == ["app/mail/mime.py: 12.0 % of 80 %", "app/domain/rights.py: 89.9 % of 90 %"]
