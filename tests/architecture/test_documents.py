"""The documents say what the program does: verbs, options, gates, targets, file names, the article's JSON."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator

import pytest

from app import assets
from app.bootstrap.places import magazines
from app.cli.arguments import parser
from app.cli.main import main
from app.domain.article import Block
from app.domain.article_json import from_json, to_json
from app.domain.gates import known_gates
from app.domain.magazine_file import parse
from app.domain.messages import Event, MessageClass
from app.domain.people import Protection
from app.domain.pieces import ChangeClass, Kind, Stage
from app.domain.rights import NEEDS, Basis
from tests.architecture.source import ROOT

DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?:app|docs|packaging|resources|tests|\.ci)/[\w./-]*\w")
_SAID_AS = {"ID|CODE": "CONTRIBUTOR"}
_SHARED = {"--desk", "--passphrase-file", "--help", "--version", "--json"}


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def verbs(of: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every verb that can be given, ``contributor show`` and the like included."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                below = list(verbs(inner))
                yield from ((f"{name} {verb}", each) for verb, each in below)
                if not below:
                    yield name, inner


VERBS = dict(verbs(parser()))


def options(of: argparse.ArgumentParser) -> set[str]:
    return {text for action in of._actions for text in action.option_strings if text.startswith("--")} - {
        "--help"
    }


def sections() -> dict[str, str]:
    """The parts of the page about the command line, by verb."""
    parts = re.split(r"(?m)^### (.+)$", read("command-line.md"))
    return {name: re.split(r"(?m)^## ", text)[0] for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def test_every_verb_is_described_and_every_described_verb_exists() -> None:
    assert set(sections()) == set(VERBS)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_option_is_described_and_every_described_option_exists(verb: str) -> None:
    usage = re.search(rf"(?m)^    transom {verb}\b(?:.*\n)(?:     .*\n)*", sections()[verb])
    assert usage, f"the section of {verb} begins with its usage"
    assert set(_OPTION.findall(usage[0])) == options(VERBS[verb])
    assert set(_OPTION.findall(sections()[verb])) <= options(VERBS[verb]) | _SHARED


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_what_must_be_given_stands_in_the_section(verb: str) -> None:
    needed = [str(each.metavar) for each in VERBS[verb]._actions if each.required and not each.option_strings]
    assert [name for name in needed if _SAID_AS.get(name, name) not in sections()[verb]] == []


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{path.name}" for path in DOCUMENTS)])
def test_pages_name_only_commands_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8").replace("\\\n", " ")
    known = {verb.split()[0] for verb in VERBS} | {"VERB", "test"}
    said = re.findall(r"(?m)(?:^ {4}|`|\n)(?:python3 packaging/run\.py|transom) (?!\()([a-z]+)(.*)$", text)
    assert [verb for verb, _ in said if verb not in known] == []
    for verb, rest in said:
        if verb in VERBS:
            given = set(_OPTION.findall(rest.partition("`")[0]))
            assert given <= options(VERBS[verb]) | _SHARED, verb


def test_the_commands_of_the_walk_are_understood() -> None:
    walk = README[README.index("## From a mail to a page") : README.index("## Test")].replace("\\\n", " ")
    lines = re.findall(r"(?m)^    transom (?!\()(.*)$", walk)
    assert len(lines) > 15
    for line in lines:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        assert parser().parse_args(words).verb == words[0]


def test_the_exit_statuses_are_those_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    described = re.findall(r"(?m)^\| (\d) \|", read("command-line.md"))
    assert described == ["0", "1", "2", "3", "4"]
    assert main(["nonsense"]) == 2
    assert main(["--desk", "nowhere", "list"]) == 3
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("words", [Stage, Kind, MessageClass, Event])
def test_the_keys_that_scripts_use_are_listed(words: type[Stage | Kind | MessageClass | Event]) -> None:
    assert " ".join(words) in " ".join(read("command-line.md").split())


def test_every_class_of_change_and_protection_is_named() -> None:
    assert all(word in read("command-line.md") for word in ChangeClass)
    assert all(word in read("security.md") for word in Protection)


def test_every_gate_has_its_row_with_the_severity_of_the_profiles() -> None:
    rows = dict(re.findall(r"(?m)^\| ([TR]\d\d) \| (.+) \|$", read("gates.md")))
    assert list(rows) == list(known_gates())
    for name in magazines():
        for rule in parse(assets.text(f"magazines/{name}.toml"), name).gates:
            severity = rows[rule.id].split(" | ")[1]
            assert rule.severity in severity and rule.override_role in severity, rule.id


def test_every_basis_is_described_with_what_it_needs() -> None:
    page = read("gates.md")
    assert [basis for basis in Basis if f"`{basis}`" not in page] == []
    assert [need for needs in NEEDS.values() for need in needs if f"`{need}`" not in page] == []


def test_the_example_of_the_article_is_what_the_program_prints() -> None:
    example = re.search(r"(?s)```json\n(.*?)```", read("article.md"))
    assert example
    data = json.loads(example[1])
    article = from_json(data)
    assert to_json(article) == data
    assert {type(block) for block in article.blocks} == set(Block.__args__)


def test_files_that_are_named_exist() -> None:
    pages = {"README.md": README} | {path.name: path.read_text(encoding="utf-8") for path in DOCUMENTS}
    missing = [
        f"{page}: {name}"
        for page, text in pages.items()
        for code in _CODE.findall(text)
        for name in _PATH.findall(code)
        if "*" not in code and not any((ROOT / found).exists() for found in (name, f"{name}.py"))
    ]
    assert missing == []


def test_the_readme_leads_to_every_page() -> None:
    assert [path.name for path in DOCUMENTS if f"docs/{path.name}" not in README] == []
