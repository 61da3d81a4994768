"""A desk for a magazine that the program does not know: everything particular to it is its profile's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import making
from app.bootstrap.opened import OpenDesk
from app.domain.errors import DeskError
from app.sandbox.sandbox import Sandbox
from tests.support.desks import CHEAP, PASSPHRASE, Clock, Hands, fails, opened
from tests.support.other_magazine import NORDLYS


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "nordlys.toml"
    path.write_text(NORDLYS, encoding="utf-8")
    return path


@pytest.fixture
def desk(profile: Path, tmp_path: Path) -> Iterator[OpenDesk]:
    making.new_desk(tmp_path / "desk", str(profile), PASSPHRASE, CHEAP)
    with Sandbox() as sandbox, opened(tmp_path / "desk", Clock(), sandbox) as desk:
        yield desk


def test_its_roles_gates_terms_page_and_dates_are_its_own(desk: OpenDesk, tmp_path: Path) -> None:
    hands = Hands(desk, tmp_path)
    token = hands.piece(photo=True)
    assert token == "NL-2026-0001"
    shown = hands.show(token)
    assert shown["section"] == "nytt"
    assert [gate["id"] for gate in shown["gates"]] == ["T02", "T03", "R03", "R10", "R11", "R19"]
    text = [grant for grant in shown["grants"] if grant["subject"] == "text"]
    assert [grant["media"] for grant in text] == [["web", "print"]] and text[0]["edits"] == ["form"]
    assert shown["photos"][0]["grants"] == []
    with fails("role.missing"):
        desk.triage.move(token, "editing", "ola")
    with fails("role.missing"):
        desk.triage.move(token, "editing", "per")
    desk.triage.move(token, "editing", "liv")
    desk.editing.set(token, {"byline": "Ada Novak"}, "per")
    desk.photos.set(token, 1, {"caption": "Hallen", "alt": "En dør"}, "per")
    with fails("role.missing"):
        desk.triage.override(token, "R11", "fact-checker", "liv", "known")
    desk.triage.override(token, "R11", "fact-checker", "sanna", "the agency wants no credit")
    desk.triage.move(token, "ready", "per")
    desk.signing.sign(token, "editor-in-chief", "liv")
    desk.signing.sign(token, "fact-checker", "sanna")
    with fails("role.unknown"):
        desk.signing.sign(token, "director", "ola")
    dated = desk.scheduling.schedule(token, "next", "liv")
    assert (dated.slot, dated.zone) == ("2026-11-29T18:30", "America/New_York")
    page = desk.exporting.export(token, "html", tmp_path / "out").paths[0].read_text(encoding="utf-8")
    for said in (
        "29. november 2026",
        "av",
        "Redaksjonen",
        "Redaktør",
        "Liv Fjeld",
        "© 2026 Nordlys",
        "Hallen",
    ):
        assert said in page, said
    assert "https://nordlys.example/avis/nytt/siste/" in page and "ReportageNewsArticle" in page
    for said in ("Sections", "Masthead", "Tagged", "Editor-in-Chief", "Related"):
        assert said not in page, said
    with fails("target.unknown"):
        desk.exporting.export(token, "docx", tmp_path / "out")


def test_a_signature_outlives_what_its_role_says(desk: OpenDesk, tmp_path: Path) -> None:
    hands = Hands(desk, tmp_path)
    token = hands.piece()
    desk.triage.move(token, "editing", "liv")
    desk.editing.set(token, {"byline": "Ada Novak"}, "liv")
    desk.signing.sign(token, "fact-checker", "sanna")
    desk.signing.sign(token, "editor-in-chief", "liv")
    desk.editing.edit(token, "new.md", b"# A hall was closed\n\nOther words.\n", "update", "per")
    fresh = {row["role"]: row["fresh"] for row in hands.show(token)["signoffs"]}
    assert fresh == {"fact-checker": True, "editor-in-chief": False}


def test_a_broken_profile_makes_no_desk(profile: Path, tmp_path: Path) -> None:
    profile.write_text(NORDLYS.replace('kind = "stream"', 'kind = "river"'), encoding="utf-8")
    with pytest.raises(DeskError) as caught:
        making.new_desk(tmp_path / "desk", str(profile), PASSPHRASE, CHEAP)
    assert caught.value.code == "magazine.broken" and caught.value.fields["file"] == "nordlys.toml"
    assert not (tmp_path / "desk").exists()
    with fails("file.unreadable"):
        making.new_desk(tmp_path / "desk", str(tmp_path / "none.toml"), PASSPHRASE, CHEAP)
    profile.write_bytes(b"\xff\xfe")
    with fails("file.unreadable"):
        making.new_desk(tmp_path / "desk", str(profile), PASSPHRASE, CHEAP)
