"""The tour takes a mail the whole way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.bootstrap import making, places, unlocking
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Place
from app.cli.tour import take
from app.samples.tour import plan
from app.vault.passphrase import Cost
from tests.architecture.source import ROOT

CHEAP = Cost(1, 8192)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """An empty desk of the sample magazine."""
    place = Place(tmp_path / "desk")
    making.new_desk(place.folder, "winter-review", "a passphrase", CHEAP)
    keys = unlocking.keys_by_passphrase(place, "a passphrase", CHEAP)
    with OpenDesk(place, keys, writes=True) as opened:
        yield opened


def test_the_mail_of_the_tour_grants_what_its_plan_quotes() -> None:
    planned = plan(NOW)
    message = message_from_bytes(planned.mail)
    body = next(part for part in message.walk() if part.get_content_type() == "text/plain").get_payload(
        decode=True
    )
    assert isinstance(body, bytes)
    assert planned.quote in body.decode()
    assert planned.mail == plan(NOW).mail
    assert len(planned.photos) == 2


def test_a_mail_goes_the_whole_way_to_its_exports(
    desk: OpenDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, document = take(desk, plan(places.now()), tmp_path / "exports")
    assert page.suffix == ".html"
    assert "The reading room above the bakery" in page.read_text(encoding="utf-8")
    with ZipFile(document) as package:
        assert "first names" in package.read("word/document.xml").decode("utf-8")
    piece = desk.showing.show(desk.showing.pieces()[0].token)
    assert piece["stage"] == "scheduled"
    assert [each["name"] for each in piece["gates"] if not each["ok"] and each["severity"] != "warn"] == []
    told = capsys.readouterr()
    assert told.out == ""
    assert "signed by the editor-in-chief and the director" in told.err


@pytest.mark.long
def test_the_start_without_a_display_prints_the_exports_and_ends() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "app"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert result.returncode == 0, result.stderr
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert [path.suffix for path in paths] == [".html", ".docx"]
    assert all(path.is_absolute() and path.is_file() for path in paths)
