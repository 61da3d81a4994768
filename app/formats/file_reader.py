"""Reads any one file: tells what it is by its content, then lets that kind's reader take it in."""

from __future__ import annotations

from typing import Any

from app.domain.reading import Result, Unreadable
from app.formats import docx_reader, html_reader, markdown_reader, photo_reader, rtf_reader, text_reader
from app.formats.kind import NOT_YET, kind

_READERS = {
    "docx": docx_reader.read,
    "html": html_reader.read,
    "markdown": markdown_reader.read,
    "photo": photo_reader.read,
    "rtf": rtf_reader.read,
    "text": text_reader.read,
}


def read(data: bytes, options: dict[str, Any]) -> Result:
    """``{"media_type", "reader", "reason", "value"}``; ``value`` is what the reader gave, with its blobs.

    Options: ``name``, and ``declared`` and ``charset``, which the message gave; they stand in for the
    content's own only where that tells nothing.  Whatever goes wrong in a reader is a reason here, so
    that what the file is stays known.
    """
    found = kind(data, str(options.get("name", "")))
    answer: dict[str, Any] = {"media_type": found.media_type, "reader": found.reader, "reason": found.reason}
    if found.media_type == "application/octet-stream" and options.get("declared"):
        answer["media_type"] = options["declared"]
    if not found.reader:
        return Result(answer | {"reason": found.reason or NOT_YET, "value": None})
    try:
        result = _READERS[found.reader](data, _options(found.media_type, options))
    except Unreadable as error:
        return Result(answer | {"reason": error.reason, "value": None})
    return Result(answer | {"value": result.value}, result.blobs)


def _options(media_type: str, given: dict[str, Any]) -> dict[str, Any]:
    told = {"charset": given["charset"]} if given.get("charset") else {}
    return told | ({"kind": "csv"} if media_type == "text/csv" else {})
