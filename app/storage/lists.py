"""Lists as plain SQL on the driver's cursor: what the first paint needs, without SQLAlchemy."""

from __future__ import annotations

from typing import Any

from app.services.rows import ListRow

_PIECES = """
SELECT p.token, p.title, p.kind, p.stage, p.language, p.section, coalesce(c.byline, ''),
       coalesce(c.protection, 'open'), p.assignee, p.received_at, p.due, p.words, p.photos,
       CASE WHEN EXISTS (SELECT 1 FROM permission g WHERE g.piece = p.id AND g.status <> 'active') THEN 'blocked'
            WHEN NOT EXISTS (SELECT 1 FROM permission g WHERE g.piece = p.id) THEN 'none'
            WHEN EXISTS (SELECT 1 FROM photo_use u WHERE u.piece = p.id AND u.used AND NOT EXISTS
                         (SELECT 1 FROM permission g WHERE g.piece = p.id AND g.subject = u.id)) THEN 'partial'
            ELSE 'stated' END,
       p.id, p.held
FROM piece p LEFT JOIN contributor c ON c.id = p.contributor
WHERE p.duplicate_of = '' AND p.filed = {filed} {where}
ORDER BY p.id DESC {limit}
"""


def list_pieces(
    connection: Any, *, stage: str = "", limit: int = 0, after: str = "", library: bool = False
) -> list[ListRow]:
    """Rows of the list, newest first: of one ``stage`` or of all, ``limit`` rows (0: all) after the id ``after``.

    What lies in the ``library`` is a list of its own.
    """
    mark = "%s" if type(connection).__module__.startswith("psycopg") else "?"
    where, values = "", []
    if stage:
        where += f" AND p.stage = {mark}"
        values.append(stage)
    if after:
        where += f" AND p.id < {mark}"
        values.append(after)
    cursor = connection.cursor()
    try:
        most = f"LIMIT {int(limit)}" if limit else ""
        asked = _PIECES.format(where=where, limit=most, filed="TRUE" if library else "FALSE")
        cursor.execute(asked, values)
        return [ListRow(*(*row[:15], bool(row[15]))) for row in cursor.fetchall()]
    finally:
        cursor.close()
