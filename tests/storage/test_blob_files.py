"""Blobs as files: closed, under names that tell nothing, each belonging to a row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.domain.errors import Damaged, Unavailable
from app.storage.blobs import LARGE as LIMIT
from app.storage.blobs import Blobs
from app.storage.inspecting import Inspecting
from app.storage.store import Store
from tests.support.stores import LARGE, Folder


@pytest.fixture
def desk(tmp_path: Path) -> Folder:
    """An empty desk."""
    return Folder(tmp_path / "desk")


def _put(desk: Folder, data: bytes = LARGE, *, to_vault: bool = False) -> str:
    with desk.open() as store, store.write() as unit:
        return unit.put_blob(data, to_vault=to_vault)


def _inspected(desk: Folder, *, locked: bool = False) -> str:
    with desk.open(writes=False) as store:
        keys = desk.working_keys()
        if locked:
            keys._keys.lock_vault()
        return Inspecting(store, Blobs(keys, desk.blobs), keys).blobs()


def test_a_small_blob_lies_in_the_database_and_a_larger_one_is_a_file(desk: Folder) -> None:
    _put(desk, bytes(LIMIT - 1))
    assert list(desk.blobs.iterdir()) == []
    _put(desk, bytes(LIMIT))
    assert len(list(desk.blobs.iterdir())) == 1


def test_the_same_bytes_are_two_files_that_tell_nothing(desk: Folder) -> None:
    ids = _put(desk), _put(desk)
    one, two = desk.blobs.iterdir()
    assert one.read_bytes() != two.read_bytes()
    assert bytes(range(256)) not in one.read_bytes()
    assert {len(one.name), len(two.name)} == {32} and not {one.name, two.name} & set(ids)


def test_a_folder_among_the_blobs_is_left_alone(desk: Folder) -> None:
    (desk.blobs / "strange").mkdir()
    with desk.open():
        assert (desk.blobs / "strange").is_dir()


def test_a_desk_whose_blobs_are_gone_opens_and_tells_what_is_missing(desk: Folder) -> None:
    _put(desk)
    shutil.rmtree(desk.blobs)
    with pytest.raises(Damaged, match=r"blob\.missing"):
        _inspected(desk)
    with pytest.raises(Unavailable, match=r"disk\.unwritable"):
        _put(desk)


def test_raising_protection_does_not_touch_the_file(desk: Folder) -> None:
    id = _put(desk)
    (file,) = desk.blobs.iterdir()
    before = (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino)
    with desk.open() as store, store.write() as unit:
        unit.reseal_blob(id)
        assert unit.blob(id) == LARGE
    assert (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino) == before


def test_a_file_without_a_row_is_told_and_goes_when_a_writer_opens(desk: Folder) -> None:
    _put(desk)
    (desk.blobs / ("0" * 32)).write_bytes(b"left by a crash")
    assert "1 files without a row" in _inspected(desk)
    assert len(list(desk.blobs.iterdir())) == 2, "a reader removes nothing"
    with desk.open():
        assert len(list(desk.blobs.iterdir())) == 1


@pytest.mark.parametrize("sealed", [False, True])
def test_a_missing_file_is_damage_even_where_it_cannot_be_opened(desk: Folder, sealed: bool) -> None:
    id = _put(desk, to_vault=sealed)
    assert "only found to be there" in _inspected(desk, locked=True) or not sealed
    (file,) = desk.blobs.iterdir()
    file.unlink()
    for locked in (False, True):
        with pytest.raises(Damaged, match=r"blob\.missing"):
            _inspected(desk, locked=locked)
    with desk.open() as store, store.read() as unit, pytest.raises(Damaged, match=r"blob\.missing"):
        unit.blob(id)


@pytest.mark.parametrize("place", [0, 1, 30, 70_000, -1])
def test_a_flipped_bit_is_damage(desk: Folder, place: int) -> None:
    _put(desk)
    (file,) = desk.blobs.iterdir()
    data = bytearray(file.read_bytes())
    data[place] ^= 4
    file.write_bytes(data)
    with pytest.raises(Damaged, match=r"blob\.damaged"):
        _inspected(desk)


def test_a_file_put_in_the_place_of_another_is_damage(desk: Folder) -> None:
    _put(desk)
    _put(desk)
    one, two = desk.blobs.iterdir()
    one.write_bytes(two.read_bytes())
    with pytest.raises(Damaged):
        _inspected(desk)


def test_a_folder_that_refuses_is_told(desk: Folder) -> None:
    with desk.open() as store:
        desk.blobs.rmdir()
        with pytest.raises(Unavailable, match=r"disk\.unwritable"), store.write() as unit:
            unit.put_blob(LARGE)


def test_files_of_a_transaction_that_failed_go_at_once(desk: Folder) -> None:
    def fail(store: Store) -> None:
        with store.write() as unit:
            unit.put_blob(LARGE)
            assert len(list(desk.blobs.iterdir())) == 1
            raise KeyError

    with desk.open() as store:
        with pytest.raises(KeyError):
            fail(store)
        assert list(desk.blobs.iterdir()) == []


def test_a_file_of_a_commit_that_failed_goes_when_the_desk_is_closed(desk: Folder) -> None:
    """It may stand all the same, so it is not taken away before somebody looked."""
    _put(desk)
    with desk.open() as store:

        def refuse(_connection: sa.Connection) -> None:
            raise Unavailable("disk.unwritable", detail="the disk failed")

        sa.event.listen(store._engine, "commit", refuse)
        with pytest.raises(Unavailable, match=r"disk\.unwritable"), store.write() as unit:
            unit.put_blob(LARGE)
        sa.event.remove(store._engine, "commit", refuse)
        assert len(list(desk.blobs.iterdir())) == 2
    assert len(list(desk.blobs.iterdir())) == 1
