"""The inside of the sandbox: the zygote that waits for jobs, and the child that does one.

The zygote never sees a byte of a job.  The program sends it one end of a socket pair; it forks,
the child talks over that pair with the program alone, and the zygote only ends and reaps it.
"""

from __future__ import annotations

import codecs
import contextlib
import importlib
import importlib.util
import os
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from io import FileIO
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from app.domain.article_json import to_json, to_plain
from app.domain.folds import without
from app.domain.reading import Result, Unreadable
from app.sandbox.confine import confine_zygote, leave_with_zygote
from app.sandbox.control import END, NO_MEMORY, READY, REPLY, REQUEST, START
from app.sandbox.framing import Job, answer_chunks, read_frame, read_job
from app.sandbox.readers import THEN

NO_READER = "this kind of file has no reader"
_READ = 1 << 20
_BUFFER = 1 << 16
"""Bytes; a new child pays for each page that it touches first, so no more than is of use."""

_CHARSETS = """
    ascii latin-1 iso8859-2 iso8859-5 iso8859-6 iso8859-8 iso8859-9 iso8859-15 koi8-r koi8-u
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp437 mac-roman utf-8-sig utf-16 utf-7
    gb18030 gbk gb2312 big5 big5hkscs euc-kr cp949 shift-jis cp932 euc-jp iso2022-jp idna punycode
"""
"""Those of the web's standard (encoding.spec.whatwg.org) that mail still uses."""

Readers = Mapping[str, ModuleType | Unreadable]
"""Name to module, or why there is none."""

Answer = TypeVar("Answer")

Confine = Callable[[int, int], None]
"""What a child calls before it touches a job's bytes, with its memory and CPU seconds."""


def serve(control_handle: int) -> None:
    """Be a zygote: take the configuration and then requests from the socket ``control_handle``."""
    control = socket.socket(fileno=control_handle)
    with open(control_handle, "rb", buffering=0, closefd=False) as stream:
        configuration = read_frame(lambda length: take(stream, length))
    _load_codecs()
    readers, confine_child = _prepare(configuration)
    control.sendall(READY)
    running: set[int] = set()
    while True:
        message, handles, _, _ = socket.recv_fds(control, REQUEST.size, 1)
        if len(message) != REQUEST.size:
            break
        act, child = REQUEST.unpack(message)
        if act == START:
            answer = _fork(handles[0], control, readers, confine_child)
            running |= {answer} if answer > 0 else set()
        else:
            assert act == END
            running.remove(child)
            answer = _end(child)
        control.sendall(REPLY.pack(answer))
    for child in running:
        _end(child)


def serve_once() -> None:
    """Be a child of its own: configuration and one job from standard input, answers to standard output."""
    answers = os.dup(1)
    os.dup2(2, 1)
    status = 1
    try:
        with open(0, "rb", buffering=0) as source:
            configuration = read_frame(lambda length: take(source, length))
            job = read_job(lambda length: take(source, length))
            status = do_job(job, source, answers, *_prepare(configuration, only=job.reader))
    finally:
        os._exit(status)


def take(stream: FileIO, length: int) -> bytes:
    """Exactly ``length`` bytes of the unbuffered ``stream``.

    Raises:
        EOFError: when it ends before.
    """
    parts: list[bytes] = []
    while length:
        part = stream.read(min(length, _READ))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def load_readers(modules: Mapping[str, str], files: Mapping[str, str]) -> Readers:
    """The readers by module name, and those of ``files`` (a test's) by path.

    One that cannot be imported does not keep the others from working; its jobs get the reason.
    """
    readers: dict[str, ModuleType | Unreadable] = {}
    for name, module in modules.items():
        readers[name] = _imported(partial(importlib.import_module, module))
    for name, path in files.items():
        readers[name] = _imported(partial(_module_of_file, Path(path)))
    return readers


def answer_all(
    readers: Readers, name: str, items: Sequence[bytes], options: dict[str, Any]
) -> list[Result | Unreadable]:
    """The answer of reader ``name`` for each of ``items``."""
    reader = readers.get(name, Unreadable(NO_READER))
    if isinstance(reader, Unreadable):
        return [reader] * len(items)
    if len(items) > 1 and hasattr(reader, "read_batch"):
        answers = list(reader.read_batch(list(items), options))
    else:
        answers = [_attempt(partial(reader.read, item, options)) for item in items]
    following = readers.get(str(options.get(THEN, "")))
    if isinstance(following, ModuleType):
        answers = [
            _read_on(answer, following) if isinstance(answer, Result) else answer for answer in answers
        ]
    return answers


def _read_on(message: Result, reader: ModuleType) -> Result:
    """``message`` with the ``article`` that its new words make, None where they are no text.

    Its ``text`` and ``head`` become blobs, whose numbers stand in their places: JSON would look at every
    letter.  So do the ``paragraphs`` of an article that has nothing else, and then there is no ``article``.
    """
    text, head = message.value["text"], message.value["head"]
    article = _attempt(partial(reader.article_of, without(text, message.value["folds"]) or text))
    blobs = [*message.blobs, text.encode(), head.encode()]
    value = message.value | {"text": len(blobs) - 2, "head": len(blobs) - 1}
    if isinstance(article, Unreadable):
        value["article"] = None
    elif (plain := to_plain(article)) is None:
        value["article"] = to_json(article)
    else:
        value["paragraphs"] = len(blobs)
        blobs.append(plain.encode())
    return Result(value, tuple(blobs))


def do_job(job: Job, source: FileIO, answers: int, readers: Readers, confine: Confine) -> int:
    """Do ``job``, whose items follow in ``source``, and write to the handle ``answers``; the exit status.

    The handle stays open: its end tells the program that the exit status stands.
    """
    try:
        confine(job.memory, job.seconds)
        items = [take(source, size) for size in job.sizes]
        with open(answers, "wb", buffering=_BUFFER, closefd=False) as target:
            for answer in answer_all(readers, job.reader, items, job.options):
                target.writelines(_encoded(answer))
    except MemoryError:
        return NO_MEMORY
    return 0


def _prepare(configuration: Mapping[str, Any], only: str | None = None) -> tuple[Readers, Confine]:
    wanted = [
        {name: place for name, place in configuration[part].items() if only in (None, name)}
        for part in ("modules", "files")
    ]
    readers = load_readers(*wanted)
    os.environ.clear()
    return readers, confine_zygote(Path(configuration["root"]), configuration["site"])


def _load_codecs() -> None:
    """The usual character sets, once in the zygote instead of in each child that meets them."""
    for name in _CHARSETS.split():
        codecs.lookup(name)


def _imported(load: Callable[[], ModuleType]) -> ModuleType | Unreadable:
    try:
        return load()
    except ImportError:
        return Unreadable(NO_READER)
    except Exception as error:  # noqa: BLE001 - a reader that is broken costs only its own kind of file
        return Unreadable(f"the reader of this kind of file does not start ({type(error).__name__})")


def _module_of_file(path: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location(path.stem, path)
    if specification is None or specification.loader is None:
        raise ImportError(path.name)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _fork(handle: int, control: socket.socket, readers: Readers, confine: Confine) -> int:
    """The number of a new child that has ``handle`` for its job, or minus the error's number."""
    zygote = os.getpid()
    try:
        child = os.fork()
    except OSError as error:
        os.close(handle)
        return -(error.errno or 1)
    if child:
        os.close(handle)
        return child
    status = 1
    try:
        control.close()
        leave_with_zygote(zygote)
        with open(handle, "rb", buffering=0, closefd=False) as source:
            job = read_job(lambda length: take(source, length))
            status = do_job(job, source, handle, readers, confine)
    finally:
        os._exit(status)


def _end(child: int) -> int:
    """Kill what is left of ``child`` and give its exit code, negative for a signal.

    Its group, for what it may have started where nothing kept it from that, and itself, since it
    may not have made the group yet.
    """
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _encoded(answer: Result | Unreadable) -> list[bytes]:
    try:
        return answer_chunks(answer)
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        return answer_chunks(_failure(error))


def _attempt(read: Callable[[], Answer]) -> Answer | Unreadable:
    try:
        result = read()
    except Unreadable as refusal:
        return refusal
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile bytes can raise anything, and it has to be told, not hidden
        return _failure(error)
    return result


def _failure(error: Exception) -> Unreadable:
    return Unreadable(f"its reader failed ({type(error).__name__})")
