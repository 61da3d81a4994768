"""The profile "Bitter Winter" against what that magazine prints and promises."""

from __future__ import annotations

from datetime import date

from app import assets
from app.domain.magazine import (
    NodeKind,
    asks_region,
    branch,
    format_date,
    gate_rule,
    kind_rule,
    terms_at,
)
from app.domain.magazine_file import parse
from app.domain.roles import MASTHEAD_ROLES

MAGAZINE = parse(assets.text("magazines/bitter-winter.toml"), "bitter-winter.toml")
TREE = {
    "About China": ["News", "Testimonies", "Op-eds", "Featured", "Glossary", "China persecution map"],
    "From the World": ["News Global", "Testimonies Global", "Op-eds Global", "Featured Global"],
    "Documents and Translations": ["Documents", "The Tai Ji Men Case", "Translations", "Events"],
}


def test_the_sections_are_those_of_the_site() -> None:
    names = {node.key: node.label for node in MAGAZINE.sections}
    for parent, children in TREE.items():
        assert [node.label for node in MAGAZINE.sections if names.get(node.parent) == parent] == children
    assert names["interviews"] == "Interviews"
    kinds = {node.label: node.kind for node in MAGAZINE.sections}
    assert kinds["The Tai Ji Men Case"] is NodeKind.DOSSIER
    assert kinds["Glossary"] is NodeKind.REFERENCE
    assert kinds["Events"] is NodeKind.EVENTS
    assert kinds["China persecution map"] is NodeKind.MAP


def test_the_breadcrumb_and_the_date_stand_as_on_the_page() -> None:
    labels = [node.label for node in branch(MAGAZINE, "op-eds-global")]
    assert [MAGAZINE.page.labels.home, *labels] == ["Home", "From the World", "Op-eds Global"]
    assert format_date(MAGAZINE, date(2023, 5, 12)) == "05/12/2023"


def test_captions_end_in_their_credit() -> None:
    captions = MAGAZINE.captions
    assert captions.lead.format(caption="A door.", credit=captions.linked) == "A door. Credits."
    assert captions.inline.format(caption="A door.", credit="Weibo") == "A door. Source: Weibo."


def test_four_related_articles_and_four_to_keep_reading() -> None:
    page = MAGAZINE.page
    assert (page.related, page.keep_reading) == (4, 4)
    assert page.author_box and page.tags and page.breadcrumb
    assert page.submit is not None
    assert [link.label for link in page.footer] == ["Privacy policy", "Cookie policy"]


def test_news_of_china_are_searched_by_region_and_the_glossary_is_not_asked() -> None:
    assert asks_region(MAGAZINE, "news")
    assert not asks_region(MAGAZINE, "news-global") and not asks_region(MAGAZINE, "glossary")
    assert gate_rule(MAGAZINE, "T04").severity == "warn"
    assert any(place.key == "withheld" for place in MAGAZINE.regions)


def test_sending_permits_form_and_cuts_on_the_site_and_in_its_archive() -> None:
    terms = terms_at(MAGAZINE, date(2026, 1, 1))
    assert terms is not None
    assert set(terms.media) == {"web", "archive"}
    assert set(terms.edit) == {"form", "cut"}
    assert set(terms.covers) == {"own-text", "own-photographs"}


def test_long_cuts_block_in_testimonies_and_op_eds_only() -> None:
    blocking = {node.label for node in MAGAZINE.sections if node.cut_blocks}
    assert blocking == {"Testimonies", "Testimonies Global", "Op-eds", "Op-eds Global"}
    assert not any(node.cut_blocks for node in branch(MAGAZINE, "news"))


def test_the_clocks_of_the_law_warn_and_do_not_run_for_everything() -> None:
    assert gate_rule(MAGAZINE, "R08").severity == "warn"
    for kind in ("tip", "photographs", "document"):
        assert not kind_rule(MAGAZINE, kind).clocks
    assert kind_rule(MAGAZINE, "article").clocks
    assert not MAGAZINE.clocks.runs_for_staff and not MAGAZINE.clocks.runs_for_imported


def test_two_different_roles_answer_for_what_is_printed() -> None:
    labels = {line.role: line.label for line in MAGAZINE.masthead}
    assert labels == {"editor-in-chief": "Editor-in-Chief", "director": "Director-in-Charge"}
    assert all(rule.signatures == MASTHEAD_ROLES for rule in MAGAZINE.kinds)
