"""The schema: what the steps make is what the program thinks, and a step is taken whole or not at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.domain.errors import Damaged
from app.domain.pieces import Piece
from app.storage import connect, desk_store, migrate, migrations
from app.storage.engine import open_encrypted
from app.storage.records import TABLES, metadata
from tests.support import stores
from tests.support.stores import Folder, piece

_NEXT = '''
"""A step of tomorrow: a table is rebuilt."""
import os, signal, sys
from alembic import op
import sqlalchemy as sa
revision, down_revision = "0002", "0001"
def upgrade():
    op.create_table("tomorrow", sa.Column("id", sa.Text, primary_key=True))
    with op.batch_alter_table("piece", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.Text))
    {after}
'''


def _steps(folder: Path, after: str = "") -> str:
    """A folder of steps with one more than the program has; gives its address."""
    shutil.copytree(Path(migrations.__file__).parent, folder)
    (folder / "versions" / "0002_tomorrow.py").write_text(_NEXT.format(after=after))
    return str(folder)


@pytest.fixture
def desk(tmp_path: Path) -> Folder:
    """A closed desk with a piece that has a child."""
    folder = Folder(tmp_path / "desk")
    with folder.open() as store, store.write() as unit:
        unit.add(piece())
        unit.connection.exec_driver_sql(
            "INSERT INTO recommendation VALUES ('r', ?, 'p', 'take', '', '')", (piece().id,)
        )
        unit.audit("new", "x")
    return folder


def _engine(desk: Folder) -> sa.Engine:
    return open_encrypted(desk.database, desk.working_keys().database_key())


def test_the_steps_make_what_the_program_thinks(desk: Folder) -> None:
    engine = _engine(desk)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, *_: not str(name).startswith("search_text"),
            },
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_every_kind_of_row_has_a_table_with_its_fields_in_order() -> None:
    from dataclasses import fields

    for kind, table in TABLES.items():
        assert [column.name for column in table.columns] == [field.name for field in fields(kind)]


def test_the_newest_step_is_the_one_that_the_program_knows() -> None:
    assert ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head() == connect.SCHEMA


def test_a_step_that_rebuilds_a_table_keeps_its_children(desk: Folder, tmp_path: Path) -> None:
    engine = _engine(desk)
    migrate.migrate(engine, _steps(tmp_path / "steps"))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT piece FROM recommendation").scalar_one() == piece().id
        assert connection.exec_driver_sql("SELECT colour FROM piece").scalar_one() is None
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    engine.dispose()


@pytest.mark.parametrize(
    ("after", "refused"),
    [("raise KeyError", KeyError), ("op.execute('DELETE FROM piece')", Damaged)],
    ids=["fails", "leaves rows that point to nothing"],
)
def test_a_step_that_fails_leaves_the_old_desk(
    desk: Folder, tmp_path: Path, after: str, refused: type[Exception]
) -> None:
    engine = _engine(desk)
    with pytest.raises(refused):
        migrate.migrate(engine, _steps(tmp_path / "steps", after))
    engine.dispose()
    _is_the_old_desk(desk)


_MIGRATE = """
import sys
from pathlib import Path
from app.storage import migrate
from app.storage.engine import open_encrypted
from tests.support.stores import Folder
desk = Folder(Path(sys.argv[1]))
migrate.migrate(open_encrypted(desk.database, desk.working_keys().database_key()), sys.argv[2])
"""


def test_a_step_that_is_killed_midway_leaves_the_old_desk(desk: Folder, tmp_path: Path) -> None:
    steps = _steps(tmp_path / "steps", "os.kill(os.getpid(), signal.SIGKILL)")
    done = subprocess.run([sys.executable, "-c", _MIGRATE, desk.path, steps], timeout=60, check=False)
    assert done.returncode == -9
    _is_the_old_desk(desk)


def _is_the_old_desk(desk: Folder) -> None:
    with desk.open() as store, store.read() as unit:
        assert unit.find(Piece) == [piece()]
        tables = unit.connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
        assert "tomorrow" not in tables
        assert unit.connection.exec_driver_sql("SELECT count(*) FROM recommendation").scalar_one() == 1


def test_a_desk_with_data_is_backed_up_before_a_step_and_a_new_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Folder(tmp_path / "desk")
    told: list[str] = []
    with desk.open(before_migration=told.append) as store, store.write() as unit:
        unit.add(piece())
        unit.audit("new", "x")
    with desk.open(before_migration=told.append):
        assert told == []
    steps = _steps(tmp_path / "steps")
    for module in (connect, desk_store):
        monkeypatch.setattr(module, "SCHEMA", "0002")
    monkeypatch.setattr(stores, "migrate", lambda engine: migrate.migrate(engine, steps))

    def refuse(found: str) -> None:
        told.append(found)
        raise Damaged("backup.damaged")

    with pytest.raises(Damaged), desk.open(before_migration=refuse):
        raise AssertionError
    assert told == ["0001"]
    with desk.open(before_migration=told.append) as store, store.read() as unit:
        assert told == ["0001", "0001"]
        assert unit.connection.exec_driver_sql("SELECT count(colour) FROM piece").scalar_one() == 0
