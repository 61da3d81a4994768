"""Receiving: nothing is lost, and everything has a row."""

from __future__ import annotations

import json
import mailbox
import os
import subprocess
import sys
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.opened import OpenDesk
from app.domain.messages import Arrival, ArrivalState
from app.sandbox.sandbox import Sandbox
from app.services import sources
from app.services.jobs import Cancel
from tests.support.desks import STORY, WORD, Clock, Hands, fails, mail, manuscript, opened, photograph
from tests.support.word_files import packed, parts_of

KEYS = {"path", "part", "status", "class", "token", "message", "message_id", "reason", "attachments"}
FILE_KEYS = {"name", "media_type", "bytes", "sha256", "read", "reason", "text"}


def received(desk: OpenDesk, *paths: Path | str) -> list[dict[str, Any]]:
    return [receipt.as_json() for receipt in desk.intake.receive([str(path) for path in paths])]


def test_a_mail_with_a_manuscript_and_a_photograph_becomes_a_piece(hands: Hands) -> None:
    files = (("Text final.docx", manuscript(), WORD), ("IMG_1.jpg", photograph(camera="Nikon"), "image/jpeg"))
    row = hands.receive(mail("My article is attached.", files=files))[0]
    assert set(row) == KEYS and all(set(file) == FILE_KEYS for file in row["attachments"])
    assert (row["status"], row["class"], row["token"]) == ("received", "contribution", "ED-2026-0001")
    assert row["message_id"] == "<1@writers.example>" and row["part"] is None and row["reason"] is None
    assert [(file["name"], file["read"]) for file in row["attachments"]] == [
        ("Text final.docx", True),
        ("IMG_1.jpg", True),
    ]
    shown = hands.show(row["token"])
    assert shown["title"] == "A hall was closed" and shown["language"] == "en"
    assert shown["photos"][0]["metadata"] and (shown["photos"][0]["width"], shown["photos"][0]["height"]) == (
        400,
        300,
    )
    assert "seventeen names" in str(hands.desk.showing.text(row["token"], 0, "text"))


def test_the_same_mail_twice_is_known(hands: Hands) -> None:
    first = hands.receive(mail())[0]
    again = hands.receive(mail())[0]
    assert again["status"] == "known"
    assert {name: again[name] for name in ("class", "token", "message", "message_id", "attachments")} == {
        name: first[name] for name in ("class", "token", "message", "message_id", "attachments")
    }
    assert len(hands.desk.showing.pieces()) == 1


def test_the_same_bytes_twice_in_one_batch_are_known_the_second_time(hands: Hands) -> None:
    rows = hands.receive(mail(), mail(), photograph(), photograph())
    assert [row["status"] for row in rows] == ["received", "known", "received", "known"]
    assert rows[2]["token"] == rows[3]["token"] and rows[3]["attachments"] == rows[2]["attachments"]


def test_a_loose_file_is_a_contribution_and_its_own_attachment(hands: Hands, tmp_path: Path) -> None:
    (tmp_path / "hall.jpg").write_bytes(photograph())
    (tmp_path / "text.docx").write_bytes(manuscript())
    picture, text = received(hands.desk, tmp_path / "hall.jpg", tmp_path / "text.docx")
    assert (picture["class"], picture["message"], picture["message_id"]) == ("contribution", None, None)
    assert [file["name"] for file in picture["attachments"]] == ["hall.jpg"]
    assert hands.show(picture["token"])["kind"] == "photographs"
    assert hands.show(text["token"])["title"] == "A hall was closed"
    assert hands.show(text["token"])["grants"] == []


def test_two_attachments_of_one_name_are_both_kept(hands: Hands) -> None:
    files = (("hall.jpg", photograph(1), "image/jpeg"), ("hall.jpg", photograph(2), "image/jpeg"))
    row = hands.receive(mail(files=files))[0]
    assert [file["name"] for file in row["attachments"]] == ["hall.jpg", "hall.jpg"]
    assert len({file["sha256"] for file in row["attachments"]}) == 2
    assert [photo["number"] for photo in hands.show(row["token"])["photos"]] == [1, 2]


def test_what_a_forwarded_message_held_is_kept_too(hands: Hands) -> None:
    inner = MIMEMultipart()
    inner["From"], inner["Subject"] = "Ben <ben@else.example>", "The old letter"
    inner.attach(MIMEText("What he wrote."))
    picture = EmailMessage()
    picture.set_content(photograph(), maintype="image", subtype="jpeg", filename="inside.jpg")
    inner.attach(picture)
    outer = MIMEMultipart()
    outer["From"], outer["To"], outer["Message-ID"] = (
        "Ada <ada@w.example>",
        "desk@winter-review.example",
        "<f@w.example>",
    )
    outer["Subject"] = "Forwarded"
    outer.attach(MIMEText(STORY))
    outer.attach(MIMEMessage(inner))
    row = hands.receive(outer.as_bytes())[0]
    names = [file["name"] for file in row["attachments"]]
    assert "inside.jpg" in names and len(names) == 2
    letter = next(file for file in row["attachments"] if file["media_type"] == "message/rfc822")
    assert "What he wrote." in letter["text"] and "ben@else.example" in letter["text"]
    assert [photo["name"] for photo in hands.show(row["token"])["photos"]] == ["inside.jpg"]


def test_each_message_of_a_mailbox_has_its_row(hands: Hands, tmp_path: Path) -> None:
    box = mailbox.mbox(str(tmp_path / "in.mbox"))
    box.add(mail(id="<1@w.example>"))
    box.add(mail("A second text about the same hall.", id="<2@w.example>"))
    box.close()
    rows = received(hands.desk, tmp_path / "in.mbox")
    assert [(row["part"], row["status"], row["message_id"]) for row in rows] == [
        (1, "received", "<1@w.example>"),
        (2, "received", "<2@w.example>"),
    ]
    assert {row["path"] for row in rows} == {str(tmp_path / "in.mbox")}
    assert [row["status"] for row in received(hands.desk, tmp_path / "in.mbox")] == ["known", "known"]


def test_a_folder_is_walked_and_paths_are_said_as_they_were_given(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "box" / "deep").mkdir(parents=True)
    (tmp_path / "box" / "a.eml").write_bytes(mail())
    (tmp_path / "box" / "deep" / "b.txt").write_text(STORY)
    os.symlink(tmp_path / "box" / "a.eml", tmp_path / "box" / "link.eml")
    monkeypatch.chdir(tmp_path)
    rows = received(hands.desk, "box/")
    assert [(row["path"], row["status"]) for row in rows] == [
        ("box/a.eml", "received"),
        ("box/deep/b.txt", "received"),
        ("box/link.eml", "unreadable"),
    ]
    assert rows[2]["reason"] == "a link, which was not followed"


def test_a_maildir_gives_what_was_delivered(hands: Hands, tmp_path: Path) -> None:
    maildir = mailbox.Maildir(str(tmp_path / "Mail"))
    maildir.add(mail(id="<1@w.example>"))
    (tmp_path / "Mail" / "tmp" / "half").write_bytes(b"not yet")
    rows = received(hands.desk, tmp_path / "Mail")
    assert [(row["status"], row["message_id"]) for row in rows] == [("received", "<1@w.example>")]


def test_a_mailbox_in_a_maildir_gives_each_message_and_one_envelope_line_none(
    hands: Hands, tmp_path: Path
) -> None:
    envelope = b"From ada@w.example Mon Nov 23 09:00:00 2026\n"
    new = tmp_path / "Mail" / "new"
    new.mkdir(parents=True)
    (new / "1").write_bytes(envelope + mail(id="<1@w.example>"))
    (new / "2").write_bytes(b"\n".join(envelope + mail(id=f"<{n}@w.example>") for n in (2, 3)))
    rows = received(hands.desk, tmp_path / "Mail")
    assert [(row["part"], row["message_id"]) for row in rows] == [
        (None, "<1@w.example>"),
        (1, "<2@w.example>"),
        (2, "<3@w.example>"),
    ]


def test_a_missing_path_stops_everything_before_it_begins(hands: Hands, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail())
    with fails("path.missing"):
        received(hands.desk, tmp_path / "a.eml", tmp_path / "b.eml")
    assert hands.desk.showing.pieces() == []


@pytest.mark.parametrize("name", ["empty.docx", "empty.mbox", "empty.eml", "empty"])
def test_an_empty_file_has_a_row(hands: Hands, tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    row = received(hands.desk, tmp_path / name)[0]
    assert (row["status"], row["attachments"][0]["read"]) == ("unreadable", False)
    assert "empty" in row["reason"]


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("broken.docx", packed(parts_of("") | {"word/document.xml": b""}), "unreadable"),
        ("broken.jpg", photograph()[:200], "unreadable"),
        ("sound.mp3", b"ID3\x04\0\0\0\0\0\0" + bytes(300), "received"),
        ("unknown.bin", bytes(range(256)), "received"),
    ],
)
def test_what_cannot_be_read_is_kept_with_its_reason(
    hands: Hands, tmp_path: Path, name: str, data: bytes, status: str
) -> None:
    (tmp_path / name).write_bytes(data)
    row = received(hands.desk, tmp_path / name)[0]
    file = row["attachments"][0]
    assert (row["status"], file["read"], file["bytes"]) == (status, False, len(data))
    assert (row["reason"] is None) is (status == "received") and file["reason"]
    assert row["token"] and all(check.ok for check in hands.desk.verifying.verify())


def test_a_damaged_message_is_received_whatever_its_damage(hands: Hands) -> None:
    for data in (
        b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=q\n\n--q\nlost",
        b"From: a@b.example\nDate: \xff\xfe\n\n\xff" + bytes(50),
    ):
        row = hands.receive(data)[0]
        assert row["status"] == "received" and row["message"]
        assert hands.desk.showing.raw(row["message"]) == data


def test_a_file_name_in_no_encoding_is_said_byte_by_byte(hands: Hands, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text(STORY)
    row = received(hands.desk, path)[0]
    assert row["path"] == path and json.dumps(row).isascii() and "\\udce9" in json.dumps(row)
    assert received(hands.desk, path)[0]["path"] == path
    assert hands.show(row["token"])["title"]


def test_a_file_that_is_too_large_stays_where_it_is(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LARGEST", 1000)
    (tmp_path / "film.bin").write_bytes(bytes(2000))
    row = received(hands.desk, tmp_path / "film.bin")[0]
    assert (row["status"], row["token"]) == ("unreadable", None) and "larger" in row["reason"]


def test_a_pipe_and_a_dangling_link_have_their_rows(hands: Hands, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    os.symlink(tmp_path / "nowhere", tmp_path / "dangling")
    rows = received(hands.desk, tmp_path / "pipe", tmp_path / "dangling")
    assert [row["status"] for row in rows] == ["unreadable", "unreadable"]


AS_NOBODY = """
import os, sys, json
sys.path[:0] = [{root!r}]; sys.path += {site!r}
from app.services.sources import MailForms, items
from app.mail import containers
os.setgroups([]); os.setgid(65534); os.setuid(65534)
forms = MailForms(containers.looks_like_message, containers.looks_like_mbox, containers.split_mbox)
print(json.dumps([(os.path.basename(item.path), item.problem) for item in items([{folder!r}], forms)]))
"""


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become nobody")
def test_what_may_not_be_read_has_its_row() -> None:
    folder = Path("/tmp") / f"transom-unreadable-{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        (folder / "a.eml").write_bytes(mail())
        (folder / "b.eml").write_bytes(mail())
        (folder / "b.eml").chmod(0)
        (folder / "c").mkdir(mode=0)
        site = [place for place in sys.path if place.endswith("site-packages")]
        code = AS_NOBODY.format(root=str(Path(__file__).parents[2]), site=site, folder=str(folder))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        found = dict(json.loads(done.stdout))
        assert found["a.eml"] == ""
        assert "Permission denied" in found["b.eml"] and "Permission denied" in found["c"]
    finally:
        (folder / "c").chmod(0o700)
        for path in (folder / "a.eml", folder / "b.eml"):
            path.unlink()
        (folder / "c").rmdir()
        folder.rmdir()


def test_what_was_stored_when_the_program_died_is_read_by_the_next(
    folder: Path, clock: Clock, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "a.eml").write_bytes(mail())
    with opened(folder, clock, sandbox) as desk:

        def dies(*_: object) -> None:
            raise KeyboardInterrupt

        vars(desk.intake)["_understand"] = dies
        with pytest.raises(KeyboardInterrupt):
            received(desk, tmp_path / "a.eml")
        with desk.store.read() as unit:
            assert unit.find(Arrival)[0].state is ArrivalState.STORED
        assert {check.detail for check in desk.verifying.verify()} >= {"1 wait to be read"}
    with opened(folder, clock, sandbox) as desk:
        row = received(desk, tmp_path / "a.eml")[0]
        assert (row["status"], row["token"]) == ("known", "ED-2026-0001")
        assert desk.showing.show("ED-2026-0001")["messages"][0]["new_text"].startswith("They came")


def test_what_was_acknowledged_before_a_cancel_stays(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.intake.BATCH", 1)
    paths = []
    for number in range(3):
        paths.append(str(tmp_path / f"{number}.eml"))
        Path(paths[-1]).write_bytes(mail(f"Text {number}", id=f"<{number}@w.example>"))
    cancel, told = Cancel(), []
    receipts = hands.desk.intake.receive(paths, cancel=cancel, progress=lambda done, _: told.append(done))
    assert next(iter(receipts)).status == "received"
    cancel.set()
    with fails("cancelled"):
        list(receipts)
    assert len(hands.desk.showing.pieces()) == 1 and told == [1]


@pytest.mark.parametrize(
    "headers",
    [
        {"In_Reply_To": "<1@writers.example>"},
        {"References": "<0@else.example> <1@writers.example>"},
    ],
)
def test_an_answer_finds_its_piece_also_in_the_same_batch(hands: Hands, headers: dict[str, Any]) -> None:
    rows = hands.receive(mail(), mail("One thing more.", subject="Re: hall", id="<2@w.example>", **headers))
    assert [(row["class"], row["token"]) for row in rows] == [
        ("contribution", "ED-2026-0001"),
        ("belongs", "ED-2026-0001"),
    ]
    third = mail("And another.", subject="Re: hall", id="<3@w.example>", In_Reply_To="<2@w.example>")
    assert hands.receive(third)[0]["token"] == "ED-2026-0001"
    assert len(hands.show("ED-2026-0001")["messages"]) == 3


def test_the_number_in_the_subject_finds_the_piece(hands: Hands) -> None:
    token = hands.piece()
    rows = hands.receive(
        mail("A correction.", subject=f"About [{token.lower()}]", id="<2@w.example>"),
        mail("Nothing of yours.", subject="About [ED-2026-0999]", id="<3@w.example>"),
    )
    assert [row["token"] == token for row in rows] == [True, False]


def test_photographs_that_follow_join_the_piece_and_are_not_permitted_by_themselves(hands: Hands) -> None:
    token = hands.piece(photo=True)
    late = mail(
        "Two more.",
        id="<2@w.example>",
        In_Reply_To="<1@writers.example>",
        files=(("b.jpg", photograph(3), "image/jpeg"), ("c.jpg", photograph(4), "image/jpeg")),
    )
    hands.receive(late)
    photos = hands.show(token)["photos"]
    assert [(photo["number"], photo["lead"]) for photo in photos] == [(1, True), (2, False), (3, False)]
    assert hands.desk.showing.pieces()[0].photos == 3


def test_staff_who_write_by_mail_have_written(hands: Hands) -> None:
    token = hands.receive(mail(STORY * 8, sender="Paolo <PAOLO@winter-review.example>"))[0]["token"]
    assert hands.gate(token, "R08")["ok"]


def test_mail_can_be_shown_by_its_own_message_id(hands: Hands) -> None:
    hands.receive(mail())
    shown = hands.desk.showing.message("<1@writers.example>")
    assert (shown["from"], shown["to"]) == ("Ada Novak <ada@writers.example>", ["desk@winter-review.example"])
    assert shown["date"] == "2026-11-23T08:00:00Z"
    with fails("message.unknown"):
        hands.desk.showing.message("<nobody@writers.example>")
