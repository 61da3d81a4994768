"""Reading what arrived: the sandbox splits messages and reads files, and its answers are checked again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.article import Article
from app.domain.article_json import clean_text, from_json, from_plain
from app.domain.changes import accepted
from app.domain.errors import Damaged
from app.domain.folds import KINDS, Fold, without
from app.domain.language import tell
from app.domain.plain_text import count_words, plain_text
from app.domain.reading import Result, Unreadable
from app.services.ports import Readers

_DEEPEST = 8
"""Nested messages deeper than this are kept whole as files."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that could be decoded: pixels as shown, what its metadata says, and a small RGB copy."""

    width: int
    height: int
    metadata: dict[str, Any]
    thumbnail: bytes
    thumbnail_size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file: its bytes, what it is, and what was found in it.

    ``inside`` are the files that it held: pictures of a document (``key`` is what its article calls
    them), attachments of a nested message.
    """

    name: str
    data: bytes
    sha256: str
    media_type: str
    read: bool = False
    reason: str = ""
    text: str = ""
    article: Article | None = None
    picture: Picture | None = None
    report: tuple[str, ...] = ()
    metadata: dict[str, Any] = field(default_factory=dict)
    inside: tuple[ReadFile, ...] = ()
    key: str = ""
    attached: bool = True


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """One message: its parsed headers, its words, and its attachments."""

    headers: dict[str, Any]
    head: str
    text: str
    new_text: str
    folds: tuple[Fold, ...]
    defects: tuple[str, ...]
    article: Article
    files: tuple[ReadFile, ...]
    language: str
    report: dict[str, Any] | None


class TakingIn:
    """Turns bytes into ``ReadMessage`` and ``ReadFile``, through the sandbox only."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    def messages(self, raws: Sequence[bytes]) -> list[ReadMessage]:
        """Each of ``raws`` read; one that cannot be split at all is one defect and its own text."""
        results = self._readers.run_batch("mime", list(raws), {"html": False, "then": "text"})
        return [self._message(raw, result) for raw, result in zip(raws, results, strict=True)]

    def _message(self, raw: bytes, result: Result | Unreadable) -> ReadMessage:
        if isinstance(result, Unreadable):
            # Perhaps only its words could not be made an article.
            result = self._readers.run_batch("mime", [raw], {"html": False})[0]
        if isinstance(result, Unreadable):
            result = Result(_bare(raw, result))
        value, blobs = result.value, result.blobs
        text = clean_text(_text(value["text"], blobs))
        folds = _folds(value["folds"], len(text))
        new_text = without(text, folds)
        return ReadMessage(
            headers=_headers(value["headers"]),
            head=_text(value["head"], blobs),
            text=text,
            new_text=new_text,
            folds=folds,
            defects=tuple(str(defect) for defect in value["defects"]),
            article=_article(value, blobs),
            files=tuple(self._attachment(part, blobs, 0) for part in value["attachments"]),
            language=tell(new_text),
            report=value.get("delivery_status"),
        )

    def file(
        self,
        name: str,
        data: bytes,
        *,
        declared: str = "",
        charset: str = "",
        named: bool = True,
        key: str = "",
        attached: bool = True,
    ) -> ReadFile:
        """One file read by what its content says it is; what a message ``declared`` counts where content is silent.

        ``named`` is false for a part that got its name by its number.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        options = {"name": name, "declared": declared, "charset": charset, "named": named}
        try:
            result = self._readers.run("file", data, options)
        except Unreadable as error:
            kind = declared or "application/octet-stream"
            return ReadFile(name, data, sha256, kind, reason=error.reason, key=key, attached=attached)
        value = result.value
        plain = ReadFile(
            name,
            data,
            sha256,
            str(value["media_type"]),
            reason=str(value["reason"]),
            key=key,
            attached=attached,
        )
        try:
            return self._described(plain, value, result.blobs)
        except Damaged:
            return replace(plain, reason="the reader gave an answer that could not be used")

    def _attachment(self, part: dict[str, Any], blobs: Sequence[bytes], depth: int) -> ReadFile:
        data, name = blobs[part["blob"]], clean_text(part["name"])
        nested = part.get("nested")
        if nested is None or depth >= _DEEPEST:
            charset, named = str(part.get("charset") or ""), part.get("name_raw") is not None
            return self.file(name, data, declared=str(part["media_type"]), charset=charset, named=named)
        return ReadFile(
            name=name,
            data=data,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=str(part["media_type"]),
            read=True,
            text=_nested_text(nested),
            inside=tuple(self._attachment(inner, blobs, depth + 1) for inner in nested["attachments"]),
        )

    def _described(self, plain: ReadFile, value: dict[str, Any], blobs: Sequence[bytes]) -> ReadFile:
        if plain.reason or not value["reader"]:
            return plain
        found = value["value"]
        if value["reader"] == "photo":
            return replace(plain, read=True, picture=_picture(found, blobs), metadata=dict(found["metadata"]))
        article = from_json(found["article"])
        inside = tuple(
            self.file(
                clean_text(inner["name"]), blobs[inner["blob"]], key=str(inner.get("key", "")), attached=False
            )
            for inner in [*found["photos"], *found["files"]]
            if inner["blob"] is not None
        )
        return replace(
            plain,
            read=True,
            text=plain_text(accepted(article)),
            article=article,
            report=tuple(clean_text(line) for line in found["report"]),
            metadata=dict(found["metadata"]),
            inside=inside,
        )


def words_of(file: ReadFile) -> int:
    """How many words the document holds; 0 for what is not a document."""
    return count_words(file.text) if file.article is not None else 0


def _text(sent: str | int, blobs: Sequence[bytes]) -> str:
    """A text of a message, which may be sent as a blob."""
    return blobs[sent].decode("utf-8", "replace") if isinstance(sent, int) else sent


def _article(value: dict[str, Any], blobs: Sequence[bytes]) -> Article:
    """The article that the words of a message make; an empty one where they make none."""
    if "paragraphs" in value:
        return from_plain(_text(value["paragraphs"], blobs))
    found = value.get("article")
    try:
        return Article() if found is None else from_json(found)
    except Damaged:
        return Article()


def _picture(found: dict[str, Any], blobs: Sequence[bytes]) -> Picture:
    small = found["thumbnail"]
    size = (int(small["width"]), int(small["height"]))
    if len(blobs) != 1 or len(blobs[0]) != size[0] * size[1] * 3:
        raise Damaged("article.damaged", reason="the thumbnail has another size than it says")
    return Picture(int(found["width"]), int(found["height"]), dict(found["metadata"]), blobs[0], size)


def _nested_text(nested: dict[str, Any]) -> str:
    headers = nested["headers"]
    people = ", ".join(
        f"{person['name']} <{person['address']}>".strip() if person["address"] else person["name"]
        for person in headers["from"]
    )
    lines = [("From", people), ("Date", headers["date_text"]), ("Subject", headers["subject"])]
    head = "\n".join(f"{label}: {said}" for label, said in lines if said)
    return clean_text(f"{head}\n\n{nested['text']}")


def _folds(found: list[Any], length: int) -> tuple[Fold, ...]:
    """The folds of a text of that length, which stand in order inside it; an answer that lies has none."""
    folds: list[Fold] = []
    at = 0
    for each in found:
        match each:
            case [str(kind), int(start), int(end)] if kind in KINDS and at <= start <= end <= length:
                folds.append(Fold(kind, start, end))
                at = end
            case _:
                return ()
    return tuple(folds)


def _headers(found: dict[str, Any]) -> dict[str, Any]:
    """The headers with every mailbox as two strings; one without an address has an empty one."""
    people = {
        name: [
            {part: str(person.get(part) or "") for part in ("name", "address")}
            for person in found.get(name) or ()
        ]
        for name in ("from", "to", "cc", "reply_to")
    }
    return found | people


def _bare(raw: bytes, error: Unreadable) -> dict[str, Any]:
    text = raw.decode("utf-8", "replace")
    return {
        "head": "",
        "headers": {},
        "text": text,
        "folds": [],
        "attachments": [],
        "defects": [error.reason],
    }
