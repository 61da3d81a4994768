"""Small RTF files for tests, and what the reader makes of them."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from app.domain.article import Article
from app.domain.article_json import from_json
from app.domain.plain_text import plain_text
from app.formats import rtf_reader

STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\b\fs32\outlinelevel0 heading 1;}{\s2\i heading 2{\*\keycode x};}{\s3 Title;}"
    r"{\s4\i Quote;}{\*\cs10 Emphasis;}{\s5 Subtitle;}{\s6\outlinelevel2 Own;}}"
)
DAMAGED = "The file is damaged; what could still be read was taken in"


def rtf(body: str | bytes, head: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    """A file with this body."""
    raw = body if isinstance(body, bytes) else body.encode("latin-1")
    return rb"{\rtf1" + head.encode() + b"\n" + raw + b"}"


def read(data: bytes) -> tuple[Article, list[str], Any]:
    """The article, the report, and the whole result."""
    result = rtf_reader.read(data, {})
    return from_json(result.value["article"]), result.value["report"], result


def text(body: str | bytes, head: str = r"\ansi\ansicpg1252\deff0") -> str:
    """The words of a body."""
    return plain_text(read(rtf(body, head))[0])


def png() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()
