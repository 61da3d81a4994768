"""Mail addresses in a text, also those that are written so that machines do not see them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from app.domain.leaks_readings import readings

# fmt: off
ROLES = frozenset((
    "info", "admin", "office", "contact", "editor", "editors", "editorial", "redaktion", "redazione",
    "redaction", "press", "desk", "mail", "email", "webmaster", "postmaster", "support", "help", "hello",
    "news", "newsroom", "team", "service", "noreply", "magazine", "submissions", "letters",
    "no-reply", "abuse", "security",
))
# fmt: on
"""Local parts that name a task and nobody (RFC 2142, and what offices use)."""

_AT = re.compile(
    r"[\[({<]\s*(?:at|@|arroba|arobase|chiocciola|собака|艾特)\s*[\])}>]"
    r"|\b(?:at|arroba|arobase|chiocciola|собака)\b|艾特|[@＠﹫]",
    re.I,
)
_POINT = (
    r"(?:\s*[\[({<]\s*(?:dot|\.|punto|point|punkt|точка|点)\s*[\])}>]\s*"
    r"|\s+(?:dot|punto|point|punkt|точка)\s+|[ \t]*[.．。][ \t]*)"
)
_DOT = re.compile(_POINT, re.I)
_DOMAIN = re.compile(rf"\s*([\w-]{{1,63}}(?:{_POINT}[\w-]{{1,63}}){{1,8}})", re.I)
_NOT_LOCAL = re.compile(r"[\s@＠﹫<>()\[\],;\"\\|\x00-\x1f]")
_LONGEST_LOCAL = 80
_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
_INSIDE = re.compile(r"[.:/=?&+%'!#*~`{}]|[^\x00-\x7f]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def addresses(text: str) -> set[str]:
    """Everything in ``text`` that may be a mail address; of doubtful ends, each way to cut them."""
    found: set[str] = set()
    for reading in readings(text):
        visible = _HIDDEN.sub("", reading)
        for sign in _AT.finditer(visible):
            domain = _DOMAIN.match(visible, sign.end())
            if not domain:
                continue
            before = _plain(visible[max(0, sign.start() - _LONGEST_LOCAL) : sign.start()])
            if local := _NOT_LOCAL.split(before)[-1]:
                found.update(_cuts(local, _plain(domain[1])))
    return found


def _plain(part: str) -> str:
    return unicodedata.normalize("NFKC", _DOT.sub(".", part)).strip()


def _cuts(local: str, domain: str) -> Iterator[str]:
    """The address, and what is left of it when signs of the text around it are taken off."""
    starts = [0, *(match.end() for match in _INSIDE.finditer(local))]
    locals_ = {local[start:].strip(".") for start in starts}
    locals_ |= {part.partition("+")[0] for part in locals_}
    labels = domain.split(".")
    domains = {".".join(labels[:count]) for count in range(2, len(labels) + 1)}
    domains |= {_FOREIGN.split(name)[0].strip(".") for name in domains}
    return (f"{part}@{name}" for part in locals_ if part for name in domains if "." in name)
