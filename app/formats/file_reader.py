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
_NO_TYPES = (
    "", "application/octet-stream", "application/binary", "application/unknown", "application/x-download",
    "application/force-download",
)  # fmt: skip
_TOLD_APART = (
    "image/", "audio/", "video/", "font/", "multipart/", "text/html", "text/markdown", "text/rtf", "text/calendar",
    "application/pdf", "application/rtf", "application/msword", "application/zip", "application/x-zip",
    "application/epub", "application/vnd.openxmlformats", "application/vnd.oasis", "application/vnd.ms-",
    "application/xml", "application/json",
)  # fmt: skip
"""What its content or its name would have told."""


def read(data: bytes, options: dict[str, Any]) -> Result:
    """``{"media_type", "reader", "reason", "value"}``; ``value`` is what the reader gave, with its blobs.

    Options: ``name``, whether it was ``named`` by the message, and ``declared`` and ``charset``, which the
    message gave; they stand in for the content's own only where that tells nothing.  Whatever goes wrong
    in a reader is a reason here, so that what the file is stays known.
    """
    found = kind(data, str(options.get("name", "")))
    declared = _declared(found.media_type, options)
    answer: dict[str, Any] = {"media_type": declared, "reader": found.reader, "reason": found.reason}
    if not found.reader:
        return Result(answer | {"reason": found.reason or NOT_YET, "value": None})
    try:
        result = _READERS[found.reader](data, _options(found.media_type, options))
    except Unreadable as error:
        return Result(answer | {"reason": error.reason, "value": None})
    return Result(answer | {"value": result.value}, result.blobs)


def _declared(found: str, options: dict[str, Any]) -> str:
    """The media type that the message gave, where the content does not tell it apart; else the one ``found``.

    Mere text may be of many kinds, but no picture or document; the label of a part without a name is all
    that says what it was meant to be.
    """
    declared = str(options.get("declared") or "")
    if declared in _NO_TYPES:
        return found
    is_text = found == "text/plain" and not (options.get("named", True) and declared.startswith(_TOLD_APART))
    is_message = found == "message/rfc822" and declared.startswith("message/")
    return declared if found == "application/octet-stream" or is_text or is_message else found


def _options(media_type: str, given: dict[str, Any]) -> dict[str, Any]:
    told = {"charset": given["charset"]} if given.get("charset") else {}
    return told | ({"kind": "csv"} if media_type == "text/csv" else {})
