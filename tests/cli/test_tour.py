"""The tour takes a mail the whole way."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.bootstrap import unlocking
from app.bootstrap.making import DEMO_PASSPHRASE
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Place
from app.samples.tour import plan
from app.vault.passphrase import Cost
from tests.architecture.source import ROOT

CHEAP = Cost(1, 8192)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


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


PLAIN = """
import sys
from app.bootstrap import making, unlocking
from app.cli import tour
from app.cli.main import main
from app.vault.passphrase import Cost

cheap = Cost(1, 8192)
slow = unlocking.keys_by_passphrase
tour.making.demo_desk = lambda folder, said: making.new_desk(folder, "winter-review", said, cheap)
unlocking.keys_by_passphrase = lambda place, said, floor=None: slow(place, said, cheap)
sys.exit(main([]))
"""
"""The tour of a plain desk: the sample desk takes half a minute to make, and a slow key some seconds."""


def test_a_mail_goes_the_whole_way_to_its_exports_and_the_window_opens(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PLAIN]
    variables = dict(os.environ, TMPDIR=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path / "config"))
    result = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr
    assert "signed by the editor-in-chief and the director" in result.stderr
    (folder,) = tmp_path.glob("transom-*/desk")
    page, document = (Path(line) for line in result.stdout.splitlines())
    assert page == folder / "exports" / "the-reading-room-above-the-bakery.html"
    assert document == page.with_suffix(".docx")
    assert "Forty chairs, nine hundred books" in page.read_text(encoding="utf-8")
    with ZipFile(document) as package:
        assert "first names" in package.read("word/document.xml").decode("utf-8")
    keys = unlocking.keys_by_passphrase(Place(folder), DEMO_PASSPHRASE, CHEAP)
    with OpenDesk(Place(folder), keys, writes=False) as desk:
        piece = desk.showing.show(desk.showing.pieces()[0].token)
    assert piece["stage"] == "scheduled"
    assert [each["id"] for each in piece["gates"] if not each["ok"] and each["severity"] != "warn"] == []
    assert not list(tmp_path.rglob("last-desk.json"))


@pytest.mark.long
def test_the_start_without_a_display_prints_the_exports_and_ends() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "app"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert result.returncode == 0, result.stderr
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert [path.suffix for path in paths] == [".html", ".docx"]
    assert all(path.is_absolute() and path.is_file() for path in paths)
