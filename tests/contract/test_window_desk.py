"""What the window opens: a desk in a folder and one on a server answer alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap import making
from app.bootstrap.places import Address, Place
from app.cli import last_desk
from app.cli.window_desk import WindowDesk, _name
from app.services.changes import Changes
from app.ui.entry import Entry
from tests.real import postgres
from tests.support.stores import CHEAP, PASSPHRASE


@pytest.fixture(params=["folder", pytest.param("server", marks=pytest.mark.real)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place | Address:
    """An empty desk of the sample magazine."""
    if request.param == "folder":
        making.new_desk(tmp_path / "desk", "winter-review", PASSPHRASE, CHEAP)
        return Place(tmp_path / "desk")
    server: postgres.Server = request.getfixturevalue("server")
    address = Address(server.fresh())
    making.new_shared_desk(address, "winter-review", PASSPHRASE, CHEAP)
    return address


def test_a_desk_is_opened_in_two_steps(
    place: Place | Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    desk = WindowDesk(place, PASSPHRASE, floor=CHEAP)
    entry: Entry = desk
    pages = entry.open(None)
    assert pages is not None
    assert (pages.magazine, pages.shown_passphrase, pages.rows("", 100)) == ("Winter Review", "", [])
    told: list[Changes] = []
    entry.rest()(told.append)
    assert desk.opened is not None
    for title in ("On winter light", "On ice"):
        desk.opened.editing.new_piece(title, "article", "paolo")
    assert len(told) == 2
    newest = pages.rows("", 1)
    assert [row.title for row in newest] == ["On ice"]
    assert [row.title for row in pages.rows(newest[0].id, 9)] == ["On winter light"]
    assert last_desk.recall() == (place.folder if isinstance(place, Place) else None)
    assert "password" not in entry.folder and not entry.is_new
    entry.close()


def test_without_keyring_and_passphrase_nothing_is_opened(place: Place | Address) -> None:
    desk = WindowDesk(place, None, floor=CHEAP)
    assert desk.open(None) is None
    desk.close()


def test_the_name_of_a_magazine_is_what_its_profile_says() -> None:
    assert _name('name = "Winter Review"\nmotto = "x"\n') == "Winter Review"
    assert _name('name = "The \\"Winter\\" Review"\n') == 'The "Winter" Review'
    assert _name("") == ""
