"""Texts and Word files of one extreme each; the same ones each time."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.word_files import packed, paragraph, part, parts_of, relations, run, word_file

BOMB_XML = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    '<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


def texts(big: int = 20_000) -> Iterator[tuple[str, bytes]]:
    """HTML, Markdown, RTF, plain text and calendars of one extreme each; ``big`` is how often it is repeated."""
    for name, text in _pages(big).items():
        yield f"page-{name}.html", text.encode("utf-8", "surrogatepass")
    for name, text in _notes(big).items():
        yield f"note-{name}.md", text.encode()
    for name, data in _letters(big).items():
        yield f"letter-{name}.rtf", b"{\\rtf1\\ansi " + data + b"}"
    yield from _plain(big).items()


def _pages(big: int) -> dict[str, str]:
    return {
        "tags": "<b>x</b>" * big,
        "deep": "<div>" * big + "x",
        "deep-lists": "<ul><li>" * 2000 + "x",
        "deep-quotes": "<blockquote>" * 2000 + "x",
        "deep-tables": "<table><tr><td>" * 500 + "x",
        "spans": "<span style='font-weight:bold'>" * 5000 + "x",
        "attributes": "<p " + " ".join(f"a{n}=1" for n in range(big // 4)) + ">x",
        "open": "<" * big * 5,
        "comments": "<!--" * big,
        "entities": "&amp;&#x0;&#xD800;&#1114112;&nosuch;" * (big // 20),
        "cdata": "<![CDATA[" * big,
        "styles": "<style>" + "a{b:c}" * big + "</style>x",
        "script": "<script>alert(1)</script><img src=x onerror=alert(1)><iframe src=file:///etc/passwd>x",
        "links": "".join(f"<a href='javascript:{n}'>x</a>" for n in range(big // 10)),
        "data-uris": "<img src='data:image/png;base64,AAAA'>" * 300,
        "external": "<img src='http://198.51.100.1/x.png'><link rel=stylesheet href='http://198.51.100.1/'>x",
        "table-span": "<table><tr><td colspan=1000000 rowspan=1000000>x</td></tr></table>",
        "table-wide": "<table><tr>" + "<td>x" * (big // 4) + "</table>",
        "xml": "<?xml version='1.0'?>" + BOMB_XML + "<html><body>&e;&f;</body></html>",
        "bidi": "<p dir=rtl>\u202e\u2067" * 500,
        "base": "<base href='file:///'><a href='etc/passwd'>x</a>",
        "footnotes": "".join(f"<a href='#_ftn{n}' name='_ftnref{n}'>[{n}]</a>" for n in range(1000)),
        "meta": "<meta charset=utf-7><p>+ADw-script+AD4-",
        "nul": "<p>a\0b</p>" * 100,
    }


def _notes(big: int) -> dict[str, str]:
    return {
        "brackets": "[" * big,
        "links": "[a](" * (big // 4),
        "images": "![a](x)" * (big // 4),
        "emphasis": "*a **a " * (big // 8),
        "stars": "*" * big,
        "underscores": "_a__b" * (big // 4),
        "quotes": "> " * (big // 4) + "x",
        "lists": "".join(" " * n + "- a\n" for n in range(300)),
        "ticks": "`" * big + "a" + "`" * (big - 1),
        "code": "".join("`" * n + " " for n in range(300)),
        "tables": "|" * big + "\n" + "|-" * big,
        "notes": "".join(f"[^{n}]: a[^{n + 1}]\n\n" for n in range(500)) + "x[^0]",
        "refs": "".join(f"[{n}]: x\n" for n in range(2000)) + "[1]" * 2000,
        "html": "<a " * (big // 4) + "<!-- " * 100,
        "front": "---\ntitle: " + "a: " * 1000 + "\n" + "&a [*a, *a]\n" * 100 + "---\nx",
        "front-open": "---\n" + "a: b\n" * 5000,
        "angles": "<" * big,
        "entities": "&" * big + "&#0;&#xFFFFFFFF;",
        "rules": "***\n" * 5000,
        "backslashes": "\\" * big,
        "tildes": "~~a" * (big // 4),
    }


def _letters(big: int) -> dict[str, bytes]:
    return {
        "braces": b"{" * big,
        "braces-closed": b"{" * big + b"x" + b"}" * big,
        "closing": b"}" * 1000,
        "unicode": b"\\u-10179?\\u55357 \\u99999999?" * 300,
        "bin": b"\\bin999999999 x",
        "bin-minus": b"\\bin-5 x",
        "pict": b"{\\pict\\pngblip " + b"89504e470d0a1a0a" * 500 + b"}",
        "object": b"{\\object\\objocx{\\*\\objdata " + b"d0cf11e0" * 500 + b"}}",
        "words": b"\\a" * big,
        "long-word": b"\\" + b"a" * big,
        "rows": b"\\trowd\\cellx1\\cell\\row" * 2000,
        "cells": b"\\trowd" + b"\\cellx1" * 5000 + b"\\cell" * 5000 + b"\\row",
        "uc": b"\\uc99999999\\u65 " + b"x" * 500,
        "fields": b'{\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}{\\fldrslt ' * 500,
        "footnotes": b"{\\footnote " * 1000 + b"x",
        "charset": b"\\ansicpg99999{\\fonttbl{\\f0\\fcharset999 x;}}\\f0\\'ff\\'zz\\'",
        "hex": b"\\'" * big,
        "levels": b"\\ls1\\ilvl99999 x\\par" * 500,
        "styles": b"{\\stylesheet"
        + b"".join(b"{\\s%d\\sbasedon%d a;}" % (n, n) for n in range(500))
        + b"}\\s1 x",
    }


def _plain(big: int) -> dict[str, bytes]:
    return {
        "spaces.txt": b" " * big * 5,
        "newlines.txt": b"\n" * big * 5,
        "returns.txt": b"a\r" * big,
        "line.txt": b"a" * big * 50,
        "words.txt": b"word " * big * 5,
        "stars.txt": b"* * *\n" * 5000,
        "footnotes.txt": b"[1] a [2] b\n" * 5000,
        "indented.txt": b"".join(b" " * (n % 300) + b"x\n" for n in range(2000)),
        "binary.txt": bytes(range(256)) * 40,
        "utf16-odd.txt": "Привет".encode("utf-16") + b"x",
        "utf16-bare.txt": "Hello there ".encode("utf-16-le") * 50,
        "utf32.txt": "Привет".encode("utf-32"),
        "bom.txt": b"\xef\xbb\xbf",
        "boms.txt": b"\xef\xbb\xbf" * 500 + b"x",
        "surrogates.txt": b"\xed\xa0\x80\xed\xb0\x80" * 50,
        "separators.txt": "a\u2028b\u2029c\x85d\x0be\x0cf".encode() * 50,
        "noncharacters.txt": "\ufffe\uffff\ufdd0\U0010ffff".encode() * 50,
        "escape.txt": b"\x1b]0;title\x07\x1b[2J\x1b[31mred",
        "numbers.csv": b",".join(b"=cmd|' /C calc'!A0" for _ in range(3000)),
        "quotes.csv": b'"' * big,
        "rows.csv": b"a,b\n" * (big // 2),
        "wide.csv": b"," * big,
        "event.ics": b"BEGIN:VCALENDAR\n" * 3000,
        "card.vcf": b"BEGIN:VCARD\nN:" + b";" * big,
        "deep.json": b"[" * big,
        "deep.xml": b"<a>" * big,
        "bomb.xml": BOMB_XML.encode() + b"<r>&e;&f;</r>",
        "bomb.svg": b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 5000,
        "nothing": b"",
        "one-byte": b"x",
        "nul-byte": b"\0",
    }


_NUMBER = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'


def _word_bodies(big: int) -> dict[str, str]:
    deep_table = "<w:tbl><w:tr><w:tc>" * 200 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 200
    field = "".join('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' for _ in range(500))
    return {
        "paragraphs": paragraph("x") * big,
        "runs": paragraph(run("x") * big),
        "changes": paragraph('<w:ins w:id="1" w:author="A">' * 300 + run("x") + "</w:ins>" * 300),
        "deep-runs": paragraph("<w:smartTag>" * 300 + run("x") + "</w:smartTag>" * 300),
        "deep-table": deep_table,
        "wide-table": "<w:tbl><w:tr>" + f"<w:tc>{paragraph('x')}</w:tc>" * big + "</w:tr></w:tbl>",
        "span-table": '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>'
        f"{paragraph('x')}</w:tc></w:tr></w:tbl>",
        "numbers": "".join(paragraph("x", "", _NUMBER.format(n, -n * 10**9)) for n in range(20)),
        "fields": paragraph(field + run("x")),
        "empty": "",
        "long-text": paragraph(run("word " * 100_000)),
        "deep-boxes": paragraph(
            "<w:r><w:pict><v:textbox><w:txbxContent>" * 1
            + paragraph("x")
            + "</w:txbxContent></v:textbox></w:pict></w:r>"
        ),
        "breaks": paragraph("<w:r>" + "<w:br/><w:tab/><w:cr/>" * big + "</w:r>"),
        "symbols": paragraph(
            '<w:r><w:sym w:font="Wingdings" w:char="FFFFFFFF"/><w:sym w:char=""/><w:sym/></w:r>'
        ),
        "values": paragraph(
            run("x", '<w:b w:val="99"/><w:lang w:val="..."/><w:vertAlign w:val="?"/><w:sz w:val="-1e9"/>')
        ),
        "comments": paragraph(
            '<w:commentRangeStart w:id="9"/><w:commentRangeEnd w:id="8"/><w:commentRangeEnd w:id="8"/>'
        ),
    }


def _circles() -> str:
    """Styles that are based on each other all around."""
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:name w:val="S{n}"/><w:basedOn w:val="S{(n + 1) % 50}"/>'
        f'<w:link w:val="S{n}"/><w:next w:val="S{n}"/></w:style>'
        for n in range(50)
    )


def word_files(big: int = 3000) -> Iterator[tuple[str, bytes]]:
    """Word files of one extreme each."""
    lists = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="A"/></w:abstractNum>' * 3 + (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>'
    )
    linked = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    link_style = f'<w:style w:type="numbering" w:styleId="A">{linked}</w:style>'
    out = {
        "a:http://198.51.100.1/x.png": ("image", "http://198.51.100.1/x.png"),
        "b": ("image", "../../../../etc/passwd"),
        "c": ("image", "/etc/passwd"),
        "d": ("image", "media/missing.png"),
        "e": ("hyperlink", "file:///etc/passwd"),
        "f": ("attachedTemplate", "http://198.51.100.1/t.dotm"),
        "g": ("subDocument", "document.xml"),
        "h": ("aFChunk", "chunk.html"),
        "i": ("footnotes", "document.xml"),
    }
    blips = "".join(
        paragraph(f'<w:r><w:drawing><a:blip r:embed="{key}" r:link="{key}"/></w:drawing></w:r>')
        for key in out
    )
    note = '<w:footnote w:id="1">' + paragraph('<w:r><w:footnoteReference w:id="1"/></w:r>') + "</w:footnote>"
    for name, body in _word_bodies(big).items():
        yield f"word-{name}.docx", word_file(body)
    yield (
        "word-style-circles.docx",
        word_file(paragraph("x", "S1") + paragraph("y", "S1" * 9), styles=_circles()),
    )
    yield (
        "word-list-circles.docx",
        word_file(paragraph("x", "", _NUMBER.format(0, 1)), numbering=lists, styles=link_style),
    )
    yield "word-links.docx", word_file(blips, out)
    yield (
        "word-note-circle.docx",
        word_file(paragraph('<w:r><w:footnoteReference w:id="1"/></w:r>'), footnotes=note),
    )
    sound = parts_of(paragraph("They came on Monday."))
    yield "word-bomb.docx", packed(sound | {"word/document.xml": BOMB_XML + "<r>&e;&f;</r>"})
    yield (
        "word-self.docx",
        packed(sound | {"_rels/.rels": relations({"r": ("officeDocument", "_rels/.rels")})}),
    )
    yield (
        "word-up.docx",
        packed(sound | {"../../escaped.txt": "x", "/tmp/escaped.txt": "x", "word\\x.xml": "x"}),
    )
    yield "word-no-body.docx", packed(sound | {"word/document.xml": part("w:document", "")})
    yield "word-utf16.docx", packed(sound | {"word/document.xml": part("w:document", "").encode("utf-16")})
    yield "word-many.docx", packed(sound | {f"word/media/{n}.png": b"x" for n in range(3000)})
    yield "word-named.doc", word_file(paragraph("They came on Monday."))
    yield (
        "word-deep.docx",
        packed(sound | {"word/document.xml": part("w:document", "<w:body>" + "<w:sdt>" * 9000)}),
    )
