"""What differs between two states of an article: its heads, and its text block by block."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from app.domain.article import Article
from app.domain.article_json import canonical, data_of, nameless
from app.domain.changes import accepted
from app.domain.plain_text import block_text

_HEADS = ("headline", "standfirst", "byline", "dateline", "bio", "language")
_LISTS = ("tags", "regions")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of ``field``: ``op`` is insert, delete or replace; ``old`` and ``new`` are plain text."""

    field: str
    op: str
    old: str
    new: str


def differences(before: Article, after: Article) -> list[Difference]:
    """What changed from ``before`` to ``after``, tracked changes accepted; heads first, then the text in order.

    Blocks count as changed when their words, or their looks, differ; a change of looks alone has the same
    ``old`` and ``new``.
    """
    found = [_head(name, getattr(before, name), getattr(after, name)) for name in _HEADS]
    found += [
        _head(name, ", ".join(getattr(before, name)), ", ".join(getattr(after, name))) for name in _LISTS
    ]
    return [each for each in found if each is not None] + _text(accepted(before), accepted(after))


def _head(name: str, old: str, new: str) -> Difference | None:
    if old == new:
        return None
    return Difference(name, _op(old, new), old, new)


def _op(old: str, new: str) -> str:
    if old and new:
        return "replace"
    return "delete" if old else "insert"


def _text(before: Article, after: Article) -> list[Difference]:
    found = []
    old, new = _pieces(before), _pieces(after)
    matcher = SequenceMatcher(None, [look for look, _ in old], [look for look, _ in new], autojunk=False)
    for op, start, end, new_start, new_end in matcher.get_opcodes():
        if op != "equal":
            was = "\n\n".join(words for _, words in old[start:end])
            now = "\n\n".join(words for _, words in new[new_start:new_end])
            found.append(Difference("text", op, was, now))
    return found


def _pieces(article: Article) -> list[tuple[bytes, str]]:
    """Each block and each note: what tells it apart, its name left out, and its words."""
    blocks = [(block, block_text(block)) for block in article.blocks]
    notes = [(note, "\n".join(map(block_text, note.paragraphs))) for note in article.footnotes]
    return [(canonical(nameless(data_of(each))), words) for each, words in (*blocks, *notes)]
