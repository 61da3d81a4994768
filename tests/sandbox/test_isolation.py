from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import Unavailable
from app.domain.reading import Unreadable
from app.sandbox import readers
from app.sandbox.launch import ROOT
from app.sandbox.sandbox import Sandbox

_NAMES = (
    "docx",
    "copy",
    "sitecustomize",
    "usercustomize",
    "json",
    "lxml",
    "PIL",
    "app",
    "resources",
    "struct",
)


@pytest.mark.parametrize("fresh", [False, True])
def test_an_attachment_that_is_named_like_a_module_is_never_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: bool
) -> None:
    marker = tmp_path / "imported"
    for name in _NAMES:
        (tmp_path / f"{name}.py").write_text(f"open({str(marker)!r}, 'a').write({name!r})")
    (tmp_path / "evil.pth").write_text(f"import os; open({str(marker)!r}, 'a').write('pth')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "docx.py"))
    with Sandbox(fresh=fresh) as sandbox:
        for reader in readers.READERS:
            with contextlib.suppress(Unreadable):
                sandbox.run(reader, b"no document")
        sandbox.state()
    assert not marker.exists()


def test_the_zygote_for_mail_has_no_document_library_loaded() -> None:
    code = (
        "import sys, json; sys.path.insert(0, sys.argv[1])\n"
        "from app.sandbox import child, readers\n"
        "child.load_readers(readers.modules(readers.MAIL), {})\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert not loaded & {"docx", "lxml", "PIL", "pypdf", "PySide6", "sqlalchemy", "keyring", "cryptography"}
    assert "app.mail.mime" in readers.modules(readers.MAIL).values()


def test_a_name_outside_the_table_has_no_reader() -> None:
    with Sandbox() as sandbox, pytest.raises(Unreadable, match="this kind of file has no reader"):
        sandbox.run("os", b"")


def test_a_reader_that_does_not_import_leaves_the_others_working(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("1 / 0")
    (tmp_path / "needy.py").write_text("import a_library_that_is_not_there")
    (tmp_path / "good.py").write_text(
        "from app.domain.reading import Result\ndef read(data, options): return Result(1)"
    )
    with Sandbox(extra={name: tmp_path / f"{name}.py" for name in ("broken", "needy", "good")}) as sandbox:
        with pytest.raises(Unreadable, match=r"does not start \(ZeroDivisionError\)"):
            sandbox.run("broken", b"")
        with pytest.raises(Unreadable, match="has no reader"):
            sandbox.run("needy", b"")
        assert sandbox.run("good", b"").value == 1


def test_an_interpreter_that_does_not_start_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Sandbox() as sandbox, pytest.raises(Unavailable, match=r"sandbox\.start"):
        sandbox.run("text", b"words")


def test_a_closed_sandbox_starts_nothing_any_more() -> None:
    sandbox = Sandbox()
    sandbox.close()
    with pytest.raises(Unavailable, match=r"sandbox\.closed"):
        sandbox.run("text", b"words")


def test_closing_ends_the_zygote_and_removes_its_folder() -> None:
    hostile = Path(__file__).with_name("hostile_reader.py")
    with Sandbox(extra={"hostile": hostile}) as sandbox:
        seen = sandbox.run("hostile", b"", {"act": "look_round"}).value
        assert Path(seen["folder"]).is_dir()
    assert not Path(seen["folder"]).exists()
    assert not Path(f"/proc/{seen['zygote']}").exists()


def test_every_reader_of_the_table_belongs_to_one_kind() -> None:
    kinds = [readers.modules(kind) for kind in (readers.MAIL, readers.DOCUMENTS)]
    named = [name for kind in kinds for name in kind if name != readers.SELF_TEST]
    assert sorted(named) == sorted(readers.READERS)
