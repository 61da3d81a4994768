"""Somebody is protected whose mail, files and pieces are on the desk already: nothing of it lies open after that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.withholding import WITHHELD
from app.services.granting import Request
from app.services.identity import Identity
from tests.support.desks import STORY, WORD, Hands, fails, mail, photograph
from tests.support.secrets import ADDRESS, CANARIES, HOST, IDENTITY, KIN, NAME, PHONE, PLACE, standing
from tests.support.word_files import paragraph, word_file

CHANGED = (
    '<w:p><w:r><w:t xml:space="preserve">They came </w:t></w:r><w:ins w:id="1" w:author="Zhang Xiulan">'
    "<w:r><w:t>with a list.</w:t></w:r></w:ins></w:p>"
)
MANUSCRIPT = word_file(paragraph("A hall was closed", "Title") + CHANGED + paragraph(STORY * 6))


@pytest.fixture
def token(hands: Hands) -> str:
    """A piece of somebody whom nobody protected yet."""
    files = (
        ("zhang-story.docx", MANUSCRIPT, WORD),
        ("IMG_zhang.jpg", photograph(camera="Fujifilm"), "image/jpeg"),
    )
    text = f"Please do not use my name. I am {NAME} from {PLACE}, {PHONE}. The hall had seventeen seats.\n\nXiulan"
    letter = mail(
        text,
        subject=f"By {NAME}",
        sender=f"{NAME} <{ADDRESS}>",
        id=f"<1@{HOST}.local>",
        files=files,
    )
    return str(hands.receive(letter)[0]["token"])


def protect(hands: Hands, token: str, **more: Any) -> None:
    hands.protect(token, **(IDENTITY | more))


def test_a_letter_stays_to_be_read_where_it_tells_nothing(hands: Hands, token: str) -> None:
    protect(hands, token)
    assert standing(hands.desk, *CANARIES, "zhang-story", "IMG_zhang", "Fujifilm") == []
    shown = hands.show(token)["messages"][0]
    assert "The hall had seventeen seats." in shown["text"] and WITHHELD in shown["text"]
    assert (shown["subject"], shown["to"], shown["message_id"]) == ("", [], None)
    assert hands.show(token)["reservations"][0]["sentence"] == "Please do not use my name."
    for asked in (NAME, "Xiulan", ADDRESS, PLACE, "5550"):
        assert hands.desk.showing.search(asked) == []
    assert hands.desk.showing.search("seventeen seats")


def test_who_made_changes_is_taken_out_of_every_revision(hands: Hands, token: str) -> None:
    hands.desk.editing.edit(token, "zhang-story-2.docx", MANUSCRIPT, "update", "paolo")
    assert NAME in json.dumps(hands.desk.showing.text(token, 0, "json"))
    protect(hands, token)
    for number in (0, 1):
        text = hands.desk.showing.text(token, number, "json")
        assert NAME not in json.dumps(text) and "with a list." in json.dumps(text)
    assert [row["note"] for row in hands.show(token)["revisions"]] == ["as received", WITHHELD]
    assert all(check.ok for check in hands.desk.verifying.verify())
    hands.desk.editing.edit(token, "zhang-story-3.docx", MANUSCRIPT, "update", "paolo")
    assert standing(hands.desk, *CANARIES, "zhang-story") == []
    assert hands.show(token)["revisions"][2]["note"] == "from a document"


def test_a_name_that_signs_a_text_is_taken_out_and_one_inside_it_is_the_editors(hands: Hands) -> None:
    inside = f"They asked for {NAME}, and nobody answered. " + STORY * 3
    text = word_file(
        "".join(
            map(paragraph, (f"By {NAME}", inside, "It rained.", "Written in the valley,", f"{NAME}, {PHONE}"))
        )
    )
    letter = {"sender": f"{NAME} <{ADDRESS}>", "id": f"<1@{HOST}.local>", "subject": "One"}
    first, second = (
        hands.receive(
            mail("My text.", files=((f"{n}.docx", text, WORD),), **(letter | {"id": f"<{n}@x.example>"}))
        )[0]
        for n in (1, 2)
    )
    assert first["token"] and second["token"]
    protect(hands, first["token"])
    third = hands.receive(
        mail("More.", files=(("3.docx", text, WORD),), **(letter | {"id": "<3@x.example>"}))
    )[0]
    for row in (first, second, third):
        lines = str(hands.desk.showing.text(row["token"], 0, "text")).split("\n")
        said = [line for line in lines if line]
        assert (said[0], said[1][:31], said[2:4], said[-1]) == (
            WITHHELD,
            f"They asked for {NAME}, an"[:31],
            ["It rained.", "Written in the valley,"],
            WITHHELD,
        )
        assert "is in the vault" in hands.gate(row["token"], "T03")["why"]


def test_what_was_printed_of_them_and_said_about_them_goes_to_the_vault(hands: Hands, token: str) -> None:
    desk, message = hands.desk, hands.show(token)["messages"][0]["id"]
    desk.editing.set(token, {"byline": NAME, "bio": f"{NAME} lives in {PLACE}."}, "paolo")
    desk.photos.set(token, 1, {"credit": NAME, "caption": "The hall.", "alt": "A hall"}, "noor")
    desk.granting.grant(token, Request("explicit-email", message=message, quote=f"I, {NAME}, agree"), "greta")
    desk.triage.hold(token, "marta", reason=f"{KIN} was arrested")
    desk.triage.hold(token, "marta", off=True, reason="all is well")
    code = hands.show(token)["contributor"]["code"]
    desk.contributors.set(code, {"bio": f"A teacher in {PLACE}."}, "paolo")
    protect(hands, token)
    assert standing(desk, *CANARIES) == []
    shown = hands.show(token)
    assert [entry["reason"] for entry in shown["history"] if entry["act"] in ("hold", "release")] == [
        WITHHELD,
        "all is well",
    ]
    assert (shown["byline"], shown["photos"][0]["credit"], shown["photos"][0]["caption"]) == (
        "",
        "",
        "The hall.",
    )
    records = json.dumps(desk.contributors.read_record(code, "to see what was kept", "marta")["records"])
    for said in (
        f"I, {NAME}, agree",
        f"{KIN} was arrested",
        f"{NAME} lives in {PLACE}.",
        f"A teacher in {PLACE}.",
    ):
        assert said in records


def test_what_looked_like_a_newsletter_is_theirs_too(hands: Hands, token: str) -> None:
    letter: dict[str, Any] = {
        "sender": f"{NAME} <{ADDRESS.upper()}>",
        "id": f"<9@{HOST}.local>",
        "List_Id": "<a.list.example>",
    }
    row = hands.receive(mail(f"News of {NAME}", subject="News", **letter))[0]
    assert row["class"] == "newsletter"
    protect(hands, token)
    assert standing(hands.desk, *CANARIES) == []
    with fails("message.sealed"):
        hands.desk.showing.raw(row["message"])


OTHERS = {
    "a copy to them": {"Cc": f"{NAME} <{ADDRESS}>"},
    "answers go to them": {"Reply_To": f"bo@writers.example, {ADDRESS}"},
    "an answer to them": {"In_Reply_To": f"<1@{HOST}.local>"},
    "in the thread": {"References": f"<0@x.example> <1@{HOST}.local>"},
    "their name in the subject": {"subject": f"About {NAME}"},
    "sent on by a list": {"Resent_From": ADDRESS},
}


@pytest.mark.parametrize("how", OTHERS)
def test_a_letter_of_somebody_else_that_tells_of_them_is_sealed(hands: Hands, token: str, how: str) -> None:
    more: dict[str, Any] = {"subject": "The hall"} | OTHERS[how]
    letter = mail("They were all there.", sender="Bo Lund <bo@writers.example>", id="<2@w.example>", **more)
    row = hands.receive(letter)[0]
    protect(hands, token)
    assert standing(hands.desk, *CANARIES) == []
    shown = hands.desk.showing.message(row["message"])
    assert (shown["from"], shown["text"].strip()) == ("Bo Lund <bo@writers.example>", "They were all there.")
    with fails("message.sealed"):
        hands.desk.showing.raw(row["message"])
    assert b"Bo Lund" in hands.desk.contributors.read_message(row["message"], "to answer", "marta")


def test_what_others_quote_and_forward_is_sealed_and_their_own_words_stay(hands: Hands, token: str) -> None:
    inner = mail(f"Signed: {NAME}", sender=f"{NAME} <{ADDRESS}>", id=f"<i@{HOST}.local>")
    files = (
        ("forwarded.eml", inner, "message/rfc822"),
        ("my-own.txt", b"A text of mine, nothing else.", "text/plain"),
        ("by-zhang-xiulan.txt", b"A text.", "text/plain"),
    )
    text = f"I was there.\n\nOn Monday {NAME} <{ADDRESS}> wrote:\n> and we sang\n"
    row = hands.receive(
        mail(text, sender="Bo <bo@w.example>", id="<2@w.example>", subject="Re: Fwd", files=files)
    )[0]
    protect(hands, token)
    assert standing(hands.desk, *CANARIES, "by-zhang") == []
    shown = hands.desk.showing.message(row["message"])
    assert shown["text"].startswith("I was there.") and "we sang" in shown["text"]
    assert shown["new_text"] == "I was there."
    names = [each["name"] for each in shown["attachments"]]
    assert names[1] == "my-own.txt" and names[0].startswith("file-1") and names[2] == "manuscript-3.txt"


def test_letters_that_tell_nothing_are_left_alone(hands: Hands, token: str) -> None:
    row = hands.receive(mail("The Zhang valley in autumn.", sender="Bo <bo@w.example>", id="<2@w.example>"))[
        0
    ]
    protect(hands, token)
    shown = hands.desk.showing.message(row["message"])
    assert (shown["text"].strip(), shown["message_id"]) == ("The Zhang valley in autumn.", "<2@w.example>")
    assert b"valley" in hands.desk.showing.raw(row["message"])


def test_loose_files_on_their_piece_are_sealed_before_and_after(
    hands: Hands, token: str, tmp_path: Path
) -> None:
    def loose(number: int) -> str:
        path = tmp_path / f"IMG_zhang_{number}.jpg"
        path.write_bytes(photograph(50 + number, camera="Fujifilm"))
        return next(iter(hands.desk.intake.receive([str(path)]))).token

    first, second = loose(1), loose(2)
    hands.desk.triage.duplicate(first, token, "marta")
    protect(hands, token)
    assert standing(hands.desk, "IMG_zhang_1") == []
    assert standing(hands.desk, "IMG_zhang_2")
    hands.desk.triage.duplicate(second, token, "marta")
    assert standing(hands.desk, "IMG_zhang", "Fujifilm") == []
    with hands.desk.store.read() as unit:
        sealed = unit.connection.exec_driver_sql(
            "SELECT sealed FROM blob WHERE id IN (SELECT blob FROM arrival WHERE kind = 'file')"
        )
        assert [bool(row[0]) for row in sealed] == [True, True]
    hands.desk.triage.undo(second, "marta")
    assert hands.show(second)["title"] == "(no subject)"


def test_a_piece_of_theirs_that_joined_anothers_stays_hidden(hands: Hands, token: str) -> None:
    other = hands.piece(sender="Bo <bo@w.example>", id="<2@w.example>", subject="Of Bo")
    protect(hands, token)
    hands.desk.triage.duplicate(token, other, "marta")
    hands.desk.editing.edit(other, "zhang-story-4.docx", MANUSCRIPT, "update", "paolo")
    hands.grant(other, "signed-licence", file=("zhang-licence.pdf", b"%PDF-1.4"))
    assert standing(hands.desk, *CANARIES, "zhang-story", "zhang-licence") == []


def test_the_letters_of_others_who_are_protected_stay_theirs(hands: Hands, token: str) -> None:
    mei = "Mei Rong <mei.rong@other.example>"
    second = hands.receive(
        mail("We sang.\n\n-- \nMei Rong", subject=f"I know {NAME}", sender=mei, id="<5@m.example>")
    )[0]["token"]
    hands.desk.contributors.protect(
        hands.show(second)["contributor"]["id"],
        "An Wu",
        Identity("Mei Rong", ("mei.rong@other.example",)),
        "marta",
    )
    assert standing(hands.desk, "Mei Rong", "mei.rong") == []
    protect(hands, token)
    assert standing(hands.desk, *CANARIES, "Mei Rong", "mei.rong") == []
    shown = hands.show(second)["messages"][0]
    assert shown["from"].startswith("contact ") and "We sang." in shown["text"]


def test_one_more_address_can_be_added(hands: Hands, token: str) -> None:
    protect(hands, token)
    terms = hands.desk.contributors.vault_state()["terms"]
    later = hands.receive(mail(sender="X. <x@third.example>", id="<7@x.example>"))[0]["token"]
    protect(hands, token, addresses=(ADDRESS, "x@third.example"))
    assert hands.show(later)["contributor"] == hands.show(token)["contributor"]
    assert hands.desk.contributors.vault_state()["terms"] == terms + 2
    assert standing(hands.desk, "third.example") == []


def test_no_answer_of_the_desk_names_them(hands: Hands, token: str, tmp_path: Path) -> None:
    desk = hands.desk
    come = {"sender": "Bo <bo@w.example>", "id": "<2@w.example>", "Cc": ADDRESS, "subject": f"With {NAME}"}
    other = hands.receive(mail("We sang.", **come))[0]["message"]  # type: ignore[arg-type]
    desk.editing.edit(token, "zhang-story-2.docx", MANUSCRIPT, "update", "paolo")
    protect(hands, token)
    shown = hands.show(token)
    path = tmp_path / "again.eml"
    path.write_bytes(mail("We sang.", sender=ADDRESS, id=f"<3@{HOST}.local>", subject=f"By {NAME}"))
    answers: list[Any] = [
        shown,
        [receipt.as_json() for _ in range(2) for receipt in desk.intake.receive([str(path)])],
        desk.showing.pieces(),
        desk.showing.messages(),
        desk.showing.message(other),
        [desk.showing.message(each["id"]) for each in shown["messages"]],
        [
            desk.showing.text(token, number, form)
            for number in (0, 1)
            for form in ("text", "html", "markdown", "json")
        ],
        desk.showing.diff(token, 0, 1),
        desk.showing.gates(token),
        [desk.showing.search(word) for word in ("sang", "hall", NAME, PLACE, "Bo")],
        desk.showing.audit(),
        desk.contributors.everyone(),
        desk.contributors.show(shown["contributor"]["code"]),
        desk.contributors.vault_state(),
        [check.as_json() for check in desk.verifying.verify()],
    ]
    said = json.dumps(answers, default=str, ensure_ascii=False)
    assert [each for each in (*CANARIES, "zhang-story", "IMG_zhang", "Fujifilm") if each in said] == []
