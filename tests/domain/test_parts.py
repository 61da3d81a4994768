"""What a signature is bound to: the parts of a piece, each with its own hash."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain.article import Article, Figure, Footnote, Paragraph, Span
from app.domain.parts import PrintedPhoto, content_hash, parts
from app.domain.pieces import Kind, PhotoUse, Piece, Stage
from app.domain.rights import TEXT, Basis, Grant
from app.domain.roles import ROLES
from app.domain.signing import Signature, own_work_only, stale_parts

ARTICLE = Article(
    headline="A hall",
    byline="A. Novak",
    blocks=(Paragraph("b1", (Span("They came."), Span(note="n1"))), Figure("b2", "u1")),
    footnotes=(Footnote("n1", (Paragraph("n1p1", (Span("A note."),)),)),),
)
PIECE = Piece(
    id="p", token="ED-2026-0001", kind=Kind.ARTICLE, stage=Stage.READY, title="A hall", received_at=""
)
USE = PhotoUse(id="u1", piece="p", number=1, asset="a", position=1, caption="The hall.")
PHOTO = PrintedPhoto(USE, "00" * 32)
GRANT = Grant(
    id="g1",
    piece="p",
    subject=TEXT,
    basis=Basis.SIGNED_LICENCE,
    evidence_kind="file",
    evidence="f",
    at="",
    by="",
)
WHOLE = parts(ARTICLE, [PHOTO], [GRANT])


def differing(
    article: Article = ARTICLE, photo: PrintedPhoto = PHOTO, grants: tuple[Grant, ...] = (GRANT,)
) -> set[str]:
    now = parts(article, [photo], grants)
    return {name for name in {*now, *WHOLE} if now.get(name) != WHOLE.get(name)}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"headline": "Another"}, "heads"),
        ({"standfirst": "More"}, "heads"),
        ({"tags": ("China",)}, "heads"),
        ({"regions": ("henan",)}, "heads"),
        ({"language": "it"}, "heads"),
        ({"byline": "B."}, "byline"),
        ({"bio": "Writes."}, "byline"),
        ({"blocks": ARTICLE.blocks[:1]}, "body"),
        ({"footnotes": ()}, "body"),
    ],
)
def test_each_field_of_a_text_is_in_one_part(change: dict[str, Any], part: str) -> None:
    assert differing(replace(ARTICLE, **change)) == {part}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"caption": "x"}, "photo-1-words"),
        ({"credit": "x"}, "photo-1-words"),
        ({"credit_url": "https://x.example/"}, "photo-1-words"),
        ({"source_line": "x"}, "photo-1-words"),
        ({"alt": "x"}, "photo-1-words"),
        ({"crop": (0, 0, 1, 1)}, "photo-1-picture"),
        ({"masks": ((0, 0, 1, 1),)}, "photo-1-picture"),
        ({"position": 2}, "photo-1-picture"),
        ({"lead": True}, "photo-1-picture"),
    ],
)
def test_each_field_of_a_photograph_is_in_one_part(change: dict[str, Any], part: str) -> None:
    assert differing(photo=PrintedPhoto(replace(USE, **change), PHOTO.sha256)) == {part}


def test_the_pixels_count_and_an_unused_photograph_does_not() -> None:
    assert differing(photo=PrintedPhoto(USE, "11" * 32)) == {"photo-1-picture"}
    gone = {"photo-1-picture", "photo-1-words", "photo-1-rights"}
    assert differing(photo=PrintedPhoto(replace(USE, used=False), PHOTO.sha256)) == gone


def test_permissions_count_for_what_they_cover_in_any_order() -> None:
    other = replace(GRANT, id="g2", status="revoked")
    assert differing(grants=()) == {"rights"}
    assert differing(grants=(replace(GRANT, subject="u1"), GRANT)) == {"photo-1-rights"}
    assert parts(ARTICLE, [], [GRANT, other]) == parts(ARTICLE, [], [other, GRANT])


def test_ids_of_blocks_and_comments_are_no_content() -> None:
    blocks = (replace(ARTICLE.blocks[0], id="x7"), Figure("x8", "u1"))
    assert differing(replace(ARTICLE, blocks=blocks)) == set()


def test_one_hash_covers_all_parts_whatever_their_order() -> None:
    assert content_hash(WHOLE) == content_hash(dict(reversed(WHOLE.items())))
    assert content_hash(WHOLE) != content_hash(WHOLE | {"body": "0"})


@pytest.mark.parametrize(
    ("role", "changes", "stale"),
    [
        ("editor-in-chief", ["typographical"], False),
        ("editor-in-chief", ["correction"], True),
        ("editor-in-chief", ["reply"], False),
        ("editor-in-chief", ["update"], True),
        ("director", ["typographical", "correction"], False),
        ("director", ["reply"], True),
        ("director", ["correction", "update"], True),
        ("safety", ["typographical"], False),
        ("safety", ["correction"], True),
        ("director", [], True),
    ],
)
def test_a_change_of_the_text_is_excused_by_its_class(role: str, changes: list[str], stale: bool) -> None:
    signature = Signature("s", "p", role, "x", "", 0, "", WHOLE)
    assert stale_parts(signature, WHOLE | {"body": "0"}, changes, ROLES) == (("body",) if stale else ())
    assert stale_parts(signature, WHOLE | {"rights": "0"}, changes, ROLES) == ("rights",)
    assert stale_parts(signature, WHOLE, changes, ROLES) == ()


def test_one_signature_of_somebody_else_is_enough() -> None:
    piece = replace(PIECE, written_by="marta", translated_by="lin")
    assert own_work_only(["marta"], piece) and own_work_only(["lin", "lin"], piece)
    assert not own_work_only(["marta", "henrik"], piece) and not own_work_only(["henrik"], piece)
    assert not own_work_only([], piece)
