import io
import os
from pathlib import Path

import pytest

from app.bootstrap.making import new_desk
from app.bootstrap.places import Place
from app.bootstrap.unlocking import keys_by_keyring, keys_by_passphrase
from app.cli import passphrases
from app.cli.main import main, refused
from app.domain.errors import Conflict, Damaged, Unavailable
from app.vault.passphrase import Cost
from app.vault.sealing import new_key
from app.vault.system_keyring import SystemKeyring

_CHEAP = Cost(1, 8192)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_file_holds_the_passphrase_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("пароль\n", encoding="utf-8")
    assert passphrases.given(str(tmp_path / "words")) == "пароль"
    (tmp_path / "odd").write_bytes(b"\xff\xfe\xff")
    for name in ("odd", "absent"):
        with pytest.raises(Unavailable, match=r"passphrase\.file"):
            passphrases.given(str(tmp_path / name))


def test_children_do_not_inherit_the_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "_environment", [])
    monkeypatch.setenv("TRANSOM_PASSPHRASE", "secret words")
    passphrases.take_from_environment()
    assert "TRANSOM_PASSPHRASE" not in os.environ
    assert passphrases.given(None) == "secret words"


def test_a_new_passphrase_is_typed_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal())
    typed = iter(["one", "other", "same", "same", "once"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert passphrases.asked(twice=True) == "same"
    assert "not the same" in capsys.readouterr().err
    assert passphrases.asked() == "once"


def test_without_a_terminal_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(Unavailable, match=r"key\.needed"):
        passphrases.asked()


def test_a_desk_without_a_slot_is_not_opened_by_the_keyring(tmp_path: Path) -> None:
    new_desk(tmp_path / "desk", "neutral", "words", _CHEAP)
    place = Place(tmp_path / "desk")
    assert keys_by_keyring(place) is None
    # A slot whose keyring does not answer any more: the passphrase is asked for instead.
    keys_by_passphrase(place, "words", _CHEAP).add_keyring_slot(new_key())
    with pytest.raises(Unavailable, match=r"keyring\."):
        SystemKeyring().fetch(keys_by_passphrase(place, "words", _CHEAP).desk)
    assert keys_by_keyring(place) is None


def test_each_kind_of_error_has_its_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(Conflict("stale", what="piece"), wants_json=False) == 1
    assert main(["list"]) == 2
    assert refused(Unavailable("disk.full"), wants_json=True) == 3
    assert refused(Damaged("blob.missing", file="x"), wants_json=False) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert "The disk is full" in err


def test_stopping_says_that_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.arguments.parser", stop)
    assert main(["verify"]) == 1
    assert "stays" in capsys.readouterr().err
