"""What leaves: built from fields, past the gates, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from app.bootstrap.opened import OpenDesk
from app.domain.errors import RuleBroken, Unavailable
from app.domain.slugs import slug
from app.formats.photo_reader import read
from app.services.exporting import Exported
from app.services.verifying import Verifying
from tests.support.desks import WORD, Clock, Hands, fails, mail, manuscript, photograph


@pytest.mark.parametrize("target", ["html", "docx", "markdown", "text", "wordpress"])
def test_a_signed_piece_leaves_for_every_target_with_the_same_bytes(
    hands: Hands, tmp_path: Path, target: str
) -> None:
    token = hands.ready(photo=True)
    first = hands.desk.exporting.export(token, target, tmp_path / "a" / "b", "marta").as_json()
    second = hands.desk.exporting.export(token, target, tmp_path / "c", "marta").as_json()
    assert first["target"] == target and set(first["files"][0]) == {"path", "media_type", "bytes", "sha256"}
    assert [file["sha256"] for file in first["files"]] == [file["sha256"] for file in second["files"]]
    assert all(Path(file["path"]).stat().st_size == file["bytes"] for file in first["files"])
    assert hands.show(token)["publications"][0]["target"] == target


def test_a_preview_asks_no_readiness_gate_and_is_no_publication(hands: Hands, tmp_path: Path) -> None:
    token = hands.piece()
    made = hands.desk.exporting.export(token, "preview", tmp_path / "out", "marta")
    assert made.paths[0].name.endswith("-preview.html") and hands.show(token)["publications"] == []


def test_what_is_not_ready_or_closed_or_not_known_does_not_leave(hands: Hands, tmp_path: Path) -> None:
    export, token = hands.desk.exporting.export, hands.ready()
    with fails("target.unknown"):
        export(token, "paper", tmp_path / "out")
    with pytest.raises(RuleBroken) as caught:
        export(hands.piece(id="<2@x.example>", text="Other."), "html", tmp_path / "out")
    findings = caught.value.fields["findings"]
    assert isinstance(findings, tuple) and {finding.id for finding in findings} == {"R10", "R19"}
    hands.desk.triage.move(token, "withdrawn", "marta")
    with fails("export.closed"):
        export(token, "html", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_masks_are_painted_and_crops_cut_before_a_photograph_leaves(hands: Hands, tmp_path: Path) -> None:
    token = hands.edited(photo=True)
    hands.desk.photos.set(token, 1, {"masks": [(0, 0, 100, 100)], "crop": (0, 0, 200, 150)}, "noor")
    made = hands.desk.exporting.export(token, "preview", tmp_path / "out", "marta")
    picture = Image.open(BytesIO(next(path for path in made.paths if path.suffix == ".jpg").read_bytes()))
    assert picture.size == (200, 150)
    masked, shown = picture.getpixel((50, 50)), picture.getpixel((180, 130))
    assert masked != shown


def test_a_photograph_says_whose_it_is_and_where_it_was_printed(hands: Hands, tmp_path: Path) -> None:
    token = hands.edited(photo=True)
    made = hands.desk.exporting.export(token, "preview", tmp_path / "out", "marta")
    told = read(made.paths[1].read_bytes(), {}).value
    assert told["copyright"] == "A. Novak / Winter Review"


def test_a_photograph_without_a_place_in_the_text_stands_at_its_end_and_an_unused_one_nowhere(
    hands: Hands, tmp_path: Path
) -> None:
    pictures = tuple((f"{name}.jpg", photograph(n), "image/jpeg") for n, name in enumerate("abc"))
    token = hands.receive(mail("Attached.", files=(("t.docx", manuscript(), WORD), *pictures)))[0]["token"]
    for number in (1, 2, 3):
        hands.desk.photos.set(token, number, {"caption": f"Caption {number}.", "used": number < 3}, "noor")
    made = hands.desk.exporting.export(token, "preview", tmp_path / "out", "marta")
    page = made.paths[0].read_text(encoding="utf-8")
    assert "Caption 1." in page and "Caption 2." in page and "Caption 3." not in page
    assert len(made.paths) == 3


def test_the_page_bears_the_day_it_went_out_and_names_others(
    hands: Hands, tmp_path: Path, clock: Clock
) -> None:
    first = hands.ready()
    hands.desk.scheduling.schedule(first, "2026-12-24", "marta")
    page = hands.desk.exporting.export(first, "html", tmp_path / "a").paths[0].read_text(encoding="utf-8")
    assert "12/24/2026" in page
    hands.desk.triage.move(first, "published", "marta")
    page = hands.desk.exporting.export(first, "html", tmp_path / "b").paths[0].read_text(encoding="utf-8")
    assert "11/23/2026" in page
    clock.later(days=1)
    hands.desk.editing.set(first, {"headline": "Seventeen names in winter"}, "marta")
    second = hands.ready(id="<2@x.example>", text="Attached, the second.")
    page = hands.desk.exporting.export(second, "html", tmp_path / "c").paths[0].read_text(encoding="utf-8")
    assert "Seventeen names in winter" in page
    hands.desk.triage.hold(first, "marta")
    page = hands.desk.exporting.export(second, "html", tmp_path / "d").paths[0].read_text(encoding="utf-8")
    assert "Seventeen names in winter" not in page


def page(made: Exported) -> html.HtmlElement:
    return html.document_fromstring(made.paths[0].read_bytes())


def test_another_piece_is_announced_with_the_sentence_below_its_headline(
    hands: Hands, tmp_path: Path
) -> None:
    first, second = hands.edited(), hands.ready(id="<2@x.example>", text="Attached, the second.")
    heads = {"standfirst": "Seventeen names, and no paper.", "language": "it", "section": "interviews"}
    hands.desk.editing.set(first, heads, "marta")
    hands.desk.triage.override(first, "T01", "editor-in-chief", "marta", "In Italian on purpose.")
    hands.desk.triage.move(first, "ready", "paolo")
    hands.desk.signing.sign(first, "editor-in-chief", "marta")
    hands.desk.signing.sign(first, "director", "henrik")
    hands.desk.scheduling.schedule(first, "2026-11-24", "marta")
    hands.desk.triage.move(first, "published", "marta")
    shown = page(hands.desk.exporting.export(second, "html", tmp_path / "out"))
    (entry,) = shown.xpath("//section[@class='keep-reading']//li")
    assert (entry.get("lang"), entry.xpath("string(h3)")) == ("it", "A hall was closed")
    assert entry.xpath("string(p)") == "Seventeen names, and no paper."


def test_the_address_of_a_contributor_is_printed_with_the_name_and_signed_with_it(
    hands: Hands, tmp_path: Path
) -> None:
    token = hands.ready()
    who = hands.show(token)["contributor"]["id"]
    hands.desk.contributors.set(who, {"byline": "A. Novak", "url": "https://novak.example/"}, "marta")
    assert not hands.gate(token, "R19")["ok"]
    hands.desk.signing.sign(token, "editor-in-chief", "marta")
    hands.desk.signing.sign(token, "director", "henrik")
    shown = page(hands.desk.exporting.export(token, "html", tmp_path / "a"))
    assert shown.xpath("//p[@class='by']//a/@href") == ["https://novak.example/"]
    hands.desk.editing.set(token, {"byline": "Another Name"}, "marta")
    shown = page(hands.desk.exporting.export(token, "preview", tmp_path / "b"))
    assert shown.xpath("//p[@class='by']//a") == []


def test_a_page_tells_when_its_text_changed_after_it_went_out(
    hands: Hands, tmp_path: Path, clock: Clock
) -> None:
    token = hands.ready()
    hands.desk.scheduling.schedule(token, "2026-11-24", "marta")
    hands.desk.triage.move(token, "published", "marta")
    clock.later(days=2)
    shown = page(hands.desk.exporting.export(token, "html", tmp_path / "a"))
    assert "Updated on" not in shown.text_content()
    hands.desk.editing.edit(token, "a.md", b"# A hall was closed\n\nAnother text.", "update", "paolo")
    hands.desk.signing.sign(token, "editor-in-chief", "marta")
    hands.desk.signing.sign(token, "director", "henrik")
    shown = page(hands.desk.exporting.export(token, "html", tmp_path / "b"))
    assert "Updated on 11/25/2026" in " ".join(shown.text_content().split())


def test_a_protected_name_in_the_text_does_not_leave(hands: Hands, tmp_path: Path) -> None:
    token = hands.piece()
    hands.protect(token, real_name="Zhang Xiulan")
    hands.desk.editing.set(token, {"standfirst": "By ZHANG\u00a0Xiulan, our friend"}, "marta")
    with pytest.raises(RuleBroken) as caught:
        hands.desk.exporting.export(token, "preview", tmp_path / "out", "marta")
    assert caught.value.code == "egress.leak" and "Xiulan" not in str(caught.value.fields).replace(
        "ZHANG", ""
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Seventeen names, and a list's end", "seventeen-names-and-a-lists-end"),
        ("Quand la préfecture ferme", "quand-la-prefecture-ferme"),
        ("封门之后", ""),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 80, "x" * 60),
    ],
)
def test_names_of_files_are_plain(text: str, made: str) -> None:
    assert slug(text) == made


class Weak:
    """A store that says what each check is told to."""

    def __init__(self, errors: Iterator[Exception | str]) -> None:
        self._errors = errors

    def pages(self) -> str:
        said = next(self._errors)
        if isinstance(said, Exception):
            raise said
        return said

    blobs = audit = texts = arrivals = pages


def test_a_check_that_cannot_be_made_is_no_damage(desk: OpenDesk) -> None:
    def no_jail() -> str:
        raise Unavailable("sandbox.start")

    def no_keyring() -> str:
        raise Unavailable("keyring.none")

    answers: list[Exception | str] = ["fine", Unavailable("database.busy"), "fine", "fine", "fine"]
    checks = Verifying(Weak(iter(answers)), no_jail, no_keyring).verify()
    assert all(check.ok for check in checks)
    assert [check.detail for check in checks if check.detail != "fine"] == [
        "not looked at: Another program is writing to the desk. Try again in a moment.",
        "not looked at: There is no system keyring here.",
        "not looked at: The reader of files could not be started.",
    ]


def test_wordpress_is_told_every_section_by_the_sites_own_name(hands: Hands, tmp_path: Path) -> None:
    token = hands.ready()
    hands.desk.editing.set(token, {"also_in": ("featured",)}, "paolo")
    written = hands.desk.exporting.export(token, "wordpress", tmp_path).paths[1].read_text(encoding="utf-8")
    assert "Category: News, Featured" in written
