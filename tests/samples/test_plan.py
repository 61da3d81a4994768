"""The plan of the sample desk fits its mailbox, its photographs and its magazine."""

from __future__ import annotations

from datetime import date

import pytest

from app import assets
from app.domain.magazine import may_act, person, region, section
from app.domain.magazine_file import parse
from app.domain.pieces import Kind, Stage, Verdict
from app.domain.rights import Basis
from app.domain.roles import MASTHEAD_ROLES
from app.samples.camera import catalogue
from app.samples.plan import PlannedPiece, pieces, protected, slot_after
from app.samples.texts import keys, sheet

TODAY = date(2026, 11, 23)
PLAN = pieces()
WINTER = parse(assets.text("magazines/winter-review.toml"), "winter-review.toml")
READY = [piece for piece in PLAN if piece.stage in {Stage.READY, Stage.SCHEDULED, Stage.PUBLISHED}]
MAILS = {key: sheet("mails", key) for key in keys("mails")}


def manuscripts(piece: PlannedPiece) -> list[str]:
    if piece.article:
        return [piece.article]
    head = MAILS[piece.mail].head
    attached = [item.split(":")[1] for item in head.get("attach", ()) if item.startswith("doc:")]
    return attached + ([head["article"]] if "article" in head else [])


def test_a_piece_stands_in_every_stage() -> None:
    assert {piece.stage for piece in PLAN} == set(Stage)
    assert len({piece.key for piece in PLAN}) == len(PLAN)


def test_names_in_the_plan_lead_somewhere() -> None:
    for piece in PLAN:
        assert bool(piece.mail) != bool(piece.article), piece.key
        assert not piece.mail or piece.mail in MAILS
        assert piece.kind in set(Kind)
        assert not piece.section or section(WINTER, piece.section)
        assert all(region(WINTER, key) for key in piece.regions)
        assert piece.edit is None or piece.edit.article in manuscripts(piece)
        evidence = [
            grant.evidence for grant in (piece.text, *(photo.grant for photo in piece.photos)) if grant
        ]
        assert {key for key in (*evidence, piece.approved, piece.withdrawal) if key} <= set(MAILS)
        assert all(reading.verdict in set(Verdict) for reading in piece.readers)
        people = [piece.assignee, piece.written_by, piece.safety_by, *(act.by for act in piece.sign)]
        people += [reading.person for reading in piece.readers] + [wish.by for wish in piece.settled]
        assert all(person(WINTER, key) for key in people if key)


def test_photographs_of_a_piece_are_those_of_its_mail() -> None:
    for piece in PLAN:
        if piece.photos:
            sent = [
                item.split(":")[1] for item in MAILS[piece.mail].head["attach"] if item.startswith("photo:")
            ]
            assert [photo.photo for photo in piece.photos] == sent, piece.key
            assert set(sent) <= set(catalogue())
        for photo in piece.photos:
            width, height = catalogue()[photo.photo].size
            for x, y, wide, high in photo.masks:
                assert x + wide <= width
                assert y + high <= height


@pytest.mark.parametrize("piece", READY, ids=lambda piece: piece.key)
def test_what_is_ready_has_words_rights_and_both_signatures(piece: PlannedPiece) -> None:
    assert piece.headline
    assert piece.standfirst
    assert piece.byline
    assert piece.text is not None
    assert not piece.held
    assert [act.role for act in piece.sign] == list(MASTHEAD_ROLES)
    assert all(may_act(WINTER, act.by, act.role, TODAY) for act in piece.sign)
    assert piece.written_by not in [act.by for act in piece.sign]
    assert bool(piece.protected) == bool(piece.safety_by)
    for photo in piece.photos:
        if photo.used:
            assert photo.caption
            assert photo.credit
            assert photo.alt
            assert photo.source_line
            assert photo.grant is not None
            assert photo.grant.basis in set(Basis) - {Basis.NONE_KNOWN}


def test_the_quoted_sentences_stand_in_the_mails() -> None:
    for piece in PLAN:
        for grant in (piece.text, *(photo.grant for photo in piece.photos)):
            if grant and grant.quote:
                assert grant.quote in " ".join(MAILS[grant.evidence].body.split("\n")), (
                    piece.key,
                    grant.quote,
                )


def test_enough_photographs_are_used_some_of_them_by_protected_people() -> None:
    used = [(piece, photo) for piece in READY for photo in piece.photos if photo.used]
    assert len(used) >= 5
    assert sum(bool(piece.protected) for piece, _ in used) >= 2


def test_nothing_that_goes_out_holds_a_protected_term() -> None:
    secrets = [term for who in protected().values() for term in who.secrets()]
    secrets += ["Chen", "Guowei", "Samar", "Khatibi", "الخطيبي", "陈"]
    for piece in READY:
        texts = [sheet("articles", key).body for key in manuscripts(piece)]
        texts += [piece.headline, piece.standfirst, piece.byline, piece.bio, *piece.tags]
        texts += [f"{photo.caption} {photo.credit} {photo.alt}" for photo in piece.photos]
        assert not [term for term in secrets if any(term in text for text in texts)], piece.key


def test_two_pieces_were_written_by_editors_without_mail() -> None:
    assert len([piece for piece in PLAN if piece.article and piece.written_by]) >= 2


def test_slots_are_counted_from_the_day_after_today() -> None:
    monday = date(2026, 11, 23)
    assert slot_after(WINTER, monday, 1)[0] == date(2026, 11, 24)
    day, slot = slot_after(WINTER, monday, 4)
    assert (day, slot.weekday, slot.time.hour) == (date(2026, 12, 1), "tuesday", 9)
    with pytest.raises(ValueError, match="from 1"):
        slot_after(WINTER, monday, 0)
