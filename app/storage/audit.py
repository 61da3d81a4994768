"""The audit log: append-only lines, each chained to the one before by an HMAC.

SQLCipher's page codes do not see an old page, or a lost tail of the write-ahead log, put back in
place; a chain whose head is kept outside the database does.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from app.domain.errors import Damaged
from app.services.ports import Clock, Keys
from app.services.stored import AuditEntry
from app.storage.mapping import from_columns, insert, to_values
from app.storage.records import TABLES

_table = TABLES[AuditEntry]
START = bytes(32).hex()
"""What stands before the first line."""


_encoded = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode


def append(
    connection: sa.Connection, keys: Keys, clock: Clock, lines: list[dict[str, Any]]
) -> tuple[int, str]:
    """Add ``lines`` (actor, act, subject, detail); gives the number and the MAC of the last one."""
    seq, mac = head(connection)
    at = clock().strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = []
    for line in lines:
        seq += 1
        entry = AuditEntry(seq=seq, at=at, mac="", **line)
        mac = keys.link(bytes.fromhex(mac), _payload(entry)).hex()
        rows.append(to_values(replace(entry, mac=mac)))
    insert(connection, _table, rows)
    return seq, mac


def head(connection: sa.Connection) -> tuple[int, str]:
    """The number and the MAC of the last line; 0 and what stands before the first where there is none."""
    asked = sa.select(_table.c.seq, _table.c.mac).order_by(_table.c.seq.desc()).limit(1)
    last = connection.execute(asked).first()
    return (last.seq, last.mac) if last else (0, START)


def check_head(connection: sa.Connection, keys: Keys) -> None:
    """See that the log has the line that keys.json remembers, without following the chain.

    Raises:
        Damaged: ``audit.behind`` when an older database was put back or the end of it was lost, and
            ``audit.broken`` when another line stands in that place.
    """
    remembered, remembered_mac = keys.audit_head()
    if remembered == 0:
        return
    mac = connection.execute(sa.select(_table.c.mac).where(_table.c.seq == remembered)).scalar()
    if mac is None:
        found = connection.execute(sa.select(sa.func.max(_table.c.seq))).scalar() or 0
        raise Damaged("audit.behind", found=found, remembered=remembered)
    if mac != remembered_mac:
        raise Damaged("audit.broken", line=remembered)


def entries(connection: sa.Connection) -> list[AuditEntry]:
    """The whole log, oldest first."""
    rows = connection.execute(sa.select(_table).order_by(_table.c.seq))
    return [from_columns(AuditEntry, row) for row in rows]


def check(connection: sa.Connection, keys: Keys, remembered: tuple[int, str]) -> int:
    """Follow the chain from its beginning; gives its length.

    ``remembered`` is the head that keys.json knew before the transaction began.

    Raises:
        Damaged: ``audit.broken`` at the first line that was changed, moved or taken out, and
            ``audit.behind`` when lines that keys.json remembers are gone.
    """
    last, last_mac = remembered
    mac = START
    length = 0
    for entry in entries(connection):
        length += 1
        mac = keys.link(bytes.fromhex(mac), _payload(entry)).hex()
        if entry.seq != length or entry.mac != mac:
            raise Damaged("audit.broken", line=length)
        if length == last and mac != last_mac:
            raise Damaged("audit.broken", line=length)
    if length < last:
        raise Damaged("audit.behind", found=length, remembered=last)
    return length


def _payload(entry: AuditEntry) -> bytes:
    told = [entry.seq, entry.at, entry.actor, entry.act, entry.subject, entry.detail]
    return _encoded(told).encode()
