"""The arguments of every verb."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn

from app import __version__
from app.cli import desks, intake, people, reading, working
from app.domain.errors import Usage

Verb = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with exit status 2."""

    def error(self, message: str) -> NoReturn:
        raise Usage("arguments", message=message, usage=self.format_usage().strip())


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = _Parser(
        prog="transom",
        description="The editorial desk of a magazine that publishes people at risk.",
        epilog="Exit status: 0 done, 1 refused by a rule, 2 usage, 3 unavailable (network, lock, key), 4 damaged data.",
    )
    top.add_argument("--version", action="version", version=f"transom {__version__}")
    top.add_argument(
        "--desk", metavar="DIR|URL", help="the desk's folder, or postgresql://… (default: TRANSOM_DESK)"
    )
    top.add_argument(
        "--passphrase-file", metavar="FILE", help="a file that holds the passphrase and nothing else"
    )
    top.add_argument(
        "--json", action="store_true", help="print one JSON document; may stand behind the verb too"
    )
    verbs = top.add_subparsers(dest="verb", metavar="VERB", parser_class=_Parser)
    _desks(verbs)
    _intake(verbs)
    _reading(verbs)
    _moving(verbs)
    _writing(verbs)
    _leaving(verbs)
    _people(verbs)
    return top


def _verb(verbs: Any, name: str, run: Verb, help: str, *, by: bool = False) -> Any:
    made = verbs.add_parser(name, help=help, description=help)
    made.set_defaults(run=run)
    made.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document"
    )
    if by:
        made.add_argument("--by", metavar="PERSON", help="who acts, by key (default: TRANSOM_PERSON)")
    return made


def _desks(verbs: Any) -> None:
    new = _verb(verbs, "new", desks.new, "make a desk; prints the recovery code once")
    new.add_argument("dir", metavar="DIR", help="a new folder")
    new.add_argument(
        "--magazine", default="neutral", metavar="NAME", help="a profile of the program, or a file NAME.toml"
    )
    demo = _verb(verbs, "demo", desks.demo, "make a sample desk")
    demo.add_argument("dir", metavar="DIR", help="a new folder")
    mailbox = _verb(verbs, "mailbox", desks.mailbox, "write an invented mailbox to try the desk with")
    mailbox.add_argument("dir", metavar="DIR", help="a new folder")
    _verb(verbs, "verify", desks.verify, "read every page and every blob")
    _verb(verbs, "audit", desks.audit, "print the audit log")
    backup = _verb(verbs, "backup", desks.backup, "make a verified backup; older ones are thinned out")
    backup.add_argument("dir", metavar="DIR")
    restore = _verb(verbs, "restore", desks.restore, "make a new desk of a backup")
    restore.add_argument("dir", metavar="DIR", help="the folder of the backups")
    restore.add_argument("new", metavar="NEW", help="a folder that does not exist or is empty")
    restore.add_argument("--at", default="", metavar="NAME", help="one of the backups (default: the newest)")
    restore.add_argument(
        "--recovery-code-file",
        metavar="FILE",
        help="open it by the recovery code in FILE; the passphrase given is the new one",
    )


def _intake(verbs: Any) -> None:
    receive = _verb(verbs, "receive", intake.receive, "take in mails, mailboxes, folders and files")
    receive.add_argument("paths", nargs="+", metavar="PATH")
    messages = _verb(verbs, "messages", intake.messages, "list messages")
    messages.add_argument("--class", dest="klass", default="", metavar="CLASS")
    messages.add_argument("--unfiled", action="store_true", help="only those that are on no piece")
    message = _verb(verbs, "message", intake.message, "show one message", by=True)
    message.add_argument("id", metavar="ID")
    message.add_argument("--raw", action="store_true", help="the exact bytes that arrived")
    message.add_argument(
        "--reason", default="", metavar="TEXT", help="why a protected person's are read; logged"
    )
    klass = _verb(verbs, "class", intake.classify, "correct the class of a message", by=True)
    klass.add_argument("message", metavar="MESSAGE")
    klass.add_argument("klass", metavar="CLASS")
    belongs = _verb(verbs, "belongs", intake.belongs, "put a message on a piece", by=True)
    belongs.add_argument("message", metavar="MESSAGE")
    belongs.add_argument("token", metavar="TOKEN")
    accept = _verb(verbs, "accept", intake.accept, "make a piece of a message that has none", by=True)
    accept.add_argument("message", metavar="MESSAGE")
    file = _verb(
        verbs, "file", intake.file, "put away a message that is on no piece, or photographs", by=True
    )
    file.add_argument("message", metavar="MESSAGE|TOKEN")
    file.add_argument("--off", action="store_true", help="bring it back")
    duplicate = _verb(verbs, "duplicate", intake.duplicate, "join a piece to another", by=True)
    duplicate.add_argument("token", metavar="TOKEN")
    duplicate.add_argument("of", metavar="OF")


def _reading(verbs: Any) -> None:
    listing = _verb(verbs, "list", reading.list_pieces, "list pieces")
    listing.add_argument("--stage", default="", metavar="S")
    listing.add_argument("--search", default="", metavar="TEXT")
    listing.add_argument("--library", action="store_true", help="photographs that lie in the library")
    show = _verb(verbs, "show", reading.show, "show everything about a piece", by=True)
    show.add_argument("token", metavar="TOKEN")
    text = _verb(verbs, "text", reading.text, "print the text of a piece")
    text.add_argument("token", metavar="TOKEN")
    text.add_argument("--revision", type=int, metavar="N")
    text.add_argument("--format", default="text", choices=("text", "html", "markdown", "json"))
    diff = _verb(verbs, "diff", reading.diff, "what changed between two revisions")
    diff.add_argument("token", metavar="TOKEN")
    diff.add_argument("--from", dest="older", type=int, metavar="N", help="default: 0, as received")
    diff.add_argument("--to", dest="newer", type=int, metavar="N", help="default: the current one")
    gates = _verb(verbs, "gates", reading.gates, "what is still missing")
    gates.add_argument("token", metavar="TOKEN")
    search = _verb(verbs, "search", reading.search, "search pieces and messages")
    search.add_argument("text", metavar="TEXT")


def _moving(verbs: Any) -> None:
    move = _verb(verbs, "move", working.move, "move a piece to a stage", by=True)
    move.add_argument("token", metavar="TOKEN")
    move.add_argument("stage", metavar="STAGE")
    move.add_argument("--reason", default="", metavar="TEXT")
    move.add_argument("--ask", nargs="*", default=[], metavar="PERSON", help="who is to read it, in review")
    move.add_argument("--until", default="", metavar="DATE", help="until when it is to be read")
    undo = _verb(verbs, "undo", working.undo, "take back the last act on a piece", by=True)
    undo.add_argument("token", metavar="TOKEN")
    hold = _verb(verbs, "hold", working.hold, "put a piece on hold: nothing of it leaves", by=True)
    hold.add_argument("token", metavar="TOKEN")
    hold.add_argument("--off", action="store_true", help="release it")
    hold.add_argument("--reason", default="", metavar="TEXT")
    recommend = _verb(verbs, "recommend", working.recommend, "give a reader's recommendation", by=True)
    recommend.add_argument("token", metavar="TOKEN")
    recommend.add_argument("verdict", metavar="take|no|unsure")
    recommend.add_argument("--note", default="", metavar="TEXT")
    override = _verb(verbs, "override", working.override, "lift a gate", by=True)
    override.add_argument("token", metavar="TOKEN")
    override.add_argument("gate", metavar="GATE")
    override.add_argument("--role", required=True, metavar="ROLE")
    override.add_argument("--reason", required=True, metavar="TEXT")
    sign = _verb(verbs, "sign", working.sign, "sign a piece as it stands", by=True)
    sign.add_argument("token", metavar="TOKEN")
    sign.add_argument("--role", required=True, metavar="ROLE")


def _writing(verbs: Any) -> None:
    piece = _verb(verbs, "piece", working.piece, "start a piece without mail", by=True)
    piece.add_argument("--title", required=True, metavar="T")
    piece.add_argument("--kind", default="article", metavar="K")
    fields = _verb(verbs, "set", working.set_fields, "set heads and fields of a piece", by=True)
    fields.add_argument("token", metavar="TOKEN")
    for name in working.TEXT_FIELDS:
        fields.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
    for name, what in working.LIST_FIELDS.items():
        fields.add_argument(f"--{name.replace('_', '-')}", nargs="*", metavar=what)
    edit = _verb(verbs, "edit", working.edit, "a new revision from a document", by=True)
    edit.add_argument("token", metavar="TOKEN")
    edit.add_argument(
        "--file", default="", metavar="FILE", help="without it, --changes decides on the current text"
    )
    edit.add_argument(
        "--change", default="update", metavar="C", help="typographical, correction, update or reply"
    )
    edit.add_argument(
        "--note", default="", metavar="TEXT", help="of a correction: what was wrong, printed with its date"
    )
    edit.add_argument(
        "--changes", default="keep", choices=("keep", "accept", "reject"), help="its tracked changes"
    )
    photo = _verb(verbs, "photo", working.photo, "set the words of a photograph", by=True)
    photo.add_argument("token", metavar="TOKEN")
    photo.add_argument("number", nargs="?", type=int, default=1, metavar="N")
    for name in working.PHOTO_FIELDS:
        photo.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
    photo.add_argument("--mask", action="append", type=working.box, metavar="x,y,w,h")
    photo.add_argument("--no-masks", action="store_true", help="take every mask away")
    photo.add_argument("--crop", type=working.box, metavar="x,y,w,h")
    photo.add_argument(
        "--withheld", action="store_true", help="credit it without a name, in the magazine's words"
    )
    photo.add_argument("--lead", action="store_true", help="it leads the page")
    photo.add_argument("--unused", action="store_true", help="do not print it")
    photo.add_argument("--used", action="store_true", help="print it after all")


def _leaving(verbs: Any) -> None:
    grant = _verb(verbs, "grant", working.grant, "record a permission with its proof", by=True)
    grant.add_argument("token", metavar="TOKEN")
    grant.add_argument(
        "--photo", type=int, default=0, metavar="N", help="for photograph N (default: for the text)"
    )
    grant.add_argument("--basis", required=True, metavar="BASIS")
    grant.add_argument("--evidence", default="", metavar="FILE|MESSAGE")
    grant.add_argument("--note", default="", metavar="TEXT")
    grant.add_argument("--quote", default="", metavar="TEXT", help="the sentence that grants")
    grant.add_argument("--until", default="", metavar="DATE")
    grant.add_argument("--scope", nargs="*", default=[], metavar="MEDIUM")
    grant.add_argument("--detail", action="append", default=[], type=working.pair, metavar="NAME=TEXT")
    revoke = _verb(verbs, "revoke", working.revoke, "mark a permission as revoked or disputed", by=True)
    revoke.add_argument("token", metavar="TOKEN")
    revoke.add_argument("grant", metavar="GRANT")
    revoke.add_argument("--status", default="revoked", metavar="revoked|disputed|active")
    revoke.add_argument("--reason", default="", metavar="TEXT")
    settle = _verb(verbs, "settle", working.settle, "settle what the author reserved", by=True)
    settle.add_argument("token", metavar="TOKEN")
    settle.add_argument("--reason", required=True, metavar="TEXT")
    schedule = _verb(verbs, "schedule", working.schedule, "promise a date", by=True)
    schedule.add_argument("token", metavar="TOKEN")
    schedule.add_argument("when", metavar="WHEN", nargs="+")
    schedule.add_argument("--pencil", action="store_true", help="only wish for the date")
    later = _verb(verbs, "later", working.later, "put a piece off until a day", by=True)
    later.add_argument("token", metavar="TOKEN")
    later.add_argument(
        "when", nargs="*", metavar="WHEN", help="a day as for schedule; none brings it back now"
    )
    export = _verb(verbs, "export", working.export, "write a piece for a target", by=True)
    export.add_argument("token", metavar="TOKEN")
    targets = "html, docx, markdown, text, wordpress; preview for a draft"
    export.add_argument("--to", required=True, dest="target", metavar="TARGET", help=targets)
    export.add_argument("--out", required=True, metavar="DIR", help="made where it is missing")


def _people(verbs: Any) -> None:
    contributor = verbs.add_parser("contributor", help="list, show, set and protect contributors")
    acts = contributor.add_subparsers(dest="act", required=True, parser_class=_Parser)
    _verb(acts, "list", people.list_contributors, "list contributors")
    show = _verb(acts, "show", people.show, "show one contributor")
    show.add_argument("contributor", metavar="ID|CODE")
    fields = _verb(acts, "set", people.set_fields, "set what is printed of a contributor", by=True)
    fields.add_argument("contributor", metavar="ID|CODE")
    for name in people.FIELDS:
        fields.add_argument(f"--{name}", metavar="TEXT")
    protect = _verb(
        acts, "protect", people.protect, "protect somebody; what is secret is read from a file", by=True
    )
    protect.add_argument("contributor", metavar="ID|CODE")
    protect.add_argument("--pen-name", required=True, metavar="NAME")
    protect.add_argument(
        "--identity", required=True, metavar="FILE", help="TOML: real_name, addresses, phones ..."
    )
    vault = verbs.add_parser("vault", help="the sealed records of protected contributors")
    acts = vault.add_subparsers(dest="act", required=True, parser_class=_Parser)
    _verb(acts, "status", people.vault_status, "whether the vault can be checked against")
    settle = _verb(acts, "settle", people.vault_settle, "settle a false alarm on the protected word", by=True)
    settle.add_argument("contributor", metavar="ID|CODE")
    settle.add_argument("term", type=int, metavar="N", help="the number that the gate gave it")
    settle.add_argument(
        "--in",
        dest="places",
        nargs="*",
        default=[],
        metavar="PLACE",
        help="body, metadata, name, header; parts: its words alone; namesakes: others are called the same",
    )
    settle.add_argument("--reason", required=True, metavar="TEXT")
    read = _verb(acts, "read", people.vault_read, "open one record, for a reason that is logged", by=True)
    read.add_argument("contributor", metavar="ID|CODE")
    read.add_argument("--reason", required=True, metavar="TEXT")
