"""Reads an RTF file as an article (Rich Text Format Specification 1.9.1).

Runs in the sandbox child.  Groups are kept on a list, never on Python's stack; a file that is cut off or
has braces too few or too many gives what can be read of it.
"""

from __future__ import annotations

from typing import Any

from app.domain.article import Article, Block, Figure, Paragraph
from app.domain.reading import Result, Unreadable
from app.formats.finishing import Finishing
from app.formats.heads import real_title, take_heads
from app.formats.imported import Imported, excerpt
from app.formats.lines import Line, blocks_of, paragraphs_of
from app.formats.rtf_destinations import DESTINATIONS, UNICODE_HALF
from app.formats.rtf_document import Document
from app.formats.rtf_events import EVENTS
from app.formats.rtf_sinks import Sink
from app.formats.rtf_state import PROPERTIES
from app.formats.rtf_tokens import Kind, Token, tokens

_CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "softline": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
_SIGNS = {"~": "\u00a0", "_": "\u2011", "\t": "\t", "\\": "\\", "{": "{", "}": "}"}
_DAMAGED = "The file is damaged; what could still be read was taken in"


def read(data: bytes, options: dict[str, Any]) -> Result:
    """The article in ``data``, with its photographs and files; there are no options.

    Raises:
        Unreadable: the file does not begin as RTF.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"{\\rtf"):
        raise Unreadable("not an RTF file")
    imported = Imported()
    document = Document(imported)
    _Walk(document).all(data)
    return _result(document)


class _Walk:
    """Carries out one token after another."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._stand_ins = 0
        self._starred = False

    def all(self, data: bytes) -> None:
        """Carry out the tokens of ``data`` and close what it leaves open."""
        document = self._document
        ended = False
        for token in tokens(data):
            if ended and token.kind is not Kind.CLOSE and token.data.strip(b"\0\x1a \t"):
                document.report.say(_DAMAGED)
                ended = False
            self._carry_out(token)
            ended = ended or not document.is_open()
        document.flush()
        if document.is_open():
            document.report.say(_DAMAGED)
        while document.is_open():
            document.close_group()

    def _carry_out(self, token: Token) -> None:
        document = self._document
        if token.kind in (Kind.TEXT, Kind.HEX):
            self._starred = False
            data = token.data[self._stand_ins :]
            self._stand_ins -= len(token.data) - len(data)
            document.add_bytes(data)
            return
        document.flush()
        match token.kind:
            case Kind.OPEN:
                document.open_group()
            case Kind.CLOSE:
                document.close_group()
            case Kind.WORD:
                self._word(token.name, token.number)
                return
            case Kind.BINARY:
                if document.state.sink is not None:
                    document.state.sink.data(token.data)
            case _:
                self._symbol(token.name)
                return
        self._stand_ins = 0
        self._starred = False

    def _symbol(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif self._stand_ins and sign in _SIGNS:
            self._stand_ins -= 1
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in _SIGNS:
            self._document.emit(_SIGNS[sign])

    def _word(self, name: str, number: int | None) -> None:
        document = self._document
        starred, self._starred = self._starred, False
        if name in _CHARACTERS and self._stand_ins:
            self._stand_ins -= 1
            return
        self._stand_ins = 0
        if document.skips() and name != UNICODE_HALF:
            return
        if name == "u":
            document.add_unit(number or 0)
            self._stand_ins = document.state.fallback
        elif name in DESTINATIONS:
            DESTINATIONS[name](document, number)
        elif starred:
            document.state.sink = Sink()
        elif name in _CHARACTERS:
            document.emit(_CHARACTERS[name])
        else:
            self._plain_word(name, number)

    def _plain_word(self, name: str, number: int | None) -> None:
        state = self._document.state
        if name in PROPERTIES:
            PROPERTIES[name](state, number)
        if state.sink is not None:
            state.sink.word(name, number)
        elif name in EVENTS:
            EVENTS[name](self._document, number)
        elif state.story.shape is not None:
            state.story.shape.word(name, number)


def _result(document: Document) -> Result:
    report = document.report
    flow = document.body.finish(document.line())
    footnotes: dict[str, tuple[Paragraph, ...]] = {}
    figures: list[Block] = []
    for name, story in document.notes.items():
        parts = story.finish(Line())
        figures += [part for part in parts if isinstance(part, Figure)]
        found = paragraphs_of(part for part in parts if not isinstance(part, Figure))
        footnotes[name] = found or (Paragraph(""),)
    if figures:
        report.say("Pictures in footnotes were put at the end")
    if document.tables:
        report.say(f"A table of contents or an index was left out: {excerpt(''.join(document.tables))}")
    if hidden := excerpt("".join(document.hidden)):
        report.say(f"Hidden text was left out: {hidden}")
    title = real_title(document.properties.get("title", ""))
    headline, standfirst, rest = take_heads([*flow, *figures], title, report)
    finishing = Finishing()
    article = Article(
        headline=headline,
        standfirst=standfirst,
        blocks=finishing.blocks(blocks_of(rest)),
        footnotes=finishing.notes(footnotes),
        comments=finishing.comments(document.comments),
    )
    return document.imported.result(article, title, document.properties)
