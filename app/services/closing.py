"""Sealing what the desk already holds of somebody who is protected from now on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from app.domain.messages import Arrival, Asset, Message, Reservation
from app.domain.people import Address, Contributor, Protection, VaultRecord
from app.domain.pieces import History, Override, PhotoUse, Piece, Recommendation, Revision
from app.domain.plain_text import plain_text
from app.domain.rights import Grant
from app.services.acts import Desk
from app.services.dossiers import article_of, named, revision
from app.services.filing import revision_of
from app.services.ports import Keys, Unit
from app.services.sealing import (
    message_tells,
    open_article,
    opened,
    sealed_asset,
    sealed_message,
    telling_assets,
)
from app.services.telling import Telling

_PAGE = 500
_Row = TypeVar("_Row")
_SAID: dict[type[Any], tuple[str, ...]] = {
    Grant: ("quote", "note", "details", "evidence"),
    Reservation: ("sentence", "settled"),
    History: ("reason", "before"),
    Override: ("lifts", "reason"),
    Recommendation: ("note",),
    Revision: ("note",),
}
"""What editors wrote about a piece, or the desk quoted, by the rows that hold it."""
_CREDIT = ("credit", "credit_url", "source_line")


@dataclass(slots=True)
class Closing:
    """One pass over everything, inside the transaction that protects ``person``.

    ``telling`` knows the terms and addresses of the person, beside those of everybody else.
    """

    unit: Unit
    desk: Desk
    telling: Telling
    person: Contributor
    _kept: list[dict[str, Any]] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)
    """Pieces on which there is a letter that tells."""

    def everything(self) -> None:
        """Seal messages, files, and words about pieces; what was taken out of open rows goes to the vault."""
        theirs = dict(self._their_messages())
        hidden = {row.id: row for row in self.unit.find(Contributor, protection=str(Protection.PROTECTED))}
        letters = frozenset(theirs.values()) - {""}
        for page in _pages(self.unit, Message):
            files: dict[str, list[Asset]] = {}
            for file in self.unit.find(Asset, message=[message.id for message in page]):
                files.setdefault(file.message, []).append(file)
            for message in page:
                answers = bool(letters & {message.in_reply_to, *message.references})
                sender = self.person if message.id in theirs else hidden.get(message.contributor)
                mine = files.get(message.id, [])
                if _letter(self.unit, self.desk.keys, self.telling, message, mine, sender, answers):
                    self._told.add(message.piece)
        pieces = self._their_pieces()
        self._loose_files(pieces)
        for arrival in _each(self.unit, Arrival):
            if arrival.path and self.telling.tells(arrival.path):
                self.unit.save(replace(arrival, path=""))
        for kind, names in _SAID.items():
            for row in _each(self.unit, kind):
                self._said(row, names, hints=row.piece in pieces)
        for use in _each(self.unit, PhotoUse):
            self._credit(use, hints=use.piece in pieces)
        changed = {
            row.piece
            for row in _each(self.unit, Revision)
            if self._revision(row, of_theirs=row.piece in pieces)
        }
        for piece in _each(self.unit, Piece):
            if piece.id in pieces | changed or self.telling.tells(piece.title):
                retitle(self.unit, piece)
        self.keep({"words": self._kept} if self._kept else {})

    def keep(self, record: dict[str, Any]) -> None:
        """Put something about the person into the vault."""
        if record:
            id = self.desk.ids.new()
            self.unit.add(
                VaultRecord(id, self.person.id, self.desk.keys.seal(json.dumps(record).encode(), id))
            )

    def _their_messages(self) -> Iterator[tuple[str, str]]:
        """Id and Message-ID of what they wrote, also of what was nobody's because it looked like a newsletter."""
        for message in _each(self.unit, Message, contributor=[self.person.id, ""]):
            if message.contributor or self.telling.owner(message.sender_address) == self.person.id:
                yield message.id, message.message_id

    def _their_pieces(self) -> set[str]:
        """Their pieces, those that joined one of them, and those that one of them joined."""
        pieces = self.unit.find(Piece, contributor=self.person.id)
        found = {piece.id for piece in pieces} | {piece.duplicate_of for piece in pieces} - {""}
        return found | {piece.id for piece in self.unit.find(Piece, duplicate_of=list(found))}

    def _loose_files(self, pieces: set[str]) -> None:
        """Seal files that came without a message: on their pieces all, elsewhere what tells of them."""
        loose = list(_each(self.unit, Asset, message=""))
        told = telling_assets(loose, self.telling)
        close_loose(
            self.unit, self.desk.keys, [row for row in loose if row.id in told or row.piece in pieces]
        )

    def _said(self, row: Any, names: Iterable[str], *, hints: bool) -> None:
        """Take what tells of them out of the words about a piece; an act that would bring it back stays done."""
        tells = partial(self.telling.tells, hints=hints)
        changed = {
            name: {} if name == "before" else _without(value, self.telling)
            for name in names
            if (value := getattr(row, name)) and any(map(tells, _texts(value)))
        }
        for name in changed:
            self._keep(row, name, getattr(row, name))
        if changed:
            self._write(replace(row, **changed))

    def _credit(self, use: PhotoUse, *, hints: bool) -> None:
        """Leave a photograph without the credit that tells; the gate for its words asks for another one."""
        told = [name for name in _CREDIT if self.telling.tells(getattr(use, name), hints=hints)]
        for name in told:
            self._keep(use, name, getattr(use, name))
        if told:
            bare: dict[str, Any] = dict.fromkeys(told, "")
            self.unit.save(replace(use, **bare))

    def _revision(self, row: Revision, *, of_theirs: bool) -> bool:
        """Leave of a state of an article what may lie open; says whether that is less than before."""
        if not (of_theirs or row.piece in self._told or '"by":' in row.article):
            return False
        fresh = _opened_up(row, self.telling, theirs=of_theirs)
        if fresh != row:
            self._keep(row, "article", row.article)
            self.unit.rewrite(fresh)
        return fresh != row

    def _keep(self, row: Any, name: str, said: Any) -> None:
        kind = type(row).__name__.lower()
        self._kept.append({"of": kind, "id": row.id, "field": name, "said": said})

    def _write(self, row: Any) -> None:
        if hasattr(row, "version"):
            self.unit.save(row)
        else:
            self.unit.rewrite(row)


def look_again(
    unit: Unit, keys: Keys, telling: Telling, messages: Sequence[str], files: Sequence[str]
) -> None:
    """Look at letters and loose files that came while the vault was locked and only addresses were known."""
    for message in unit.find(Message, id=messages):
        sender = unit.one(Contributor, id=message.contributor) if message.contributor else None
        if sender is not None and sender.protection is not Protection.PROTECTED:
            sender = _nameless(unit, sender, telling)
        _letter(unit, keys, telling, message, unit.find(Asset, message=message.id), sender)
        for row in unit.find(Revision, piece=message.piece):
            fresh = _opened_up(row, telling, theirs=sender is not None)
            if fresh != row:
                unit.rewrite(fresh)
        for piece in unit.find(Piece, id=message.piece):
            retitle(unit, piece)
    loose = unit.find(Asset, id=files)
    told = telling_assets(loose, telling)
    close_loose(unit, keys, [row for row in loose if row.id in told])
    for piece in unit.find(Piece, id=[row.piece for row in loose if row.id in told]):
        retitle(unit, piece)


def _opened_up(row: Revision, telling: Telling, *, theirs: bool) -> Revision:
    """A state of an article as far as it may lie open; the state itself when that is all of it."""
    article = article_of(row)
    bare = open_article(article, telling, theirs=theirs)
    if bare == article:
        return row
    return revision_of(
        row.id, row.piece, row.number, bare, at=row.at, by=row.by, note=row.note, change=row.change
    )


def _nameless(unit: Unit, sender: Contributor, telling: Telling) -> Contributor | None:
    """``sender`` without name and protected, when it may be a protected person at another address."""
    telling = telling.among_namesakes(sender.byline)
    addresses = unit.find(Address, contributor=sender.id)
    if not any(map(telling.names, (sender.byline, *(f"{row.name} <{row.value}>" for row in addresses)))):
        return None
    unit.save_all([replace(row, value="", name="") for row in addresses])
    hidden: Contributor = unit.save(replace(sender, byline="", protection=Protection.PROTECTED))
    unit.changed("contributor", sender.id)
    return hidden


def _letter(
    unit: Unit,
    keys: Keys,
    telling: Telling,
    message: Message,
    files: Sequence[Asset],
    sender: Contributor | None,
    answers: bool = False,
) -> bool:
    """Seal a message that a protected ``sender`` wrote, that ``answers`` one of them, or that tells of one.

    Says whether it is sealed.
    """
    telling = telling if sender else telling.among_namesakes(message.sender_name)
    told = {file.id for file in files} if sender else telling_assets(files, telling)
    _seal(unit, keys, [file for file in files if file.id in told])
    whole = opened(message, keys) if message.sealed and keys.checking else message
    if not (sender or told or answers or message.sealed or message_tells(message, telling)):
        return False
    sealed = sealed_message(whole, keys, telling, sender)
    unit.save(replace(sealed, contributor=sender.id) if sender else sealed)
    unit.reseal_blob(message.raw)
    unit.index("message", sealed.id, sealed.piece, sealed.subject, sealed.text)
    arrivals = unit.find(Arrival, id=message.arrival)
    unit.save_all([replace(arrival, path="") for arrival in arrivals])
    unit.changed("message", message.id)
    return True


def retitle(unit: Unit, piece: Piece) -> Piece:
    """The piece called by its headline, else by what of its messages and files lies open, its words counted anew."""
    current = revision(unit, piece)
    article = article_of(current)
    title = article.headline or named(unit, piece)
    unit.index("article", piece.id, piece.id, title, plain_text(article))
    unit.changed("piece", piece.id)
    told = replace(piece, title=title, words=current.words)
    saved: Piece = unit.save(told) if told != piece else piece
    return saved


def close_loose(unit: Unit, keys: Keys, files: Sequence[Asset]) -> None:
    """Seal files that came without a message, with the bytes that arrived and the path that they came by."""
    _seal(unit, keys, files)
    for arrival in unit.find(Arrival, sha256=list({row.sha256 for row in files}), message=""):
        unit.save(replace(arrival, path=""))
        unit.reseal_blob(arrival.blob)


def _seal(unit: Unit, keys: Keys, files: Iterable[Asset]) -> None:
    for asset in files:
        if not asset.sealed:
            unit.save(sealed_asset(asset, keys))
            unit.reseal_blob(asset.blob)


def _pages(unit: Unit, kind: type[_Row], **equal: Any) -> Iterator[list[_Row]]:
    """Every row whose fields equal these, some at a time; the rows may be changed meanwhile."""
    last = ""
    while rows := unit.find(kind, limit=_PAGE, after=last, **equal):
        yield rows
        last = rows[-1].id  # type: ignore[attr-defined]


def _each(unit: Unit, kind: type[_Row], **equal: Any) -> Iterator[_Row]:
    """The same one by one."""
    return chain.from_iterable(_pages(unit, kind, **equal))


def _without(value: Any, telling: Telling) -> Any:
    """A field with every text in it as far as that may lie open."""
    if isinstance(value, str):
        return telling.kept(value)
    if isinstance(value, dict):
        return {name: _without(inner, telling) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_without(inner, telling) for inner in value)
    return value


def _texts(value: Any) -> Iterator[str]:
    """Every text in a field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
