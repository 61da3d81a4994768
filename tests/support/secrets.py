"""An invented person who has to be protected, and where on a desk their name stands open."""

from __future__ import annotations

import re

import sqlalchemy as sa

from app.bootstrap.opened import OpenDesk

NAME, ADDRESS, HOST = "Zhang Xiulan", "zhang.xiulan@secret.example", "zhang-laptop"
PHONE, PLACE, KIN = "+86 371 5550 199", "Kaifeng", "Meiling"
IDENTITY = {
    "real_name": NAME,
    "addresses": (ADDRESS,),
    "phones": (PHONE,),
    "places": (PLACE,),
    "terms": (KIN,),
}
CANARIES = ("Xiulan", "zhang.xiulan", "secret.example", HOST, "5550 199", "5550199", PLACE, KIN)


def standing(desk: OpenDesk, *canaries: str) -> list[str]:
    """Where one of the canaries stands unsealed: ``table.column: canary``, and the words of the index."""
    found = set()
    with desk.store.read() as unit:
        for table in sa.inspect(unit.connection).get_table_names():
            rows = unit.connection.exec_driver_sql(f'SELECT * FROM "{table}"')
            names = list(rows.keys())
            for row in rows:
                for name, value in zip(names, row, strict=True):
                    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    found |= {f"{table}.{name}: {each}" for each in canaries if _holds(text, each)}
    return sorted(found)


def _holds(text: str, canary: str) -> bool:
    return re.search(re.escape(canary), text, re.IGNORECASE) is not None
