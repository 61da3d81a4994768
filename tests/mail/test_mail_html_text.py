"""Words of HTML mail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail import html_text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("", ""),
        ("just words", "just words"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<div>One<br></div><div><br></div><div>Two</div>", "One\n\nTwo"),
        ("a<br>b<br/><br>c", "a\nb\n\nc"),
        ("<b>bo</b>ld  \n words", "bold words"),
        ("caf&eacute; &amp; &lt;tea&gt; &#x1F600;&nbsp;ok", "café & <tea> 😀 ok"),
        ("<h1>T</h1>text<hr>more", "T\n\ntext\n\n* * *\n\nmore"),
        ("<ul><li>a<li>b<ol><li>c</li><li>d</ol></ul>", "- a\n- b\n\n  1. c\n  2. d"),
        ("<ol><li><p>a</p></li></ol>", "1. a"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3<td>4</table>", "1\t2\n3\t4"),
        ("<pre>  x\r\n   y</pre>z", "  x\n   y\n\nz"),
        ("<blockquote>said</blockquote>", "    said"),
        (
            '<blockquote type="cite">a<br>b<blockquote class=gmail_quote>c</blockquote></blockquote>d',
            "> a\n> b\n>\n> > c\n\nd",
        ),
        ("<style>p{}</style><script>if (a<b) x('</p>')</script><title>T</title>words", "words"),
        ("<SCRIPT>x</Script >words", "words"),
        ("<script>never closed <p>words", "never closed\n\nwords"),
        ("<!-- hidden --><!DOCTYPE html><?xml x?>words<!-- open", "words<!-- open"),
        ("<!-- open > words", "words"),
        ("1 < 2 and 3 > 2 <3 </ x", "1 < 2 and 3 > 2 <3 </ x"),
        ("a <b", "a <b"),
        ('<a title="x > y" href=\'z\'>link</a> <a b="open>text', "link text"),
        ('<div style="display:none">preheader <div>in</div> more</div>words', "words"),
        ("<span hidden>no</span><p style='overflow:hidden'>yes", "yes"),
        ("<div style='display: none'>never closed", "never closed"),
        ('<img alt="😀"><img alt="Logo of us"><img>', "😀"),
        ("</p></div></blockquote></ul>words", "words"),
        ("<li>loose", "- loose"),
        ("<svg><text>x</text></svg><br/>a", "\na".strip()),
        ("<title/>a", "a"),
    ],
)
def test_pages_become_lines(page: str, text: str) -> None:
    assert html_text.text_of(page) == text


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                "<p",
                "</p>",
                "<div hidden>",
                "</div>",
                "<!--",
                "-->",
                '"',
                "'",
                "=",
                "<blockquote type=cite>",
                "</blockquote>",
                "<pre>",
                "</pre>",
                "<li>",
                "<ol>",
                "</ol>",
                "x",
                " ",
                "\n",
                "&",
                "&#0;",
                "&#xd800;",
                "<script>",
                "</script>",
                "<br>",
                "<td>",
            ]
        ),
        max_size=40,
    )
)
def test_any_heap_of_tags_has_words(pieces: list[str]) -> None:
    text = html_text.text_of("".join(pieces))
    assert text == text.strip("\n")
