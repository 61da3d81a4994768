"""Plain mails for the benchmarks: made by a seed, in five scripts, as mail programs write them.

Of the messages 70 % bring their text as HTML too, 35 % answer another and quote it, 40 % are long.  All
have the fields that servers add; bodies are quoted-printable (55 %), base64 (20 %) or 8bit, in UTF-8 or
in an older charset of their language.  There are no attachments.
"""

from __future__ import annotations

import base64
import binascii
import html
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from itertools import accumulate
from pathlib import Path

_LETTERS = {
    "en": "etaoinshrdlucmfwygpbvk",
    "fr": "esaitnrulodcmpévqfbghj",
    "ru": "оеаинтсрвлкмдпуяыьгзбч",
    "ar": "اليمونرتبعدسفكهحجقشصطخ",
    "zh": "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着",
}
_CHARSETS = {"en": "us-ascii", "fr": "iso-8859-1", "ru": "koi8-r", "ar": "windows-1256", "zh": "gb18030"}
_SHARES = (("en", 0.7), ("fr", 0.1), ("zh", 0.08), ("ar", 0.06), ("ru", 0.06))
_SIGNED = (
    "v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=k1;\n\th=from:to:subject:date;"
    f" bh={'A' * 43}=;\n\tb={'Qx' * 120}"
)
_WORDS = 4000
_REMEMBERED = 400


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A message that later ones may answer."""

    id: str
    references: tuple[str, ...]
    subject: str
    text: str
    language: str


class _Speech:
    """Words of one language, as frequent as Zipf's law has them."""

    def __init__(self, dice: random.Random, language: str) -> None:
        self._dice = dice
        self._chinese = language == "zh"
        letters, least, most = _LETTERS[language], 1 if self._chinese else 2, 3 if self._chinese else 10
        self._words = ["".join(dice.choices(letters, k=dice.randint(least, most))) for _ in range(_WORDS)]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(_WORDS)))

    def words(self, count: int) -> list[str]:
        """``count`` words."""
        return self._dice.choices(self._words, cum_weights=self._weights, k=count)

    def text(self, count: int) -> str:
        """``count`` words as sentences and paragraphs."""
        between, end = ("", "。") if self._chinese else (" ", ". ")
        chosen = self.words(count)
        sentences = [
            between.join(chosen[start : start + 14]).capitalize() + end for start in range(0, count, 14)
        ]
        return "\n\n".join(
            "".join(sentences[start : start + 6]).strip() for start in range(0, len(sentences), 6)
        )


def mails(count: int, seed: int = 11) -> Iterator[bytes]:
    """``count`` messages; the same seed gives the same bytes."""
    dice = random.Random(seed)
    speech = {language: _Speech(dice, language) for language in _LETTERS}
    earlier: list[_Earlier] = []
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(count):
        date = begin + timedelta(seconds=800 * number + dice.randrange(600))
        answered = dice.choice(earlier) if earlier and dice.random() < 0.35 else None
        written = _written(dice, speech, number, answered)
        earlier = [*earlier[-_REMEMBERED:], written]
        yield b"\n".join((*_head(dice, speech, number, date, written), _body(dice, number, written)))


def write_maildir(folder: Path, count: int, seed: int = 11) -> int:
    """The same messages as a Maildir, which every mail program reads; gives their bytes."""
    size = 0
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True)
    for number, raw in enumerate(mails(count, seed)):
        size += (folder / "cur" / f"{1_700_000_000 + number}.{number}.desk:2,S").write_bytes(raw)
    return size


def _written(
    dice: random.Random, speech: dict[str, _Speech], number: int, answered: _Earlier | None
) -> _Earlier:
    id = f"<{dice.getrandbits(32):08x}.{number}@mail{number % 50}.example>"
    size = dice.randint(40, 350) if dice.random() < 0.6 else dice.randint(600, 2000)
    if answered is None:
        language = dice.choices([name for name, _ in _SHARES], [share for _, share in _SHARES])[0]
        subject = " ".join(speech[language].words(6))[:70]
        return _Earlier(id, (), subject, speech[language].text(size), language)
    subject = answered.subject if answered.subject.startswith("Re: ") else f"Re: {answered.subject}"
    quoted = "\n".join(f"> {line}" for line in answered.text[:2000].split("\n")[:12] if line)
    text = f"{speech[answered.language].text(min(size, 400))}\n\nOn some day, somebody wrote:\n{quoted}"
    references = (*answered.references, answered.id)[-10:]
    return _Earlier(id, references, subject, text, answered.language)


def _head(
    dice: random.Random, speech: dict[str, _Speech], number: int, date: datetime, written: _Earlier
) -> list[bytes]:
    when = format_datetime(date)
    address = f"author{int(dice.paretovariate(0.4)) % 6000}@host{dice.randrange(300)}.example"
    name = " ".join(word.title() for word in speech[written.language].words(2))
    server = f"mx{number % 9}.example.net"
    by = f"by desk.example.org (Postfix) with ESMTPS id {number:08X}\n\tfor <submissions@magazine.example>"
    through = f"by {server} (Postfix) with ESMTPSA id {number * 7:08X}"
    fields = [
        f"Return-Path: <{address}>",
        f"Received: from {server} ({server} [192.0.2.{number % 250}])\n\t{by}; {when}",
        f"Received: from localhost (unknown [198.51.100.{number % 250}])\n\t{through};\n\t{when}",
        f"DKIM-Signature: {_SIGNED}",
        f"From: {_encoded(name)} <{address}>",
        "To: Submissions <submissions@magazine.example>",
        f"Subject: {_encoded(written.subject)}",
        f"Date: {when}",
        f"Message-ID: {written.id}",
        "MIME-Version: 1.0",
        f"X-Mailer: Synthetic {number % 5}.{number % 7}",
    ]
    if written.references:
        fields.append(f"In-Reply-To: {written.references[-1]}")
        fields.append("References: " + "\n\t".join(written.references))
    return [field.encode("ascii") for field in fields]


def _encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=76).encode()


def _body(dice: random.Random, number: int, written: _Earlier) -> bytes:
    """The last fields and the body."""
    charset = _CHARSETS[written.language] if dice.random() < 0.2 else "utf-8"
    plain = _part("plain", charset, written.text, dice.random())
    if dice.random() >= 0.7:
        return plain
    rich = _part("html", "utf-8", _html(written.text), dice.random() * 0.75)
    mark = b"=_alternative%d" % number
    return b"\n".join(
        (
            b'Content-Type: multipart/alternative; boundary="%s"\n' % mark,
            b"--%s\n%s" % (mark, plain),
            b"--%s\n%s" % (mark, rich),
            b"--%s--\n" % mark,
        )
    )


def _part(kind: str, charset: str, text: str, drawn: float) -> bytes:
    raw = f"{text}\n".encode(charset, "replace")
    if drawn < 0.55:
        encoding, coded = "quoted-printable", binascii.b2a_qp(raw, istext=True)
    elif drawn < 0.75:
        encoding, coded = "base64", base64.encodebytes(raw)
    else:
        encoding, coded = "8bit", _within_limits(raw)
    head = f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.encode("ascii") + coded


def _within_limits(raw: bytes) -> bytes:
    """``raw`` with no line of more than 998 bytes (RFC 5322 section 2.1.1)."""
    lines = (line[at : at + 900] for line in raw.split(b"\n") for at in range(0, max(1, len(line)), 900))
    return b"\n".join(lines)


def _html(text: str) -> str:
    paragraphs = "".join(
        f'<p style="margin:0 0 1em 0;font-family:Georgia,serif">{html.escape(each, quote=False)}</p>\n'
        for each in text.split("\n\n")
    )
    style = '<meta charset="utf-8"><style>p{line-height:1.4}</style>'
    return f"<!DOCTYPE html><html><head>{style}</head><body>\n{paragraphs}</body></html>\n"
