"""Working on the text: new pieces, heads and fields, new revisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.domain.article import Article, Block, Figure, Mark
from app.domain.article_json import clean_text, from_json
from app.domain.changes import accepted, has_open_changes, rejected
from app.domain.errors import RuleBroken, Usage
from app.domain.language import tell
from app.domain.magazine import HOLDS_PIECES, default_section, person, region, section
from app.domain.messages import Message
from app.domain.people import Contributor
from app.domain.pieces import CLOSED, ChangeClass, Kind, PhotoUse, Piece, Revision, Stage
from app.domain.plain_text import plain_text, words
from app.domain.reading import Unreadable
from app.domain.roles import Power
from app.domain.spans import runs
from app.services.acts import Desk
from app.services.contributions import placed
from app.services.dossiers import article_of, by_token, is_hidden, named, revision
from app.services.filing import revision_of
from app.services.ports import Readers, Unit
from app.services.sealing import open_article
from app.services.triage import a_day, chosen

_ARTICLE_FIELDS = ("headline", "standfirst", "byline", "dateline", "bio", "language", "tags", "regions")
_PIECE_FIELDS = ("kind", "section", "also_in", "assignee", "due", "translated_by")
_DECIDE: dict[str, Callable[[Article], Article]] = {
    "keep": lambda article: article,
    "accept": accepted,
    "reject": rejected,
}
_WORD = re.compile(r"[-−+]?\d+(?:[.,:/]\d+)*%?|\w+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class Editing:
    """Changes texts; every state stays as a revision."""

    def __init__(self, desk: Desk, readers: Readers) -> None:
        self._desk = desk
        self._readers = readers

    def new_piece(self, title: str, kind: str, by: str) -> Piece:
        """Start a piece without mail, written by the person ``by``.

        Raises:
            RuleBroken: ``piece.no-title``.
        """
        right = chosen(Kind, kind, "kind")
        person(self._desk.magazine, by)
        headline = clean_text(title).strip()
        if not headline:
            raise RuleBroken("piece.no-title")
        with self._desk.store.write() as unit:
            year = self._desk.now.year
            number = unit.next_number(f"token-{year}")
            piece = Piece(
                id=self._desk.ids.new(),
                token=f"{self._desk.magazine.prefix}-{year}-{number:04d}",
                kind=right,
                stage=Stage.INBOX,
                title=headline,
                received_at=self._desk.at,
                language=self._desk.magazine.languages[0],
                section=default_section(self._desk.magazine, right),
                written_by=by,
            )
            unit.add(piece)
            article = Article(headline=headline, language=piece.language)
            self._add_revision(unit, piece, 0, article, by, "begun on the desk", ChangeClass.UPDATE)
            return self._desk.act(unit, piece, piece, "new", by)

    def set(self, token: str, fields: Mapping[str, Any], by: str) -> Piece:
        """Set fields of a piece and heads of its article; heads make a new revision.

        Raises:
            Usage: for a section, region, language, person, kind or date that is not known.
            RuleBroken: ``role.missing``, and ``edit.closed`` for heads of a closed piece.
        """
        self._desk.allow(by, Power.WORK)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            after = replace(piece, **self._piece_fields(fields))
            heads = self._heads(fields)
            if heads:
                _open(piece)
            if "byline" in heads:
                after = replace(after, byline_chosen=True)
            before = article_of(revision(unit, piece))
            article = replace(before, **_with_bio(unit, piece, before, heads))
            if article != before:
                after = self._next(unit, after, article, by, "heads", ChangeClass.UPDATE)
            if after == piece:
                return piece
            return self._desk.act(unit, piece, after, "set", by)

    def edit(
        self,
        token: str,
        name: str,
        data: bytes,
        change: str,
        by: str,
        decide: str = "keep",
        *,
        correction: str = "",
    ) -> Piece:
        """A new revision from a document.  Heads that the document does not have stay as they were.

        ``decide`` is what becomes of its tracked changes: keep, accept or reject; ``correction`` says on
        the page of a published piece what was wrong.

        Raises:
            Usage: ``magazine.no-region`` for a region that the document names.
            RuleBroken: ``edit.unreadable`` with the reason, ``edit.closed``, ``edit.not-typographical``,
                ``role.missing``.
        """
        how = chosen(ChangeClass, change, "change")
        self._desk.allow(by, Power.WORK)
        try:
            result = self._readers.run("file", data, {"name": name, "declared": ""})
        except Unreadable as error:
            raise RuleBroken("edit.unreadable", name=name, reason=error.reason) from None
        if not result.value["reader"] or "article" not in result.value["value"]:
            raise RuleBroken(
                "edit.unreadable", name=name, reason=result.value["reason"] or "it holds no text"
            )
        read = from_json(result.value["value"]["article"])
        for key in read.regions:
            region(self._desk.magazine, key)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            _open(piece)
            before = article_of(revision(unit, piece))
            article = _DECIDE[decide](_merged(before, read, piece.language))
            article = replace(article, blocks=_figures(article.blocks, before.blocks, unit, piece))
            if how is ChangeClass.TYPOGRAPHICAL:
                _only_typography(before, article)
            hidden = is_hidden(unit, piece)
            if hidden:
                known = self._desk.telling(unit)
                article = open_article(article, known, theirs=known.checking)
            report = [str(line) for line in result.value["value"]["report"]]
            notes = ["from a document" if hidden else f"from {name}", *report]
            if lost := _figures_in(read) - _figures_in(article):
                notes.append(f"{lost} of its pictures had no place")
            note = "; ".join(notes)
            note = known.kept(note) if hidden and report else note
            after = self._next(unit, self._corrected(piece, how, correction), article, by, note, how)
            return self._desk.act(unit, piece, after, "edit", by)

    def _corrected(self, piece: Piece, how: ChangeClass, said: str) -> Piece:
        """``piece`` with the dated note that a correction of what was published asks for."""
        if how is not ChangeClass.CORRECTION or not piece.published_at:
            return piece
        line = f"{self._desk.today.isoformat()} {' '.join(clean_text(said).split())}".rstrip()
        return replace(piece, correction=f"{piece.correction}\n{line}".strip())

    def decide(self, token: str, how: str, by: str) -> Piece | None:
        """Accept or reject every tracked change of the current text; None where there is none.

        Raises:
            RuleBroken: ``edit.closed``, ``role.missing``.
        """
        self._desk.allow(by, Power.WORK)
        with self._desk.store.write() as unit:
            piece = by_token(unit, token)
            _open(piece)
            before = article_of(revision(unit, piece))
            if not has_open_changes(before):
                return None
            note = f"tracked changes: {how}"
            after = self._next(unit, piece, _DECIDE[how](before), by, note, ChangeClass.UPDATE)
            return self._desk.act(unit, piece, after, "edit", by, reason=note)

    def _next(
        self, unit: Unit, piece: Piece, article: Article, by: str, note: str, change: ChangeClass
    ) -> Piece:
        # After an undo the current revision is not the last one.
        number = unit.find(Revision, piece=piece.id, order="-number", limit=1)[0].number + 1
        title = article.headline or named(unit, piece)
        self._add_revision(unit, piece, number, article, by, note, change)
        language = article.language or piece.language
        return replace(piece, current=number, words=words(article), title=title, language=language)

    def _add_revision(
        self, unit: Unit, piece: Piece, number: int, article: Article, by: str, note: str, change: ChangeClass
    ) -> Revision:
        row = revision_of(
            self._desk.ids.new(), piece.id, number, article, at=self._desk.at, by=by, note=note, change=change
        )
        unit.add(row)
        title = article.headline or named(unit, piece)
        unit.index("article", piece.id, piece.id, title, plain_text(article))
        if number == 1:
            # Until now the article may have stood for its message in the index.
            for message in unit.find(Message, piece=piece.id):
                unit.index("message", message.id, piece.id, message.subject, message.text)
        return row

    def _piece_fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        given = {name: fields[name] for name in _PIECE_FIELDS if name in fields}
        magazine = self._desk.magazine
        if "kind" in given:
            given["kind"] = chosen(Kind, given["kind"], "kind")
        for key in (*([given["section"]] if given.get("section") else []), *given.get("also_in", ())):
            if section(magazine, key).kind not in HOLDS_PIECES:
                raise Usage("magazine.no-pieces", section=key)
        for name in ("assignee", "translated_by"):
            if given.get(name):
                person(magazine, given[name])
        if given.get("due"):
            given["due"] = a_day(given["due"])
        return given

    def _heads(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        given = {name: fields[name] for name in _ARTICLE_FIELDS if name in fields}
        for key in given.get("regions", ()):
            region(self._desk.magazine, key)
        if given.get("language") and not _LANGUAGE.fullmatch(given["language"]):
            raise Usage(
                "choice.unknown", what="language", said=given["language"], possible="en, it, zh-Hans ..."
            )
        return {
            name: tuple(clean_text(item) for item in value) if isinstance(value, tuple) else clean_text(value)
            for name, value in given.items()
        }


def _with_bio(unit: Unit, piece: Piece, before: Article, heads: dict[str, Any]) -> dict[str, Any]:
    """``heads`` with the contributor's biography, where the contributor's byline is chosen and none is there."""
    who = unit.one(Contributor, id=piece.contributor) if piece.contributor and "byline" in heads else None
    if who is None or not who.bio or who.byline != heads["byline"] or before.bio or "bio" in heads:
        return heads
    return {**heads, "bio": who.bio}


def _open(piece: Piece) -> None:
    if piece.stage in CLOSED:
        raise RuleBroken("edit.closed", token=piece.token, stage=str(piece.stage))


def _figures_in(article: Article) -> int:
    return sum(isinstance(block, Figure) for block in article.blocks)


def _figures(
    blocks: tuple[Block, ...], before: tuple[Block, ...], unit: Unit, piece: Piece
) -> tuple[Block, ...]:
    """``blocks`` with figures that name photo uses.

    A document that was printed and comes back calls its pictures otherwise: they take the places of
    the earlier figures, in their order; a picture beyond those has no place.
    """
    uses = {use.id for use in unit.find(PhotoUse, piece=piece.id)}
    named = [block.photo for block in blocks if isinstance(block, Figure)]
    free = iter([block.photo for block in before if isinstance(block, Figure) and block.photo not in named])
    keys = {photo: photo if photo in uses else next(free, "") for photo in named}
    return placed(blocks, {key: use for key, use in keys.items() if use})


def _merged(before: Article, read: Article, language: str) -> Article:
    """``read`` with the heads of ``before`` where it has none of its own; ``language`` is the piece's."""
    kept = {name: getattr(read, name) or getattr(before, name) for name in _ARTICLE_FIELDS}
    if not read.language:
        told = tell(plain_text(read))
        if told and told != (before.language or language).split("-")[0]:
            kept["language"] = told
    return replace(read, **kept)


def _only_typography(before: Article, after: Article) -> None:
    """A typographical change leaves every word, number, name, link and photograph as it was."""
    if _WORD.findall(_said(before)) != _WORD.findall(_said(after)) or _shown(before) != _shown(after):
        raise RuleBroken("edit.not-typographical")


def _shown(article: Article) -> list[str]:
    """The photographs of the body, the targets of its links, and what is struck out, in their order."""
    found, struck = [], ""
    for block in accepted(article).blocks:
        if isinstance(block, Figure):
            found.append(block.photo)
        for span in (span for spans in runs(block) for span in spans):
            found += [span.link] if span.link else []
            struck += span.text if Mark.STRIKETHROUGH in span.marks else ""
    return [*found, struck]


def _said(article: Article) -> str:
    heads = (article.headline, article.standfirst, article.byline, article.dateline, article.bio)
    return "\n".join((*heads, plain_text(article), *article.tags, *article.regions))
