"""Heads, fields, new revisions and photographs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desks import STORY, WORD, Hands, fails, mail, manuscript, photograph
from tests.support.word_files import paragraph, run, word_file


def test_staff_start_a_piece_without_mail(hands: Hands) -> None:
    piece = hands.desk.editing.new_piece("  What we ask  ", "article", "paolo")
    shown = hands.show(piece.token)
    assert (shown["title"], shown["stage"], shown["messages"]) == ("What we ask", "inbox", [])
    assert shown["revisions"][0]["by"] == "paolo"
    with fails("piece.no-title"):
        hands.desk.editing.new_piece("  ", "article", "paolo")
    with fails("choice.unknown"):
        hands.desk.editing.new_piece("A title", "poem", "paolo")
    with fails("magazine.no-person"):
        hands.desk.editing.new_piece("A title", "article", "nobody")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"section": "nowhere"}, "magazine.no-section"),
        ({"section": "about-us"}, "magazine.no-pieces"),
        ({"also_in": ("map",)}, "magazine.no-pieces"),
        ({"assignee": "nobody"}, "magazine.no-person"),
        ({"translated_by": "nobody"}, "magazine.no-person"),
        ({"kind": "poem"}, "choice.unknown"),
        ({"due": "2026-99-99"}, "date.unknown"),
        ({"regions": ("atlantis",)}, "magazine.no-region"),
        ({"language": "in Italian"}, "choice.unknown"),
    ],
)
def test_a_field_that_means_nothing_is_refused_and_nothing_is_set(
    hands: Hands, fields: dict[str, object], code: str
) -> None:
    token = hands.piece()
    with fails(code):
        hands.desk.editing.set(token, {"headline": "Other", **fields}, "marta")
    assert hands.show(token)["title"] == "A hall was closed"


def test_heads_make_a_revision_and_fields_do_not(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    fields = {"section": "op-eds", "also_in": ("news",), "assignee": "paolo", "due": "2026-12-01"}
    desk.editing.set(token, fields, "marta")
    shown = hands.show(token)
    assert len(shown["revisions"]) == 1
    assert (shown["section"], shown["also_in"], shown["assignee"]) == ("op-eds", ["news"], "paolo")
    desk.editing.set(token, {"headline": "Seventeen\u0000 names", "tags": ("China",)}, "marta")
    shown = hands.show(token)
    assert (shown["title"], len(shown["revisions"])) == ("Seventeen names", 2)
    assert desk.showing.text(token, 1, "json")["tags"] == ["China"]  # type: ignore[index]


def test_a_headline_that_is_emptied_gives_the_title_back_to_the_subject(hands: Hands) -> None:
    token = hands.receive(mail(subject="From the subject"))[0]["token"]
    hands.desk.editing.set(token, {"headline": "A headline"}, "marta")
    hands.desk.editing.set(token, {"headline": ""}, "marta")
    assert hands.show(token)["title"] == "From the subject"


def test_a_document_without_heads_keeps_those_there_are(hands: Hands) -> None:
    desk, token = hands.desk, hands.edited()
    desk.editing.set(token, {"headline": "Seventeen names", "standfirst": "One morning."}, "marta")
    desk.editing.edit(token, "body.docx", manuscript(title=""), "update", "paolo")
    shown = hands.show(token)
    assert (shown["title"], shown["standfirst"], shown["byline"]) == (
        "Seventeen names",
        "One morning.",
        "A. Novak",
    )


@pytest.mark.parametrize(("name", "form"), [("a.html", "html"), ("a.md", "markdown")])
def test_what_the_desk_printed_comes_back_with_its_figures(hands: Hands, name: str, form: str) -> None:
    picture = photograph()
    text = mail(files=(("text.docx", manuscript(), WORD), ("hall.jpg", picture, "image/jpeg")))
    token = hands.receive(text)[0]["token"]
    use = hands.desk.showing.text(token, None, "json")
    assert isinstance(use, dict)
    before = hands.desk.showing.text(token, None, form)
    assert isinstance(before, str)
    hands.desk.triage.move(token, "editing", "marta")
    hands.desk.editing.edit(token, name, before.encode(), "typographical", "paolo")
    assert hands.desk.showing.text(token, None, form) == before


def test_an_edit_moves_nothing_and_is_refused_in_closed_stages(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    desk.editing.edit(token, "new.txt", b"A new text.", "update", "paolo")
    assert hands.show(token)["stage"] == "inbox"
    desk.triage.move(token, "declined", "marta")
    with fails("edit.closed"):
        desk.editing.edit(token, "new.txt", b"Another.", "update", "paolo")
    with fails("edit.closed"):
        desk.editing.set(token, {"byline": "X"}, "paolo")
    with fails("edit.closed"):
        desk.editing.decide(token, "accept", "paolo")


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", b"PK\x03\x04broken"), ("a.jpg", photograph()), ("a.bin", b"\0\1\2\3"), ("a.txt", b"")],
)
def test_a_file_that_holds_no_text_is_no_edit(hands: Hands, name: str, data: bytes) -> None:
    token = hands.piece()
    with fails("edit.unreadable"):
        hands.desk.editing.edit(token, name, data, "update", "paolo")
    assert len(hands.show(token)["revisions"]) == 1


def test_a_region_that_a_document_names_must_be_known(hands: Hands) -> None:
    token = hands.piece()
    with fails("magazine.no-region"):
        hands.desk.editing.edit(token, "a.md", b"---\nregions: [atlantis]\n---\n\nText.\n", "update", "paolo")


TRACKED = word_file(
    paragraph("A hall was closed", "Title")
    + "<w:p>"
    + run("They came on ")
    + '<w:del w:id="1" w:author="P" w:date="2026-11-01T00:00:00Z"><w:r><w:delText>Sunday</w:delText></w:r></w:del>'
    + '<w:ins w:id="2" w:author="P" w:date="2026-11-01T00:00:00Z">'
    + run("Monday")
    + "</w:ins>"
    + run(".")
    + "</w:p>"
)


def test_tracked_changes_are_kept_and_block_what_would_leave(hands: Hands, tmp_path: Path) -> None:
    desk, token = hands.desk, hands.ready()
    desk.editing.edit(token, "tracked.docx", TRACKED, "update", "paolo")
    assert not hands.gate(token, "T02")["ok"]
    with fails("gates.open"):
        desk.exporting.export(token, "html", tmp_path / "out", "marta")
    assert desk.editing.decide(token, "accept", "paolo")
    assert hands.gate(token, "T02")["ok"]
    assert "on Monday." in str(desk.showing.text(token, None, "text"))
    assert not desk.editing.decide(token, "accept", "paolo")


@pytest.mark.parametrize(("how", "said"), [("accept", "on Monday."), ("reject", "on Sunday.")])
def test_tracked_changes_are_decided_while_editing(hands: Hands, how: str, said: str) -> None:
    token = hands.piece()
    hands.desk.editing.edit(token, "tracked.docx", TRACKED, "update", "paolo", how)
    assert hands.gate(token, "T02")["ok"]
    assert said in str(hands.desk.showing.text(token, None, "text"))


def test_an_edit_is_taken_back_and_the_revision_stays(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece()
    desk.editing.edit(token, "new.txt", b"Something about zebras.", "update", "paolo")
    desk.triage.undo(token, "paolo")
    assert "Monday" in str(desk.showing.text(token, None, "text"))
    assert "zebras" in str(desk.showing.text(token, 1, "text"))
    assert desk.showing.search("zebras") == []


def test_a_text_in_another_language_is_told(hands: Hands) -> None:
    token = hands.piece()
    italian = "Sono arrivati lunedì mattina con un elenco di diciassette nomi, e la sala è stata chiusa. " * 6
    hands.desk.editing.edit(token, "it.txt", italian.encode(), "update", "lin")
    assert hands.show(token)["language"] == "it"


def test_masks_and_crops_lie_inside_the_picture(hands: Hands) -> None:
    desk, token = hands.desk, hands.piece(photo=True)
    desk.photos.set(token, 1, {"masks": [(0, 0, 400, 300), (10, 10, 5, 5)]}, "noor")
    assert hands.show(token)["photos"][0]["masks"] == [[0, 0, 400, 300], [10, 10, 5, 5]]
    for box in ((-1, 0, 10, 10), (0, 0, 401, 300), (0, 0, 0, 10), (400, 0, 1, 1), (0, 299, 10, 2)):
        with fails("photo.outside"):
            desk.photos.set(token, 1, {"masks": [box]}, "noor")
        with fails("photo.outside"):
            desk.photos.set(token, 1, {"crop": box}, "noor")
    desk.photos.set(token, 1, {"masks": [], "crop": ()}, "noor")
    assert hands.show(token)["photos"][0]["masks"] == []
    with fails("photo.unknown"):
        desk.photos.set(token, 2, {"caption": "None"}, "noor")
    with fails("photo.link"):
        desk.photos.set(token, 1, {"credit_url": "javascript:alert(1)"}, "noor")


def test_a_credit_is_made_by_the_magazines_patterns(hands: Hands) -> None:
    token = hands.piece(photo=True)
    assert hands.desk.photos.set(token, 1, {"courtesy": "Ada N."}, "noor").credit == "Courtesy of Ada N."
    assert hands.desk.photos.set(token, 1, {"withheld": True}, "noor").credit == "Courtesy of the author"


def test_one_photograph_leads(hands: Hands) -> None:
    files = (("a.jpg", photograph(1), "image/jpeg"), ("b.jpg", photograph(2), "image/jpeg"))
    token = hands.receive(mail(STORY * 5, files=files))[0]["token"]
    assert [photo["lead"] for photo in hands.show(token)["photos"]] == [True, False]
    hands.desk.photos.set(token, 2, {"lead": True, "caption": "Second"}, "noor")
    photos = hands.show(token)["photos"]
    assert [photo["lead"] for photo in photos] == [False, True]
    assert photos[1]["caption"] == "Second" and photos[0]["name"] == "a.jpg"
