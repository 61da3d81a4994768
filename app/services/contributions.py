"""Deciding what arrived is: whom a message is for, which piece it belongs to, what may be done with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.domain.article import Article, Block, Figure
from app.domain.claims import unpublished_claim
from app.domain.classes import Proposal, propose
from app.domain.kinds import guess
from app.domain.language import tell
from app.domain.magazine import Magazine, default_section, terms_at
from app.domain.messages import FOR_NOBODY, Arrival, ArrivalState, Asset, Message, MessageClass
from app.domain.people import Contributor, Protection
from app.domain.phrases import Phrases
from app.domain.pieces import Kind, PhotoUse, Piece
from app.domain.plain_text import plain_text, words
from app.domain.reservations import Found, ends, find
from app.services.acts import local_day
from app.services.dossiers import NAMELESS, pointed_to
from app.services.filing import Filing, Pending
from app.services.implied import implied_grants
from app.services.receipts import Receipt, attachment_json, is_attachment
from app.services.sealing import file_tells, open_article
from app.services.senders import Senders, author
from app.services.taking_in import ReadFile, ReadMessage, words_of

SETTLED = ("path", "state", "status", "reason", "message", "piece")
"""The fields of an arrival that are told when it is settled."""
_COVER_WORDS = 150
"""An attached document of so many words is the text, however long the letter around it is."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One arrival settled: its receipt, and its row to be saved as done."""

    receipt: Receipt
    arrival: Arrival


class Contributions:
    """Works through one batch, inside its transaction.

    What the batch needs to know (senders, threads) is looked up once before; what it makes itself is
    added as it goes, so that a reply in the same batch finds its message.
    """

    def __init__(self, filing: Filing, magazine: Magazine, phrases: Phrases) -> None:
        self._filing = filing
        self._unit = filing.unit
        self._magazine = magazine
        self._phrases = phrases
        self._day = local_day(filing.now, magazine)
        self._terms = terms_at(magazine, self._day)
        self._senders = Senders(filing)
        self._threads: dict[str, str] = {}
        self._closed: set[str] = set()
        """Message-IDs of protected people: who answers one, names the machine that it came from."""
        self._known: dict[str, Piece] = {}
        self._token = re.compile(rf"\b{re.escape(magazine.prefix)}-\d{{4}}-\d{{4,}}\b", re.IGNORECASE)

    def look_up(self, messages: Iterable[ReadMessage]) -> None:
        """Find the senders and the threads of these messages."""
        letters = list(messages)
        self._senders.look_up(letters)
        ids = {id for message in letters for id in _referred(message)}
        marked = {self._filing.keys.lookup(id): id for id in ids}
        answered = self._unit.find(Message, message_id=[*ids, *marked])
        earlier = [row for row in answered if row.piece]
        self._threads = {marked.get(row.message_id, row.message_id): row.piece for row in earlier}
        self._closed = {marked[row.message_id] for row in answered if row.message_id in marked}
        self._known = {row.id: row for row in self._unit.find(Piece, id=list({row.piece for row in earlier}))}

    def message(self, arrival: Arrival, read: ReadMessage) -> Taken:
        """File one message: on its piece, as a new piece, or by itself."""
        piece = self._thread(read)
        heard = self._heard(read)
        proposal = self._proposal(read, heard, piece)
        contribution = proposal.klass is MessageClass.CONTRIBUTION
        sender = self._senders.of(read, create=proposal.klass not in FOR_NOBODY)
        told = not self._closed.isdisjoint(_referred(read)) or any(
            file_tells(file, self._filing.telling) for file in read.files
        )
        on = self._filing.ids.new() if contribution else piece.id if piece else ""
        message = self._filing.message(arrival, read, proposal, sender, on, told=told)
        if contribution:
            piece = self._new_piece(on, message, read, heard, sender)
        protected = sender is not None and sender.protection is Protection.PROTECTED
        assets = self._filing.assets(read.files, message=message.id, piece=message.piece, protected=protected)
        if message.sealed:
            self._unit.reseal_blob(arrival.blob)
        if piece is not None:
            if contribution:
                self._fill(piece, message, read, heard, assets, sender)
            else:
                if self._filing.photographs(piece, assets):
                    self._known.pop(piece.id, None)
                reserved = self._reservations(read, heard, bool(message.sealed))
                self._filing.reservations(piece.id, message, reserved)
            self._unit.changed("piece", piece.id)
        if piece is not None and (id := read.headers.get("message_id")):
            self._threads[id] = piece.id
        if protected and (id := read.headers.get("message_id")):
            self._closed.add(id)
        if piece is None or not (contribution and self._says_all(piece, message, read)):
            self._unit.index("message", message.id, message.piece, message.subject, message.text)
        return _taken(arrival, assets, message=message, piece=piece)

    def _says_all(self, piece: Piece, message: Message, read: ReadMessage) -> bool:
        """Whether the article has every word of the message, which is then found by it until it is edited."""
        whole = not (message.sealed or read.folds) and bool(read.article.blocks)
        return whole and _article(read) is read.article and self._piece(piece.id).title == message.subject

    def adopt(self, message: Message, read: ReadMessage) -> Piece:
        """Make a piece of a message that the desk has already and that is on none."""
        known = self._unit.one(Contributor, id=message.contributor) if message.contributor else None
        sender = known or self._senders.of(read, create=True)
        heard = self._heard(read)
        piece = self._new_piece(self._filing.ids.new(), message, read, heard, sender)
        if message.klass is MessageClass.PITCH:
            piece = self._filing.put(replace(piece, kind=Kind.PITCH))
        files = {file.sha256: file for file in _all(read.files)}
        assets = []
        for asset in self._unit.find(Asset, message=message.id, order="position"):
            saved: Asset = self._unit.save(replace(asset, piece=piece.id))
            assets.append((saved, files[saved.sha256]))
        theirs = sender.id if sender else ""
        self._unit.save(replace(message, piece=piece.id, klass=MessageClass.CONTRIBUTION, contributor=theirs))
        self._fill(piece, message, read, heard, assets, sender)
        self._unit.index("message", message.id, piece.id, message.subject, message.text)
        return self._piece(piece.id)

    def file(self, arrival: Arrival, read: ReadFile) -> Taken:
        """File a loose document or photograph: a contribution of its own."""
        closed = file_tells(read, self._filing.telling)
        article = read.article or Article()
        if closed:
            article = self._open(article, None)
        photo_only = read.picture is not None
        pending = Pending(
            id=self._filing.ids.new(),
            kind=guess(read.name, read.text, photographs=int(photo_only), phrases=self._phrases),
            title=article.headline or (NAMELESS if closed else read.name),
            words=words(article),
            language=article.language or tell(read.text),
            at=self._filing.at,
            sent_at="",
            terms="",
        )
        piece = self._begin(pending, None)
        assets = self._filing.assets([read], message="", piece=piece.id, protected=closed)
        if closed:
            self._unit.reseal_blob(arrival.blob)
        uses = self._filing.photographs(piece, assets)
        self._revision(piece, article, assets, uses)
        # An article asks for nothing that its contributor did not write: no message, no implied grant.
        status = "unreadable" if _failed(read) else "received"
        return _taken(
            arrival, assets, piece=piece, status=status, reason=read.reason if _failed(read) else ""
        )

    def _heard(self, read: ReadMessage) -> Phrases:
        """The phrases that what is looked at of a message can have, told once for all that looks for some."""
        subject = read.headers.get("subject") or ""
        return self._phrases.near(ends(f"{subject}\n\n{read.new_text or read.text}"))

    def _proposal(self, read: ReadMessage, heard: Phrases, piece: Piece | None) -> Proposal:
        files = [(file.name, file.media_type) for file in read.files]
        found = propose(read.headers, read.new_text or read.text, files, heard, threaded=piece is not None)
        if piece is None and found.klass is MessageClass.BELONGS:
            return replace(found, klass=MessageClass.QUESTION)
        return found

    def _thread(self, read: ReadMessage) -> Piece | None:
        """The piece that a reply belongs to: by References, else by the number in the subject."""
        for id in reversed(_referred(read)):
            if id in self._threads:
                return pointed_to(self._unit, self._piece(self._threads[id]))
        named = self._token.search(read.headers.get("subject") or "")
        if named:
            waiting = self._filing.rows[Piece].values()
            token = named[0].upper()
            here = next((row for row in waiting if row.token == token), None)
            found = here or self._unit.one(Piece, token=token)
            return pointed_to(self._unit, found) if found else None
        return None

    def _piece(self, id: str) -> Piece:
        waiting: Piece | None = self._filing.rows[Piece].get(id)
        return waiting or self._known.get(id) or self._unit.get(Piece, id)

    def _new_piece(
        self, id: str, message: Message, read: ReadMessage, heard: Phrases, sender: Contributor | None
    ) -> Piece:
        article = _article(read)
        own = article is read.article
        text, phrases = (read.new_text, heard) if own else (plain_text(article), self._phrases)
        photographs = sum(file.picture is not None for file in read.files)
        pending = Pending(
            id=id,
            kind=guess(read.headers.get("subject") or "", text, photographs, phrases),
            title=article.headline or message.subject or _named(read, sender, message),
            words=words(self._open(article, sender) if message.sealed else article),
            language=article.language or (read.language if own else tell(text)),
            at=self._filing.at,
            sent_at=message.date,
            terms=self._terms.sha256 if self._terms else "",
            written_by=_staff(self._magazine, read),
            unpublished_claim=unpublished_claim(read.new_text, heard),
        )
        return self._begin(pending, sender)

    def _begin(self, pending: Pending, sender: Contributor | None) -> Piece:
        year = self._filing.now.year
        number = self._filing.number(f"token-{year}")
        section = default_section(self._magazine, pending.kind)
        token = f"{self._magazine.prefix}-{year}-{number:04d}"
        return self._filing.piece(token, section, pending, sender)

    def _fill(
        self,
        piece: Piece,
        message: Message,
        read: ReadMessage,
        heard: Phrases,
        assets: list[tuple[Asset, ReadFile]],
        sender: Contributor | None,
    ) -> None:
        uses = self._filing.photographs(piece, assets)
        article = self._open(_article(read), sender) if message.sealed else _article(read)
        self._revision(piece, article, assets, uses)
        reserved = self._filing.reservations(
            piece.id, message, self._reservations(read, heard, bool(message.sealed))
        )
        grants = implied_grants(piece, message, uses, reserved, self._terms, self._filing)
        for grant in grants:
            self._filing.put(grant)

    def _revision(
        self, piece: Piece, article: Article, assets: list[tuple[Asset, ReadFile]], uses: list[PhotoUse]
    ) -> None:
        by_asset = {use.asset: use.id for use in uses}
        keys = {file.key: by_asset[asset.id] for asset, file in assets if file.key and asset.id in by_asset}
        blocks = placed(article.blocks, keys)
        self._filing.first_revision(
            piece, article if blocks is article.blocks else replace(article, blocks=blocks)
        )

    def _reservations(self, read: ReadMessage, heard: Phrases, closed: bool) -> tuple[Found, ...]:
        subject = "" if closed else read.headers.get("subject") or ""
        return find(f"{subject}\n\n{read.new_text}", heard, self._day)

    def _open(self, article: Article, sender: Contributor | None) -> Article:
        """What of an article may lie open that somebody protected wrote, or that came in a sealed letter."""
        theirs = sender is not None and sender.protection is Protection.PROTECTED
        return open_article(article, self._filing.telling, theirs=theirs)


def placed(blocks: tuple[Block, ...], keys: dict[str, str]) -> tuple[Block, ...]:
    """``blocks`` with figures named by their photo use; a figure whose picture is none is left out."""
    if not any(isinstance(block, Figure) for block in blocks):
        return blocks
    return tuple(
        replace(block, photo=keys[block.photo]) if isinstance(block, Figure) else block
        for block in blocks
        if not isinstance(block, Figure) or block.photo in keys
    )


def _taken(
    arrival: Arrival,
    assets: list[tuple[Asset, ReadFile]],
    *,
    message: Message | None = None,
    piece: Piece | None = None,
    status: str = "received",
    reason: str = "",
) -> Taken:
    receipt = Receipt(
        path=arrival.path,
        part=arrival.part,
        status=status,
        klass=str(message.klass if message else MessageClass.CONTRIBUTION),
        token=piece.token if piece else "",
        message=message.id if message else "",
        message_id=message.message_id if message and not message.sealed else "",
        reason=reason,
        attachments=tuple(attachment_json(asset) for asset, _ in assets if is_attachment(asset)),
    )
    closed = message.sealed if message else any(asset.sealed for asset, _ in assets)
    done = replace(
        arrival,
        path="" if closed else arrival.path,
        state=ArrivalState.DONE,
        status=status,
        reason=reason,
        message=receipt.message,
        piece=piece.id if piece else "",
    )
    return Taken(receipt, done)


def _all(files: Iterable[ReadFile]) -> Iterator[ReadFile]:
    for file in files:
        yield file
        yield from _all(file.inside)


def _staff(magazine: Magazine, read: ReadMessage) -> str:
    address = author(read)["address"].casefold()
    return next((who.key for who in magazine.people if address and who.email.casefold() == address), "")


def _article(read: ReadMessage) -> Article:
    """The text of a contribution: the longest document that is one, else what the mail itself says."""
    documents = sorted((file for file in read.files if file.article is not None), key=words_of)
    longest = documents[-1] if documents else None
    if longest is not None and longest.article is not None:
        count = words_of(longest)
        if count >= _COVER_WORDS or count >= len(read.new_text.split()):
            return longest.article
    return read.article


def _named(read: ReadMessage, sender: Contributor | None, message: Message) -> str:
    if sender is not None and sender.protection is Protection.PROTECTED:
        return f"From contact {sender.code}"
    if message.sealed:
        return NAMELESS
    return next((file.name for file in read.files), "") or NAMELESS


def _failed(read: ReadFile) -> bool:
    """Whether its own reader failed, unlike a type that has none."""
    return not read.read and read.reason != "not yet read"


def _referred(read: ReadMessage) -> list[str]:
    """The Message-IDs that a message answers, the nearest last (RFC 5322 section 3.6.4)."""
    headers: dict[str, Any] = read.headers
    answered = headers.get("in_reply_to") or ""
    return [*(headers.get("references") or ()), *([answered] if answered else ())]
