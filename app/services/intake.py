"""Receiving: mail is the front door, and nothing that comes through it is lost.

The bytes are committed before anything reads them.  Then the sandbox reads, no transaction open, and
a second transaction writes what was understood.  Bytes that a crash left between the two are taken up
again by the next ``receive``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from app.domain.errors import RuleBroken
from app.domain.magazine import Magazine
from app.domain.messages import Arrival, ArrivalState, Asset, Message, MessageClass
from app.domain.phrases import Phrases
from app.domain.pieces import Piece
from app.domain.roles import Power
from app.services.acts import Desk
from app.services.closing import look_again
from app.services.contributions import SETTLED, Contributions
from app.services.dossiers import message_named
from app.services.filing import Filing
from app.services.ids import Ids
from app.services.jobs import Cancel, Progress, no_progress
from app.services.ports import Clock, Keys, Store, Unit
from app.services.receipts import Receipt, known
from app.services.sources import Item, MailForms, items
from app.services.stored import Setting
from app.services.taking_in import ReadFile, ReadMessage, TakingIn
from app.services.telling import Terms, telling
from app.services.triage import chosen

BATCH = 1000
"""Messages that are stored, read and written together: each commit writes many pages of the indexes anew."""
BATCH_BYTES = 32 * 1024 * 1024
_UNCHECKED = "unchecked"
"""The setting that lists what came while the vault was locked."""


@dataclass(frozen=True, slots=True)
class IntakeParts:
    """What intake is made of."""

    store: Store
    keys: Keys
    ids: Ids
    clock: Clock
    reading: TakingIn
    forms: MailForms
    magazine: Magazine
    phrases: Phrases
    encode_thumbnail: Callable[[bytes, int, int], bytes]


class Intake:
    """Takes in mails, mailboxes, folders and loose files."""

    def __init__(self, parts: IntakeParts) -> None:
        self._parts = parts
        self._desk = Desk(parts.store, parts.ids, parts.clock, parts.magazine, parts.keys)
        self._terms = Terms(parts.keys)

    def receive(
        self, paths: Iterable[str], *, cancel: Cancel | None = None, progress: Progress = no_progress
    ) -> Iterator[Receipt]:
        """Take in everything below ``paths``; a receipt for each message and file, after its commit.

        Raises:
            Usage: ``path.missing``, before anything is taken in.
            Cancelled: between two batches; what was acknowledged stays.
        """
        self.take_up_again()
        done = 0
        for batch in _batches(items(paths, self._parts.forms)):
            if cancel is not None:
                cancel.check()
            receipts = self._receive(batch)
            done += len(receipts)
            progress(done, 0)
            yield from receipts

    def classify(self, message: str, klass: str, by: str) -> Message:
        """Correct the class of a message; nothing is deleted by it.

        What was withdrawn or reported by mistake is so no more, and a message that is now a contribution
        becomes a piece, for only then has it its number.

        Raises:
            Usage: ``choice.unknown``, ``message.unknown``.
            RuleBroken: ``role.missing``.
            Unavailable: as ``accept``.
        """
        right = chosen(MessageClass, klass, "class")
        parts = self._parts
        self._desk.allow(by, Power.WORK)
        with parts.store.read() as unit:
            row = message_named(unit, message)
        if right is MessageClass.CONTRIBUTION and not row.piece:
            self.accept(row.id, by)
        with parts.store.write() as unit:
            saved: Message = unit.save(
                replace(unit.get(Message, row.id), klass=right, event="", corrected_by=by)
            )
            unit.audit("class", row.id, by, klass=str(right))
            unit.changed("message", row.id)
            return saved

    def accept(self, message: str, by: str) -> Piece:
        """Make a piece of a message that is on none: a pitch that is taken on, a class that was wrong.

        Raises:
            Usage: ``message.unknown``.
            RuleBroken: ``message.on-a-piece``, ``role.missing``.
            Unavailable: ``vault.locked`` for a protected person's message.
        """
        parts = self._parts
        self._desk.allow(by, Power.WORK)
        with parts.store.read() as unit:
            row = message_named(unit, message)
            raw = unit.blob(row.raw)
        if row.piece:
            raise RuleBroken("message.on-a-piece", message=message)
        read = parts.reading.messages([raw])[0]
        with parts.store.write() as unit:
            filing = self._filing(unit)
            work = Contributions(filing, parts.magazine, parts.phrases)
            work.look_up([read])
            piece = work.adopt(unit.get(Message, row.id), read)
            filing.write()
            unit.audit("adopt", piece.id, by, message=row.id)
            return piece

    def file(self, message: str, by: str, *, off: bool = False) -> Message:
        """Put away a message that is on no piece; ``off`` brings it back.  Nothing is deleted by it.

        Raises:
            Usage: ``message.unknown``.
            RuleBroken: ``message.on-a-piece``, ``role.missing``.
        """
        self._desk.allow(by, Power.WORK)
        with self._parts.store.write() as unit:
            row = message_named(unit, message)
            if row.piece:
                raise RuleBroken("message.on-a-piece", message=message)
            saved: Message = unit.save(replace(row, filed=not off))
            unit.audit("unfile" if off else "file", row.id, by)
            unit.changed("message", row.id)
            return saved

    def take_up_again(self) -> int:
        """Read what was stored and not read before the program ended; gives how many there were."""
        self._look_again()
        with self._parts.store.read() as unit:
            waiting = unit.find(Arrival, state=ArrivalState.STORED)
            found = [(arrival, unit.blob(arrival.blob)) for arrival in waiting]
        for start in range(0, len(found), BATCH):
            self._understand(found[start : start + BATCH])
        return len(found)

    def _look_again(self) -> None:
        """Look for protected terms in what came while the vault was locked, once it is open."""
        if not self._parts.keys.checking:
            return
        with self._parts.store.read() as unit:
            if unit.one(Setting, id=_UNCHECKED) is None:
                return
        with self._parts.store.write() as unit:
            kept = unit.one(Setting, id=_UNCHECKED)
            if kept is not None:
                known = telling(unit, self._parts.keys, self._terms)
                look_again(unit, self._parts.keys, known, kept.value["messages"], kept.value["files"])
                unit.remove(Setting, _UNCHECKED)

    def _remember(self, unit: Unit, filing: Filing) -> None:
        """Note what could be looked at for protected addresses only."""
        if filing.telling.checking or filing.telling.idle:
            return
        kept = unit.one(Setting, id=_UNCHECKED)
        before = kept.value if kept else {"messages": [], "files": []}
        loose = [row.id for row in filing.rows[Asset].values() if not row.message]
        value = {
            "messages": [*before["messages"], *filing.rows[Message]],
            "files": [*before["files"], *loose],
        }
        if kept:
            unit.save(replace(kept, value=value))
        else:
            unit.add(Setting(_UNCHECKED, value))

    def _receive(self, batch: list[Item]) -> list[Receipt]:
        hashes = [hashlib.sha256(item.data).hexdigest() for item in batch]
        fresh: dict[str, tuple[Arrival, bytes]] = {}
        with self._parts.store.write() as unit:
            before = {arrival.sha256 for arrival in unit.find(Arrival, sha256=hashes)}
            for item, sha256 in zip(batch, hashes, strict=True):
                if not item.problem and sha256 not in before and sha256 not in fresh:
                    fresh[sha256] = (self._arrival(unit, item, sha256), item.data)
            unit.add(*(arrival for arrival, _ in fresh.values()))
        made = self._understand(list(fresh.values()))
        receipts = []
        for item, sha256 in zip(batch, hashes, strict=True):
            if item.problem:
                receipts.append(Receipt(item.path, item.part, "unreadable", reason=item.problem))
            elif sha256 in made:
                receipts.append(made.pop(sha256).named(item.path, item.part))
            else:
                with self._parts.store.read() as unit:
                    arrival = unit.find(Arrival, sha256=sha256)[0]
                    receipts.append(known(unit, arrival, item.path, item.part))
        return receipts

    def _arrival(self, unit: Unit, item: Item, sha256: str) -> Arrival:
        return Arrival(
            id=self._parts.ids.new(),
            sha256=sha256,
            blob=unit.put_blob(item.data),
            size=len(item.data),
            kind="message" if item.message else "file",
            path=item.path.encode("utf-8", "backslashreplace").decode("utf-8"),
            part=item.part,
            at=self._parts.clock().strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    def _filing(self, unit: Unit) -> Filing:
        parts = self._parts
        known = telling(unit, parts.keys, self._terms)
        return Filing(unit, parts.keys, parts.ids, parts.clock(), parts.encode_thumbnail, known)

    def _understand(self, arrived: list[tuple[Arrival, bytes]]) -> dict[str, Receipt]:
        """Read what is stored and write it down; receipts by the hash of the bytes."""
        reading = self._parts.reading
        messages = [(arrival, data) for arrival, data in arrived if arrival.kind == "message"]
        read: dict[str, ReadMessage | ReadFile] = {}
        if messages:
            results = reading.messages([data for _, data in messages])
            read |= {arrival.id: result for (arrival, _), result in zip(messages, results, strict=True)}
        for arrival, data in arrived:
            if arrival.kind == "file":
                read[arrival.id] = reading.file(arrival.path.rpartition("/")[2], data)
        if not arrived:
            return {}
        with self._parts.store.write() as unit:
            filing = self._filing(unit)
            work = Contributions(filing, self._parts.magazine, self._parts.phrases)
            work.look_up([value for value in read.values() if isinstance(value, ReadMessage)])
            receipts = {}
            for arrival, _ in arrived:
                found = read[arrival.id]
                taken = (
                    work.message(arrival, found)
                    if isinstance(found, ReadMessage)
                    else work.file(arrival, found)
                )
                receipts[arrival.sha256] = taken.receipt
                filing.put(taken.arrival)
            settled = filing.rows.pop(Arrival)
            self._remember(unit, filing)
            filing.write()
            unit.save_all(list(settled.values()), SETTLED)
        return receipts


def _batches(found: Iterator[Item]) -> Iterator[list[Item]]:
    """Up to ``BATCH`` items and ``BATCH_BYTES`` at a time; loose files stay with their neighbours."""
    batch: list[Item] = []
    size = 0
    for item in found:
        if batch and (len(batch) == BATCH or size + len(item.data) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += len(item.data)
    if batch:
        yield batch
