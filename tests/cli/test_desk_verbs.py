from pathlib import Path

import pytest

from app.bootstrap import making, restoring
from app.cli.main import main


def test_the_sample_desk_has_its_own_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Making it takes half a minute; tests/flows does, and looks at what was made.
    asked: list[tuple[Path, str]] = []
    monkeypatch.setattr(making, "demo_desk", lambda folder, passphrase: asked.append((folder, passphrase)))
    assert main(["demo", str(tmp_path / "desk")]) == 0
    assert asked == [(tmp_path / "desk", "winter review")]
    assert capsys.readouterr().out == f"{tmp_path / 'desk'}\n"


def test_a_backup_is_restored_by_what_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[tuple[object, ...]] = []

    def by_words(*given: object, name: str) -> str:
        said.append(given)
        return "2026-11-23"

    monkeypatch.setattr(restoring, "restore_by_passphrase", by_words)
    monkeypatch.setattr(restoring, "restore_by_code", by_words)
    (tmp_path / "words").write_text("words\n")
    (tmp_path / "code").write_text("CODE\n")
    verb = ["--passphrase-file", str(tmp_path / "words"), "restore", str(tmp_path), str(tmp_path / "new")]
    assert main(verb) == 0
    assert main([*verb, "--recovery-code-file", str(tmp_path / "code")]) == 0
    assert said == [(tmp_path, tmp_path / "new", "words"), (tmp_path, tmp_path / "new", "CODE", "words")]
    assert "restored from 2026-11-23" in capsys.readouterr().out
