"""What crosses the pipe between the program and a child of the sandbox.

To the child: a frame of JSON that describes the job, then the bytes of every item, one after the
other.  Back from it: for each item one answer (a fixed head, the lengths of its blobs, canonical
JSON, the blobs).  All integers are big-endian.  The child is hostile as soon as it has parsed
hostile bytes, so ``parse_answers`` believes no length and no type.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.domain.reading import Result, Unreadable

JSON_MOST = 32 << 20
"""Bytes of JSON taken from one child; parsed, that may become 30 times as much memory."""
_REASON_MOST = 300
_TOO_LONG = "it holds more text than can be taken in"
_LENGTH = struct.Struct("!I")
_ANSWER = struct.Struct("!cII")
_BLOB = struct.Struct("!Q")
_RESULT, _UNREADABLE = b"r", b"u"
_SURROGATE = re.compile("[\ud800-\udfff]")


class BadAnswer(Exception):
    """The child's bytes are no answer to its job."""


@dataclass(frozen=True, slots=True)
class Job:
    """One child's work: read ``sizes`` items of that many bytes each.

    ``memory`` is its address space in bytes, ``seconds`` its CPU time.
    """

    reader: str
    options: dict[str, Any]
    sizes: list[int]
    memory: int
    seconds: int


def frame(value: object) -> bytes:
    """``value`` as JSON behind its length."""
    payload = _json(value)
    return _LENGTH.pack(len(payload)) + payload


def read_frame(read: Callable[[int], bytes]) -> Any:
    """The value of the next frame; ``read(n)`` gives exactly n bytes.  For trusted senders."""
    return json.loads(read(_LENGTH.unpack(read(_LENGTH.size))[0]))


def job_chunks(job: Job, items: Sequence[bytes]) -> list[bytes]:
    """What is sent to a child for ``job``."""
    return [frame(asdict(job)), *items]


def read_job(read: Callable[[int], bytes]) -> Job:
    """The job at the head of what the program sends; its items follow."""
    return Job(**read_frame(read))


def answer_chunks(answer: Result | Unreadable) -> list[bytes]:
    """What the child sends back for one item.  Lone surrogates become U+FFFD.

    Raises:
        TypeError, ValueError: when the reader's value is not JSON.
    """
    if isinstance(answer, Unreadable):
        payload = _json(answer.reason)
        return [_ANSWER.pack(_UNREADABLE, len(payload), 0), payload]
    payload = _json(answer.value)
    if len(payload) > JSON_MOST:
        return answer_chunks(Unreadable(_TOO_LONG))
    head = _ANSWER.pack(_RESULT, len(payload), len(answer.blobs))
    return [head, *(_BLOB.pack(len(blob)) for blob in answer.blobs), payload, *answer.blobs]


def parse_answers(data: bytes | bytearray, count: int) -> list[Result | Unreadable]:
    """The ``count`` answers in ``data``, which must hold nothing else.

    Raises:
        BadAnswer: for anything that a child which works would not have sent.
    """
    cursor = _Cursor(data)
    answers = [_parse_answer(cursor) for _ in range(count)]
    if cursor.left:
        raise BadAnswer("bytes after the last answer")
    return answers


class _Cursor:
    """Takes pieces off ``data`` and never more than there is."""

    def __init__(self, data: bytes | bytearray) -> None:
        self._view = memoryview(data)
        self._at = 0
        self._json_left = JSON_MOST

    @property
    def left(self) -> int:
        return len(self._view) - self._at

    def take(self, length: int) -> bytes:
        if length > self.left:
            raise BadAnswer("a length beyond the end")
        self._at += length
        return bytes(self._view[self._at - length : self._at])

    def take_json(self, length: int) -> bytes:
        self._json_left -= length
        if self._json_left < 0:
            raise BadAnswer("too much JSON")
        return self.take(length)


def _parse_answer(cursor: _Cursor) -> Result | Unreadable:
    status, json_length, blob_count = _ANSWER.unpack(cursor.take(_ANSWER.size))
    if blob_count * _BLOB.size > cursor.left:
        raise BadAnswer("more blobs than bytes")
    lengths = [length for (length,) in _BLOB.iter_unpack(cursor.take(blob_count * _BLOB.size))]
    value = _parse_json(cursor.take_json(json_length))
    blobs = tuple(cursor.take(length) for length in lengths)
    if status == _RESULT:
        return Result(value, blobs)
    if status == _UNREADABLE and isinstance(value, str) and not blobs:
        return Unreadable(_plain(value))
    raise BadAnswer("neither a result nor a reason")


def _json(value: object) -> bytes:
    text = _ENCODE(value)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()


def _parse_json(payload: bytes) -> Any:
    try:
        value = _DECODE(payload.decode())
        if b"\\u" in payload:
            # Only an escape can hide a lone surrogate, which would fail much later, in the store.
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise BadAnswer("no JSON") from error
    return value


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode
_DECODE = json.JSONDecoder(parse_constant=_refuse_constant).decode


def _plain(reason: str) -> str:
    """``reason`` fit to be shown: one short line without control or formatting characters."""
    return "".join(c if c.isprintable() else " " for c in reason[:_REASON_MOST]).strip() or "no reason given"
