"""The command line as scripts use it: exit statuses, one JSON document, shapes."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from tests.support.desks import PASSPHRASE, mail, photograph

Run = Callable[..., tuple[int, str, str]]
Ask = Callable[..., Any]

SHOW = {
    "token",
    "title",
    "kind",
    "stage",
    "held",
    "language",
    "section",
    "also_in",
    "assignee",
    "received_at",
    "contributor",
    "messages",
    "revisions",
    "photos",
    "grants",
    "signoffs",
    "gates",
    "schedule",
    "publications",
    "history",
    "import_report",
}
LIST = {
    "token",
    "title",
    "kind",
    "stage",
    "language",
    "section",
    "byline",
    "protection",
    "assignee",
    "received_at",
    "due",
    "words",
    "photos",
    "rights",
}
MESSAGE = {"direction", "message_id", "date", "from", "to", "subject", "text", "new_text", "attachments"}
PHOTO = {
    "number",
    "name",
    "media_type",
    "width",
    "height",
    "sha256",
    "caption",
    "credit",
    "credit_url",
    "alt",
    "lead",
    "grants",
    "metadata",
}


def test_what_is_shown_has_every_key(ask: Ask, token: str) -> None:
    shown = ask("show", token)
    assert set(shown) >= SHOW
    assert set(shown["contributor"]) >= {"id", "byline", "protection"}
    assert set(shown["messages"][0]) >= MESSAGE and set(shown["photos"][0]) >= PHOTO
    assert set(shown["revisions"][0]) >= {"number", "at", "by", "note", "words", "hash"}
    assert set(ask("list")[0]) >= LIST
    assert set(ask("gates", token)[0]) == {"id", "severity", "ok", "why", "fix", "override_role"}
    message = ask("message", shown["messages"][0]["id"])
    assert set(message) >= MESSAGE | {"class", "token"} and message["token"] == token
    hit = ask("search", "seventeen")[0]
    assert (
        set(hit) >= {"token", "title", "stage", "where", "snippet", "score"} and "seventeen" in hit["snippet"]
    )
    assert ask("messages", "--class", "contribution")[0]["token"] == token
    assert ask("messages", "--unfiled") == []
    assert ask("contributor", "list")[0]["byline"] == "Ada Novak"
    assert ask("vault", "status") == {"checking": True, "protected": 0, "terms": 0}
    assert [line["act"] for line in ask("audit")] == ["new", "received"]


def test_texts_are_printed_in_each_form(run: Run, token: str, ask: Ask) -> None:
    assert ask("text", token)["headline"] == "A hall was closed"
    for form, sign in (
        ("text", "They came"),
        ("html", "<p"),
        ("markdown", "They came"),
        ("json", '"blocks"'),
    ):
        status, out, _ = run("text", token, "--format", form, "--revision", "0")
        assert status == 0 and sign in out


def test_a_piece_without_a_readable_text_prints_nothing(run: Run, ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(photograph())
    token = ask("receive", str(tmp_path / "a.jpg"))[0]["token"]
    assert run("text", token) == (0, "", "")


def test_tracked_changes_are_decided_on_without_another_document(
    run: Run, ask: Ask, token: str, tmp_path: Path
) -> None:
    marked = tmp_path / "marked.html"
    marked.write_text("<h1>A hall</h1><p>They <del>went</del><ins>came</ins> on Monday.</p>")
    assert run("edit", token, "--file", str(marked))[0] == 0
    open_before = {gate["id"] for gate in ask("gates", token) if not gate["ok"]}
    assert "tracked changes accepted" in run("edit", token, "--changes", "accept")[1]
    assert open_before - {gate["id"] for gate in ask("gates", token) if not gate["ok"]} == {"T02"}
    assert "They came on Monday." in run("text", token)[1]
    assert run("edit", token, "--changes", "reject")[1] == f"{token}: no tracked changes\n"


def test_json_may_stand_before_the_verb_too(run: Run, token: str) -> None:
    status, out, _ = run("--json", "list")
    assert status == 0 and json.loads(out)[0]["token"] == token


def test_lists_are_of_a_stage_or_of_all_and_of_words(ask: Ask, run: Run, token: str) -> None:
    assert ask("list", "--stage", "editing") == []
    assert len(ask("list", "--stage", "inbox")) == 1 and len(ask("list", "--search", "seventeen")) == 1
    assert ask("list", "--search", "zebra") == []
    assert run("list", "--stage", "somewhere")[0] == 2


def test_the_exact_bytes_of_a_message_are_printed(run: Run, ask: Ask, token: str, letter: bytes) -> None:
    id = ask("show", token)["messages"][0]["id"]
    status, out, _ = run("message", id, "--raw")
    assert (status, out.encode()) == (0, letter)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("show", "ED-2026-9999"), 2),
        (("message", "nothing"), 2),
        (("fly",), 2),
        (("--desk",), 2),
        (("set", "{token}", "--section", "nowhere"), 2),
        (("set", "{token}", "--assignee", "nobody"), 2),
        (("photo", "{token}", "1", "--mask", "1,2,3"), 2),
        (("photo", "{token}", "1", "--mask", "0,0,9999,9999"), 1),
        (("photo", "{token}", "9", "--caption", "x"), 2),
        (("move", "{token}", "published"), 1),
        (("move", "{token}", "elsewhere"), 2),
        (("move", "{token}", "editing", "--by", "teo"), 1),
        (("move", "{token}", "editing", "--by", "nobody"), 2),
        (("undo", "{token}"), 1),
        (("schedule", "{token}", "next"), 1),
        (("schedule", "{token}", "some", "day"), 2),
        (("grant", "{token}", "--basis", "cc", "--evidence", "/etc/hostname"), 1),
        (("grant", "{token}", "--basis", "cc", "--detail", "licence"), 2),
        (("edit", "{token}", "--file", "/no/such/file"), 3),
        (("edit", "{token}"), 2),
        (("export", "{token}", "--to", "paper", "--out", "out"), 2),
        (("receive", "/no/such/path"), 2),
        (("contributor", "show", "ZZZZ"), 2),
        (("vault", "read", "ZZZZ", "--reason", "x"), 2),
    ],
)
def test_each_refusal_has_its_status_and_one_sentence(
    run: Run, token: str, arguments: tuple[str, ...], status: int
) -> None:
    code, out, err = run(*(each.format(token=token) for each in arguments))
    assert code == status and out == ""
    assert err.strip() and "Traceback" not in err


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


def test_a_piece_goes_its_way_by_the_command_line(run: Run, ask: Ask, token: str, tmp_path: Path) -> None:
    proof = tmp_path / "proof.pdf"
    proof.write_bytes(b"%PDF-1.4")
    for typed in WAY.format(token=token, proof=proof).strip().splitlines():
        status, _, err = run(*shlex.split(typed))
        assert (status, err) == (0, ""), typed
    shown = ask("show", token)
    assert shown["stage"] == "scheduled" and shown["photos"][0]["masks"] == [[1, 1, 9, 9]]
    assert shown["also_in"] == ["featured"] and all(gate["ok"] for gate in ask("gates", token))
    granted = next(each for each in shown["grants"] if each["basis"] == "signed-licence")
    assert run("revoke", token, granted["id"], "--reason", "an error")[0] == 0
    status, out, err = run("export", token, "--to", "html", "--out", str(tmp_path / "out"), "--json")
    assert status == 1 and [gate["id"] for gate in json.loads(out)["refused"]] == ["R03", "R19"]
    assert not (tmp_path / "out").exists() and "R19" in err


def test_an_export_that_is_refused_says_so_as_json(run: Run, token: str, tmp_path: Path) -> None:
    run("hold", token)
    for target in ("html", "docx"):
        status, out, _ = run("export", token, "--to", target, "--out", str(tmp_path / "out"), "--json")
        assert status == 1 and set(json.loads(out)["refused"][0]) >= {"id", "severity", "ok", "why", "fix"}


def test_pitches_duplicates_and_classes(run: Run, ask: Ask, token: str, tmp_path: Path) -> None:
    (tmp_path / "p.eml").write_bytes(
        mail(
            "I would like to propose an article about snow. Would you be interested?",
            subject="Pitch: snow",
            id="<p@x.example>",
        )
    )
    (tmp_path / "d.eml").write_bytes(mail("The same again.", id="<d@x.example>"))
    pitch, again = ask("receive", str(tmp_path / "p.eml"), str(tmp_path / "d.eml"))
    assert run("accept", pitch["message"])[1].strip().startswith("ED-")
    assert run("class", again["message"], "press")[0] == 0
    assert run("duplicate", again["token"], token)[0] == 0
    assert ask("show", again["token"])["token"] == token
    assert run("belongs", pitch["message"], token)[0] == 0
    assert len(ask("show", token)["messages"]) == 3
    made = ask("piece", "--title", "Snow", "--kind", "article", "--by", "paolo")
    assert made["stage"] == "inbox" and made["kind"] == "article"


def test_protecting_reads_what_is_secret_from_a_file(run: Run, ask: Ask, token: str, tmp_path: Path) -> None:
    code = ask("show", token)["contributor"]["code"]
    file = tmp_path / "identity.toml"
    protect = ("contributor", "protect", code, "--pen-name", "Lin Mu", "--identity", str(file))
    assert run(*protect)[0] == 3
    file.write_text("not toml at all [")
    assert run(*protect)[0] == 2
    for broken in (
        'Novak = "x"',
        'addresses = "ada@writers.example"',
        'real_name = ["Novak"]',
        "phones = [420]",
    ):
        file.write_text(broken)
        status, _, told = run(*protect)
        assert (status, "Novak" in told) == (2, False)
    file.write_text('real_name = "Ada Novak"\naddresses = ["ada@writers.example"]\nplaces = ["Brno"]\n')
    assert run(*protect)[0] == 0
    assert "Novak" not in run("show", token)[1] and "Novak" not in run("contributor", "list")[1]
    assert ask("vault", "status")["protected"] == 1
    id = ask("show", token)["messages"][0]["id"]
    assert run("message", id, "--raw")[0] == 1
    assert b"Ada Novak" in run("message", id, "--raw", "--reason", "to pay the fee")[1].encode()
    assert "Ada Novak" in run("vault", "read", code, "--reason", "to pay the fee")[1]
    assert [line["act"] for line in ask("audit")].count("vault.read") == 2
    preview = ("export", token, "--to", "preview", "--out", str(tmp_path / "out"))
    assert "No protected name found" in run(*preview)[2]
    assert run("set", token, "--standfirst", "A long novak.")[0] == 0
    status, _, told = run(*preview)
    assert status == 0 and f"a word of the name of contact {code}, term 1" in told and "ovak" not in told
    assert run("set", token, "--standfirst", "By Ada Novak.")[0] == 0
    status, out, told = run(*preview)
    assert (status, out) == (1, "") and f"the name of contact {code}, term 1" in told and "Ada" not in told
    assert ask("vault", "settle", code, "2", "--in", "body", "parts", "--reason", "a word") == {
        "contributor": code,
        "term": 2,
        "settled": ["body", "parts"],
    }
    assert run("vault", "settle", code, "99", "--reason", "a word")[0] == 2
    assert run("vault", "read", code, "--reason", "to pay Ada Novak")[0] == 1
    assert run("contributor", "set", code, "--bio", "Writes.")[0] == 0
    assert ask("contributor", "show", code)["bio"] == "Writes."


def test_people_read_plain_lines(run: Run, token: str) -> None:
    for arguments in (
        ("list",),
        ("show", token),
        ("gates", token),
        ("search", "hall"),
        ("messages",),
        ("audit",),
        ("verify",),
        ("contributor", "list"),
        ("vault", "status"),
        ("message", "<1@writers.example>"),
        ("list", "--stage", "dropped"),
        ("contributor", "show", "{code}"),
    ):
        if "{code}" in arguments:
            code = run("contributor", "list")[1].split()[4]
            arguments = ("contributor", "show", code)
        status, out, err = run(*arguments)
        assert status == 0 and out and err == "", arguments
        assert not out.lstrip().startswith(("{", "["))


def test_who_acts_is_said_by_the_environment(run: Run, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSOM_PERSON", "teo")
    assert run("move", token, "editing")[0] == 1
    assert run("move", token, "editing", "--by", "marta")[0] == 0


def test_the_desk_is_named_or_the_command_is_not_understood(
    cheap: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TRANSOM_DESK", raising=False)
    assert main(["list"]) == 2
    assert main(["--desk", str(tmp_path / "nothing"), "list"]) == 3
    assert capsys.readouterr().out == ""


def test_a_wrong_passphrase_and_none_are_told_apart(
    folder: Path,
    cheap: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TRANSOM_DESK", str(folder))
    assert main(["list"]) == 3
    assert "passphrase" in capsys.readouterr().err
    (tmp_path / "pass").write_text("wrong\n")
    assert main(["--passphrase-file", str(tmp_path / "pass"), "list"]) == 3
    (tmp_path / "pass").write_text(f"{PASSPHRASE}\n")
    assert main(["--passphrase-file", str(tmp_path / "pass"), "list"]) == 0
    assert main(["--passphrase-file", str(tmp_path / "none"), "list"]) == 3
    (tmp_path / "pass").write_bytes(b"\xff\xfe")
    assert main(["--passphrase-file", str(tmp_path / "pass"), "list"]) == 3


def test_a_new_desk_prints_its_recovery_code_and_nothing_else(
    cheap: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "desk"
    assert main(["new", str(folder)]) == 3
    monkeypatch.setenv("TRANSOM_PASSPHRASE", PASSPHRASE)
    assert main(["new", str(folder), "--magazine", "no-such"]) == 2
    assert not folder.exists()
    assert main(["new", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert len(out.split()) == 1 and out.count("-") == 6 and "keyring" in err
    assert out.strip() not in "".join(
        path.read_text("latin-1") for path in folder.iterdir() if path.is_file()
    )
    assert "TRANSOM_PASSPHRASE" not in os.environ
    assert main(["--desk", str(folder), "piece", "--title", "By the only editor-in-chief"]) == 0
    assert main(["new", str(folder)]) == 1
