"""Markdown as an article: CommonMark with tables, strikethrough, footnotes and front matter.

It is turned into HTML, inline HTML and all, and read by the same walk as HTML.  Options: ``charset``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape, unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from app.domain.article import Article
from app.domain.article_json import clean_text, from_json
from app.domain.errors import Damaged
from app.domain.reading import Result, Unreadable
from app.formats import front_matter
from app.formats.charsets import decoded
from app.formats.html_look import language_tag
from app.formats.html_pictures import Pictures
from app.formats.html_reader import answer, article_of
from app.formats.html_tree import page_of_text
from app.formats.imported import Imported, Report, excerpt
from app.formats.markdown_exchange import EXCHANGE, HEADS

_ABOVE = re.compile(r"<!-- (.*) -->\s*", re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_STANDFIRSTS = ("description", "summary", "subtitle")
_READ = {EXCHANGE, *HEADS, *_STANDFIRSTS, "authors", "lang", "tags", "regions", "comments", "date"}


class _Parser(MarkdownIt):
    """Keeps addresses as they stand: which may be followed is decided where HTML is read."""

    def validateLink(self, url: str) -> bool:
        return not re.match(r"\s*(?:javascript|vbscript|file):", url, re.IGNORECASE)

    def normalizeLink(self, url: str) -> str:
        return url


def read(data: bytes, options: dict[str, Any]) -> Result:
    """The document in ``data``.

    Raises:
        Unreadable: when there is nothing in it, or it is no text.
    """
    charset = str(options.get("charset") or "")
    text = decoded(data, [charset] if charset else ()).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Unreadable("the file is empty")
    if text.count("\0") > 8:
        raise Unreadable("the file is not text")
    imported = Imported()
    heads, body = front_matter.split(text.replace("\0", ""))
    exchange = heads.get(EXCHANGE) == 1
    page = page_of_text(to_html(body, exchange), imported.report, exchange, marked=True)
    page = replace(page, language=language_tag(_text(heads, "language", "lang")))
    pictures = Pictures(imported)
    article = article_of(page, "", pictures, imported)
    article = (_exchanged if exchange else _headed)(article, heads, imported.report)
    metadata = {"author": _text(heads, "author", "authors"), "date": _text(heads, "date")}
    return answer(article, _text(heads, "title"), metadata, pictures, imported)


def to_html(markdown: str, exchange: bool) -> str:
    """The text of a Markdown document without front matter as HTML; footnotes stand where they are defined.

    In the ``exchange`` form footnotes keep their labels as ids, and comments dress the block after them.
    """
    parser = _Parser("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin, move_to_end=False)
    env: dict[str, Any] = {}
    tokens = parser.parse(markdown, env)
    inline = {
        number: note["tokens"]
        for number, note in env.get("footnotes", {}).get("list", {}).items()
        if "tokens" in note
    }
    labels = [token.meta["label"] for token in tokens if token.type == "footnote_reference_open"]
    ids = {label: label if exchange else f"n{number}" for number, label in enumerate(labels, 1)}
    ids |= {number: f"n{len(labels) + place}" for place, number in enumerate(inline, 1)}
    for run in (tokens, *inline.values()):
        _mark_notes(run, ids)
    html = str(parser.renderer.render(_dressed(tokens) if exchange else tokens, parser.options, env))
    for number, words in inline.items():
        html += f'<div data-note="{ids[number]}"><p>{parser.renderer.render(words, parser.options, env)}</p></div>\n'
    return html


def _mark_notes(tokens: Sequence[Token], ids: dict[str | int, str]) -> None:
    """Make footnotes the HTML that the walk knows; ``ids`` go by label, or by number for inline ones."""
    for token in tokens:
        if token.type == "footnote_ref":
            token.type = "html_inline"
            token.content = f'<sup data-ref="{escape(ids[token.meta.get("label", token.meta["id"])])}"></sup>'
        elif token.type == "footnote_reference_open":
            token.type, token.content = (
                "html_block",
                f'<div data-note="{escape(ids[token.meta["label"]])}">\n',
            )
        elif token.type == "footnote_reference_close":
            token.type, token.content = "html_block", "</div>\n"
        _mark_notes(token.children or (), ids)


def _dressed(tokens: Sequence[Token]) -> list[Token]:
    """``tokens`` in which the attributes of a comment are those of the block that follows."""
    out: list[Token] = []
    waiting: list[tuple[str, str]] = []
    for token in tokens:
        if token.type == "html_block" and (found := _ABOVE.fullmatch(token.content)):
            waiting = _ATTRIBUTE.findall(found[1])
            continue
        if token.nesting != -1:
            for name, value in waiting:
                token.attrSet(name, unescape(value))
            waiting = []
        out.append(token)
    return out


def _exchanged(article: Article, heads: dict[str, Any], report: Report) -> Article:
    """``article`` with the heads that our own form writes above it."""
    given = {head: heads[name] for name, head in HEADS.items() if name in heads}
    given |= {name: heads[name] for name in ("tags", "regions", "comments") if name in heads}
    try:
        above = from_json(given)
    except Damaged:
        report.say("The fields above the text are damaged and were left out")
        return article
    return replace(above, blocks=article.blocks, footnotes=article.footnotes)


def _headed(article: Article, heads: dict[str, Any], report: Report) -> Article:
    """``article`` with what the front matter of another program says."""
    title = _text(heads, "title")
    if title and article.headline and title != article.headline:
        report.say(f"The title above the text is not the headline: “{excerpt(title)}”")
    if left := [name for name in heads if name not in _READ]:
        report.say(f"Fields above the text were left out: {excerpt(', '.join(left))}")
    return replace(
        article,
        headline=article.headline or title,
        standfirst=article.standfirst or _text(heads, *_STANDFIRSTS),
        byline=_text(heads, "author", "authors"),
        tags=_list(heads, "tags"),
        regions=_list(heads, "regions"),
        bio=_text(heads, "bio"),
        dateline=_text(heads, "dateline"),
    )


def _text(heads: dict[str, Any], *names: str) -> str:
    """The first of the fields ``names`` that says something, in one line."""
    return next((", ".join(words) for name in names if (words := _list(heads, name))), "")


def _list(heads: dict[str, Any], name: str) -> tuple[str, ...]:
    value = heads.get(name)
    values = value if isinstance(value, list) else [value]
    lines = (
        " ".join(clean_text(str(item)).split()) for item in values if isinstance(item, str | int | float)
    )
    return tuple(line for line in lines if line)
