"""Pictures and embedded files of a Word file."""

from __future__ import annotations

import posixpath

from app.domain.article import Figure
from app.formats.docx_package import Package, Relationship
from app.formats.docx_words import words_in
from app.formats.imported import Imported
from app.formats.signatures import signature

Relationships = dict[str, Relationship]


class Media:
    """Takes pictures and files out of the package, each once."""

    def __init__(self, package: Package, imported: Imported) -> None:
        self._package = package
        self._imported = imported
        self._report = imported.report
        self._used: dict[str, str] = {}

    def picture(self, target: Relationship, alt: str) -> Figure | None:
        """The place of a picture, or None when it cannot be shown."""
        if target.external or target.target not in self._package.names():
            self._report.count("1 picture is not in the document", "{n} pictures are not in the document")
            return None
        key = self._used.get(target.target)
        if key is None:
            data = self._package.data(target.target) or b""
            key = self._imported.picture(posixpath.basename(target.target), data, alt) if data else ""
            self._used[target.target] = key
        return Figure("", key) if key else None

    def embed(self, target: Relationship | None) -> None:
        """Keep the file that a relationship names; its words are not in the article."""
        if target is None or target.external:
            self._report.count(
                "1 linked file is not in the document", "{n} linked files are not in the document"
            )
        elif target.target not in self._used:
            self._file(target.target)

    def words_of(self, target: Relationship | None) -> str:
        """The words of a part, such as a chart."""
        root = None if target is None or target.external else self._package.tree(target.target)
        return "" if root is None else words_in(root)

    def keep_rest(self) -> None:
        """Keep pictures and files of the package that the text does not show."""
        for part in self._package.names():
            folder = posixpath.dirname(part).rsplit("/", 1)[-1]
            if part in self._used:
                continue
            if folder in ("embeddings", "activeX"):
                self._file(part)
            elif folder == "media" and (data := self._package.data(part)):
                self._imported.file(posixpath.basename(part), _type(data), data)
                self._report.count(
                    "1 picture outside the text (in a header, bullet or background) was kept as a file",
                    "{n} pictures outside the text (in headers, bullets or backgrounds) were kept as files",
                )

    def _file(self, part: str) -> None:
        self._used[part] = ""
        data = self._package.data(part)
        if data:
            self._imported.file(posixpath.basename(part), _type(data), data)
            self._report.count(
                "1 embedded file was kept beside the text; its words are not in the text",
                "{n} embedded files were kept beside the text; their words are not in the text",
            )


def _type(data: bytes) -> str:
    return signature(data) or "application/octet-stream"
