"""The words of a profile: patterns, links, dates, roles, and what must be said."""

from __future__ import annotations

import pytest

from app import assets
from app.domain.errors import RuleBroken
from app.domain.magazine_file import parse
from tests.support.other_magazine import NORDLYS

WINTER = assets.text("magazines/winter-review.toml")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"MM/DD/YYYY"', '""', "the pattern has no year"),
        ('"MM/DD/YYYY"', '"yyyy-mm-dd"', "the pattern has no year"),
        ('"MM/DD/YYYY"', '"DD/YYYY"', "the pattern has no month"),
        ('"MM/DD/YYYY"', '"MM YYYY"', "the pattern has no day"),
        ('"MM/DD/YYYY"', '"MM/DD/YYYY DD"', "D stands where no part of a date is"),
        ('zone = "Europe/Rome"', 'zone = "Europe/Atlantis"', "there is no zone Europe/Atlantis"),
        ('copyright = "', 'copyright = "{owner} ', "the pattern holds {year}"),
        ('copyright = "', 'copyright = "{ ', "the pattern is broken"),
        ('lead = "{caption} {credit}."', 'lead = "{credit} {caption}."', "{caption} and then {credit}"),
        ('lead = "{caption} {credit}."', 'lead = "{caption!r} {credit}"', "{caption} and then {credit}"),
        ('courtesy = "Courtesy of {name}"', 'courtesy = "Courtesy"', "the pattern holds {name}"),
        ('linked = "{credit}"', 'linked = "{name}"', "the pattern holds {credit}"),
        ("related = 4", "related = -1", "a number from 0 to 20"),
        ("keep_reading = 4", "keep_reading = 2000", "a number from 0 to 20"),
        (
            '"https://winter-review.example/support/"',
            '"javascript:alert(1)"',
            "javascript:alert(1) is not an address",
        ),
        ('"https://winter-review.example/support/"', '""', "nothing is not an address"),
        ('"https://winter-review.example/privacy/"', '"privacy"', "privacy is not an address"),
        ('name = "Winter Review"', 'name = " "', "something must be said here"),
        ('name = "Winter Review"', r'name = "Winter\u0007"', "there is a control character in it"),
        ('email = "desk@winter-review.example"', 'email = "desk"', "desk is not a mail address"),
        ('label = "Editor-in-Chief"', 'label = ""', "something must be said here"),
        ('home = "Home"', 'home = ""', "something must be said here"),
        ("answer = 30", "answer = 0", "a number of days is expected here"),
        ("warn_before = 7", "warn_before = -7", "a number of days is expected here"),
        ('media = ["web", "archive"]', 'media = ["web", "web"]', "the same stands here twice"),
        ('languages = ["en", ', 'languages = ["it", ', "the same stands here twice"),
        ('targets = ["wordpress", ', 'targets = ["html", "wordpress", ', "the same stands here twice"),
        ('"OpinionNewsArticle"', '"Opinion News"', "Opinion News is not a type of schema.org"),
        ('kind = "withheld"', 'kind = "province"', "is of the kind withheld"),
    ],
)
def test_words_that_do_not_hold_are_refused_where_they_stand(old: str, new: str, reason: str) -> None:
    _refused(WINTER, old, new, reason)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('key = "intern"', 'key = "director"', "director stands here twice"),
        ('[[roles]]\nkey = "director"\n', '[[roles]]\nkey = "publisher"\n', "the role director is missing"),
        ('key = "intern"', 'key = "safety"', "safety is a signature and no role"),
        (', "settle", ', ", ", "no role may settle"),
        ('may = ["publish"]', 'may = ["fly"]', "fly is not one of work"),
        ('survives = ["typographical"', 'survives = ["loud"', "loud is not one of typographical"),
        ('roles = ["intern"]', 'roles = ["copy-editor"]', "copy-editor is not a role: editor-in-chief"),
        ('override_role = "fact-checker"', 'override_role = "editor"', "editor is not a role"),
        ('signatures = ["editor-in-chief", ', 'signatures = ["editor", ', "editor is not a role"),
        ('signatures = ["editor-in-chief", "fact-checker"]', "signatures = []", "somebody signs every kind"),
        ('path = "nytt/siste"', 'path = "../siste"', "is not an address below the site"),
    ],
)
def test_roles_and_paths_of_ones_own_are_looked_at_too(old: str, new: str, reason: str) -> None:
    _refused(NORDLYS, old, new, reason)


def test_a_pattern_of_a_date_may_be_of_any_script() -> None:
    assert parse(WINTER.replace('"MM/DD/YYYY"', '"YYYY年M月D日"', 1), "w").date_format == "YYYY年M月D日"


def _refused(text: str, old: str, new: str, reason: str) -> None:
    assert old in text
    broken = text.replace(old, new, 1)
    with pytest.raises(RuleBroken) as caught:
        parse(broken, "mine.toml")
    said, line = str(caught.value.fields["reason"]), caught.value.fields["line"]
    assert reason in said
    assert isinstance(line, int)
    place = text[: text.index(old)].count("\n") + 1
    # A list that is too short, or a table that lacks something, is named where it begins.
    assert line <= place + 1 and (place - line < 4 or "role" in said or "withheld" in said), (line, place)
