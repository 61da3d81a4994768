"""What a document reader gathers beside the text: the import report, photographs, other files."""

from __future__ import annotations

import hashlib
from typing import Any

from app.domain.article import Article
from app.domain.article_json import clean_text, to_json
from app.domain.reading import Result
from app.formats.photo_container import media_type as photo_type
from app.formats.signatures import signature

_LONGEST_EXCERPT = 1000


class Report:
    """Sentences about what has no place in the article, in the order in which it was met."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}

    def say(self, sentence: str) -> None:
        """Add ``sentence``, once however often it is said."""
        self._counts.setdefault((sentence, sentence), 1)

    def count(self, one: str, many: str, number: int = 1) -> None:
        """Count ``number`` cases: the sentence is ``one`` for a single case, else ``many`` with its ``{n}``."""
        self._counts[one, many] = self._counts.get((one, many), 0) + number

    def sentences(self) -> list[str]:
        """All sentences."""
        return [
            clean_text(one if number == 1 else many.replace("{n}", str(number)))
            for (one, many), number in self._counts.items()
            if number
        ]


class Imported:
    """The report, photographs and files of one document; equal bytes are kept once."""

    def __init__(self) -> None:
        self.report = Report()
        self._photos: dict[str, dict[str, Any]] = {}
        self._files: dict[str, dict[str, Any]] = {}
        self._blobs: list[bytes] = []

    def picture(self, name: str, data: bytes, alt: str) -> str:
        """Keep a picture; the key of its photograph, or ``""`` when it can only be kept as a file."""
        media_type = photo_type(data)
        if media_type:
            return self._keep(self._photos, "p", name, media_type, data, alt)
        self.report.count(
            "1 picture of a kind that is not shown here was kept as a file",
            "{n} pictures of kinds that are not shown here were kept as files",
        )
        self.file(name, signature(data) or "application/octet-stream", data)
        return ""

    def file(self, name: str, media_type: str, data: bytes) -> str:
        """Keep an embedded file; its key."""
        return self._keep(self._files, "f", name, media_type, data, "")

    def _keep(
        self, where: dict[str, dict[str, Any]], letter: str, name: str, media_type: str, data: bytes, alt: str
    ) -> str:
        digest = hashlib.sha256(data).hexdigest()
        held = where.get(digest)
        if held is None:
            held = where[digest] = {
                "key": f"{letter}{len(where) + 1}",
                "name": clean_text(name),
                "media_type": media_type,
                "blob": len(self._blobs),
                "alt": "",
            }
            self._blobs.append(data)
        held["alt"] = held["alt"] or clean_text(" ".join(alt.split()))
        return str(held["key"])

    def result(self, article: Article, title: str = "", metadata: dict[str, str] | None = None) -> Result:
        """The answer of the reader."""
        value = {
            "article": to_json(article),
            "photos": list(self._photos.values()),
            "report": self.report.sentences(),
            "title": clean_text(title),
            "metadata": {key: clean_text(text) for key, text in (metadata or {}).items() if text},
            "files": list(self._files.values()),
        }
        return Result(value, tuple(self._blobs))


def excerpt(text: str) -> str:
    """``text`` in one line for the report, cut after 1,000 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_EXCERPT else line[:_LONGEST_EXCERPT].rstrip() + "…"
