"""Ids for blocks that have none yet; those that have one keep it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from app.domain.article import Article, Block, Footnote, ListBlock, Paragraph, Parallel, Quote


def with_ids(article: Article) -> Article:
    """``article`` with an id of its own for each block and comment: ``b1``, ``b2``, … where none was given.

    Where two blocks have one id the second gets a new one.
    """
    ids = _Ids(article)
    blocks = tuple(ids.block(block) for block in article.blocks)
    notes = tuple(Footnote(note.id, ids.paragraphs(note.paragraphs)) for note in article.footnotes)
    return replace(article, blocks=blocks, footnotes=notes)


class _Ids:
    def __init__(self, article: Article) -> None:
        self._given = set(_names(article.blocks)) | {
            paragraph.id for note in article.footnotes for paragraph in note.paragraphs
        }
        self._used: set[str] = set()
        self._numbers = count(1)

    def block(self, block: Block) -> Block:
        named: Block = replace(block, id=self._name(block.id))
        match named:
            case Quote():
                return replace(named, paragraphs=self.paragraphs(named.paragraphs))
            case ListBlock():
                return self._list(named)
            case Parallel():
                columns = tuple(
                    replace(column, paragraphs=self.paragraphs(column.paragraphs)) for column in named.columns
                )
                return replace(named, columns=columns)
            case _:
                return named

    def paragraphs(self, paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
        return tuple(replace(paragraph, id=self._name(paragraph.id)) for paragraph in paragraphs)

    def _list(self, block: ListBlock) -> ListBlock:
        items = tuple(
            replace(
                item, lists=tuple(self._list(replace(inner, id=self._name(inner.id))) for inner in item.lists)
            )
            for item in block.items
        )
        return replace(block, items=items)

    def _name(self, given: str) -> str:
        name = given
        while not name or name in self._used or (not given and name in self._given):
            name, given = f"b{next(self._numbers)}", ""
        self._used.add(name)
        return name


def _names(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        yield block.id
        match block:
            case Quote():
                yield from _names(block.paragraphs)
            case ListBlock():
                for item in block.items:
                    yield from _names(item.lists)
            case Parallel():
                for column in block.columns:
                    yield from _names(column.paragraphs)
