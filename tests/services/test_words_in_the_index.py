"""The words of a message stand once in the index while its article has all of them."""

from __future__ import annotations

from app.services.rows import Hit
from tests.support.desks import Hands, mail, photograph


def _hits(hands: Hands, words: str) -> list[Hit]:
    with hands.desk.store.read() as unit:
        return unit.search(words, 10)


def test_a_letter_that_is_the_article_is_found_as_the_article(hands: Hands) -> None:
    hands.receive(mail("The zebras of the hall came back.\n\nNobody told us why they had gone."))
    assert [hit.where for hit in _hits(hands, "zebras")] == ["article"]


def test_an_edit_does_not_hide_what_the_letter_said(hands: Hands) -> None:
    token = hands.receive(mail("The zebras of the hall came back."))[0]["token"]
    hands.desk.editing.edit(token, "new.txt", b"The horses of the hall came back.", "update", "paolo")
    assert [hit.where for hit in _hits(hands, "horses")] == ["article"]
    assert [hit.where for hit in _hits(hands, "zebras")] == ["message"]


def test_a_letter_with_a_signature_is_found_by_that_too(hands: Hands) -> None:
    hands.receive(mail("The zebras of the hall came back.\n\n-- \nAda Novak, Street of Poplars\n"))
    assert [hit.where for hit in _hits(hands, "poplars")] == ["message"]
    assert {hit.where for hit in _hits(hands, "zebras")} == {"article", "message"}


def test_two_answers_in_one_batch_bring_photographs_to_one_piece(hands: Hands) -> None:
    token = hands.receive(mail())[0]["token"]
    picture = ("hall.jpg", photograph(), "image/jpeg")
    answers = [
        mail(
            f"Here is one more, {number}.",
            id=f"<{number}@writers.example>",
            files=(picture,),
            **{"In-Reply-To": "<1@writers.example>"},
        )
        for number in (2, 3)
    ]
    assert [row["token"] for row in hands.receive(*answers)] == [token, token]
    assert [photo["number"] for photo in hands.show(token)["photos"]] == [1, 2]
