"""Turning what was read into rows: the message, its files, and, for a contribution, a piece."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.domain.article import Article
from app.domain.article_json import canonical
from app.domain.classes import Proposal
from app.domain.messages import Arrival, Asset, Message, Reservation
from app.domain.people import Address, Contributor, Protection
from app.domain.pieces import History, Kind, PhotoUse, Piece, Revision, Stage
from app.domain.plain_text import plain_text, words
from app.domain.reservations import Found
from app.services.ids import Ids
from app.services.ports import Keys, Unit
from app.services.sealing import file_tells, message_tells, sealed_asset, sealed_message
from app.services.taking_in import Picture, ReadFile, ReadMessage
from app.services.telling import Telling

SMALLEST_PICTURE = 150
"""Pixels on the shorter side below which a picture is a logo or an icon, not a photograph to print."""
_OTHER_FACTS = ("from", "sender", "reply_to", "return_path")
"""What the head of a message says that its row has no field for, or not in full."""
_ORDER = (Contributor, Address, Piece, Message, Asset, Revision, PhotoUse, Reservation, History)


@dataclass(frozen=True, slots=True)
class Pending:
    """A contribution on its way to a piece: what the parts of intake told about it."""

    id: str
    kind: Kind
    title: str
    words: int
    language: str
    at: str
    sent_at: str
    terms: str
    written_by: str = ""
    unpublished_claim: str = "unknown"


@dataclass(slots=True)
class Filing:
    """Collects the rows of one batch, and writes them in one go.

    ``encode_thumbnail`` makes a small JPEG of RGB pixels; ``telling`` knows who must not lie open.
    """

    unit: Unit
    keys: Keys
    ids: Ids
    now: datetime
    encode_thumbnail: Callable[[bytes, int, int], bytes]
    telling: Telling
    rows: dict[type, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    at: str = ""
    """The instant of this batch, as rows hold it."""
    _counted: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def put(self, row: Any) -> Any:
        """Add ``row`` to the batch, or change it while it waits there."""
        self.rows[type(row)][row.id] = row
        return row

    def number(self, counter: str) -> int:
        """The next number of a counter.

        The transaction keeps every other writer out, so the counter itself is moved only twice: for
        the first number of the batch, and in the end for all the others.
        """
        first, used = self._counted.get(counter) or (self.unit.next_number(counter), 0)
        self._counted[counter] = (first, used + 1)
        return first + used

    def write(self) -> None:
        """Write everything, in the order in which rows refer to each other."""
        for counter, (_, used) in self._counted.items():
            if used > 1:
                self.unit.next_number(counter, used - 1)
        for kind in (*_ORDER, *(kind for kind in self.rows if kind not in _ORDER)):
            self.unit.add(*self.rows[kind].values())

    def message(
        self,
        arrival: Arrival,
        read: ReadMessage,
        proposal: Proposal,
        sender: Contributor | None,
        piece: str,
        *,
        told: bool = False,
    ) -> Message:
        """The row of a message.  What would tell who is protected goes into its sealed part.

        That is so of each letter of a protected ``sender``, of one that is already known to have ``told``,
        and of any other in which a protected person appears.
        """
        headers = read.headers
        author = (headers.get("from") or [{"name": "", "address": ""}])[0]
        message = Message(
            id=self.ids.new(),
            arrival=arrival.id,
            direction="in",
            channel="mail",
            klass=proposal.klass,
            received_at=self.at,
            piece=piece,
            event=proposal.event,
            why=proposal.why,
            message_id=headers.get("message_id") or "",
            in_reply_to=headers.get("in_reply_to") or "",
            references=tuple(headers.get("references") or ()),
            date=headers.get("date") or "",
            date_text=headers.get("date_text") or "",
            sender_name=author["name"],
            sender_address=author["address"],
            to=tuple(headers.get("to") or ()),
            cc=tuple(headers.get("cc") or ()),
            subject=headers.get("subject") or "",
            text=read.text,
            folds=read.folds,
            head=read.head,
            headers={name: headers[name] for name in _OTHER_FACTS if headers.get(name)},
            defects=read.defects,
            language=read.language,
            contributor=sender.id if sender else "",
            raw=arrival.blob,
        )
        hidden = sender if sender is not None and sender.protection is Protection.PROTECTED else None
        telling = self.telling if hidden else self.telling.among_namesakes(author["name"])
        if hidden is not None or told or message_tells(message, telling):
            message = sealed_message(message, self.keys, telling, hidden)
        return self.put(message)  # type: ignore[no-any-return]

    def assets(
        self,
        files: Iterable[ReadFile],
        *,
        message: str,
        piece: str,
        protected: bool,
        parent: str = "",
        role: str = "",
    ) -> list[tuple[Asset, ReadFile]]:
        """Rows for ``files`` and everything inside them; of a protected person, and what tells of one, sealed."""
        made: list[tuple[Asset, ReadFile]] = []
        for position, file in enumerate(files, 1):
            hidden = protected or file_tells(file, self.telling)
            asset = Asset(
                id=self.ids.new(),
                message=message,
                piece=piece,
                position=position,
                name=file.name,
                media_type=file.media_type,
                size=len(file.data),
                sha256=file.sha256,
                blob=self.unit.put_blob(file.data, to_vault=hidden),
                read=file.read,
                reason=file.reason,
                text=file.text,
                parent=parent,
                role=role or _role(file),
                width=file.picture.width if file.picture else 0,
                height=file.picture.height if file.picture else 0,
                metadata=file.picture.metadata if file.picture else file.metadata,
                report=file.report,
                thumbnail=self._thumbnail(file.picture) if file.picture else "",
            )
            if hidden:
                asset = sealed_asset(asset, self.keys)
            self.put(asset)
            made.append((asset, file))
            # Figures of a document are its embedded files; those of a nested message were attached.
            inner = "embedded" if file.article is not None else ""
            made += self.assets(
                file.inside, message=message, piece=piece, protected=protected, parent=asset.id, role=inner
            )
        return made

    def piece(self, token: str, section: str, pending: Pending, sender: Contributor | None) -> Piece:
        """A new piece in the inbox with its revision 0 and the first line of its history."""
        piece = Piece(
            id=pending.id,
            token=token,
            kind=pending.kind,
            stage=Stage.INBOX,
            title=pending.title,
            received_at=pending.at,
            sent_at=pending.sent_at,
            contributor=sender.id if sender else "",
            language=pending.language,
            section=section,
            words=pending.words,
            terms=pending.terms,
            written_by=pending.written_by,
            unpublished_claim=pending.unpublished_claim,
        )
        self.put(piece)
        self.put(
            History(
                id=self.ids.new(), piece=piece.id, at=self.at, by="", act="received", to_stage=Stage.INBOX
            )
        )
        self.unit.audit("received", piece.id)
        self.unit.changed("piece", piece.id)
        return piece

    def first_revision(self, piece: Piece, article: Article) -> None:
        """Revision 0, "as received"."""
        id, counted = self.ids.new(), piece.words
        self.put(
            revision_of(id, piece.id, 0, article, at=self.at, by="", note="as received", counted=counted)
        )
        self.unit.index("article", piece.id, piece.id, piece.title, plain_text(article))

    def photographs(self, piece: Piece, assets: Iterable[tuple[Asset, ReadFile]]) -> list[PhotoUse]:
        """A photo use for each picture that is large enough to print; the first leads."""
        uses: list[PhotoUse] = []
        for asset, file in assets:
            if file.picture is None or min(asset.width, asset.height) < SMALLEST_PICTURE:
                continue
            number = piece.photos + len(uses) + 1
            uses.append(
                PhotoUse(
                    id=self.ids.new(),
                    piece=piece.id,
                    number=number,
                    asset=asset.id,
                    position=number,
                    lead=number == 1,
                )
            )
        for use in uses:
            self.put(use)
        if uses:
            counted = replace(piece, photos=piece.photos + len(uses))
            if piece.id in self.rows[Piece]:
                self.put(counted)
            else:
                self.unit.save(counted)
        return uses

    def reservations(self, piece: str, message: Message, found: Iterable[Found]) -> list[Reservation]:
        """What the sender asked not to be done, each with its sentence, as far as it may lie open."""
        said = self.telling.kept if message.sealed else str
        rows = [
            Reservation(
                id=self.ids.new(),
                piece=piece,
                message=message.id,
                kind=each.kind,
                sentence=said(each.sentence),
                subject=each.subject,
                until=each.until,
            )
            for each in found
        ]
        for row in rows:
            self.put(row)
        return rows

    def _thumbnail(self, picture: Picture) -> str:
        width, height = picture.thumbnail_size
        return self.unit.put_blob(self.encode_thumbnail(picture.thumbnail, width, height))


def revision_of(
    id: str,
    piece: str,
    number: int,
    article: Article,
    *,
    at: str,
    by: str,
    note: str,
    change: str = "update",
    counted: int | None = None,
) -> Revision:
    """One state of an article as a row; ``counted`` are its words, where they are known."""
    text = canonical(article)
    return Revision(
        id=id,
        piece=piece,
        number=number,
        at=at,
        by=by,
        note=note,
        words=words(article) if counted is None else counted,
        hash=hashlib.sha256(text).hexdigest(),
        article=text.decode(),
        change=change,
    )


def _role(file: ReadFile) -> str:
    if file.picture is not None:
        return "photograph"
    return "manuscript" if file.article is not None else "file"
