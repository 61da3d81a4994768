"""Permissions: what each basis needs, what sending alone gives, and what stops it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.services.granting import Request
from tests.support.desks import MONDAY, STORY, WORD, Clock, Hands, fails, mail, manuscript, photograph

PICTURE = (("hall.jpg", photograph(), "image/jpeg"),)


def implied(hands: Hands, token: str) -> list[dict[str, object]]:
    return [grant for grant in hands.show(token)["grants"] if grant["basis"] == "implied-by-submission"]


def test_sending_permits_what_the_terms_say_and_no_more(hands: Hands) -> None:
    token = hands.piece(photo=True)
    shown = hands.show(token)
    text, picture = implied(hands, token)
    for grant in (text, picture):
        assert grant["media"] == ["web", "archive"] and grant["edits"] == ["form", "cut"]
        assert grant["evidence"] == {"kind": "message", "id": shown["messages"][0]["id"]}
        assert grant["terms"] and grant["until"] is None
    assert text["subject"] == "text"
    assert shown["photos"][0]["grants"] == [picture]


@pytest.mark.parametrize(
    ("said", "subjects"),
    [
        ("Not for publication, please: this is for your information only.", []),
        ("Please do not publish the photograph.", ["text"]),
        ("Please do not use my name.", ["text", "photo"]),
    ],
)
def test_what_the_sender_reserves_is_not_permitted(hands: Hands, said: str, subjects: list[str]) -> None:
    files = (("text.docx", manuscript(), WORD), *PICTURE)
    token = hands.receive(mail(f"Here is my article. {said}", files=files))[0]["token"]
    shown = hands.show(token)
    photos = {
        photo["id"] if "id" in photo else grant["subject"]
        for photo in shown["photos"]
        for grant in photo["grants"]
    }
    found = ["photo" if grant["subject"] in photos else grant["subject"] for grant in shown["grants"]]
    assert found == subjects
    assert shown["reservations"]


def test_an_embargo_moves_the_beginning_of_what_sending_permits(hands: Hands) -> None:
    token = hands.piece(text="Please keep this under embargo until 20 December 2026.")
    assert implied(hands, token)[0]["start"] == "2026-12-20"
    assert not hands.gate(token, "R01")["ok"] and not hands.gate(token, "R05")["ok"]
    hands.desk.scheduling.pencil(token, "2026-12-20", "marta")
    assert hands.gate(token, "R01")["ok"] and hands.gate(token, "R05")["ok"]


@pytest.mark.parametrize("kind", ["translation", "document", "tip"])
def test_sending_does_not_speak_for_the_work_of_others(hands: Hands, kind: str) -> None:
    token = hands.edited()
    hands.desk.editing.set(token, {"kind": kind}, "marta")
    assert not hands.gate(token, "R01")["ok"]
    hands.grant(token, "signed-licence")
    assert hands.gate(token, "R01")["ok"]


NEEDS = {
    "republished-with-permission": {
        "first-published": "2024",
        "address": "https://a.example/",
        "printed-line": "From A",
    },
    "agency-subscription": {"agency": "AP", "account": "4", "item": "77", "restrictions": "none"},
    "handout": {"body": "The court", "source": "its site", "restrictions": "none"},
    "cc": {
        "licence": "CC BY 4.0",
        "title": "Hall",
        "author": "A",
        "source": "https://a.example/",
        "archived": "2026-11-01",
        "adapted": "no",
    },
    "public-domain": {"reason": "official act", "jurisdiction": "IT"},
    "quotation-art70": {
        "purpose": "comment",
        "source": "a book",
        "author": "B",
        "extent": "a page",
        "reviewer": "greta",
    },
    "current-events-art65": {
        "purpose": "news",
        "source": "a paper",
        "author": "C",
        "extent": "a page",
        "reviewer": "greta",
    },
    "fair-use-note": {
        "purpose": "comment",
        "source": "a book",
        "author": "B",
        "extent": "a page",
        "reviewer": "greta",
    },
    "screenshot-of-video": {
        "purpose": "news",
        "source": "https://v.example/",
        "time-code": "00:31",
        "date": "2026-01-01",
    },
}


@pytest.mark.parametrize("basis", NEEDS)
def test_a_basis_asks_for_each_of_its_details(hands: Hands, basis: str) -> None:
    token = hands.piece()
    for left_out in NEEDS[basis]:
        details = {name: said for name, said in NEEDS[basis].items() if name != left_out}
        with fails("grant.incomplete"):
            hands.grant(token, basis, details=details)
    hands.grant(token, basis, details=NEEDS[basis])
    assert hands.show(token)["grants"][-1]["basis"] == basis


@pytest.mark.parametrize("basis", ["explicit-email", "signed-licence", "commission-or-staff", "handout"])
def test_a_permission_has_a_proof(hands: Hands, basis: str) -> None:
    token = hands.piece()
    with fails("grant.no-proof"):
        hands.grant(token, basis, file=None, note="She said so.", details=NEEDS.get(basis, {}))
    other = hands.receive(mail("Another story.", id="<2@x.example>"))[0]
    with fails("grant.other-piece"):
        hands.grant(token, basis, file=None, message=other["message"])
    with fails("message.unknown"):
        hands.grant(token, basis, file=None, message="no-such-file.pdf")


def test_words_of_mouth_are_proved_by_a_note_and_nothing_known_by_nothing(hands: Hands) -> None:
    token = hands.piece()
    hands.grant(token, "verbal", file=None, note="On the telephone, 20 November, to Marta")
    hands.grant(token, "none-known", file=None)
    assert not hands.gate(token, "R03")["ok"]


def test_a_message_of_the_piece_proves(hands: Hands) -> None:
    token = hands.piece()
    message = hands.show(token)["messages"][0]
    hands.grant(token, "explicit-email", file=None, message=message["message_id"], quote="Of course")
    assert hands.show(token)["grants"][-1]["evidence"]["id"] == message["id"]


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"basis": "because"}, "choice.unknown"),
        ({"until": "soon"}, "date.unknown"),
        ({"until": "2026-02-30"}, "date.unknown"),
        ({"scope": ("tv",)}, "choice.unknown"),
        ({"photo": 4}, "photo.unknown"),
    ],
)
def test_a_request_that_means_nothing_is_a_usage_error(
    hands: Hands, request_: dict[str, object], code: str
) -> None:
    given: dict[str, object] = {"basis": "signed-licence", "file": ("a.pdf", b"%PDF")}
    with fails(code):
        hands.desk.granting.grant(hands.piece(), Request(**given | request_), "greta")  # type: ignore[arg-type]


def test_readers_record_no_permission(hands: Hands) -> None:
    with fails("role.missing"):
        hands.desk.granting.grant(hands.piece(), Request("verbal", note="x"), "teo")


def test_sending_recorded_by_hand_is_of_the_size_of_the_terms(hands: Hands) -> None:
    token = hands.piece()
    message = hands.show(token)["messages"][0]["id"]
    with fails("grant.too-wide"):
        hands.grant(token, "implied-by-submission", file=None, message=message, scope=("web", "print"))
    with fails("grant.no-proof"):
        hands.grant(token, "implied-by-submission")
    hands.grant(token, "implied-by-submission", file=None, message=message)
    assert hands.show(token)["grants"][-1]["edits"] == ["form", "cut"]


def test_a_permission_for_print_alone_does_not_cover_the_site(hands: Hands) -> None:
    token = hands.piece(text="Not for publication, please: this is for your information only.")
    hands.grant(token, "signed-licence", scope=("print",))
    assert not hands.gate(token, "R01")["ok"]
    hands.grant(token, "signed-licence", scope=("web",))
    assert hands.gate(token, "R01")["ok"]


def test_a_permission_that_is_revoked_blocks_until_there_is_a_later_one(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    first = hands.show(token)["grants"][0]["id"]
    desk.granting.revoke(token, first, "revoked", "greta", "she changed her mind")
    assert not hands.gate(token, "R01")["ok"] and not hands.gate(token, "R03")["ok"]
    later = hands.grant(token, "signed-licence")
    assert hands.gate(token, "R01")["ok"] and hands.gate(token, "R03")["ok"]
    desk.granting.revoke(token, later, "disputed", "greta", "her publisher objects")
    assert "disputed" in hands.gate(token, "R03")["why"]
    desk.granting.revoke(token, later, "active", "greta", "settled with them")
    assert hands.gate(token, "R03")["ok"]
    with fails("choice.unknown"):
        desk.granting.revoke(token, later, "burnt", "greta", "")
    with fails("grant.unknown"):
        desk.granting.revoke(token, "01ARZ", "revoked", "greta", "")


def test_a_permission_that_ends_soon_wants_to_be_extended_unless_another_lasts(hands: Hands) -> None:
    token = hands.piece(text="Not for publication, please: this is for your information only.")
    hands.grant(token, "signed-licence", until="2026-12-06")
    assert "ends on 2026-12-06" in hands.gate(token, "R06")["why"]
    hands.desk.scheduling.pencil(token, "2026-12-07", "marta")
    assert not hands.gate(token, "R01")["ok"]
    hands.grant(token, "signed-licence", until="2027-12-06")
    assert hands.gate(token, "R06")["ok"] and hands.gate(token, "R01")["ok"]


def test_a_reservation_is_settled_with_a_reason(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece(text="Off the record, please. This is exclusive to you.")
    assert not hands.gate(token, "R04")["ok"]
    with fails("settle.no-reason"):
        desk.granting.settle(token, "marta", " ")
    with fails("role.missing"):
        desk.granting.settle(token, "paolo", "asked her")
    assert desk.granting.settle(token, "greta", "asked her, she agrees") >= 1
    assert hands.gate(token, "R04")["ok"]
    assert desk.granting.settle(token, "greta", "again") == 0


def test_a_picture_that_is_reserved_blocks_only_while_it_is_used(hands: Hands) -> None:
    token = hands.receive(
        mail(
            "My article is attached. Please do not publish the photograph.",
            files=(("t.docx", manuscript(), WORD), *PICTURE),
        )
    )[0]["token"]
    assert not hands.gate(token, "R02")["ok"] and not hands.gate(token, "R04")["ok"]
    hands.desk.photos.set(token, 1, {"used": False}, "noor")
    assert hands.gate(token, "R02")["ok"] and hands.gate(token, "R04")["ok"]


def test_an_author_who_takes_the_text_back_is_heard(hands: Hands, clock: Clock) -> None:
    token = hands.piece()
    answer = mail(
        "I withdraw my article. Please do not publish it.",
        subject="Re: A hall was closed",
        id="<2@writers.example>",
        In_Reply_To="<1@writers.example>",
    )
    row = hands.receive(answer)[0]
    assert (row["class"], row["token"]) == ("belongs", token)
    assert hands.show(token)["messages"][1]["event"] == "withdrawal"
    assert "took the text back" in hands.gate(token, "R03")["why"]
    clock.later(hours=2)
    hands.grant(token, "signed-licence")
    assert hands.gate(token, "R03")["ok"]


def test_a_withdrawal_that_was_none_is_corrected_by_its_class(hands: Hands) -> None:
    token = hands.piece()
    answer = mail("I withdraw my article.", id="<2@writers.example>", In_Reply_To="<1@writers.example>")
    row = hands.receive(answer)[0]
    hands.desk.intake.classify(row["message"], "belongs", "marta")
    assert hands.gate(token, "R03")["ok"]


def test_the_proof_of_a_protected_person_goes_to_the_vault(hands: Hands) -> None:
    token = hands.piece()
    hands.protect(token)
    hands.grant(token, "signed-licence", file=("Zhang Xiulan consent.pdf", b"%PDF Zhang Xiulan"))
    assert "Zhang" not in str(hands.show(token))


def test_the_mail_of_a_protected_person_can_still_be_named_as_proof(hands: Hands) -> None:
    token = hands.piece()
    hands.protect(token)
    hands.grant(token, "explicit-email", file=None, message="<1@writers.example>", quote="You may print it.")
    given = next(each for each in hands.show(token)["grants"] if each["basis"] == "explicit-email")
    assert given["evidence"]["id"] == hands.show(token)["messages"][0]["id"]
    assert "writers.example" not in str(hands.show(token))


def test_words_are_counted_against_what_came(hands: Hands) -> None:
    token = hands.receive(mail("My article is attached.", files=(("t.docx", manuscript(STORY * 10), WORD),)))[
        0
    ]["token"]
    hands.desk.editing.edit(token, "short.docx", manuscript(STORY * 8), "update", "paolo")
    gate = hands.gate(token, "R09")
    assert not gate["ok"] and gate["severity"] == "warn"
    hands.desk.editing.set(token, {"section": "testimonies"}, "marta")
    assert hands.gate(token, "R09")["severity"] == "override"


def test_what_the_sender_says_of_the_text_is_kept_with_the_terms(hands: Hands) -> None:
    new = hands.show(hands.piece(text="The article is unpublished."))
    old = hands.show(hands.piece(text="It was first published in The Valley.", id="<2@x.example>"))
    silent = hands.show(hands.piece(text="Here it is.", id="<3@x.example>"))
    assert [each["unpublished"] for each in (new, old, silent)] == ["stated", "denied", "unknown"]
    assert new["terms"] == new["grants"][0]["terms"] and len(new["terms"]) == 64
    assert not hands.gate(old["token"], "R07")["ok"] and hands.gate(new["token"], "R07")["ok"]


def test_sending_permits_what_the_terms_said_on_its_day(hands: Hands, clock: Clock) -> None:
    """What is recorded by hand later is of the size of the terms in force when the mail came."""
    clock.at = datetime(2024, 4, 30, 9, 0, tzinfo=UTC)
    early = hands.receive(mail("An early text.", id="<0@x.example>"))[0]
    clock.at = MONDAY
    grant = Request("implied-by-submission", message=early["message"])
    first, last = hands.desk.magazine.terms[0], hands.desk.magazine.terms[-1]
    assert hands.desk.granting.grant(early["token"], grant, "greta").terms == first.sha256 != last.sha256
    clock.at = datetime(1999, 1, 1, tzinfo=UTC)
    before = hands.receive(mail("Before the magazine.", id="<00@x.example>"))[0]
    with fails("grant.no-terms"):
        hands.desk.granting.grant(
            before["token"], Request("implied-by-submission", message=before["message"]), "greta"
        )
