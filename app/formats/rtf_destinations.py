"""Control words of RTF that begin a part of their own, and those that end something."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.article import Comment, Figure, Span
from app.formats.fields import Field
from app.formats.imported import excerpt
from app.formats.lines import Anchor
from app.formats.rtf_document import Document
from app.formats.rtf_info import INFO, Action, collect
from app.formats.rtf_sinks import Hex, Sink
from app.formats.rtf_state import Chars, Paragraph, instant
from app.formats.rtf_story import Story


def _to(attribute: str) -> Action:
    def begin(document: Document, _: int | None) -> None:
        document.state.sink = getattr(document, attribute)

    return begin


def _skip(document: Document, _: int | None) -> None:
    document.state.sink = Sink()


def _page_edge(label: str) -> Action:
    def begin(document: Document, _: int | None) -> None:
        def tell(said: str) -> None:
            if said:
                document.report.say(f"{label} text: {excerpt(said)}")

        collect(document, tell)

    return begin


def _field(document: Document, _: int | None) -> None:
    document.state.fields = (*document.state.fields, Field(in_result=False))
    document.state.home = document.state.sink


def _field_code(document: Document, _: int | None) -> None:
    fields = document.state.fields

    def learn(said: str) -> None:
        if fields and not fields[-1].in_result:
            fields[-1].code = said
            fields[-1].begin_result(document.report)
            fields[-1].tell(document.report)

    collect(document, learn)


def _field_result(document: Document, _: int | None) -> None:
    document.state.sink = document.state.home


def _footnote(document: Document, _: int | None) -> None:
    state = document.state
    if state.sink is not None:
        return
    name = f"n{len(document.notes) + 1}"
    state.story.add(Span(note=name, change=state.chars.change(document.authors.known)))
    note = document.notes[name] = Story(document.report)
    _begin_story(document, note)
    state.closing = lambda: note.end(document.line(), in_table=False) if note.has_words() else None


def _text_box(document: Document, _: int | None) -> None:
    state = document.state
    if state.sink is not None:
        return
    outer, box = state.story, Story(document.report)
    _begin_story(document, box)

    def put() -> None:
        flow = box.finish(document.line())
        if flow:
            document.report.count(
                "1 text box was put after its paragraph", "{n} text boxes were put after their paragraphs"
            )
            outer.apart(*flow)

    state.closing = put


def _begin_story(document: Document, story: Story) -> None:
    state = document.state
    state.story = story
    state.paragraph = Paragraph()
    state.chars = Chars(base=state.chars.base, font=state.chars.base)
    state.fields = ()
    document.sign = ""


def _list_sign(document: Document, _: int | None) -> None:
    if document.state.sink is None:
        collect(document, lambda said: setattr(document, "sign", said))


def _picture(document: Document, _: int | None) -> None:
    state = document.state
    around, story = state.sink, state.story
    sink = state.sink = Hex()
    document.alt = ""

    def keep() -> None:
        data = sink.bytes()
        name = f"picture.{sink.suffix}"
        if data and around is None:
            key = document.imported.picture(name, data, document.alt)
            if key:
                story.apart(Figure("", key))
        elif data:
            document.imported.file(name, "application/octet-stream", data)
            document.report.count(
                "1 picture outside the text was kept as a file",
                "{n} pictures outside the text were kept as files",
            )

    state.closing = keep


def _object(document: Document, _: int | None) -> None:
    sink = document.state.sink = Hex()

    def keep() -> None:
        data = sink.bytes()
        if data:
            document.imported.file("object.ole", "application/octet-stream", data)
            document.report.count(
                "1 embedded file was kept beside the text; its words are not in the text",
                "{n} embedded files were kept beside the text; their words are not in the text",
            )

    document.state.closing = keep


def _shape_name(document: Document, _: int | None) -> None:
    collect(document, lambda said: setattr(document, "shape_property", said))


def _shape_value(document: Document, _: int | None) -> None:
    if document.shape_property == "pib":
        return  # the picture of a shape stands here

    def learn(said: str) -> None:
        if document.shape_property == "wzDescription":
            document.alt = said
        elif document.shape_property == "gtextUNICODE" and said:
            document.report.say(f"The words of a drawing: {excerpt(said)}")

    collect(document, learn)


def _remark_part(key: str) -> Action:
    def begin(document: Document, _: int | None) -> None:
        collect(document, lambda said: document.remark.update({key: said}))

    return begin


def _remark_edge(document: Document, _: int | None) -> None:
    story = document.state.story

    def mark(said: str) -> None:
        document.ranges.add(said)
        story.add(Anchor(comment=said))

    collect(document, mark)


def _remark(document: Document, _: int | None) -> None:
    story = document.state.story

    def keep(said: str) -> None:
        remark = document.remark
        name = remark.get("ref", "")
        if name not in document.ranges:
            name = f"remark {len(document.comments)}"
            story.add(Anchor(comment=name))
            story.add(Anchor(comment=name))
        date = remark.get("date", "")
        at = instant(int(date)) if date.lstrip("-").isdecimal() and len(date) < 12 else ""
        document.comments.append(Comment(name, "", text=said, by=remark.get("author", ""), at=at))
        document.remark = {}

    collect(document, keep)


def _revive(document: Document, _: int | None) -> None:
    document.state.sink = document.state.home


def _both_alphabets(document: Document, _: int | None) -> None:
    document.state.home = document.state.sink
    document.state.sink = Sink()


def _formula(document: Document, _: int | None) -> None:
    document.report.count("1 formula was turned into plain text", "{n} formulas were turned into plain text")


def _pass(_: Document, __: int | None) -> None:
    """The group is none of its own: what stands inside belongs to the text."""


UNICODE_HALF = "ud"

DESTINATIONS: Mapping[str, Action] = {
    "fonttbl": _to("fonts"),
    "stylesheet": _to("styles"),
    "listtable": _to("lists"),
    "listoverridetable": _to("lists"),
    "revtbl": _to("authors"),
    **INFO,
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), _page_edge("Header")),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), _page_edge("Footer")),
    "field": _field,
    "fldinst": _field_code,
    "fldrslt": _field_result,
    "footnote": _footnote,
    "shptxt": _text_box,
    "dptxbxtext": _text_box,
    "listtext": _list_sign,
    "pntext": _list_sign,
    "pict": _picture,
    "objdata": _object,
    "sn": _shape_name,
    "sv": _shape_value,
    "atnid": _skip,
    "atnauthor": _remark_part("author"),
    "atndate": _remark_part("date"),
    "atnref": _remark_part("ref"),
    "atrfstart": _remark_edge,
    "atrfend": _remark_edge,
    "annotation": _remark,
    "upr": _both_alphabets,
    UNICODE_HALF: _revive,
    "moMath": _formula,
    **dict.fromkeys(("shppict", "shpinst", "do", "picprop", "moMathPara", "shpgrp"), _pass),
    **dict.fromkeys(
        (
            "colortbl",
            "nonshppict",
            "shprslt",
            "nonesttables",
            "nesttableprops",
            "xe",
            "tc",
            "tcn",
            "pn",
            "bkmkstart",
            "bkmkend",
            "objclass",
            "template",
            "filetbl",
            "private",
            "ftnsep",
            "ftnsepc",
            "aftnsep",
            "aftnsepc",
            "mmathPict",
            "mctrlPr",
            "aftncn",
            "ftncn",
            "pnseclvl",
            "comment",
            "buptim",
            "hlinkbase",
            "nextfile",
        ),
        _skip,
    ),
}
"""What begins a group with such a word; any other group that begins with ``\\*`` is passed over."""
