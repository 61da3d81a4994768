"""The index: bounded work for words found everywhere, and nothing kept of what was sealed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage import search
from app.storage.search import spaced
from app.storage.store import Unit
from tests.support.stores import Folder


@pytest.fixture
def desk(tmp_path: Path) -> Folder:
    """An empty desk."""
    return Folder(tmp_path / "desk")


def _segments_with(unit: Unit, word: str) -> int:
    blocks = unit.connection.exec_driver_sql("SELECT block FROM search_text_data").scalars()
    return sum(word.encode() in bytes(block) for block in blocks)


def test_what_is_sealed_leaves_the_index_with_the_same_transaction(desk: Folder) -> None:
    with desk.open() as store:
        with store.write() as unit:
            blob = unit.put_blob(b"raw mail")
            unit.index("message", "m", "p", "From Zhanova", "gulmirazhanova writes")
            unit.index("message", "n", "p", "Other", "stays")
        with store.read() as unit:
            assert _segments_with(unit, "gulmirazhanova") == 1
        with store.write() as unit:
            unit.reseal_blob(blob)
            unit.index("message", "m", "p", "", "writes")
        with store.read() as unit:
            assert _segments_with(unit, "gulmira") == 0
            assert unit.search("gulmirazhanova", 5) == []
            assert [hit.ref for hit in unit.search("stays", 5)] == ["n"]
            assert [hit.ref for hit in unit.search("writes", 5)] == ["m"]


def test_what_is_sealed_leaves_no_older_state_in_the_write_ahead_log(desk: Folder) -> None:
    log = desk.database.with_name("desk.db-wal")
    with desk.open() as store:
        with store.write() as unit:
            blob = unit.put_blob(b"raw mail")
        assert log.stat().st_size
        with store.read() as reader, store.write() as unit:
            assert reader.blob(blob) == b"raw mail"
            unit.reseal_blob(blob)
        assert log.stat().st_size, "somebody was reading"
        with store.write() as unit:
            unit.reseal_blob(blob)
        assert log.stat().st_size == 0


def test_only_the_newest_hits_of_a_word_found_everywhere_are_ranked(
    desk: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_RANKED", 10)
    with desk.open() as store:
        with store.write() as unit:
            for number in range(50):
                unit.index("article", f"{number:02d}", "p", "everywhere" if number == 0 else "", "everywhere")
        with store.read() as unit:
            assert {hit.ref for hit in unit.search("everywhere", 50)} == {f"{n:02d}" for n in range(40, 50)}


def test_accents_points_and_stretching_do_not_part_words() -> None:
    assert spaced("préfecture") == spaced("pre\u0301fecture") == "prefecture"
    assert spaced("الصَّلاة") == spaced("الصـــلاة") == spaced("الصلاة")
    assert spaced("ещё") == "еще"
    assert spaced("co\u00adoperate") == "cooperate"
    assert spaced("封门ドア").split() == list("封门ドア")


@given(st.text(max_size=60))
def test_a_text_once_bare_stays_as_it_is(text: str) -> None:
    assert spaced(spaced(text)).split() == spaced(text).split()
