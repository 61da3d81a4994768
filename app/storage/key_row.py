"""The one row of a shared desk that is read before anything else: its wrapped keys, as bytes."""

from __future__ import annotations

import sqlalchemy as sa

from app.storage.engine import WRITES, open_shared, told

_table = sa.Table(
    "key_record",
    sa.MetaData(),
    sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
)


class KeyRow:
    """The key record in the PostgreSQL database at ``url``.

    Every method raises Usage ``desk.address`` and Unavailable ``database.unreachable``.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_shared(url, pooled=False)

    def read(self) -> bytes | None:
        """The bytes; None where there is no row."""
        with told(), self._engine.connect() as connection, connection.begin():
            if not sa.inspect(connection).has_table(_table.name):
                return None
            return connection.execute(sa.select(_table.c.record)).scalar()

    def add(self, data: bytes) -> bool:
        """Write the row; False, and nothing is changed, where the database holds any table."""
        with told(), self._writing() as connection, connection.begin():
            if sa.inspect(connection).get_table_names():
                return False
            _table.create(connection)
            connection.execute(sa.insert(_table).values(id=1, record=data))
            return True

    def swap(self, known: bytes, data: bytes) -> bool:
        """Replace ``known`` by ``data``; False, and nothing is changed, where something else stands there."""
        replacing = sa.update(_table).where(_table.c.record == known).values(record=data)
        with told(), self._writing() as connection, connection.begin():
            return connection.execute(replacing).rowcount == 1

    def _writing(self) -> sa.Connection:
        return self._engine.connect().execution_options(**{WRITES: True})
