"""A profile is read strictly: what is wrong is refused with its line."""

from __future__ import annotations

import pytest

from app import assets
from app.domain.errors import RuleBroken
from app.domain.gates import known_gates
from app.domain.magazine import GATES, kind_rule
from app.domain.magazine_file import parse
from app.domain.pieces import Kind
from app.domain.roles import MASTHEAD_ROLES
from app.domain.toml_lines import line_of

TEXT = assets.text("magazines/winter-review.toml")
FILES = assets.names("magazines")


def refused(text: str) -> tuple[object, str]:
    with pytest.raises(RuleBroken) as caught:
        parse(text, "mine.toml")
    assert caught.value.code == "magazine.broken"
    assert caught.value.fields["file"] == "mine.toml"
    line = caught.value.fields["line"]
    assert isinstance(line, int)
    return text.split("\n")[line - 1], str(caught.value.fields["reason"])


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1, old
    return TEXT.replace(old, new, 1)


@pytest.mark.parametrize("name", FILES)
def test_every_profile_in_the_box_holds(name: str) -> None:
    magazine = parse(assets.text(f"magazines/{name}"), name)
    assert f"{magazine.key}.toml" == name
    assert {entry.key for entry in magazine.kinds} == set(Kind)
    assert all(entry.signatures == MASTHEAD_ROLES for entry in magazine.kinds)
    assert sum(place.kind != "withheld" for place in magazine.regions) == 33
    assert magazine.cut_threshold == 15
    assert tuple(rule.id for rule in magazine.gates) == GATES


def test_a_profile_may_name_the_gates_that_the_program_looks_at() -> None:
    assert known_gates() == GATES


def test_photographs_alone_have_no_gates_of_the_text() -> None:
    gates = kind_rule(parse(TEXT, "winter-review.toml"), Kind.PHOTOGRAPHS).gates
    assert {"R01", "R07", "R08", "R09", "T01"}.isdisjoint(gates)
    assert {"R02", "R10", "R11", "R19", "T02"} <= set(gates)


def test_the_three_profiles_are_there() -> None:
    assert FILES == ["bitter-winter.toml", "neutral.toml", "winter-review.toml"]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('prefix = "ED"', 'prefix = "E-D"', 'prefix = "E-D"', "E-D is not two to eight capitals"),
        ('name = "Winter Review"', "name = 7", "name = 7", "text in quotes is expected here"),
        (
            "cut_threshold = 15",
            "cut_threshold = true",
            "cut_threshold = true",
            "a whole number is expected here",
        ),
        ("cut_threshold = 15", "cut_threshold = 0", "cut_threshold = 0", "a percentage"),
        (
            "cut_threshold = 15",
            "cut_treshold = 15",
            "cut_treshold = 15",
            "the key cut_treshold is not known here",
        ),
        ('zone = "Europe/Rome"', 'zone = "CET+1"', 'zone = "CET+1"', "CET+1 is not a zone"),
        (
            "https://winter-review.example",
            "http://w.example/",
            'site = "http://w.example/"',
            "an https address",
        ),
        ('languages = ["en", "it", "ar"]', "languages = []", "languages = []", "at least one language"),
        (
            'languages = ["en", "it", "ar"]',
            'languages = ["English"]',
            'languages = ["English"]',
            "English is not a language",
        ),
        ('languages = ["en", "it", "ar"]', 'languages = "en"', 'languages = "en"', "a list is expected here"),
        (
            'default_section = "news"',
            'default_section = "sport"',
            'default_section = "sport"',
            "not a section",
        ),
        ('default_section = "news"', 'default_section = "map"', 'default_section = "map"', "holds no pieces"),
        ('roles = ["rights"]', 'roles = ["righs"]', 'roles = ["righs"]', "righs is not a role"),
        ('roles = ["rights"]', "roles = []", "roles = []", "at least one role"),
        (
            'roles = ["director"]',
            'roles = ["reader"]',
            'persons = ["henrik"]',
            "does not hold the role director",
        ),
        (
            'persons = ["henrik"]',
            'persons = ["hank"]',
            'persons = ["hank"]',
            "hank is not in the people table",
        ),
        ('persons = ["henrik"]', "persons = []", "[[masthead]]", "nobody is named as director"),
        ('key = "lin"', 'key = "marta"', 'key = "marta"', "marta stands here twice"),
        ('key = "lin"', 'key = "Lin Q"', 'key = "Lin Q"', "not a short key"),
        (
            "since = 2025-01-01",
            "since = 2025-01-01\nuntil = 2024-01-01",
            "until = 2024-01-01",
            "until is before since",
        ),
        ("until = 2026-08-28", "until = 2026-07-28", "role =", "until is before since"),
        (
            ', proof = "Letter of the editor-in-chief, 20 July 2026"',
            ', proof = " "',
            "role =",
            "named with proof",
        ),
        ('kind = "dossier"', 'kind = "folder"', 'kind = "folder"', "folder is not one of stream, dossier"),
        (
            'parent = "about-china"',
            'parent = "events"',
            'parent = "events"',
            "events is not an earlier section",
        ),
        (
            'severity = "block"',
            'severity = "grave"',
            'severity = "grave"',
            "grave is not one of block, override, warn",
        ),
        ('id = "R02"', 'id = "R01"', 'id = "R01"', "R01 stands here twice"),
        ('id = "R02"', 'id = "R13"', 'id = "R13"', "R13 is not a gate that the desk can look at: T01"),
        (
            'id = "R10"  # byline not chosen, or a name that must not be printed\nseverity = "block"',
            'id = "R10"\nseverity = "warn"',
            'severity = "warn"',
            "R10 is block in every magazine",
        ),
        ('  "T01", "T02"', '  "T01"', "gates = [", "T02 is a gate of every kind"),
        ('override_role = "rights"', "", "[[gates]]", "nothing is not a role"),
        (
            'severity = "block"',
            'severity = "block"\noverride_role = "editor"',
            'override_role = "editor"',
            "nobody overrides",
        ),
        ('  "T01", "T02"', '  "R77", "T02"', "gates = [", "R77 is not a gate"),
        ('key = "pitch"', 'key = "pitches"', 'key = "pitches"', "pitches is not one of article"),
        ('key = "pitch"', 'key = "article"', 'key = "article"', "article stands here twice"),
        ('section = "interviews"', 'section = "contacts"', 'section = "contacts"', "holds no pieces"),
        (
            "valid_from = 2024-05-01",
            "valid_from = 2020-05-01",
            "valid_from = 2020-05-01",
            "in order of their dates",
        ),
        ("valid_from = 2024-05-01", 'valid_from = "soon"', 'valid_from = "soon"', "a date is expected here"),
        (
            "valid_from = 2024-05-01",
            "valid_from = 2024-05-01\nsha256 = ''",
            "sha256 = ''",
            "sha256 is not known",
        ),
        ("time = 09:00:00", "time = 9", "time = 9", "a time is expected here"),
        (
            'lead = "{caption} {credit}."',
            'lead = "{caption}."',
            'lead = "{caption}."',
            "{caption} and then {credit}",
        ),
        ('lead = "{caption} {credit}."', 'lead = "{caption"', 'lead = "{caption"', "the pattern is broken"),
        ('key = "withheld"', 'key = "untold"', 'key = "untold"', "is of the kind withheld"),
        (
            '  { key = "withheld", name = "Region withheld", kind = "withheld" },\n',
            "",
            "regions = [",
            "a region with the key withheld is needed",
        ),
        ('{ key = "fujian"', '{ klee = "fujian"', "fujian", "the key klee is not known here"),
        ('{ key = "fujian", ', "{ ", "Fujian", "key is missing"),
        ("[safety]", "[safely]", "[safely]", "the key safely is not known"),
        (
            'targets = ["wordpress", ',
            'targets = ["gopher", ',
            'targets = ["gopher", ',
            "gopher is not a target",
        ),
        ('date_format = "MM/DD/YYYY"', "date_format = ", "date_format = ", "Invalid value"),
        ('motto = "Belief', 'months = ["May"]\nmotto = "Belief', 'months = ["May"]', "twelve months"),
    ],
)
def test_what_is_wrong_is_refused_where_it_stands(old: str, new: str, line: str, reason: str) -> None:
    where, why = refused(changed(old, new))
    assert line in str(where)
    assert reason in why


def test_a_kind_that_is_not_described_is_missed() -> None:
    start = TEXT.index('[[kinds]]\nkey = "event"')
    where, why = refused(TEXT[:start] + TEXT[TEXT.index("[[gates]]") :])
    assert where == "[[kinds]]"
    assert why == "the kind event is not described"


def test_terms_without_words_are_refused() -> None:
    start = TEXT.index('text = """', TEXT.index("valid_from"))
    where, why = refused(TEXT[:start] + 'text = " "\n' + TEXT[TEXT.index("[[terms]]", start) :])
    assert where == 'text = " "'
    assert why == "the terms have no text"


def test_a_profile_that_breaks_off_names_its_last_line() -> None:
    where, _ = refused('key = "x"\nlanguages = [\n"en"')
    assert where == '"en"'


def test_an_empty_profile_misses_its_key() -> None:
    where, why = refused("")
    assert (where, why) == ("", "key is missing")


def test_words_where_a_table_belongs_are_refused() -> None:
    without = TEXT[: TEXT.index("[address]")] + TEXT[TEXT.index("[[masthead]]") :]
    where, why = refused('address = "here"\n' + without)
    assert where == 'address = "here"'
    assert why == "a table is expected here"


def test_the_hash_of_the_terms_is_over_their_text() -> None:
    first = parse(TEXT, "a").terms[-1].sha256
    assert first == parse(changed("# Winter Review", "# Another remark"), "a").terms[-1].sha256
    assert first != parse(changed("We keep to it.", "We keep it."), "a").terms[-1].sha256


def test_lines_are_found_in_every_form_of_toml() -> None:
    text = """\
a."b c" = 1
[t.u]
x = \'\'\'
y = 2
\'\'\'
y = 3
[[p]]
k = [
  "one", # [
  { z = 1 },
]
[[p.q]]
k = 1
[[p]]
[[p.q]]
k = 2
"""
    assert line_of(text, ("a", "b c")) == 1
    assert line_of(text, ("t", "u", "y")) == 6
    assert line_of(text, ("p", 0, "k", 1, "z")) == 10
    assert line_of(text, ("p", 0, "q", 0, "k")) == 13
    assert line_of(text, ("p", 1)) == 14
    assert line_of(text, ("p", 1, "q", 0, "k")) == 16
    assert line_of(text, ("nowhere",)) == 1
