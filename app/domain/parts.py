"""The parts of a piece that signatures are bound to, each hashed apart.

Block ids do not count: they name a place, and a document that comes back from Word may number them
anew without a word having changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.article import Article
from app.domain.article_json import canonical, nameless, to_json
from app.domain.pieces import PhotoUse
from app.domain.rights import TEXT, Grant

TEXT_PARTS = ("heads", "body", "byline")


@dataclass(frozen=True, slots=True)
class PrintedPhoto:
    """A photograph as it will be printed: its use, and the SHA-256 of the original's bytes."""

    use: PhotoUse
    sha256: str


def parts(
    article: Article,
    photographs: Iterable[PrintedPhoto],
    grants: Iterable[Grant],
    *,
    correction: str = "",
    author_url: str = "",
) -> dict[str, str]:
    """The SHA-256, in hex, of each part: heads, body, byline, rights, and three for each used photograph.

    What is printed with the heads (``correction``) and with the byline (``author_url``) counts with them.
    """
    data = to_json(article)
    given = list(grants)
    found: dict[str, Any] = {
        "heads": [
            *(
                data.get(name)
                for name in ("headline", "standfirst", "dateline", "tags", "regions", "language")
            ),
            *([correction] if correction else []),
        ],
        "body": [nameless(data.get("blocks", [])), data.get("footnotes", [])],
        "byline": [data.get("byline"), data.get("bio"), *([author_url] if author_url else [])],
        "rights": _granted(given, TEXT),
    }
    for photo in photographs:
        if not photo.use.used:
            continue
        use, key = photo.use, f"photo-{photo.use.number}"
        found[f"{key}-picture"] = [photo.sha256, list(use.crop), list(use.masks), use.position, use.lead]
        found[f"{key}-words"] = [use.caption, use.credit, use.credit_url, use.source_line, use.alt]
        found[f"{key}-rights"] = _granted(given, use.id)
    return {name: hashlib.sha256(canonical(value)).hexdigest() for name, value in found.items()}


def content_hash(hashes: Mapping[str, str]) -> str:
    """One hash over all parts."""
    return hashlib.sha256(canonical(dict(hashes))).hexdigest()


def _granted(grants: list[Grant], subject: str) -> list[Any]:
    rows = [
        [
            grant.basis,
            grant.evidence,
            grant.quote,
            grant.terms,
            list(grant.media),
            grant.start,
            grant.until,
            grant.status,
        ]
        for grant in grants
        if grant.subject == subject
    ]
    return sorted(rows, key=canonical)
