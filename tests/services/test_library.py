"""Photographs without a piece of their own wait in the library, with their permission."""

from __future__ import annotations

from tests.support.desks import Hands, fails, mail, photograph


def pictures(hands: Hands) -> str:
    files = (("hall.jpg", photograph(), "image/jpeg"),)
    token = str(hands.receive(mail("Two pictures of mine.", subject="Photographs", files=files))[0]["token"])
    hands.desk.editing.set(token, {"kind": "photographs"}, "marta")
    return token


def test_photographs_go_to_the_library_and_come_back(hands: Hands) -> None:
    desk, token = hands.desk, pictures(hands)
    assert desk.library.file(token, "paolo").filed
    assert desk.showing.pieces() == [] and [row.token for row in desk.showing.pieces(library=True)] == [token]
    shown = hands.show(token)
    assert shown["filed"] and shown["photos"][0]["grants"]
    assert desk.library.file(token, "paolo").version == desk.library.file(token, "paolo").version
    desk.library.file(token, "paolo", off=True)
    assert [row.token for row in desk.showing.pieces()] == [token]
    desk.triage.undo(token, "paolo")
    assert hands.show(token)["filed"]
    desk.triage.undo(token, "paolo")
    assert not hands.show(token)["filed"]


def test_what_is_accepted_leaves_the_library(hands: Hands) -> None:
    token = pictures(hands)
    hands.desk.library.file(token, "paolo")
    hands.desk.triage.move(token, "editing", "marta")
    assert not hands.show(token)["filed"]
    with fails("file.too-late"):
        hands.desk.library.file(token, "paolo")


def test_only_photographs_are_filed_and_only_by_staff(hands: Hands) -> None:
    with fails("file.not-photographs"):
        hands.desk.library.file(hands.piece(), "paolo")
    with fails("role.missing"):
        hands.desk.library.file(pictures(hands), "teo")
