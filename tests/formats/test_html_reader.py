import base64
from typing import Any

import pytest

from app.domain.article import (
    Align,
    Article,
    Block,
    Cell,
    Change,
    ChangeKind,
    Direction,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Mark,
    Paragraph,
    Quote,
    Separator,
    Span,
    Table,
)
from app.domain.article_json import from_json
from app.domain.plain_text import plain_text
from app.domain.reading import Unreadable
from app.formats.html_reader import read

BOLD = frozenset({Mark.BOLD})
ITALIC = frozenset({Mark.ITALIC})
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def value(html: str | bytes, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = read(html if isinstance(html, bytes) else html.encode(), options).value
    return found


def article(html: str | bytes, **options: Any) -> Article:
    return from_json(value(html, **options)["article"])


def blocks(html: str | bytes) -> tuple[Block, ...]:
    return article(html).blocks


def p(name: str, *spans: Span | str, **more: Any) -> Paragraph:
    return Paragraph(name, tuple(Span(span) if isinstance(span, str) else span for span in spans), **more)


def test_inline_elements_become_marks() -> None:
    assert blocks(
        "<p>a <b>b</b><i>c</i><em>d</em><s>e</s><sub>f</sub><sup>g</sup>"
        "<span style='font-variant:small-caps'>h</span> <b style='font-weight:normal'>i</b></p>"
    ) == (
        p(
            "b1",
            "a ",
            Span("b", BOLD),
            Span("cd", ITALIC),
            Span("e", frozenset({Mark.STRIKETHROUGH})),
            Span("f", frozenset({Mark.SUBSCRIPT})),
            Span("g", frozenset({Mark.SUPERSCRIPT})),
            Span("h", frozenset({Mark.SMALL_CAPS})),
            " i",
        ),
    )


def test_white_space_collapses_and_line_breaks_stay() -> None:
    html = "<div>  a\n\t b <b> c </b> d<br>\n  e<br><br></div><p>&nbsp;</p><pre>\n  x\n    y\n</pre>"
    assert blocks(html) == (p("b1", "a b ", Span("c ", BOLD), "d\ne"), p("b2", "x\n    y"))


def test_the_first_heading_becomes_the_headline_and_else_the_title() -> None:
    assert article("<title>T</title><h1>A\n<b>wall</b></h1><h2>Two</h2><h5>Five</h5>") == Article(
        "A wall",
        blocks=(Heading("b1", 2, (Span("Two"),)), Heading("b2", 3, (Span("Five"),))),
    )
    assert article("<title>T</title><p>x").headline == "T"
    assert article("<title>T</title><p>x", mail=True).headline == ""
    assert value("<title>T</title><p>x", mail=True)["title"] == "T"


def test_links_lead_to_the_web_or_to_a_mailbox_only() -> None:
    html = (
        "<p><a href=' https://a.example/x?y=1&amp;z=2 '>a</a><a href='mailto:a@b.example'>b</a>"
        "<a href='https://www.google.com/url?q=https://c.example/%3Fx%3D1&amp;sa=D'>c</a>"
        "<a href='javascript:x'>d</a><a href='/rel'>e</a><a href='#top'>f</a><a name=g>g</a></p>"
    )
    found = value(html)
    assert from_json(found["article"]).blocks == (
        p(
            "b1",
            Span("a", link="https://a.example/x?y=1&z=2"),
            Span("b", link="mailto:a@b.example"),
            Span("c", link="https://c.example/?x=1"),
            "defg",
        ),
    )
    assert found["report"] == ["2 links without a full web address kept their words only"]


def test_nothing_hidden_is_read() -> None:
    html = (
        "<style>.gone{display:none} @media print{.x{display:none}} .x{font-weight:bold}</style><script>a</script>"
        "<p hidden>b</p><p style='display:none'>c</p><p class=gone>d</p><p style='mso-hide:all'>e</p><!-- f -->"
        "<p class=x>seen</p><noscript>g</noscript><template>h</template>"
    )
    found = value(html)
    assert from_json(found["article"]).blocks == (p("b1", Span("seen", BOLD)),)
    assert found["report"] == ["4 hidden texts were left out"]


def test_what_has_no_place_is_reported() -> None:
    html = (
        "<iframe src=x></iframe><video></video><audio></audio><object></object><svg><text>t</text></svg><math>"
        "<mi>x</mi></math><form><input></form><u>u</u><code>c</code><img src='http://a.example/p.jpg' alt='A view'>"
    )
    found = value(html)
    assert found["report"] == [
        "1 page embedded from elsewhere was left out",
        "1 video was left out",
        "1 sound was left out",
        "1 embedded object was left out",
        "1 drawing (SVG) was left out",
        "1 formula was kept as its characters only",
        "1 form was left out, its words stay",
        "1 underlined passage lost its line",
        "1 passage of code lost its typeface",
        "1 picture is not in the file and was not fetched",
        "A picture that is not in the file is described as “A view”",
    ]
    assert found["photos"] == []
    assert value("<frameset><frame src=a><frame src=b></frameset>")["report"] == [
        "2 frames with pages of their own were left out",
    ]


def test_pictures_inside_the_page_are_kept_and_those_beside_it_are_named() -> None:
    data = base64.b64encode(DOT).decode()
    html = f"<p>before <img src='data:image/png;base64,{data}' alt='A dot'> after</p><img src='cid:%3Ca@b%3E' alt=q>"
    result = read(html.encode(), {})
    assert result.blobs == (DOT,)
    assert result.value["photos"] == [
        {"key": "p1", "name": "image1.png", "media_type": "image/png", "blob": 0, "alt": "A dot"},
        {"key": "c1", "name": "", "media_type": "", "blob": None, "alt": "q", "cid": "a@b"},
    ]
    assert from_json(result.value["article"]).blocks == (
        p("b1", "before after"),
        Figure("b2", "p1"),
        Figure("b3", "c1"),
    )


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("data:image/png;base64,", "1 picture inside the page is damaged"),
        ("data:image/png;base64,A", "1 picture inside the page is damaged"),
        ("data:image/svg+xml,<svg/>", "1 picture of a kind that is not printed was kept as a file"),
    ],
)
def test_pictures_that_cannot_be_printed_are_reported(source: str, sentence: str) -> None:
    found = value(f"<p>x</p><img src='{source}'>")
    assert sentence in found["report"]
    assert len(found["files"]) == ("svg" in source)


def test_lists_nest_however_they_are_written() -> None:
    html = "<ul>loose<li>a<p>b</p><ol start=3><li>c</ol>after<li></li><ul><li>d</ul></ul>"
    assert blocks(html) == (
        ListBlock(
            "b1",
            items=(
                ListItem((Span("loose"),)),
                ListItem(
                    (Span("a\nb\nafter"),),
                    (
                        ListBlock("b2", True, 3, (ListItem((Span("c"),)),)),
                        ListBlock("b3", items=(ListItem((Span("d"),)),)),
                    ),
                ),
            ),
        ),
    )


def test_tables_and_figures_in_a_list_come_after_it() -> None:
    found = value("<ul><li>a<table><tr><td>1<td>2</table><img src=cid:x><li>b</ul><p>c")
    assert [type(block) for block in from_json(found["article"]).blocks] == [
        ListBlock,
        Table,
        Figure,
        Paragraph,
    ]
    assert found["report"] == ["Tables inside the items of a list were put after it"]


def test_lists_without_end_become_lines() -> None:
    found = value("<ul><li>x" * 40)
    assert found["report"] == ["Lists more than 12 deep were taken as lines"]
    assert plain_text(from_json(found["article"])).count("x") == 40


def test_quotations_keep_their_attribution() -> None:
    html = (
        "<blockquote>One<p>Two<footer>Bo</footer></blockquote>"
        "<figure class='wp-block-pullquote'><blockquote><p>Pull</p><cite>Ann</cite></blockquote></figure>"
        "<blockquote><p>A</p><h3>H</h3><p><cite>Cy</cite></p></blockquote><p>In <cite>a book</cite></p>"
    )
    assert blocks(html) == (
        Quote("b1", (p("b2", "One"), p("b3", "Two")), (Span("Bo"),)),
        Quote("b4", (p("b5", "Pull"),), (Span("Ann"),), pull=True),
        Quote("b6", (p("b7", "A"),)),
        Heading("b8", 3, (Span("H"),)),
        Quote("b9", (), (Span("Cy"),)),
        p("b10", "In ", Span("a book", ITALIC)),
    )


def test_tables_of_data_keep_their_cells_and_tables_of_layout_go() -> None:
    html = (
        "<table><caption>Cap</caption><tr><th>A<th>B<tr><td colspan=2>x<p>y</p><ul><li>z</ul><tr><td rowspan=0>1<td>2"
        "<img src=cid:x></table><table><tr><td><p>One</p><table><tr><td>Two<tr><td>Three</table></table>"
    )
    assert blocks(html) == (
        p("b1", "Cap"),
        Table(
            "b2",
            (
                (Cell((Span("A"),), True), Cell((Span("B"),), True)),
                (Cell((Span("x\ny\n- z"),), columns=2),),
                (Cell((Span("1"),)), Cell((Span("2"),))),
            ),
        ),
        Figure("b3", "c1"),
        p("b4", "One"),
        p("b5", "Two"),
        p("b6", "Three"),
    )


def test_insertions_and_deletions_are_tracked_changes() -> None:
    html = "<p>a<ins datetime='2026-01-02' data-author=x>b</ins><del title=Ann>c</del></p><ins><p>d</p></ins>"
    added = Change(ChangeKind.INSERTION)
    assert blocks(html) == (
        p(
            "b1",
            "a",
            Span("b", change=Change(ChangeKind.INSERTION, "", "2026-01-02")),
            Span("c", change=Change(ChangeKind.DELETION, "Ann")),
        ),
        p("b2", Span("d", change=added), break_change=added),
    )


def test_alignment_direction_and_language_are_kept() -> None:
    html = (
        "<html lang=en-GB><body><p align=center>a<p style='text-align:right'>b<p style='text-align:justify'>c"
        "<p dir=rtl lang=ar>d <span lang=fr>e</span><p><span lang=en-US>f</span><span lang='zz top'>g</span>"
        "<center>h</center>"
    )
    found = article(html)
    assert found.language == "en-GB"
    assert found.blocks == (
        p("b1", "a", align=Align.CENTER),
        p("b2", "b", align=Align.END),
        p("b3", "c", align=Align.JUSTIFY),
        p("b4", Span("d ", language="ar"), Span("e", language="fr"), direction=Direction.RTL),
        p("b5", "fg"),
        p("b6", "h", align=Align.CENTER),
    )
    assert blocks("<html dir=rtl><p>x<p align=right>y<p align=left>z") == (
        p("b1", "x", direction=Direction.RTL),
        p("b2", "y", direction=Direction.RTL),
        p("b3", "z", direction=Direction.RTL, align=Align.END),
    )


def test_quotation_marks_and_readings_of_characters_are_written_out() -> None:
    assert (
        plain_text(article("<q>hi</q> <ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>")) == "“hi” 漢(かん)"
    )


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("<p>Où — “ici”</p>".encode("cp1252"), "iso-8859-1"),
        ("<meta charset=gb2312><p>和平与自由</p>".encode("gb18030"), ""),
        (
            "<meta http-equiv=content-type content='text/html; charset=koi8-r'><p>Привет</p>".encode(
                "koi8-r"
            ),
            "",
        ),
        ("<?xml version='1.0' encoding='windows-1251'?><p>Привет</p>".encode("cp1251"), ""),
        ("<meta charset=iso-8859-1><p>Привет, é</p>".encode(), ""),
        ("<p>Привет</p>".encode("utf-16"), ""),
        ("<p>Привет</p>".encode("utf-8-sig"), ""),
        ("<p>Hello wide world</p>".encode("utf-16-le"), "utf-8"),
    ],
)
def test_any_charset_is_read(data: bytes, charset: str) -> None:
    words = plain_text(article(data, charset=charset))
    assert words in {"Où — “ici”", "和平与自由", "Привет", "Привет, é", "Hello wide world"}


def test_a_page_nested_without_end_keeps_its_words() -> None:
    found = value("<div>" * 3000 + "deep" + "<b>" * 3000 + " bold")
    assert plain_text(from_json(found["article"])) == "deep bold"
    assert "The page is nested too deep: its words were taken without their structure" in found["report"]


def test_broken_pages_are_read_as_browsers_read_them() -> None:
    assert blocks("<b>a<p>b</b>c</p></div>d<p") == (
        p("b1", Span("a", BOLD)),
        p("b2", Span("b", BOLD), "c"),
        p("b3", "d"),
    )
    assert blocks("just < words & more") == (p("b1", "just < words & more"),)
    assert blocks("<p>* * *</p>") == (Separator("b1"),)


@pytest.mark.parametrize("sign", ["\x13", "&#19;", "\x00", "\ufffe"])
def test_signs_that_are_no_characters_cost_nothing_else(sign: str) -> None:
    page = (
        f'<p>Text{sign}<sup><a href="#fn1" id="fnref1">1</a></sup>{sign} on</p>'
        f'<ol class="footnotes"><li id="fn1"><p>{sign}A note. <a href="#fnref1">{sign}↩</a>{sign}</p></li></ol>'
    )
    assert plain_text(from_json(value(page)["article"])).split() == ["Text[1]", "on", "[1]", "A", "note."]


def test_metadata_is_told() -> None:
    html = "<meta name=author content='Li  Wei'><meta property='og:description' content=d><p>x"
    assert value(html)["metadata"] == {"author": "Li Wei", "description": "d"}


@pytest.mark.parametrize("data", [b"", b" \n", b"\0\1\2\3\0\0\0\0\0\0\0\0\0\0\5\0"])
def test_what_is_no_html_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data, {})
