"""A shared desk: what a folder has by itself, PostgreSQL must be asked for."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.domain.errors import RuleBroken, Unavailable, Usage
from app.services.stored import AuditEntry, Setting
from app.services.verifying import Verifying
from app.storage import audit
from app.storage.blobs import Blobs
from app.storage.inspecting import Inspecting
from app.storage.key_row import KeyRow
from app.storage.records import metadata
from app.storage.store import CHANNEL
from app.vault import desk_keys
from app.vault.key_record import AuditHead
from app.vault.key_table import KeyTable
from tests.real import postgres
from tests.support.stores import CHEAP, LARGE, PASSPHRASE, Shared, piece

pytestmark = pytest.mark.real


@pytest.fixture
def shared(server: postgres.Server, tmp_path: Path) -> Shared:
    """An empty shared desk, closed."""
    return Shared(server.fresh(), tmp_path)


def test_the_steps_make_what_the_program_thinks(shared: Shared) -> None:
    ours = {"key_record", "alembic_version"}
    with shared.open() as store, store.read() as unit:
        context = MigrationContext.configure(unit.connection, opts={"compare_type": True})
        different = [
            change
            for change in compare_metadata(context, metadata)
            if "words" not in str(change) and getattr(change[1], "name", "") not in ours
        ]
    assert different == []


def test_programs_that_write_at_once_follow_one_another(shared: Shared) -> None:
    rounds = 8
    with shared.open() as store, store.write() as unit:
        unit.add(Setting("count", {"n": 0}))

    def work() -> None:
        with shared.open() as store:
            for _ in range(rounds):
                with store.write() as unit:
                    row = unit.get(Setting, "count")
                    unit.save(replace(row, value={"n": row.value["n"] + 1}))
                    unit.next_number("2026")
                    unit.audit("count", "x")

    programs = [threading.Thread(target=work) for _ in range(3)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    keys = shared.working_keys()
    with shared.open(writes=False) as store, store.read() as unit:
        assert unit.get(Setting, "count").value == {"n": rounds * 3}
        assert len(unit.find(AuditEntry, order="seq")) == rounds * 3
        assert audit.check(unit.connection, keys, keys.audit_head()) == rounds * 3
    assert keys.audit_head()[0] == rounds * 3


def test_a_commit_is_told_to_the_other_programs(shared: Shared) -> None:
    with shared.open() as store, psycopg.connect(shared.url, autocommit=True) as other:
        other.execute(f"LISTEN {CHANNEL}")
        with store.write() as unit:
            unit.changed("piece", "1")
        told = [note.payload for note in other.notifies(timeout=10, stop_after=1)]
        assert told == [str(store.since(0).seq)]


def test_everything_stored_is_checked(shared: Shared) -> None:
    keys = shared.working_keys()
    with shared.open() as store:
        with store.write() as unit:
            unit.put_blob(LARGE)
            unit.audit("new", "x")
        checks = Verifying(Inspecting(store, Blobs(keys, None), keys), str, str).verify()
    assert all(check.ok for check in checks)


def test_sealed_rows_stay_sealed_to_the_server_and_keys_are_wrapped(shared: Shared) -> None:
    with shared.open() as store, store.write() as unit:
        unit.put_blob(b"Gulmira" * 99, to_vault=True)
        unit.put_blob(b"Gulmira" * 99)
    with psycopg.connect(shared.url) as server:
        for table in ("blob", "key_record"):
            rows = server.execute(f"SELECT * FROM {table}").fetchall()
            assert rows and not any(
                b"Gulmira" in bytes(cell) for row in rows for cell in row if isinstance(cell, bytes)
            )


def test_a_database_that_holds_something_gets_no_new_keys(shared: Shared, server: postgres.Server) -> None:
    used = server.fresh()
    with psycopg.connect(used) as connection:
        connection.execute("CREATE TABLE something (id text)")
    for url in (used, shared.url):
        with pytest.raises(RuleBroken, match=r"key\.exists"):
            desk_keys.create(KeyTable(KeyRow(url)), "other", PASSPHRASE, data_exists=False, cost=CHEAP)
    with pytest.raises(Unavailable, match=r"keys\.missing"):
        KeyTable(KeyRow(used)).load()
    assert not KeyTable(KeyRow(used)).exists()
    assert shared.keys().desk == "01JDESK"


def test_the_later_head_stays_and_new_slots_are_not_put_back(shared: Shared) -> None:
    one, two = shared.keys(), shared.keys()
    two.move_audit_head(AuditHead(5, bytes(32)))
    one.move_audit_head(AuditHead(3, bytes(32)))
    assert shared.keys().audit_head.sequence == 5
    one.move_audit_head(AuditHead(7, bytes(32)))
    assert shared.keys().audit_head.sequence == 7
    one.change_passphrase("another")
    with pytest.raises(Unavailable, match=r"keys\.not-saved"):
        two.move_audit_head(AuditHead(9, bytes(32)))
    with pytest.raises(Unavailable, match=r"keys\.not-saved"):
        two.change_passphrase("a third")
    assert desk_keys.open_by_passphrase(KeyTable(KeyRow(shared.url)), "another", floor=CHEAP).desk == one.desk


@pytest.mark.parametrize("url", ["postgresql://u@/x?host=/nowhere/at/all", "postgresql://u@127.0.0.1:1/x"])
def test_a_server_that_is_not_there_is_told(url: str) -> None:
    with pytest.raises(Unavailable, match=r"database\.unreachable"):
        KeyRow(url).read()


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(Usage, match=r"desk\.address"):
        KeyRow("postgresql://u@h:port/x")


def test_a_desk_of_another_version_is_told(shared: Shared) -> None:
    with shared.open():
        pass
    with psycopg.connect(shared.url) as server:
        server.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable, match=r"desk\.newer"), shared.open():
        raise AssertionError
    with psycopg.connect(shared.url) as server:
        server.execute("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(Unavailable, match=r"desk\.older"), shared.open(writes=False):
        raise AssertionError


def test_a_connection_that_was_cut_is_told_and_the_next_one_works(shared: Shared) -> None:
    def cut() -> None:
        with store.write() as unit:
            unit.add(piece())
            with psycopg.connect(shared.url, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    " AND query NOT LIKE '%%autovacuum%%' AND backend_type = 'client backend'"
                )
            unit.find(Setting)

    with shared.open() as store:
        with pytest.raises(Unavailable, match=r"database\.unreachable"):
            cut()
        with store.write() as unit:
            unit.add(piece())
