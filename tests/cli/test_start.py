"""Which desk the start without arguments opens, and whether a window would be seen."""

from __future__ import annotations

import json
from pathlib import Path

import platformdirs
import pytest

from app.bootstrap import making, places, unlocking
from app.bootstrap.making import DEMO_PASSPHRASE
from app.cli import last_desk, sample_desk, start
from app.cli.main import main
from app.cli.start import chosen_desk, has_display
from app.cli.window_desk import WindowDesk
from app.vault.passphrase import Cost

CHEAP = Cost(1, 8192)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of this test alone."""
    for name in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return tmp_path


def a_desk(folder: Path) -> Path:
    """What looks like a desk from outside."""
    folder.mkdir()
    (folder / "keys.json").write_text("{}")
    return folder


@pytest.mark.parametrize(
    ("variables", "system", "seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal:enable_fonts"}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "win32", False),
    ],
)
def test_a_display_is_what_the_system_says(variables: dict[str, str], system: str, seen: bool) -> None:
    assert has_display(variables, system) is seen


def test_a_desk_that_is_named_without_a_verb_is_opened_in_the_window(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []

    def show(desk: WindowDesk) -> int:
        shown.append(desk.folder)
        return 7

    monkeypatch.setattr(start, "show", show)
    named = ["--desk", str(home / "named")]
    assert main(named) == 2 and "a verb is missing" in capsys.readouterr().err
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert main(named) == 7 and shown == [str(home / "named")]
    assert main([*named, "--json"]) == 2
    assert main(["--passphrase-file", str(home / "none")]) == 2


def test_the_named_desk_comes_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last_desk.remember(a_desk(home / "last"))
    monkeypatch.setenv("TRANSOM_DESK", str(home / "named"))
    desk = chosen_desk()
    assert desk.folder == str(home / "named")
    assert not desk.is_new


def test_then_the_desk_used_last(home: Path) -> None:
    last_desk.remember(a_desk(home / "last"))
    assert chosen_desk().folder == str(home / "last")


def test_then_the_sample_desk_which_is_made_first() -> None:
    desk = chosen_desk()
    assert desk.folder == str(platformdirs.user_data_path("transom") / "sample-desk")
    assert desk.is_new


def test_a_desk_that_has_gone_is_not_the_last(home: Path) -> None:
    folder = a_desk(home / "last")
    last_desk.remember(folder)
    (folder / "keys.json").unlink()
    assert last_desk.recall() is None


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"folder": 3}', "\x00"])
def test_a_spoilt_memory_is_no_memory(home: Path, kept: str) -> None:
    last_desk.remember(a_desk(home / "last"))
    file = platformdirs.user_config_path("transom") / "last-desk.json"
    assert json.loads(file.read_text()) == {"folder": str(home / "last")}
    file.write_text(kept)
    assert last_desk.recall() is None


def test_a_home_that_cannot_be_written_is_no_error(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").write_text("")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "file"))
    last_desk.remember(home)
    assert last_desk.recall() is None


def test_the_sample_desk_is_made_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing all of it takes half a minute, so a plain desk stands for it here."""
    begun: list[Path] = []

    def plain(folder: Path, passphrase: str) -> None:
        begun.append(folder)
        assert not folder.exists()
        making.new_desk(folder, "winter-review", passphrase, CHEAP)

    monkeypatch.setattr(sample_desk, "demo_desk", plain)
    place = sample_desk.folder()
    left = place.with_name("sample-desk.unfinished")
    left.mkdir(parents=True)
    (left / "desk.db").write_text("half")

    sample_desk.make(place)
    sample_desk.make(place)
    assert begun == [left]
    assert not left.exists()
    assert unlocking.keys_by_passphrase(places.Place(place), DEMO_PASSPHRASE, CHEAP)
