"""From one mail to the finished page, by the command line alone, in programs of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.desks import STORY, WORD, mail, manuscript, photograph

ROOT = Path(__file__).resolve().parents[2]


class Shell:
    """Somebody who types."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRANSOM")}
        self.environment = kept | {
            "TRANSOM_PASSPHRASE": "correct horse",
            "TRANSOM_DESK": str(folder / "desk"),
        }

    def __call__(self, *arguments: str, status: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == status, done.stderr
        return done.stdout

    def ask(self, *arguments: str, status: int = 0) -> Any:
        return json.loads(self(*arguments, "--json", status=status))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_one_mail_becomes_a_page_and_a_document(shell: Shell, tmp_path: Path) -> None:
    shell("new", str(tmp_path / "desk"), "--magazine", "winter-review")
    files = (
        ("text.docx", manuscript(STORY * 4, "A second paragraph."), WORD),
        ("hall.jpg", photograph(10, camera="Nikon-4711"), "image/jpeg"),
        ("door.jpg", photograph(200), "image/jpeg"),
    )
    (tmp_path / "in.eml").write_bytes(mail("My article is attached, with two photographs.", files=files))
    token = shell.ask("receive", str(tmp_path / "in.eml"))[0]["token"]
    html = ("export", token, "--to", "html", "--out", str(tmp_path / "page"))
    refused = {gate["id"] for gate in shell.ask(*html, status=1)["refused"]}
    assert refused == {"R10", "R11", "R19"} and not (tmp_path / "page").exists()

    shell("move", token, "editing", "--by", "marta")
    shell("set", token, "--byline", "A. Novak", "--section", "news", "--region", "withheld", "--by", "paolo")
    for number in ("1", "2"):
        words = ("--caption", f"The hall, {number}.", "--credit", "A. Novak", "--alt", "A closed door")
        shell("photo", token, number, *words, "--mask", "0,0,200,150", "--by", "noor")
    shell("move", token, "ready", "--by", "paolo")
    shell("sign", token, "--role", "editor-in-chief", "--by", "marta")
    shell("sign", token, "--role", "director", "--by", "henrik")
    shell("schedule", token, "next", "--by", "marta")

    page = shell.ask(*html)
    assert page["target"] == "html" and page["gate"]["checked"] > 0
    paths = [Path(file["path"]) for file in page["files"]]
    assert len(paths) == 3 and all(path.is_absolute() and path.stat().st_size for path in paths)
    assert all(path.name == path.name.lower() and path.name.isascii() for path in paths)
    written = paths[0].read_text(encoding="utf-8")
    for said in ("A hall was closed", "A second paragraph.", "A. Novak", "The hall, 1.", "The hall, 2."):
        assert said in written
    assert "data:" not in written and "ada@writers.example" not in written
    assert not any(b"Nikon-4711" in path.read_bytes() for path in paths)

    again = shell.ask("export", token, "--to", "html", "--out", str(tmp_path / "again"))
    assert [file["sha256"] for file in again["files"]] == [file["sha256"] for file in page["files"]]

    document = shell.ask("export", token, "--to", "docx", "--out", str(tmp_path / "word"))
    assert document["files"][0]["media_type"] == WORD
    with zipfile.ZipFile(document["files"][0]["path"]) as word:
        assert "A second paragraph." in word.read("word/document.xml").decode()

    shell("move", token, "published", "--by", "henrik")
    shown = shell.ask("show", token)
    assert shown["stage"] == "published"
    assert [each["target"] for each in shown["publications"]] == ["html", "html", "docx", "site"]
    assert shell.ask("verify")["ok"] is True
    acts = [line["act"] for line in shell.ask("audit")]
    assert acts.count("export") == 3 and acts[-1] == "publish-now"
