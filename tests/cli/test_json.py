"""Every verb answers in JSON where it is asked to, and in nothing else."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import refused
from app.domain.errors import Conflict
from tests.support.desks import photograph

Run = Callable[..., tuple[int, str, str]]
Ask = Callable[..., Any]

WAY = """
later {token} 2099-01-04
later {token}
recommend {token} take --by teo --note Strong.
move {token} editing --by marta
set {token} --byline 'A. Novak' --tags China,Surveillance --region withheld --also-in featured
photo {token} --caption 'The hall.' --credit 'A. Novak' --alt 'A door' --mask 1,1,9,9 --lead
hold {token}
hold {token} --off
hold {token}
undo {token}
grant {token} --basis signed-licence --evidence {proof} --until 2099-01-01 --scope web archive
override {token} R11 --role editor --by paolo --reason 'it says enough'
settle {token} --reason 'nothing was reserved'
schedule {token} tomorrow 10:00 --pencil
move {token} ready --by paolo
sign {token} --role editor-in-chief --by marta
sign {token} --role director --by henrik
schedule {token} next
"""


def test_every_verb_answers_with_one_json_document(ask: Ask, token: str, tmp_path: Path) -> None:
    proof = tmp_path / "proof.pdf"
    proof.write_bytes(b"%PDF-1.4")
    said = {}
    for typed in WAY.format(token=token, proof=proof).strip().splitlines():
        said[typed.split()[0]] = ask(*shlex.split(typed))
    stands = {"token", "title", "kind", "stage", "held"}
    for verb in ("move", "hold", "undo", "set", "schedule"):
        assert set(said[verb]) >= stands, verb
    assert said["sign"]["role"] == "director" and said["sign"]["person"] == "henrik"
    assert said["override"]["gate"] == "R11" and said["recommend"]["verdict"] == "take"
    assert said["settle"] == {"token": token, "settled": 0} and said["photo"]["number"] == 1
    assert said["schedule"]["stage"] == "scheduled" and said["schedule"]["zone"] == "Europe/Rome"
    (tmp_path / "new.md").write_text("# A hall was closed\n\nNew words.\n")
    assert ask("edit", token, "--file", str(tmp_path / "new.md"))["revision"] == 2
    message = ask("show", token)["messages"][0]["id"]
    assert ask("class", message, "belongs") == {"id": message, "class": "belongs"}
    assert ask("belongs", message, token)["token"] == token
    other = ask("piece", "--title", "Snow")["token"]
    assert ask("duplicate", other, token) == {"token": other, "of": token}
    code = ask("show", token)["contributor"]["code"]
    assert ask("contributor", "set", code, "--bio", "Writes.")["code"] == code
    assert ask("backup", str(tmp_path / "backups"))["dropped"] == []


def test_photographs_are_filed_by_their_number(run: Run, ask: Ask, token: str, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(photograph())
    picture = ask("receive", str(tmp_path / "a.jpg"))[0]["token"]
    assert run("file", token)[0] == 1
    assert ask("file", picture.lower()) == {"token": picture, "filed": True}
    assert [row["token"] for row in ask("list", "--library")] == [picture]
    assert [row["token"] for row in ask("list")] == [token]
    assert run("file", picture, "--off")[1] == f"{picture}: back\n"


def test_exact_bytes_are_no_json(run: Run, token: str) -> None:
    assert run("message", "<1@writers.example>", "--raw", "--json")[:2] == (2, "")


def test_a_refusal_is_json_for_every_verb(run: Run, token: str) -> None:
    status, out, err = run("move", token, "published", "--json")
    assert status == 1 and [each["id"] for each in json.loads(out)["refused"]] == ["move.not-from-here"]
    assert "Possible are" in err


def test_somebody_who_was_first_is_a_refusal_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(Conflict("stale", what="piece"), wants_json=True) == 1
    assert [each["id"] for each in json.loads(capsys.readouterr().out)["refused"]] == ["stale"]


def test_no_name_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    """A file's name may hold escapes that would paint over what the desk says (CWE-150)."""
    named = tmp_path / "a\x1b[2J\x07.txt"
    named.write_bytes(b"words")
    status, out, err = run("receive", str(named))
    assert status == 0 and "\x1b" not in out + err
    status, out, err = run("receive", str(named) + "\x1b]0;owned\x07")
    assert status == 2 and out == "" and "\x1b" not in err and "owned" in err
