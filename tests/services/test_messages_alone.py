"""Messages that are on no piece: pitches, corrected classes, what is put away."""

from __future__ import annotations

from tests.support.desks import Hands, fails, mail

PITCH = mail(
    "Dear editors, I would like to propose an article about the registration law. Would you be interested?",
    subject="Pitch: the registration law",
    id="<p@w.example>",
)


def test_a_pitch_waits_without_a_number_until_it_is_accepted(hands: Hands) -> None:
    row = hands.receive(PITCH)[0]
    assert (row["class"], row["token"]) == ("pitch", None)
    assert [each["id"] for each in hands.desk.showing.messages(unfiled=True)] == [row["message"]]
    with fails("role.missing"):
        hands.desk.intake.accept(row["message"], "teo")
    piece = hands.desk.intake.accept(row["message"], "marta")
    shown = hands.show(piece.token)
    assert (shown["kind"], shown["grants"], len(shown["messages"])) == ("pitch", [], 1)
    assert hands.desk.showing.search("registration")[0]["token"] == piece.token
    assert hands.desk.showing.messages(unfiled=True) == []
    assert hands.receive(PITCH)[0]["token"] == piece.token
    with fails("message.on-a-piece"):
        hands.desk.intake.accept(row["message"], "marta")
    with fails("message.unknown"):
        hands.desk.intake.accept("nothing", "marta")


def test_a_message_is_put_away_and_brought_back(hands: Hands) -> None:
    id = hands.receive(PITCH)[0]["message"]
    hands.desk.intake.file(id, "marta")
    assert hands.desk.showing.messages(unfiled=True) == []
    assert hands.desk.showing.messages("pitch")[0]["filed"]
    hands.desk.intake.file(id, "marta", off=True)
    assert [each["id"] for each in hands.desk.showing.messages(unfiled=True)] == [id]
    with fails("role.missing"):
        hands.desk.intake.file(id, "teo")
    hands.desk.intake.accept(id, "marta")
    with fails("message.on-a-piece"):
        hands.desk.intake.file(id, "marta")


def test_a_message_whose_class_becomes_contribution_gets_its_number(hands: Hands) -> None:
    row = hands.receive(PITCH)[0]
    hands.desk.intake.classify(row["message"], "contribution", "paolo")
    message = hands.desk.showing.message(row["message"])
    assert (message["class"], message["token"]) == ("contribution", "ED-2026-0001")


def test_correcting_a_class_deletes_nothing(hands: Hands) -> None:
    token = hands.piece()
    id = hands.show(token)["messages"][0]["id"]
    hands.desk.intake.classify(id, "newsletter", "paolo")
    assert hands.desk.showing.message(id)["class"] == "newsletter"
    assert hands.show(token)["messages"][0]["class"] == "newsletter"
    assert [each["id"] for each in hands.desk.showing.messages("newsletter")] == [id]
    with fails("choice.unknown"):
        hands.desk.intake.classify(id, "junk", "paolo")
    with fails("role.missing"):
        hands.desk.intake.classify(id, "spam", "teo")
