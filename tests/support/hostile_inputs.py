"""Some hundred files that come to break the desk, the same ones each time: mails, mailboxes, documents, pictures."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support import hostile_containers, hostile_documents, hostile_mails

NAUGHTY = (
    "",
    " ",
    "\0",
    "undefined",
    "None",
    "NaN",
    "-1e309",
    "con",
    "NUL",
    "../../../../etc/passwd",
    "C:\\con\\con",
    "<script>alert('x')</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></textarea>--><!--",
    "javascript:alert(1)",
    "&lt;b&gt; &amp;amp; &#x0;",
    "' OR 1=1 -- ; DROP TABLE piece",
    '" AND * NEAR( ^',
    "{{ 7*7 }} {% raw %} ${7*7} %s %n {0} {name}",
    "$(touch x) `id` | rm -rf /",
    "=cmd|' /C calc'!A0",
    "[a](javascript:x) ![b](file:///etc/passwd) **_` # > - 1. ---",
    "<!-- wp:html --><!-- /wp:html --> [caption] [/gallery]",
    "\u202egnp.exe\u2066\u2069\u200f",
    "zero\u200bwidth\u200d\u2060\ufeff",
    "Z\u0351\u036b\u0343a\u036b\u0353l\u034dg\u030eo\u0322" * 20,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f1ee\U0001f1f9",
    "ﷺ ｆｕｌｌ ½ ﬁ ᴬ 𝓤𝓷𝓲 \u2028 \u2029 \x85 \x0b \x0c",
    "\x1b[31mred\x07\x08\x7f",
    "\ufffe\uffff\U0010ffff",
    "社會科學院語學研究所 ヽ༼ຈل͜ຈ༽ﾉ 울란바토르",
    "مُنَاقَشَةُ سُبُلِ اِسْتِخْدَامِ اللُّغَةِ",
    "a" * 5000,
)
"""Strings that break programs, to be put wherever a person writes something."""


def hostile_inputs(scale: int = 1) -> Iterator[tuple[str, bytes]]:
    """Names and bytes; with a larger ``scale`` more wounds, and longer repetitions."""
    big = 1000 * scale
    yield from hostile_mails.mutants(30 * scale)
    yield from hostile_mails.charsets()
    yield from hostile_mails.named_files()
    yield from hostile_mails.strange(big)
    yield from hostile_mails.mailboxes()
    yield from hostile_mails.naughty(list(NAUGHTY))
    yield from hostile_documents.texts(big)
    yield from hostile_documents.word_files(big)
    yield from hostile_containers.archives()
    yield from hostile_containers.photographs()
    yield from hostile_containers.wounded_files(40 * scale)
