"""Finding texts: FTS5 over SQLCipher, a tsvector on PostgreSQL.

Each Chinese character stands alone between spaces in the index and is asked for as a phrase, so two
characters find; an index by trigrams would be three times as large and find none of one or two.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import sqlalchemy as sa

from app.services.rows import Hit
from app.storage.mapping import insert
from app.storage.records import search_entry as entries

_HAN = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_MARKS = re.compile(
    "[\ud800-\udfff\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]"
)
"""Accents, Hebrew points, Arabic vowel signs and stretching, soft hyphens, joiners and marks of direction;
and lone surrogates, which no database holds."""
_WORD = re.compile(r"\w+")
_RANKED = 5000
"""Only the newest hits are ranked, so that a word found everywhere costs no more than another."""


def spaced(text: str) -> str:
    """``text`` without accents, vowel signs and stretching, with a space round each Han character and kana.

    Both sides of a search go through here, so that "préfecture" and "prefecture", a vocalised Arabic
    word and a bare one, find each other.
    """
    if text.isascii():
        return text
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(_HAN.split(unicodedata.normalize("NFC", bare)))


def phrase(text: str) -> str:
    """What FTS5 is asked for ``text``: every word as a phrase of its own, all of them wanted."""
    return " ".join(f'"{" ".join(words)}"' for words in _asked(text))


def _asked(text: str) -> list[list[str]]:
    """The words and characters of each stretch of ``text`` between spaces."""
    stretches = (_WORD.findall(spaced(stretch)) for stretch in text.split())
    return [words for words in stretches if words]


class Search:
    """The index, inside the transaction of ``connection``."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._shared = connection.dialect.name == "postgresql"

    def put(self, rows: list[tuple[str, str, str, str, str]]) -> None:
        """Index ``(place, ref, piece, title, body)`` rows, in place of what each ``ref`` said before."""
        refs = [row[1] for row in rows]
        old = self._connection.execute(sa.select(entries.c.id).where(entries.c.ref.in_(refs))).scalars().all()
        for id in old:
            self._forget(id)
        top = self._connection.execute(sa.select(sa.func.coalesce(sa.func.max(entries.c.id), 0))).scalar_one()
        named = [(top + place, row[0], row[1], row[2]) for place, row in enumerate(rows, 1)]
        insert(self._connection, entries, named)
        if self._shared:
            texts = [
                {"id": top + place, "title": _words_only(row[3]), "body": _words_only(row[4])}
                for place, row in enumerate(rows, 1)
            ]
            statement = (
                "UPDATE search_entry SET words = setweight(to_tsvector('simple', :title), 'A')"
                " || to_tsvector('simple', left(:body, 900000)) WHERE id = :id"
            )
            self._connection.execute(sa.text(statement), texts)
        else:
            statement = "INSERT INTO search_text (rowid, title, body) VALUES (?, ?, ?)"
            local = [(top + place, spaced(row[3]), spaced(row[4])) for place, row in enumerate(rows, 1)]
            self._connection.exec_driver_sql(statement, local)

    def find(self, text: str, limit: int) -> list[Hit]:
        """The best ``limit`` hits, best first; a higher score is better."""
        asked = phrase(text)
        if not asked:
            return []
        rows = self._connection.execute(
            sa.text(_SHARED_QUERY if self._shared else _LOCAL_QUERY),
            {"asked": _words(text) if self._shared else asked, "ranked": _RANKED, "limit": limit},
        )
        return [Hit(piece=row.piece, where=row.place, ref=row.ref, score=float(row.score)) for row in rows]

    def purge(self) -> None:
        """Take out of the index what was replaced in it.

        FTS5 only marks the rows of a table without content as deleted; their words stay in its segments
        until these are merged.
        """
        if not self._shared:
            self._connection.execute(sa.text("INSERT INTO search_text(search_text) VALUES ('optimize')"))

    def _forget(self, id: Any) -> None:
        if not self._shared:
            self._connection.execute(sa.text("DELETE FROM search_text WHERE rowid = :id"), {"id": id})
        self._connection.execute(sa.delete(entries).where(entries.c.id == id))


def _words_only(text: str) -> str:
    """The words alone: PostgreSQL's parser would take addresses, paths and numbers as words of their own."""
    return " ".join(_WORD.findall(spaced(text)))


def _words(text: str) -> str:
    """What PostgreSQL is asked for ``text``: the same as ``phrase``."""
    return " & ".join("(" + " <-> ".join(words) + ")" for words in _asked(text))


_LOCAL_QUERY = """
SELECT e.piece, e.place, e.ref, -found.score AS score
FROM (SELECT rowid AS id, bm25(search_text, 4.0, 1.0) AS score FROM search_text
      WHERE search_text MATCH :asked AND rowid IN
        (SELECT rowid FROM search_text WHERE search_text MATCH :asked ORDER BY rowid DESC LIMIT :ranked)
      ORDER BY score LIMIT :limit) AS found
JOIN search_entry AS e ON e.id = found.id ORDER BY found.score
"""
_SHARED_QUERY = """
SELECT piece, place, ref, ts_rank(words, query) AS score
FROM (SELECT * FROM search_entry, to_tsquery('simple', :asked) AS query
      WHERE words @@ query ORDER BY id DESC LIMIT :ranked) AS newest
ORDER BY score DESC LIMIT :limit
"""
