"""The magazine's rules: sections, terms in force, who may act, dates on the page."""

from __future__ import annotations

from datetime import date

import pytest

from app import assets
from app.domain.errors import Usage
from app.domain.magazine import (
    asks_region,
    branch,
    default_section,
    format_date,
    gate_rule,
    kind_rule,
    may_act,
    person,
    region,
    safety_read,
    section,
    section_url,
    stand_in,
    terms_at,
)
from app.domain.magazine_file import parse

WINTER = parse(assets.text("magazines/winter-review.toml"), "winter-review.toml")
NEUTRAL = parse(assets.text("magazines/neutral.toml"), "neutral.toml")
DAY = date(2026, 11, 23)


def test_a_breadcrumb_leads_from_home_to_the_section() -> None:
    assert [node.label for node in branch(WINTER, "op-eds-global")] == ["From the World", "Op-eds Global"]
    assert [node.key for node in branch(WINTER, "documents")] == ["documents-and-translations", "documents"]
    assert section(WINTER, "news").label == "News"
    assert section_url(WINTER, "news") == "https://winter-review.example/news/"


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: section(WINTER, "sports"), "magazine.no-section"),
        (lambda: region(WINTER, "atlantis"), "magazine.no-region"),
        (lambda: kind_rule(WINTER, "recipe"), "magazine.no-kind"),
        (lambda: gate_rule(WINTER, "R99"), "magazine.no-gate"),
        (lambda: person(WINTER, "nobody"), "magazine.no-person"),
    ],
)
def test_an_unknown_key_is_the_fault_of_whoever_named_it(ask: object, code: str) -> None:
    with pytest.raises(Usage) as caught:
        ask()  # type: ignore[operator]
    assert caught.value.code == code


def test_a_section_asks_for_a_region_when_a_node_above_it_does() -> None:
    assert asks_region(WINTER, "news")
    assert not asks_region(WINTER, "news-global")
    assert region(WINTER, "hebei").native == "河北"
    assert region(WINTER, "withheld").native == ""


def test_a_kind_without_a_section_of_its_own_goes_to_the_default() -> None:
    assert default_section(WINTER, "testimony") == "testimonies"
    assert default_section(WINTER, "article") == "news"
    assert not kind_rule(WINTER, "tip").clocks
    assert "R09" not in kind_rule(WINTER, "event").gates
    assert gate_rule(WINTER, "R04").override_role == "editor-in-chief"


def test_the_terms_in_force_are_those_of_the_day() -> None:
    assert terms_at(WINTER, date(2020, 1, 1)) is None
    first, second = WINTER.terms
    assert terms_at(WINTER, date(2024, 4, 30)) is first
    assert terms_at(WINTER, date(2024, 5, 1)) is second
    assert second.media == ("web", "archive")
    assert len(second.sha256) == 64
    assert first.sha256 != second.sha256


def test_a_stand_in_acts_only_between_the_two_dates() -> None:
    assert not may_act(WINTER, "paolo", "editor-in-chief", date(2026, 8, 2))
    assert may_act(WINTER, "paolo", "editor-in-chief", date(2026, 8, 3))
    assert may_act(WINTER, "paolo", "editor-in-chief", date(2026, 8, 28))
    assert not may_act(WINTER, "paolo", "editor-in-chief", date(2026, 8, 29))
    leave = stand_in(WINTER, "paolo", "editor-in-chief", date(2026, 8, 10))
    assert leave is not None
    assert leave.proof.startswith("Letter")
    assert stand_in(WINTER, "marta", "editor-in-chief", date(2026, 8, 10)) is None


def test_a_person_acts_only_while_on_the_desk() -> None:
    assert may_act(WINTER, "sofia", "reader", DAY)
    assert not may_act(WINTER, "sofia", "reader", date(2024, 12, 31))
    assert stand_in(WINTER, "sofia", "director", date(2024, 12, 31)) is None
    assert not may_act(WINTER, "sofia", "director", DAY)


def test_protected_people_get_a_safety_reading() -> None:
    assert safety_read(WINTER, "protected")
    assert not safety_read(WINTER, "open")


def test_the_page_writes_the_date_as_the_profile_says() -> None:
    assert format_date(WINTER, date(2026, 5, 9)) == "05/09/2026"
    assert format_date(NEUTRAL, date(2026, 5, 9)) == "9 May 2026"
