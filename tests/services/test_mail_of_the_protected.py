"""Mail that comes when somebody is protected already: by whatever address, from whomever, by day and by night."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.withholding import WITHHELD
from app.services.identity import Identity
from tests.support.desks import PASSPHRASE, STORY, Hands, fails, mail, photograph
from tests.support.secrets import ADDRESS, CANARIES, HOST, IDENTITY, NAME, PHONE, PLACE, standing

GMAIL = "xiulan.zhang@gmail.com"


@pytest.fixture
def token(hands: Hands) -> str:
    """The first piece of somebody, who is protected."""
    letter = mail(STORY, sender=f"Lin Mu <{ADDRESS}>", id=f"<1@{HOST}.local>", subject="A hall")
    made = str(hands.receive(letter)[0]["token"])
    hands.protect(made, **(IDENTITY | {"addresses": (ADDRESS, GMAIL)}))
    return made


def come(hands: Hands, text: str = "They sang in the hall of seventeen.", **more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"sender": "Bo <bo@w.example>", "id": "<2@w.example>", "subject": "The hall"}
    return hands.receive(mail(text, **(given | more)))[0]


SENDERS = {
    "as it is": {"sender": ADDRESS},
    "capitals": {"sender": f"{NAME} <{ADDRESS.upper()}>"},
    "a tag": {"sender": f"{NAME} <zhang.xiulan+desk@secret.example>"},
    "a dot at the end": {"sender": f"{NAME} <{ADDRESS}.>"},
    "without the dots of Gmail": {"sender": f"{NAME} <XiulanZhang@googlemail.com>"},
    "answers go to them": {"sender": f"{NAME} <new@third.example>", "Reply_To": ADDRESS},
    "sent by a service": {"sender": f"{NAME} <bounce@service.example>", "Sender": ADDRESS},
}


@pytest.mark.parametrize("how", SENDERS)
@pytest.mark.parametrize("locked", [False, True])
def test_a_mailbox_is_known_however_its_address_is_written(
    hands: Hands, token: str, how: str, locked: bool
) -> None:
    if locked:
        hands.desk.desk_keys.lock_vault()
    row = come(hands, **(SENDERS[how] | {"id": f"<5@{HOST}.local>"}))
    assert hands.show(row["token"])["contributor"] == hands.show(token)["contributor"]
    assert standing(hands.desk, *CANARIES, "third.example", "service.example") == []
    assert len(hands.desk.contributors.everyone()) == 1


OTHERS: dict[str, dict[str, Any]] = {
    "a copy": {"Cc": f"Somebody <{ADDRESS}>"},
    "an answer": {"In_Reply_To": f"<1@{HOST}.local>"},
    "a quotation": {"text": f"Yes.\n\nOn Monday somebody <{ADDRESS}> wrote:\n> And we sang.\n"},
    "a letter sent on": {
        "text": f"See below.\n\n-------- Forwarded message --------\nFrom: {NAME} <{ADDRESS}>\n\nWe sang.\n"
    },
    "a letter attached": {
        "files": (
            (
                "old.eml",
                mail("We sang.", sender=f"{NAME} <{ADDRESS}>", id=f"<o@{HOST}.local>"),
                "message/rfc822",
            ),
        )
    },
}


@pytest.mark.parametrize("how", OTHERS)
@pytest.mark.parametrize("locked", [False, True])
def test_what_others_send_of_them_is_sealed(hands: Hands, token: str, how: str, locked: bool) -> None:
    if locked:
        hands.desk.desk_keys.lock_vault()
    row = come(hands, **OTHERS[how])
    assert standing(hands.desk, *CANARIES) == []
    with fails("message.sealed"):
        hands.desk.showing.raw(row["message"])
    shown = hands.desk.showing.message(row["message"])
    assert shown["from"] == (f"{WITHHELD} <bo@w.example>" if locked else "Bo <bo@w.example>")


def test_what_tells_by_its_words_is_sealed_when_the_vault_can_be_asked(hands: Hands, token: str) -> None:
    photo = (f"{NAME}.jpg", photograph(camera="Fujifilm"), "image/jpeg")
    row = come(hands, f"I know {NAME}. Ring her: {PHONE}.", subject=f"On {NAME}", files=(photo,))
    assert row["attachments"][0]["name"] == "photograph-1.jpg"
    places = [place for place in standing(hands.desk, *CANARIES, "Fujifilm") if "article" not in place]
    assert [place for place in places if not place.startswith("search")] == []
    assert WITHHELD in str(hands.desk.showing.text(row["token"], 0, "text"))
    assert PHONE not in str(hands.desk.showing.text(row["token"], 0, "text"))


def test_a_new_address_under_their_name_is_a_contact_without_a_name(hands: Hands, token: str) -> None:
    row = come(hands, sender=f"{NAME} <unheard@third.example>")
    who = hands.show(row["token"])["contributor"]
    assert (who["byline"], who["protection"]) == ("", "protected")
    assert who["id"] != hands.show(token)["contributor"]["id"]
    assert standing(hands.desk, *CANARIES, "third.example") == []
    hands.protect(token, **(IDENTITY | {"addresses": (ADDRESS, "unheard@third.example")}))
    assert hands.show(row["token"])["contributor"] == hands.show(token)["contributor"]


def test_what_came_by_night_is_looked_at_again_by_day(hands: Hands, token: str) -> None:
    hands.desk.desk_keys.lock_vault()
    theirs = come(hands, f"We sang. I am {NAME} of {PLACE}.", sender=ADDRESS, id=f"<5@{HOST}.local>")
    new = come(hands, "They sang.", sender=f"{NAME} <unheard@third.example>", id="<6@third.example>")
    other = come(hands, f"I met {NAME}. It rained.", id="<7@w.example>", In_Reply_To="<6@third.example>")
    plain = come(hands, "It snowed.", sender="Cy <cy@w.example>", id="<8@w.example>")
    loose = hands.receive(photograph(7, camera=NAME), suffix="-zhang.xiulan.jpg")[0]
    assert hands.show(theirs["token"])["messages"][0]["text"] == WITHHELD
    assert "unheard" in hands.desk.showing.message(new["message"])["from"]

    hands.desk.desk_keys.unlock_vault(PASSPHRASE)
    hands.desk.intake.take_up_again()
    left = standing(hands.desk, *CANARIES, "third.example")
    assert {place.partition(":")[0] for place in left} <= {"revision.article", "search_text_data.block"}
    assert hands.show(theirs["token"])["messages"][0]["text"].startswith("We sang.")
    assert hands.show(new["token"])["contributor"]["protection"] == "protected"
    assert hands.desk.showing.message(other["message"])["text"].strip() == f"{WITHHELD} It rained."
    assert hands.desk.showing.message(plain["message"])["message_id"] == "<8@w.example>"
    assert hands.show(loose["token"])["title"] == "(no subject)"
    assert hands.show(loose["token"])["photos"][0]["metadata"] == {}


def test_a_namesake_is_asked_for_and_then_left_alone(hands: Hands, token: str) -> None:
    writer = hands.piece(sender="Mei Rong <mei@writers.example>", id="<3@w.example>", subject="One")
    other = hands.piece(sender="Bo <mei.rong@elsewhere.example>", id="<4@w.example>", subject="Two")
    codes = [hands.show(each)["contributor"]["code"] for each in (writer, other)]
    same = Identity("Mei Rong", ("mei.rong@elsewhere.example",))
    with fails("protect.namesake"):
        hands.desk.contributors.protect(codes[1], "An Wu", same, "marta")
    assert hands.show(other)["contributor"]["protection"] == "open"
    named = Identity("Mei Rong", ("mei.rong@elsewhere.example",), namesakes=(codes[0],))
    hands.desk.contributors.protect(codes[1], "An Wu", named, "marta")
    shown = hands.show(writer)
    assert shown["contributor"]["byline"] == "Mei Rong"
    assert shown["messages"][0]["from"] == "Mei Rong <mei@writers.example>"
    later = come(hands, sender="Mei Rong <mei@writers.example>", id="<9@w.example>")
    assert hands.desk.showing.message(later["message"])["from"] == "Mei Rong <mei@writers.example>"
