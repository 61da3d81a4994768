"""A desk with as many pieces as a test wants, filled below the services since only its list matters."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from app.bootstrap import making, unlocking
from app.bootstrap.opened import OpenDesk
from app.bootstrap.places import Place
from app.domain.people import Contributor, Protection
from app.domain.pieces import Kind, Piece, Stage
from app.storage.mapping import to_columns
from app.storage.records import TABLES
from app.vault.passphrase import Cost

CHEAP = Cost(1, 8192)
"""A guess at a test's passphrase costs next to nothing."""

PASSPHRASE = "correct horse"
TITLES = (
    "House church leaders summoned after Easter service",
    "封门之后：一座只有三间屋子的小庙被贴上封条",
    "الباب الذي أُغلق: كانت غرفة الصلاة في آخر الزقاق",
    "Quand la préfecture ferme une salle",
    "Суд отложил дело о молитве дома",
    " ".join(
        ["A very long title that says everything there is to say about the registration of communities"] * 3
    ),
    "",
)
_BYLINES = ("A. Rahmani", "赵林", "ليلى نور", "Hélène Castaing-Roy", "Артём Вересов", "", "Desk translation")


def make_desk(folder: Path, count: int, titles: tuple[str, ...] = TITLES) -> Place:
    """A closed desk with ``count`` pieces, whose titles are ``titles`` in turn."""
    making.new_desk(folder, "winter-review", PASSPHRASE, CHEAP)
    place = Place(folder)
    keys = unlocking.keys_by_passphrase(place, PASSPHRASE, CHEAP)
    with OpenDesk(place, keys, writes=True) as desk, desk.store.write() as unit:
        people = [_contributor(number) for number in range(len(_BYLINES))]
        unit.connection.execute(sa.insert(TABLES[Contributor]), [to_columns(each) for each in people])
        for start in range(0, count, 10_000):
            rows = [to_columns(piece(number, titles)) for number in range(start, min(count, start + 10_000))]
            unit.connection.execute(sa.insert(TABLES[Piece]), rows)
    return place


def piece(number: int, titles: tuple[str, ...] = TITLES) -> Piece:
    """The piece with that number, counted from 0 for the oldest."""
    return Piece(
        id=f"{number:026d}",
        token=f"WR-2026-{number + 1:04d}",
        kind=list(Kind)[number % len(Kind)],
        stage=list(Stage)[number % len(Stage)],
        title=titles[number % len(titles)],
        received_at=f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}T09:00:00Z",
        contributor=f"{number % len(_BYLINES):026d}",
        language="en",
        section="news",
        words=number * 37 % 2400,
        photos=number % 5,
        held=number % 9 == 4,
    )


def _contributor(number: int) -> Contributor:
    protection = (Protection.OPEN, Protection.PROTECTED, Protection.PEN_NAME)[number % 3]
    return Contributor(
        id=f"{number:026d}",
        code=f"C{number:03d}",
        byline=_BYLINES[number],
        protection=protection,
        created_at="2026-01-01T09:00:00Z",
    )
