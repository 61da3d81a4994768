"""The sample desk, whole: made once, then exported to every target and looked through from outside."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.bootstrap import making, unlocking
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Place
from app.domain.errors import RuleBroken, Unavailable
from app.domain.pieces import Stage
from app.samples.plan import protected
from app.vault.passphrase import Cost

pytestmark = pytest.mark.xdist_group("sample desk")
"""All of it on one worker: the desk takes its time to make, and once is enough."""
_COST = Cost(1, 8192)
_OUT = (Stage.READY, Stage.SCHEDULED, Stage.PUBLISHED)
_NOT_METADATA = ("File", "ExifTool", "Composite", "JFIF", "SourceFile")
_PHOTO_TAGS = {
    "XMP:Creator", "XMP:Credit", "XMP:Description", "XMP:Rights", "XMP:AltTextAccessibility", "XMP:DataMining",
    "XMP:XMPToolkit", "XMP:Marked", "IPTC:By-line", "IPTC:Credit", "IPTC:Caption-Abstract", "IPTC:CopyrightNotice",
    "IPTC:CodedCharacterSet", "IPTC:ApplicationRecordVersion",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    place = Place(tmp_path_factory.mktemp("sample") / "desk")
    making.demo_desk(place.folder, "a sample", _COST)
    with OpenDesk(place, unlocking.keys_by_passphrase(place, "a sample", _COST), writes=True) as desk:
        yield desk


@pytest.fixture(scope="module")
def exported(desk: OpenDesk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every piece that may leave as a page, and one of each protected person and one other in every target."""
    out = tmp_path_factory.mktemp("exports")
    whole: set[str] = set()
    for row in desk.showing.pieces():
        if row.stage in _OUT:
            everywhere = row.byline not in whole and (row.protection == "protected" or len(whole) < 1)
            whole |= {row.byline}
            for target in desk.exporting.targets() if everywhere else ("html",):
                desk.exporting.export(row.token, target, out / row.token / target)
    return out


def test_there_are_pieces_in_every_stage(desk: OpenDesk) -> None:
    assert {row.stage for row in desk.showing.pieces()} == {str(stage) for stage in Stage}


def test_what_may_leave_has_every_gate_closed_and_is_not_held(desk: OpenDesk) -> None:
    for row in desk.showing.pieces():
        if row.stage in _OUT:
            piece = desk.showing.show(row.token)
            assert not piece["held"]
            assert [gate for gate in piece["gates"] if not gate["ok"] and gate["severity"] != "warn"] == []
            assert all(signature["fresh"] for signature in piece["signoffs"])


def test_an_unsigned_and_a_held_piece_wait_in_editing_and_rights(desk: OpenDesk) -> None:
    rows = {row.token: row for row in desk.showing.pieces()}
    assert any(row.held and row.stage in ("editing", "rights") for row in rows.values())
    with pytest.raises(RuleBroken, match=r"gates\.open"):
        desk.exporting.cleared(next(token for token, row in rows.items() if row.stage == "rights"), "html")


def test_the_photographs_are_as_many_and_as_large_as_an_editor_would_meet(desk: OpenDesk) -> None:
    shown = [desk.showing.show(row.token) for row in desk.showing.pieces()]
    used = [photo for piece in shown if piece["stage"] in _OUT for photo in piece["photos"] if photo["used"]]
    protected_ones = [
        photo
        for piece in shown
        if piece["stage"] in _OUT and piece["contributor"]["protection"] == "protected"
        for photo in piece["photos"]
        if photo["used"]
    ]
    large = {
        a["sha256"] for p in shown for m in p["messages"] for a in m["attachments"] if a["bytes"] > 100_000
    }
    assert len(used) >= 5
    assert len(protected_ones) >= 2
    assert len(large) >= 10


def test_every_piece_that_may_leave_is_written(desk: OpenDesk, exported: Path) -> None:
    tokens = {row.token for row in desk.showing.pieces() if row.stage in _OUT}
    assert len(tokens) >= 8
    assert {folder.name for folder in exported.iterdir()} == tokens
    targets = [{target.name for target in folder.iterdir()} for folder in exported.iterdir()]
    assert targets.count(set(desk.exporting.targets())) >= 3


def test_no_secret_of_a_protected_person_is_in_any_exported_file(exported: Path) -> None:
    secrets = [secret for person in protected().values() for secret in person.secrets()]
    files = [path for path in exported.rglob("*") if path.is_file()]
    assert len(files) > 30
    for path in files:
        data = path.read_bytes()
        for secret in secrets:
            assert secret.encode() not in data, f"a secret stands in {path.name}"
            assert secret.encode("utf-16-le") not in data, f"a secret stands in {path.name}"


def test_the_same_piece_gives_the_same_bytes(desk: OpenDesk) -> None:
    token = next(row.token for row in desk.showing.pieces() if row.stage == "ready")
    for target in ("html", "docx"):
        assert desk.exporting.cleared(token, target).files == desk.exporting.cleared(token, target).files


def test_exported_photographs_carry_nothing_but_the_stamp(exported: Path, need: Callable[..., None]) -> None:
    need("exiftool")
    photographs = sorted({path.name: path for path in exported.rglob("*.jpg")}.values())
    told = subprocess.run(
        ["exiftool", "-j", "-G", "-a", "-ee", *map(str, photographs)], capture_output=True, check=True
    )
    for entry in json.loads(told.stdout):
        found = {
            name
            for name in entry
            if name.split(":")[0] not in ("File", "ExifTool", "Composite", "JFIF", "SourceFile")
        }
        assert found <= _PHOTO_TAGS, found - _PHOTO_TAGS


def test_an_exported_word_file_opens_in_libreoffice(
    exported: Path, need: Callable[..., None], tmp_path: Path
) -> None:
    need("soffice")
    word = sorted(exported.rglob("docx/*.docx"))[0]
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt:Text",
         "--outdir", str(tmp_path), str(word)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert len((tmp_path / f"{word.stem}.txt").read_text(encoding="utf-8-sig").split()) > 80


def test_nothing_leaves_while_the_vault_is_locked(desk: OpenDesk) -> None:
    token = next(row.token for row in desk.showing.pieces() if row.stage == "ready")
    desk.desk_keys.lock_vault()
    try:
        with pytest.raises(Unavailable, match=r"vault\.locked"):
            desk.exporting.cleared(token, "html")
    finally:
        desk.desk_keys.unlock_vault("a sample")


def test_the_desk_is_sound(desk: OpenDesk) -> None:
    assert [check.detail for check in desk.verifying.verify() if not check.ok] == []
