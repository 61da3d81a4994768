"""Protection: what tells who somebody is goes to the vault, and stands nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.bootstrap.opened import OpenDesk
from app.services.identity import Identity
from tests.support.desks import STORY, WORD, Hands, fails, mail, manuscript, photograph

NAME, ADDRESS, LAPTOP, PLACE = "Zhang Xiulan", "zhang.xiulan@secret.example", "zhang-laptop", "Kaifeng"
CANARIES = (NAME, "Xiulan", ADDRESS, "secret.example", LAPTOP, "zhang-story", "IMG_Kaifeng", "Fujifilm-771")
KEPT = "The hall of the seventeen was closed before noon"


def letter(id: str, subject: str = f"From {NAME}", sender: str = f"{NAME} <{ADDRESS}>", **more: str) -> bytes:
    files = (
        ("zhang-story.docx", manuscript(f"{KEPT}. " * 20), WORD),
        ("IMG_Kaifeng.jpg", photograph(camera="Fujifilm-771"), "image/jpeg"),
    )
    text = f"{KEPT}, number {id}.\n\n-- \n{NAME}\n{ADDRESS}\n"
    return mail(text, subject=subject, sender=sender, id=f"<{id}@{LAPTOP}.local>", files=files, **more)


def open_rows(desk: OpenDesk) -> dict[str, str]:
    """Everything that stands unsealed in the tables, by table."""
    found: dict[str, str] = {}
    with desk.store.read() as unit:
        inspector = sa.inspect(unit.connection)
        for table in inspector.get_table_names():
            rows = unit.connection.exec_driver_sql(f'SELECT * FROM "{table}"').fetchall()
            found[table] = "\n".join(str(value) for row in rows for value in row if isinstance(value, str))
        found["index"] = str(
            unit.connection.exec_driver_sql("SELECT title, body FROM search_text").fetchall()
        )
    return found


def standing(desk: OpenDesk, *canaries: str) -> list[tuple[str, str]]:
    """Which canary stands in which table."""
    rows = open_rows(desk)
    return [
        (name, canary)
        for name, text in rows.items()
        for canary in canaries
        if canary.casefold() in text.casefold()
    ]


@pytest.fixture
def protected(hands: Hands, tmp_path: Path) -> str:
    """A piece of somebody who was protected after its mail had come."""
    (tmp_path / "zhang-story.eml").write_bytes(letter("1"))
    token = next(iter(hands.desk.intake.receive([str(tmp_path / "zhang-story.eml")]))).token
    assert standing(hands.desk, *CANARIES)
    hands.protect(token, real_name=NAME, addresses=(ADDRESS,), places=(PLACE,), phones=("+86 371 5550 199",))
    return token


def test_protecting_somebody_seals_what_the_desk_holds_of_them(hands: Hands, protected: str) -> None:
    assert standing(hands.desk, *CANARIES) == []
    shown = hands.show(protected)
    assert shown["contributor"]["byline"] == "Lin Mu" and shown["contributor"]["protection"] == "protected"
    assert shown["messages"][0]["from"] == f"contact {shown['contributor']['code']}"
    assert shown["messages"][0]["message_id"] is None
    assert [file["name"] for file in shown["messages"][0]["attachments"]] == [
        "manuscript-1.docx",
        "photograph-2.jpg",
    ]
    assert shown["photos"][0]["name"] == "photograph-2.jpg" and shown["photos"][0]["metadata"] == {}


def test_what_was_written_stays_and_is_found(hands: Hands, protected: str) -> None:
    assert KEPT in str(hands.desk.showing.text(protected, 0, "text"))
    assert {hit["token"] for hit in hands.desk.showing.search("seventeen")} == {protected}
    for canary in (NAME, ADDRESS, "laptop"):
        assert hands.desk.showing.search(canary) == []


def test_a_later_mail_of_theirs_is_sealed_as_it_comes(hands: Hands, protected: str, tmp_path: Path) -> None:
    path = tmp_path / "from zhang-laptop.eml"
    path.write_bytes(letter("2", subject=f"Again from {NAME}, the same hall"))
    row = next(iter(hands.desk.intake.receive([str(path)]))).as_json()
    assert row["path"] == str(path) and row["status"] == "received" and row["message_id"] is None
    assert standing(hands.desk, *CANARIES) == []
    assert row["token"] != protected
    shown = hands.show(row["token"])
    assert shown["title"] == "A hall was closed"
    assert shown["contributor"]["id"] == hands.show(protected)["contributor"]["id"]
    with fails("message.sealed"):
        hands.desk.showing.raw(row["message"])
    known = next(iter(hands.desk.intake.receive([str(path)]))).as_json()
    assert (known["status"], known["token"], known["message_id"]) == ("known", row["token"], None)


def test_the_title_is_never_the_name_of_a_file(hands: Hands, protected: str) -> None:
    code = hands.show(protected)["contributor"]["code"]
    picture = ("IMG_Kaifeng.jpg", photograph(5), "image/jpeg")
    row = hands.receive(mail("Look.", subject="", sender=ADDRESS, id="<5@x.example>", files=(picture,)))[0]
    assert hands.show(row["token"])["title"] == f"From contact {code}"
    assert hands.desk.showing.pieces()[0].title == f"From contact {code}"


def test_a_title_that_was_a_name_of_a_file_is_changed_by_protection(hands: Hands) -> None:
    picture = ("IMG_Kaifeng.jpg", photograph(5), "image/jpeg")
    token = hands.receive(mail("Look.", subject="", sender=ADDRESS, files=(picture,)))[0]["token"]
    assert hands.show(token)["title"] == "IMG_Kaifeng.jpg"
    hands.desk.editing.set(token, {"headline": "A headline"}, "marta")
    hands.desk.editing.set(token, {"headline": ""}, "marta")
    hands.protect(token)
    assert hands.show(token)["title"].startswith("From contact ")
    assert standing(hands.desk, "IMG_Kaifeng") == []


@pytest.mark.parametrize(("subject", "stays"), [("The seventeen", True), (f"By {NAME.upper()}", False)])
def test_a_subject_stays_open_when_it_tells_nothing(hands: Hands, subject: str, stays: bool) -> None:
    token = hands.receive(mail(subject=subject, sender=f"{NAME} <{ADDRESS}>"))[0]["token"]
    hands.protect(token, real_name=NAME)
    shown = hands.show(token)
    assert (shown["title"] == subject) is stays
    assert (shown["messages"][0]["subject"] == subject) is stays


def test_their_answers_still_find_their_piece(hands: Hands, protected: str) -> None:
    row = hands.receive(letter("3", In_Reply_To=f"<1@{LAPTOP}.local>"))[0]
    assert (row["class"], row["token"]) == ("belongs", protected)
    again = hands.receive(letter("4", References=f"<3@{LAPTOP}.local>"))[0]
    assert again["token"] == protected
    assert standing(hands.desk, *CANARIES) == []


def test_a_name_in_an_old_letter_that_they_forward_is_sealed(hands: Hands, protected: str) -> None:
    inner = mail(f"Signed: {NAME}", sender=f"{NAME} <{ADDRESS}>", id="<i@x.example>")
    files = (
        ("old.eml", inner, "application/octet-stream"),
        ("note.vcf", f"FN:{NAME}".encode(), "text/vcard"),
    )
    row = hands.receive(mail(f"{KEPT}, as I wrote.", sender=ADDRESS, id="<6@x.example>", files=files))[0]
    assert row["status"] == "received"
    assert [name for name, _ in standing(hands.desk, NAME) if name != "revision"] == []


def test_a_record_is_read_for_a_reason_by_those_who_may_and_logged(hands: Hands, protected: str) -> None:
    desk, who = hands.desk, hands.show(protected)["contributor"]
    with fails("vault.reason"):
        desk.contributors.read_record(who["code"], "  ", "marta")
    with fails("role.missing"):
        desk.contributors.read_record(who["code"], "curious", "teo")
    record = desk.contributors.read_record(who["code"], "to pay the fee", "marta")["records"][0]
    assert record["real_name"] == NAME and ADDRESS in record["addresses"]
    message = hands.show(protected)["messages"][0]["id"]
    assert NAME.encode() in desk.contributors.read_message(message, "to check the signature", "greta")
    log = [entry for entry in desk.showing.audit() if entry["act"] == "vault.read"]
    assert [(entry["actor"], entry["detail"]["reason"]) for entry in log] == [
        ("marta", "to pay the fee"),
        ("greta", "to check the signature"),
    ]


def test_what_is_sealed_comes_whole_out_of_the_vault(hands: Hands, protected: str) -> None:
    assert all(check.ok for check in hands.desk.verifying.verify())
    state = hands.desk.contributors.vault_state()
    assert state["checking"] and state["protected"] == 1 and state["terms"] >= 4
    with hands.desk.store.read() as unit:
        photo = hands.show(protected)["photos"][0]
        asset = next(row for row in unit.find(type_of_asset()) if row.sha256 == photo["sha256"])
        assert unit.blob(asset.blob) == photograph(camera="Fujifilm-771")


def type_of_asset() -> Any:
    from app.domain.messages import Asset

    return Asset


def test_two_addresses_of_one_person_become_one_contributor(hands: Hands) -> None:
    first = hands.receive(letter("1"))[0]["token"]
    other = f"{NAME} <xiulan@other.example>"
    second = hands.receive(letter("2", sender=other))[0]["token"]
    hands.protect(first, real_name=NAME, addresses=("XIULAN@other.example",))
    assert hands.show(second)["contributor"] == hands.show(first)["contributor"]
    assert standing(hands.desk, *CANARIES, "other.example") == []
    assert len(hands.desk.contributors.everyone()) == 1


def test_protection_asks_for_both_names_and_for_somebody_who_may(hands: Hands) -> None:
    token = hands.piece()
    who = hands.show(token)["contributor"]["code"]
    for pen_name, real_name in (("", NAME), ("Lin Mu", " ")):
        with fails("protect.name"):
            hands.desk.contributors.protect(who, pen_name, Identity(real_name), "marta")
    with fails("role.missing"):
        hands.desk.contributors.protect(who, "Lin Mu", Identity(NAME), "teo")
    with fails("contributor.unknown"):
        hands.desk.contributors.protect("ZZZZ", "Lin Mu", Identity(NAME), "marta")
    assert NAME not in repr(Identity(NAME))


def test_what_is_printed_of_an_open_contributor_is_set(hands: Hands) -> None:
    token = hands.piece()
    code = hands.show(token)["contributor"]["code"]
    hands.desk.contributors.set(code, {"byline": "A. N.", "bio": "Writes.", "nonsense": 1}, "paolo")
    shown = hands.desk.contributors.show(code)
    assert (shown["byline"], shown["bio"], shown["pieces"]) == ("A. N.", "Writes.", [token])
    assert shown["addresses"] == ["ada@writers.example"] and STORY


def test_no_act_of_protection_leaves_a_name_in_the_audit_log(hands: Hands, protected: str) -> None:
    assert "protect" in [entry["act"] for entry in hands.desk.showing.audit()]
    assert NAME not in str(hands.desk.showing.audit()) and ADDRESS not in str(hands.desk.showing.audit())
