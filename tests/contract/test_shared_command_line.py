"""A shared desk on the command line: the same verbs, and what its administrator can see is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.bootstrap import making, unlocking
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Address
from app.cli import passphrases
from app.cli.main import main
from tests.real import postgres
from tests.support.desks import WORD, Hands, mail, manuscript
from tests.support.secrets import ADDRESS, CANARIES, HOST, IDENTITY, NAME, PLACE, standing
from tests.support.stores import CHEAP, PASSPHRASE

pytestmark = pytest.mark.real


@pytest.fixture
def url(server: postgres.Server) -> str:
    """The address of an empty place for a desk."""
    return server.fresh()


def test_a_shared_desk_is_made_filled_and_checked(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(passphrases, "_environment", [PASSPHRASE])
    assert main(["new", url]) == 0
    said = capsys.readouterr()
    assert "administers" in said.err and len(said.out.split()) == 1
    story = tmp_path / "story.txt"
    story.write_text("The lanterns\n\nA story about lanterns.", encoding="utf-8")
    assert main(["--desk", url, "receive", str(story), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert main(["--desk", url, "search", "lanterns", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["token"] == row["token"]
    assert main(["--desk", url, "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"]
    assert main(["--desk", url, "backup", str(tmp_path / "backups")]) == 3
    assert main(["new", url]) == 1


def test_two_programs_have_a_shared_desk_open_for_writing(url: str) -> None:
    place = Address(url)
    making.new_shared_desk(place, "neutral", PASSPHRASE, CHEAP)
    keys = [unlocking.keys_by_passphrase(place, PASSPHRASE, CHEAP) for _ in range(2)]
    with OpenDesk(place, keys[0], writes=True) as one, OpenDesk(place, keys[1], writes=True) as two:
        for desk in (one, two, one):
            with desk.store.write() as unit:
                unit.audit("act", "x")
        assert len(one.showing.audit()) == len(two.showing.audit()) == 4


def test_what_the_administrator_reads_names_nobody_who_is_protected(url: str, tmp_path: Path) -> None:
    place = Address(url)
    making.new_shared_desk(place, "winter-review", PASSPHRASE, CHEAP)
    keys = unlocking.keys_by_passphrase(place, PASSPHRASE, CHEAP)
    with OpenDesk(place, keys, writes=True) as desk:
        hands = Hands(desk, tmp_path)
        text = f"I am {NAME} of {PLACE}.\n\nWe sang.\n\n-- \nXiulan"
        files = (("zhang-story.docx", manuscript(), WORD),)
        sender = {"sender": f"{NAME} <{ADDRESS}>", "id": f"<1@{HOST}.local>", "subject": f"By {NAME}"}
        token = hands.receive(mail(text, files=files, **sender))[0]["token"]
        hands.receive(mail("Yes.", id="<2@w.example>", sender="Bo <bo@w.example>", Cc=ADDRESS))
        assert standing(desk, *CANARIES, "zhang-story")
        hands.protect(token, **IDENTITY)
        assert standing(desk, *CANARIES, "zhang-story") == []
        hands.receive(mail(text, sender=ADDRESS.upper(), id=f"<3@{HOST}.local>"))
        assert standing(desk, *CANARIES) == []
        assert desk.showing.search("Xiulan") == [] and desk.showing.search("sang")
