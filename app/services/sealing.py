"""Messages and files of which only the vault knows the whole: what goes to their sealed part, what stays open."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from app.domain.article import Article
from app.domain.authors import unsigned
from app.domain.leaks_folding import BARRIER
from app.domain.messages import Asset, Message
from app.domain.people import Contributor
from app.domain.withholding import WITHHELD, without_contacts, without_signature
from app.services.ports import Keys
from app.services.taking_in import ReadFile
from app.services.telling import Telling

_MARK = re.compile("[0-9a-f]{64}")
"""What stands for a Message-ID: no Message-ID looks so, for it has an ``@``."""


def message_tells(message: Message, telling: Telling) -> bool:
    """Whether a message of somebody else tells of a protected person: as its reader, its subject, in its words."""
    if telling.idle:
        return False
    others = (box for name in ("from", "sender", "reply_to") for box in message.headers.get(name) or ())
    boxes = [*others, *message.to, *message.cc]
    if any(telling.owner(str(box.get("address") or "")) for box in boxes):
        return True
    said = (message.sender_name, message.sender_address, message.subject, message.head, message.text)
    return telling.tells(BARRIER.join(said))


def sealed_message(message: Message, keys: Keys, telling: Telling, sender: Contributor | None) -> Message:
    """``message`` with names, addresses, headers, signature and quotes in its sealed part only.

    ``sender`` is the protected person who wrote it, or None for a letter of somebody else in which one
    appears.  Of the Message-ID of the former only a mark stays, by which an answer finds its piece.
    """
    sealed = message.sealed or keys.seal(json.dumps(_whole(message)).encode(), message.id)
    text, folds = (telling.kept(message.new_text), ()) if sender else _open_words(message, telling)
    open_part = replace(
        message,
        sealed=sealed,
        in_reply_to="",
        references=(),
        subject=_subject(message.subject, telling),
        text=text,
        folds=folds,
        head="",
        headers={},
        date_text="",
    )
    if sender is None:
        return replace(
            open_part,
            sender_name=telling.kept(message.sender_name),
            sender_address=""
            if telling.tells(message.sender_address, hints=True)
            else message.sender_address,
            to=_others(message.to, telling),
            cc=_others(message.cc, telling),
        )
    known = message.message_id
    return replace(
        open_part,
        sender_name=f"contact {sender.code}",
        sender_address="",
        to=(),
        cc=(),
        message_id=known if not known or _MARK.fullmatch(known) else keys.lookup(known),
    )


def opened(message: Message, keys: Keys) -> Message:
    """A sealed message as it was before, while the vault is in the checking state; the sealed part stays with it.

    Raises:
        Unavailable: ``vault.locked``.
        Damaged: ``seal.damaged``.
    """
    whole = json.loads(keys.unseal(message.sealed, message.id))
    lists = {name: tuple(value) for name, value in whole.items() if isinstance(value, list)}
    return replace(message, **(whole | lists))


def _whole(message: Message) -> dict[str, Any]:
    return {
        "sender_name": message.sender_name,
        "sender_address": message.sender_address,
        "to": list(message.to),
        "cc": list(message.cc),
        "subject": message.subject,
        "text": message.text,
        "head": message.head,
        "headers": message.headers,
        "folds": list(message.folds),
        "message_id": message.message_id,
        "in_reply_to": message.in_reply_to,
        "references": list(message.references),
        "date_text": message.date_text,
    }


def _open_words(message: Message, telling: Telling) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """What of the text may lie open, and where in it the folds are then."""
    text = telling.kept(message.text)
    if text in (message.text, WITHHELD):
        return text, message.folds if text == message.text else ()
    parts: list[str] = []
    folds: list[tuple[str, int, int]] = []
    at = 0
    for kind, start, end in message.folds:
        before, folded = telling.kept(message.text[at:start]), telling.kept(message.text[start:end])
        starts = len("".join(parts)) + len(before)
        folds.append((kind, starts, starts + len(folded)))
        parts += [before, folded]
        at = end
    parts.append(telling.kept(message.text[at:]))
    # A term may stand across the edge of a fold.
    return (text, ()) if telling.tells("".join(parts), hints=True) else ("".join(parts), tuple(folds))


def _subject(subject: str, telling: Telling) -> str:
    return subject if telling.checking and not telling.tells(subject, hints=True) else ""


def _others(boxes: Iterable[dict[str, str]], telling: Telling) -> tuple[dict[str, str], ...]:
    return tuple(
        {"name": WITHHELD, "address": ""}
        if telling.tells(f"{box['name']} <{box['address']}>", hints=True)
        else box
        for box in boxes
    )


def open_article(article: Article, telling: Telling, *, theirs: bool) -> Article:
    """What of an article lies open: its text, but not who changed it, how to reach somebody, and who signs it.

    ``theirs`` says that a protected person sent it.  Heads that could not be looked at are left out.
    """
    bare = without_contacts(unsigned(article), telling.reaches)
    if not theirs:
        return bare
    bare = bare if telling.checking else replace(bare, byline="", bio="")
    return without_signature(bare, partial(telling.tells, hints=True))


def file_tells(file: ReadFile, telling: Telling) -> bool:
    """Whether a file of somebody else, or one inside it, tells of a protected person."""
    if telling.idle:
        return False
    metadata = file.picture.metadata if file.picture else file.metadata
    told = _tells(telling, file.name, metadata, file.report, file.text)
    return told or any(file_tells(inner, telling) for inner in file.inside)


def telling_assets(assets: Sequence[Asset], telling: Telling) -> set[str]:
    """The ids of those files of one message that tell of a protected person, and of the files that hold them."""
    by_id = {asset.id: asset for asset in assets}
    told: set[str] = set()
    for asset in assets:
        if not asset.sealed and _tells(telling, asset.name, asset.metadata, asset.report, asset.text):
            holder: Asset | None = asset
            while holder is not None and holder.id not in told:
                told.add(holder.id)
                holder = by_id.get(holder.parent)
    return told


def _tells(telling: Telling, name: str, metadata: dict[str, Any], report: Iterable[str], text: str) -> bool:
    """By what it is called, by what stands beside its content, by its words."""
    beside = json.dumps(metadata, ensure_ascii=False) if metadata else ""
    return telling.tells(BARRIER.join((name, beside, *report, text)))


def sealed_asset(asset: Asset, keys: Keys) -> Asset:
    """``asset`` with its name, words and metadata in its sealed part only, under a neutral name.

    The words of a manuscript are open in the article that came of it.
    """
    if asset.sealed:
        return asset
    hidden = {
        "name": asset.name,
        "metadata": asset.metadata,
        "report": list(asset.report),
        "text": asset.text,
    }
    _, dot, suffix = asset.name.rpartition(".")
    tail = f".{suffix.lower()}" if dot and suffix.isascii() and suffix.isalnum() and len(suffix) <= 5 else ""
    return replace(
        asset,
        sealed=keys.seal(json.dumps(hidden).encode(), asset.id),
        name=f"{asset.role}-{asset.position}{tail}",
        text="",
        metadata={},
        report=(),
    )
