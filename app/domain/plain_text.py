"""An article as plain text, and how many words it has.

What is printed: headline and standfirst, the body, then the footnotes.  Changes are accepted, comments
and figures print nothing, links give their words and not their targets.  Blocks stand apart by an empty
line, a table gives one line a row with its cells between `` | ``, ordered items carry their numbers,
others a hyphen, a separator is ``* * *``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.article import (
    Article,
    Block,
    Cell,
    ListBlock,
    ListItem,
    Parallel,
    Quote,
    Separator,
    Spans,
    Table,
)
from app.domain.changes import accepted
from app.domain.spans import runs, words_alone, words_of

SEPARATOR = "* * *"

_EACH = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U000323af"
)
"""Han and kana, which are written without spaces and counted character by character."""
_ALONE = re.compile(f"[{_EACH}]")
_WORD = re.compile(r"[^\W_]\S*")
_PARTING = "/\u2012\u2013\u2014\u2015\u2026"
"""Signs between words beside white space."""
_BREAKS = {code for code in range(128) if code == 47 or chr(code).isspace()}
_SHAPES = bytes(32 if code in _BREAKS else 97 for code in range(256))
_SIGNS = bytes(code for code in range(128) if code not in _BREAKS and not chr(code).isalnum())
"""A word of plain English stands between white space or slashes and has a letter or digit."""


def plain_text(article: Article) -> str:
    """The words of ``article`` for a reader without formatting; ``""`` when its body and notes have none."""
    simple = _simple(article)
    if simple is not None:
        heads = [article.headline, article.standfirst] if any(map(str.strip, simple)) else []
        return "\n\n".join(text for text in (*heads, *simple) if text.strip())
    article = accepted(article)
    if not any(block_text(block).strip() for block in article.blocks) and not article.footnotes:
        return ""
    numbers = note_numbers(article)
    heads = [head for head in (article.headline, article.standfirst) if head.strip()]
    body = [text for block in article.blocks if (text := printed(block, numbers)).strip()]
    return "\n\n".join([*heads, *body, *printed_notes(article)])


def printed_notes(article: Article) -> list[str]:
    """The footnotes of ``article``, each behind its number; changes count as they stand."""
    numbers = note_numbers(article)
    paragraphs = {note.id: note.paragraphs for note in article.footnotes}
    return [
        f"[{number}] " + "\n".join(_spans(paragraph.spans, numbers) for paragraph in paragraphs[note])
        for note, number in numbers.items()
    ]


def note_numbers(article: Article) -> dict[str, int]:
    """The number of each footnote, from 1 in the order of the first references; unreferenced ones last."""
    known = {note.id: note for note in article.footnotes}
    order: dict[str, int] = {}
    for block in article.blocks:
        for spans in runs(block):
            for span in spans:
                if span.note in known:
                    order.setdefault(span.note, len(order) + 1)
    for note in article.footnotes:
        order.setdefault(note.id, len(order) + 1)
    return order


def block_text(block: Block) -> str:
    """The text of ``block`` that comments are anchored in, by character.

    Insertions and deletions both count, references to notes are nothing; paragraphs, items (an item
    before the lists inside it), cells and an attribution are divided by ``\\n``.
    """
    return "\n".join(words_of(spans) for spans in runs(block))


def words(article: Article) -> int:
    """How many words the body has, changes accepted; heads, notes and the numbers of lists do not count."""
    simple = _simple(article)
    if simple is None:
        simple = [block_text(block) for block in accepted(article).blocks]
    return count_words("\n".join(simple))


def _simple(article: Article) -> list[str] | None:
    """The paragraphs of an article that has nothing but words, as most mails make; None for any other."""
    found: list[str] = []
    for block in article.blocks:
        text = words_alone(block)
        if text is None:
            return None
        found.append(text)
    return None if article.footnotes else found


def count_words(text: str) -> int:
    """How many words ``text`` has; each Chinese or Japanese character counts as one."""
    if text.isascii():
        return f" {text}".encode().translate(_SHAPES, _SIGNS).count(b" a")
    for sign in _PARTING:
        text = text.replace(sign, " ")
    others, alone = _ALONE.subn(" ", text)
    return alone + len(_WORD.findall(others))


def printed(block: Block, numbers: dict[str, int]) -> str:
    """``block`` as plain text; ``numbers`` are those of the footnotes, and changes count as they stand."""
    match block:
        case Separator():
            return SEPARATOR
        case ListBlock():
            return "\n".join(_list(block, numbers, ""))
        case Table():
            return "\n".join(_row(row, numbers) for row in block.rows)
        case Quote() | Parallel():
            return "\n\n".join(_spans(spans, numbers) for spans in runs(block))
        case _:
            return "\n".join(_spans(spans, numbers) for spans in runs(block))


def _spans(spans: Spans, numbers: dict[str, int]) -> str:
    return "".join(f"[{numbers[span.note]}]" if span.note in numbers else span.text for span in spans)


def _list(block: ListBlock, numbers: dict[str, int], indent: str) -> Iterable[str]:
    for number, item in enumerate(block.items, block.start):
        yield from _item(item, f"{number}. " if block.ordered else "- ", numbers, indent)


def _item(item: ListItem, sign: str, numbers: dict[str, int], indent: str) -> Iterable[str]:
    inner = indent + " " * len(sign)
    first, *more = _spans(item.spans, numbers).split("\n")
    yield indent + sign + first
    for line in more:
        yield inner + line
    for block in item.lists:
        yield from _list(block, numbers, inner)


def _row(row: tuple[Cell, ...], numbers: dict[str, int]) -> str:
    return " | ".join(_spans(cell.spans, numbers).replace("\n", " ") for cell in row).rstrip()
