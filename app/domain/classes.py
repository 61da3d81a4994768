"""Proposing whom a message is for, by plain rules: headers first, then a few phrases at its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from app.domain.messages import Event, MessageClass
from app.domain.phrases import PhraseLists, Phrases, fold

_BEGINNING = 600
"""Characters that phrases are looked for in: deep in a text they are somebody's story."""
_LONG = 250
"""Words from which a message is a contribution, whatever it says at its beginning."""
_SHORT = 120
_HEADING = 5
"""Lines among which a press release calls itself one."""
_MANUSCRIPTS = (
    "application/msword", "application/vnd.", "application/rtf", "application/pdf", "application/x-abiword",
    "application/zip", "application/epub", "text/rtf", "text/markdown", "audio/", "video/", "image/",
)  # fmt: skip
_NAMED = re.compile(
    r".+\.(docx?|odt|rtf|pdf|pages|txt|md|jpe?g|png|tiff?|heic|webp|zip|epub)$", re.IGNORECASE
)
_ORNAMENT = re.compile(
    r"image\d{3}\.(png|jpe?g|gif)|(logo|icon|banner|signature|spacer|pixel|facebook|twitter|linkedin|instagram"
    r"|youtube|outlook)\b.*|outlook-.*|.*\.(gif|svg|ico)",
    re.IGNORECASE,
)
"""Names of the pictures in signatures; no photographer's camera gives them."""
_MACHINES = re.compile(
    r"(?P<never_a_person>mailer-daemon|mdaemon|mail-daemon|microsoftexchange[0-9a-f]+)(@|$)|postmaster@",
    re.IGNORECASE,
)
_GREETING = 6
"""Words of the longest "hello" or "best regards"."""
_PARAGRAPHS = re.compile(r"\n\s*\n")
_SENTENCE = re.compile(r"[^.!?。！？؟]+[.!?。！？؟]*")
_SENTENCE_END = re.compile(r"[.!。！\n?？؟]")
_REPORTS = {
    "message/delivery-status": str(Event.BOUNCE),
    "message/global-delivery-status": str(Event.BOUNCE),
    "message/disposition-notification": "",
    "message/feedback-report": "",
}
_A_REPORT = "it is a report of a mail server"
_YES = re.compile(r"\s*(yes|true|spam)\b", re.IGNORECASE)
_REPLIED = re.compile(r"auto-replied\b|auto-generated\W+.*vacation", re.IGNORECASE)
_ANSWERED = frozenset(
    {"x-autoreply", "x-auto-reply", "x-autorespond", "x-autoresponse", "x-mail-autoreply", "x-vacation"}
)
_SPAM = ("x-spam-flag", "x-spam-status", "x-spam", "x-bogosity")
TOLD_FROM = frozenset(
    {
        "content-type",
        "return-path",
        "x-failed-recipients",
        "auto-submitted",
        "precedence",
        "list-unsubscribe",
        "list-id",
        *_ANSWERED,
        *_SPAM,
    }
)
"""The header fields, in lower case, that a class is told from."""
_TELLING = (
    ("takedown", MessageClass.TAKEDOWN, "it asks to take something down"),
    ("data-request", MessageClass.DATA_REQUEST, "it asks about personal data"),
    ("reply-request", MessageClass.REPLY_REQUEST, "it asks for a reply to be printed"),
    ("error-report", MessageClass.ERROR_REPORT, "it reports an error"),
    ("invitation", MessageClass.INVITATION, "it invites"),
    ("pitch", MessageClass.PITCH, "it proposes a text that is not written yet"),
    ("question", MessageClass.QUESTION, "it asks a question"),
)
_WITHOUT_A_TEXT = frozenset((MessageClass.PITCH, MessageClass.QUESTION, MessageClass.INVITATION))
"""What a message that says "here is my article" is not."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The class that the desk proposes, the event that the message reports, and the reason."""

    klass: MessageClass
    event: str
    why: str


def propose(
    headers: Mapping[str, Any],
    text: str,
    files: Sequence[tuple[str, str]],
    phrases: Phrases,
    *,
    threaded: bool,
) -> Proposal:
    """Whom a message is for.

    ``headers`` are those of the mail reader (``told`` are the fields of ``TOLD_FROM``), ``text`` the new
    words, ``files`` pairs of name and media type, ``threaded`` whether it answers a message of a piece.
    What no rule claims is a contribution.
    """
    told: dict[str, str] = headers.get("told") or {}
    beginning, said, opens = _heard(str(headers.get("subject") or ""), text[:_BEGINNING], phrases.classes)
    offers = "contribution" in said and not _asks(beginning, said)
    words = len(text) // 2 if _is_cjk(text) else len(text.split(None, _LONG + 1))
    brings = words > _LONG or _brings(files)
    machine = _report(files) or _machine(headers, told, said, opens if not brings else set())
    if machine is not None:
        return machine
    if not threaded and (listed := _for_nobody(headers, told)):
        return listed
    if threaded:
        event = str(Event.WITHDRAWAL) if "withdrawal" in said and words <= _LONG else ""
        return Proposal(MessageClass.BELONGS, event, "it answers a message of a piece")
    if "press" in opens or ("press" in said and _headed(text, phrases)):
        return Proposal(MessageClass.PRESS, "", "it calls itself a press release")
    if "withdrawal" in said and words <= _SHORT:
        return Proposal(MessageClass.BELONGS, str(Event.WITHDRAWAL), "it takes a text back")
    if brings:
        return Proposal(MessageClass.CONTRIBUTION, "", "it brings a text or a picture")
    for name, klass, why in _TELLING:
        if klass in _WITHOUT_A_TEXT and offers and name not in opens:
            continue
        if name in said and (klass is not MessageClass.QUESTION or words <= _SHORT):
            return Proposal(klass, "", why)
    if "desk" in said and not offers and words <= _SHORT and _only_asks(text):
        return Proposal(MessageClass.QUESTION, "", "it asks a question")
    return Proposal(MessageClass.CONTRIBUTION, "", "no other rule claims it")


def _heard(
    subject: str, beginning: str, phrases: PhraseLists
) -> tuple[str, Mapping[str, re.Match[str]], Set[str]]:
    """Subject and beginning folded, what they say, and what of it the subject begins with."""
    if not phrases.by_word:
        return "", {}, frozenset()
    subject = fold(subject)
    both = f"{subject}\n{fold(beginning)}"
    said = phrases.matches(both)
    # What the subject says, both together say too.
    in_subject = phrases.matches(subject) if said else {}
    opens = {key for key, match in in_subject.items() if not subject[: match.start()].strip("[( ")}
    return both, said, opens


def _asks(folded: str, said: Mapping[str, re.Match[str]]) -> bool:
    """Whether what seems to offer a text belongs to a question: "how do I send you my text?"."""
    if "question" not in said or said["question"].start() > said["contribution"].start():
        return False
    end = _SENTENCE_END.search(folded, said["question"].end())
    return end is not None and end.start() >= said["contribution"].end() and end[0] in "?？؟"


def _only_asks(text: str) -> bool:
    """Whether all that a letter says, but for its greetings, are questions."""
    asks = False
    for paragraph in _PARAGRAPHS.split(text):
        for sentence in _SENTENCE.findall(" ".join(paragraph.split())):
            if sentence.rstrip()[-1:] in ("?", "？", "؟"):
                asks = True
            elif len(sentence.split()) > _GREETING or (_is_cjk(sentence) and len(sentence) > 2 * _GREETING):
                return False
    return asks


def _report(files: Iterable[tuple[str, str]]) -> Proposal | None:
    """What a mail server attached to tell of a letter, whatever it wrote into the head (RFC 3464, 8098, 5965)."""
    found = {kind for _, kind in files} & _REPORTS.keys()
    return Proposal(MessageClass.MACHINE, max(map(_REPORTS.__getitem__, found)), _A_REPORT) if found else None


def _machine(
    headers: Mapping[str, Any], told: Mapping[str, str], said: Iterable[str], opens: Iterable[str]
) -> Proposal | None:
    """Bounces (RFC 3464, and the common free-form ones) and automatic answers (RFC 3834).

    ``X-Auto-Response-Suppress`` asks for silence; it does not tell who wrote.
    """
    kind = told.get("content-type", "").casefold()
    authors = headers.get("from") or [{"address": ""}]
    from_machine = _MACHINES.match(authors[0]["address"] or "")
    if "multipart/report" in kind:
        bounced = "delivery-status" in kind or from_machine
        return Proposal(MessageClass.MACHINE, str(Event.BOUNCE) if bounced else "", _A_REPORT)
    nobody = told.get("return-path", "").replace(" ", "") == "<>"
    if "x-failed-recipients" in told or ("bounce" in said and from_machine) or ("bounce" in opens and nobody):
        return Proposal(
            MessageClass.MACHINE, str(Event.BOUNCE), "a mail server says that a letter did not arrive"
        )
    submitted = told.get("auto-submitted", "no").strip()
    precedence = told.get("precedence", "").casefold().strip()
    if (
        _REPLIED.match(submitted)
        or not _ANSWERED.isdisjoint(told)
        or precedence in ("auto_reply", "auto-reply")
    ):
        return Proposal(MessageClass.MACHINE, str(Event.AUTOMATIC_ANSWER), "a machine answered")
    if "automatic-answer" in opens:
        return Proposal(
            MessageClass.MACHINE, str(Event.AUTOMATIC_ANSWER), "its subject is that of an automatic answer"
        )
    if (from_machine and from_machine["never_a_person"]) or not re.match(r"no\b|$", submitted, re.IGNORECASE):
        return Proposal(MessageClass.MACHINE, "", "a machine sent it")
    return None


def _for_nobody(headers: Mapping[str, Any], told: Mapping[str, str]) -> Proposal | None:
    if headers.get("spam_flag") or any(_YES.match(told.get(name, "")) for name in _SPAM):
        return Proposal(MessageClass.SPAM, "", "the mail server marked it as spam")
    if "list-unsubscribe" in told or "list-id" in told:
        return Proposal(MessageClass.NEWSLETTER, "", "it came by a mailing list")
    if told.get("precedence", "").casefold().strip() in ("bulk", "list", "junk"):
        return Proposal(MessageClass.NEWSLETTER, "", "it was sent in bulk")
    return None


def _brings(files: Iterable[tuple[str, str]]) -> bool:
    """Whether a document, photograph or recording is among ``files``: no signature, card or logo."""
    return any(
        (kind.startswith(_MANUSCRIPTS) or _NAMED.match(name)) and not _ORNAMENT.fullmatch(name)
        for name, kind in files
    )


def _headed(text: str, phrases: Phrases) -> bool:
    lines = [fold(line).strip("*#-=_ ") for line in text[:_BEGINNING].split("\n") if line.strip()][:_HEADING]
    found = (phrases.classes.matches(line).get("press") for line in lines)
    return any(match is not None and match.start() == 0 for match in found)


def _is_cjk(text: str) -> bool:
    head = text[:200]
    return not head.isascii() and any("\u3040" <= letter <= "\u9fff" for letter in head)
