"""What is changed after a piece went out, and what its page then says."""

from __future__ import annotations

from pathlib import Path

from tests.support.desks import Clock, Hands, fails


def published(hands: Hands) -> str:
    token = hands.ready()
    hands.desk.scheduling.schedule(token, "next", "marta")
    hands.desk.triage.move(token, "published", "marta")
    return token


def page(hands: Hands, token: str, folder: Path) -> str:
    return hands.desk.exporting.export(token, "html", folder).paths[0].read_text(encoding="utf-8")


def text(said: str) -> bytes:
    return f"# A hall was closed\n\n{said}\n".encode()


def test_a_correction_is_printed_with_its_day_and_signed_by_the_editor_in_chief(
    hands: Hands, clock: Clock, tmp_path: Path
) -> None:
    token = published(hands)
    assert "Correction" not in page(hands, token, tmp_path / "before")
    clock.later(days=2)
    edit = hands.desk.editing.edit
    edit(
        token,
        "new.md",
        text("Eighteen names."),
        "correction",
        "paolo",
        correction="There were\n eighteen names.",
    )
    fresh = {row["role"]: row["fresh"] for row in hands.show(token)["signoffs"]}
    assert fresh == {"editor-in-chief": False, "director": True}
    since = hands.show(token)["signoffs"][0]["since"]
    assert [(each["change"], each["by"]) for each in since] == [("correction", "paolo")]
    with fails("gates.open"):
        page(hands, token, tmp_path / "after")
    hands.desk.signing.sign(token, "editor-in-chief", "marta")
    shown = page(hands, token, tmp_path / "after")
    assert "11/25/2026: There were eighteen names." in shown and "2026-11-25T10:00:00+01:00" in shown
    clock.later(days=1)
    edit(token, "new.md", text("Nineteen names."), "correction", "paolo")
    hands.desk.signing.sign(token, "editor-in-chief", "marta")
    assert "There were eighteen names. 11/26/2026." in page(hands, token, tmp_path / "again")


def test_a_draft_that_is_corrected_bears_no_note(hands: Hands, tmp_path: Path) -> None:
    token = hands.ready()
    hands.desk.editing.edit(token, "n.md", text("Eighteen."), "correction", "paolo", correction="Eighteen.")
    hands.desk.signing.sign(token, "editor-in-chief", "marta")
    assert "Correction" not in page(hands, token, tmp_path / "out")


def test_typography_needs_no_signature_and_the_director_is_told(
    hands: Hands, clock: Clock, tmp_path: Path
) -> None:
    token = published(hands)
    clock.later(days=2)
    before = hands.desk.showing.text(token, None, "markdown")
    assert isinstance(before, str)
    hands.desk.editing.edit(token, "n.md", before.replace(".", "!", 1).encode(), "typographical", "paolo")
    signed = hands.show(token)["signoffs"]
    assert [row["fresh"] for row in signed] == [True, True]
    assert [each["change"] for each in signed[1]["since"]] == ["typographical"]
    assert "Updated" not in page(hands, token, tmp_path / "out")


def test_the_authors_biography_and_address_are_printed_and_signed(hands: Hands, tmp_path: Path) -> None:
    token = hands.piece()
    code = hands.show(token)["contributor"]["code"]
    with fails("contributor.link"):
        hands.desk.contributors.set(code, {"url": "javascript:alert(1)"}, "paolo")
    hands.desk.contributors.set(code, {"bio": "Writes on law.", "url": "https://novak.example/"}, "paolo")
    hands.desk.triage.move(token, "editing", "marta")
    hands.desk.editing.set(token, {"byline": "Ada Novak", "regions": ("withheld",)}, "paolo")
    hands.desk.triage.move(token, "ready", "paolo")
    hands.desk.signing.sign(token, "editor-in-chief", "marta")
    hands.desk.signing.sign(token, "director", "henrik")
    shown = page(hands, token, tmp_path / "out")
    assert "Writes on law." in shown and 'href="https://novak.example/"' in shown
    hands.desk.contributors.set(code, {"url": "https://elsewhere.example/"}, "paolo")
    assert [row["changed"] for row in hands.show(token)["signoffs"]] == [["byline"], ["byline"]]


def test_a_pen_name_of_the_moment_leads_nowhere(hands: Hands, tmp_path: Path) -> None:
    token = hands.piece()
    code = hands.show(token)["contributor"]["code"]
    hands.desk.contributors.set(code, {"bio": "Writes on law.", "url": "https://novak.example/"}, "paolo")
    hands.desk.triage.move(token, "editing", "marta")
    hands.desk.editing.set(token, {"byline": "A friend"}, "paolo")
    shown = hands.desk.exporting.export(token, "preview", tmp_path).paths[0].read_text(encoding="utf-8")
    assert "novak.example" not in shown and "Writes on law" not in shown
