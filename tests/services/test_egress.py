"""Nothing leaves but what the gate cleared, and nobody else can clear."""

from __future__ import annotations

import ast
import copy
import dataclasses
import json
import pickle
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import Damaged, RuleBroken, Unavailable
from app.domain.findings import Finding
from app.domain.people import Address, Contributor, Protection, SealedTerm
from app.domain.public import ExportFile
from app.formats.unpacking import members
from app.services.egress import Cleared, Egress, write_files
from app.services.ids import Ids
from app.services.telling import NAMESAKES
from app.storage.blobs import Blobs
from app.storage.desk_store import open_folder
from app.storage.migrate import migrate
from app.storage.store import Store
from app.vault import desk_keys
from app.vault.keyfile import KeyFile
from app.vault.passphrase import Cost
from app.vault.working_keys import WorkingKeys
from tests.architecture.source import dotted, sources
from tests.support.planted_files import core, docx, zipped

DAY = "2026-11-23T09:00:00Z"
IDS = Ids()
PASSPHRASE, CHEAP = "winter review", Cost(1, 8192)


class Gate:
    """A desk with its keys, its people and its gate."""

    def __init__(self, folder: Path) -> None:
        file = KeyFile(folder / "keys.json")
        if file.exists():
            self.desk_keys = desk_keys.open_by_passphrase(file, PASSPHRASE, floor=CHEAP)
        else:
            (folder / "blobs").mkdir(parents=True)
            self.desk_keys, _ = desk_keys.create(file, IDS.new(), PASSPHRASE, data_exists=False, cost=CHEAP)
        self.keys = WorkingKeys(self.desk_keys)
        blobs = Blobs(self.keys, folder / "blobs")
        self.store: Store = open_folder(
            folder / "desk.db", self.keys, blobs, _now, IDS, writes=True, migrate=migrate
        )
        self.egress = Egress(self.store, self.keys, members)

    def person(self, byline: str, protection: Protection = Protection.PROTECTED, **more: Any) -> Contributor:
        """A new contributor."""
        row = Contributor(IDS.new(), IDS.new()[-4:], byline, protection, DAY, **more)
        with self.store.write() as unit:
            unit.add(row)
        return row

    def seal(
        self, person: Contributor, text: str, kind: str = "name", settled: tuple[str, ...] = ()
    ) -> SealedTerm:
        """A new protected term."""
        said = json.dumps({"text": text, "kind": kind, "settled": settled})
        return self.seal_bytes(person, said.encode())

    def seal_bytes(self, person: Contributor, data: bytes) -> SealedTerm:
        """The same of any bytes."""
        id = IDS.new()
        row = SealedTerm(id, person.id, self.keys.seal(data, id))
        with self.store.write() as unit:
            unit.add(row)
        return row

    def address(self, person: Contributor, address: str, *, sealed: bool) -> None:
        """A new mail address."""
        lookup = self.keys.lookup(address)
        with self.store.write() as unit:
            unit.add(Address(IDS.new(), person.id, lookup, "" if sealed else address))

    def findings(self, *files: ExportFile, **more: Any) -> list[Finding]:
        """Why the files are refused."""
        with pytest.raises(RuleBroken) as refused:
            self.egress.clear(files, **more)
        assert refused.value.code == "egress.leak"
        found: Any = refused.value.fields["findings"]
        return list(found)


def _now() -> datetime:
    return datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new desk, closed."""
    folder = tmp_path_factory.mktemp("empty") / "desk"
    Gate(folder).store.close()
    return folder


@pytest.fixture
def gate(empty: Path, tmp_path: Path) -> Iterator[Gate]:
    opened = Gate(Path(shutil.copytree(empty, tmp_path / "desk")))
    yield opened
    opened.store.close()


def page(text: str, name: str = "the-valley.html") -> ExportFile:
    return ExportFile(name, "text/html", f"<!doctype html><p>{text}</p>".encode())


QUIET = page("A quiet valley.")


def test_a_desk_that_knows_nobody_protected_exports_freely_with_its_vault_locked(gate: Gate) -> None:
    gate.person("Nur Halabi", Protection.OPEN)
    gate.desk_keys.lock_vault()
    cleared = gate.egress.clear([QUIET])
    assert cleared.files == (QUIET,)
    assert cleared.findings == ()


@pytest.mark.parametrize("only_a_term", [False, True])
def test_a_desk_that_knows_somebody_protected_exports_nothing_with_its_vault_locked(
    gate: Gate, only_a_term: bool
) -> None:
    person = gate.person("Lin", Protection.PEN_NAME if only_a_term else Protection.PROTECTED)
    if only_a_term:
        gate.seal(person, "Zhao Mingyu")
    gate.egress.load()
    gate.desk_keys.lock_vault()
    with pytest.raises(Unavailable) as refused:
        gate.egress.clear([QUIET])
    assert refused.value.code == "vault.locked"


def test_locking_the_vault_takes_the_terms_out_of_memory(gate: Gate) -> None:
    gate.seal(gate.person("Lin"), "Zhao Mingyu")
    gate.egress.load()
    assert gate.egress._terms
    gate.desk_keys.lock_vault()
    gate.egress.load()
    assert not gate.egress._terms


def test_a_protected_name_blocks_and_the_refusal_does_not_repeat_it(gate: Gate) -> None:
    person = gate.person("Lin")
    gate.seal(person, "Zhao Mingyu")
    with pytest.raises(RuleBroken) as refused:
        gate.egress.clear([page("By Zhao Mingyu.")])
    (finding,) = list(refused.value.fields["findings"])  # type: ignore[call-overload]
    assert finding.refuses
    assert "the-valley.html: text" in finding.why
    assert f"the name of contact {person.code}" in finding.why
    assert "near character" in finding.why
    for shown in (str(refused.value), repr(refused.value), repr(finding), json.dumps(finding.as_json())):
        assert "zhao" not in shown.casefold()


def test_a_file_name_that_is_a_leak_is_not_repeated(gate: Gate) -> None:
    gate.seal(gate.person("Lin"), "Zhao Mingyu")
    document = ExportFile("zhao-mingyu.docx", "", docx({"word/Zhao Mingyu.xml": "<a>Zhao Mingyu</a>"}))
    findings = gate.findings(document)
    assert any("file 1" in finding.why for finding in findings)
    assert any("a part whose name tells it" in finding.why for finding in findings)
    assert not [finding for finding in findings if "zhao" in finding.why.casefold()]


def test_the_place_is_told(gate: Gate) -> None:
    gate.seal(gate.person("Lin"), "Xu")
    document = ExportFile("a.docx", "", docx({"docProps/core.xml": core("<b>Xu</b>")}))
    assert "docProps/core.xml" in gate.findings(document)[0].why


def test_a_doubtful_match_is_cleared_with_a_warning(gate: Gate) -> None:
    gate.seal(gate.person("Lin"), "Xu")
    cleared = gate.egress.clear([page("He met Xu.")])
    (finding,) = cleared.findings
    assert (finding.severity, finding.refuses) == ("warn", False)
    assert cleared.gate == {"checked": cleared.checked, "findings": [finding.as_json()]}


def test_what_was_looked_at_is_counted_and_said_without_a_promise(gate: Gate) -> None:
    cleared = gate.egress.clear([QUIET])
    assert cleared.checked > 2
    assert cleared.sentence == f"no protected name found, {cleared.checked} places looked at"


def test_what_cannot_be_read_blocks(gate: Gate) -> None:
    (finding,) = gate.findings(ExportFile("a.bin", "", b"\0\1\2\3\x99\xfe" * 9))
    assert (finding.id, finding.severity) == ("egress.unreadable", "block")


def test_a_term_that_comes_later_is_looked_for_at_once(gate: Gate) -> None:
    person = gate.person("Lin")
    gate.egress.clear([page("Zhao Mingyu")])
    row = gate.seal(person, "Zhao Mingyu")
    assert gate.findings(page("Zhao Mingyu"))
    with gate.store.write() as unit:
        unit.remove(SealedTerm, row.id)
    gate.egress.clear([page("Zhao Mingyu")])


def test_a_settled_place_is_left_out(gate: Gate) -> None:
    gate.seal(gate.person("Lin"), "Rosa Winter", settled=("body", "parts"))
    gate.egress.clear([page("Rosa Winter")])
    assert gate.findings(ExportFile("rosa-winter.html", "text/html", QUIET.data))


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("protection", list(Protection))
def test_no_address_of_any_contributor_leaves(gate: Gate, sealed: bool, protection: Protection) -> None:
    gate.address(gate.person("Lin", protection), "zhao@post.example", sealed=sealed)
    for text in (
        "zhao@post.example",
        "ZHAO [at] post dot example",
        "<a href='mailto:zhao%40post.example'>a</a>",
    ):
        (finding, *_) = gate.findings(page(text))
        assert "the mail address of contact" in finding.why
    gate.egress.clear([page("someone@post.example")])


def test_the_magazines_own_words_may_stand(gate: Gate) -> None:
    person = gate.person("Marta", Protection.OPEN)
    gate.address(person, "marta@winter.example", sealed=False)
    gate.seal(person, "+39 011 5550 142", "phone")
    gate.seal(person, "Marta Veselka")
    text = page("Marta Veselka, marta@winter.example, 011 5550142")
    assert len(gate.findings(text)) >= 3
    gate.egress.clear([text], own={"Marta Veselka", "marta@winter.example", "+39 011 5550 142"})


def test_a_real_name_is_a_byline_only_by_consent(gate: Gate) -> None:
    person = gate.person("Zhao Mingyu")
    gate.seal(person, "Mingyu Zhao")
    assert gate.findings(page("by Zhao Mingyu"))
    with gate.store.write() as unit:
        unit.save(dataclasses.replace(person, real_name_allowed=True, consent="letter of 3 May"))
    gate.egress.clear([page("by Zhao Mingyu <a title='Zhao Mingyu'>a</a>")])
    assert gate.findings(page("by Zhao Mingyu", name="zhao-mingyu.html"))


def test_consent_to_another_name_is_none(gate: Gate) -> None:
    person = gate.person("Lin Qiao", real_name_allowed=True)
    gate.seal(person, "Zhao Mingyu")
    assert gate.findings(page("by Zhao Mingyu"))


def test_an_open_author_may_be_called_like_a_protected_one_when_somebody_settled_it(gate: Gate) -> None:
    open_one = gate.person("Zhao Mingyu", Protection.OPEN)
    row = gate.seal(gate.person("Lin"), "Zhao Mingyu")
    assert gate.findings(page("by Zhao Mingyu"), author=open_one.id)
    with gate.store.write() as unit:
        unit.remove(SealedTerm, row.id)
    gate.seal(gate.person("Mu"), "Mingyu Zhao", settled=(NAMESAKES,))
    assert gate.findings(page("by Zhao Mingyu"))
    gate.egress.clear([page("by Zhao Mingyu")], author=open_one.id)


@pytest.mark.parametrize("protection", [Protection.PEN_NAME, Protection.PROTECTED])
def test_a_pen_name_is_never_let_through_as_a_name(gate: Gate, protection: Protection) -> None:
    person = gate.person("Zhao Mingyu", protection)
    gate.person("Zhao Mingyu", Protection.OPEN)
    gate.seal(person, "Zhao Mingyu", settled=(NAMESAKES,))
    assert gate.findings(page("by Zhao Mingyu"), author=person.id)


def test_a_sealed_term_that_is_none_is_damage(gate: Gate) -> None:
    gate.seal_bytes(gate.person("Lin"), b'{"text": "Zhao Mingyu"}')
    with pytest.raises(Damaged) as damaged:
        gate.egress.clear([QUIET])
    assert damaged.value.code == "seal.damaged"
    assert "Zhao" not in repr(damaged.value)
    assert damaged.value.__cause__ is None


def test_nobody_else_can_clear(gate: Gate) -> None:
    cleared = gate.egress.clear([QUIET])
    leak = (page("Zhao Mingyu"),)
    with pytest.raises(TypeError):
        Cleared(leak, (), 1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Cleared(leak, (), 1, object())
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(cleared, files=leak)  # type: ignore[call-arg]
    with pytest.raises(dataclasses.FrozenInstanceError):
        cleared.files = leak  # type: ignore[misc]
    with pytest.raises(TypeError):
        type("Own", (Cleared,), {})
    assert copy.copy(cleared).files == cleared.files


def test_only_the_gate_names_the_token_and_makes_one_cleared() -> None:
    makers = [
        source.path
        for source in sources("app")
        for node in source.nodes(ast.Call, ast.Name, ast.alias)
        if (isinstance(node, ast.Call) and dotted(node.func).endswith("Cleared"))
        or (isinstance(node, ast.Name) and node.id == "_SEAL_OF_THE_GATE")
        or (isinstance(node, ast.alias) and node.name == "_SEAL_OF_THE_GATE")
    ]
    assert set(makers) == {"app/services/egress.py"}


def test_cleared_files_are_written_whole_for_this_account_alone(gate: Gate, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "deeper"
    photo = ExportFile("the-valley-01.txt", "text/plain", b"words")
    paths = write_files(gate.egress.clear([QUIET, photo]), folder)
    assert paths == [folder / "the-valley.html", folder / "the-valley-01.txt"]
    assert [path.read_bytes() for path in paths] == [QUIET.data, photo.data]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert sorted(path.name for path in folder.iterdir()) == ["the-valley-01.txt", "the-valley.html"]
    other = page("Another text.")
    write_files(gate.egress.clear([other]), folder)
    assert paths[0].read_bytes() == other.data


@pytest.mark.parametrize(
    "name",
    [
        "../a.html",
        "/a.html",
        "a/b.html",
        "..",
        ".a",
        "A.html",
        "a b.html",
        "a..html",
        "a.",
        "con.html",
        "",
        "a\0b",
    ],
)
def test_no_name_leads_out_of_the_folder(gate: Gate, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError):
        write_files(gate.egress.clear([page("Words", name=name)]), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_two_files_of_one_name_are_refused(gate: Gate, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        write_files(gate.egress.clear([QUIET, QUIET]), tmp_path)


def test_a_link_in_the_way_is_replaced_and_not_followed(gate: Gate, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"mine")
    out = tmp_path / "out"
    out.mkdir()
    (out / "the-valley.html").symlink_to(kept)
    (out / ".the-valley.html.part").symlink_to(kept)
    write_files(gate.egress.clear([QUIET]), out)
    assert kept.read_bytes() == b"mine"
    assert (out / "the-valley.html").read_bytes() == QUIET.data


def test_what_could_not_be_written_leaves_nothing_half(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "the-valley.html").mkdir()
    with pytest.raises(Unavailable) as refused:
        write_files(gate.egress.clear([QUIET]), tmp_path)
    assert refused.value.code == "disk.unwritable"
    assert not list(tmp_path.glob("*.part"))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable):
        write_files(gate.egress.clear([QUIET]), tmp_path / "file" / "folder")


def test_only_what_was_cleared_is_written(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write_files((QUIET,), tmp_path)  # type: ignore[arg-type]


def test_a_cleared_export_holds_no_term_in_memory_that_could_be_saved(gate: Gate) -> None:
    gate.seal(gate.person("Lin"), "Zhao Mingyu")
    cleared = gate.egress.clear([ExportFile("a.zip", "", zipped({"a.txt": "Words"}))])
    assert b"Mingyu" not in pickle.dumps(cleared)
