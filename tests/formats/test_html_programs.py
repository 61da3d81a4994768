from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.article import Article, Comment, Footnote, Heading, ListBlock, ListItem, Mark, Paragraph, Span
from app.domain.article_json import from_json
from app.domain.reading import Unreadable
from app.formats.html_reader import read


def article(html: str | bytes) -> Article:
    return from_json(read(html if isinstance(html, bytes) else html.encode(), {}).value["article"])


def p(name: str, *spans: Span | str) -> Paragraph:
    return Paragraph(name, tuple(Span(span) if isinstance(span, str) else span for span in spans))


BOLD = frozenset({Mark.BOLD})
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252"><title>Document1</title></head>
<body lang=EN-GB><div class=WordSection1><p class=MsoTitle>The wall<o:p></o:p></p><p class=MsoSubtitle>On borders</p>
<p class=MsoNormal><span lang=EN-US>They came at night<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"
title=""><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a>.</span>
<span class=MsoCommentReference><a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[A1]</a>
</span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>
3.<span>&nbsp;&nbsp; </span></span><![endif]>First</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>\xb7<span>&nbsp; </span>
</span>Inner</p></div>
<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> A note\x92s words.</p></div></div>
<div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'><div id="_com_1">
<span style='mso-comment-author:"Ann Lee"'><a name="_msocom_1"></a></span><p class=MsoCommentText>
<a href="#_msoanchor_1" class=msocomoff>[A1]</a>Really?</p></div></div></div></body></html>"""


def test_what_word_saves_as_html_is_understood() -> None:
    assert article(WORD.encode("latin-1")) == Article(
        "The wall",
        "On borders",
        language="EN-GB",
        blocks=(
            p("b1", "They came at night", Span(note="n1"), "."),
            ListBlock(
                "b2",
                True,
                3,
                (ListItem((Span("First"),), (ListBlock("b3", items=(ListItem((Span("Inner"),)),)),)),),
            ),
        ),
        footnotes=(Footnote("n1", (p("b4", "A note’s words."),)),),
        comments=(Comment("c1", "b1", 19, 19, "Really?", "Ann Lee"),),
    )


@pytest.mark.parametrize(
    "html",
    [
        """<p>Text<sup data-fn="u1" class="fn"><a href="#u1" id="u1-link">1</a></sup> on</p>
    <ol class="wp-block-footnotes"><li id="u1">Note. <a href="#u1-link" aria-label="x">↩︎</a></li></ol>""",
        """<p>Text<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> on</p>
    <section class="footnotes"><hr /><ol><li id="fn1"><p>Note.<a href="#fnref1">↩︎</a></p></li></ol></section>""",
        """<p>Text<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> on</p>
    <hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Note.</span></p></div>""",
        """<p>Text<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref>1</a></sup> on</p>
    <section data-footnotes class="footnotes"><ol><li id="user-content-fn-1"><p>Note.
    <a href="#user-content-fnref-1" data-footnote-backref>↩</a></p></li></ol></section>""",
    ],
)
def test_footnotes_of_common_programs_are_found(html: str) -> None:
    assert article(html) == Article(
        blocks=(p("b1", "Text", Span(note="n1"), " on"),),
        footnotes=(Footnote("n1", (p("b2", "Note."),)),),
    )


def test_a_second_reference_leads_to_the_same_note() -> None:
    html = (
        "<p>a<a href='#f' id='r'>1</a> b<a href='#f'>1</a> <a href='#s' id='t'>Contents</a></p>"
        "<h2 id='s'>Section <a href='#t'>up</a></h2><p id='f'><a href='#r'>1</a> Note.</p>"
    )
    found = article(html)
    assert found.blocks == (
        p("b1", "a", Span(note="n1"), " b", Span(note="n1"), " Contents"),
        Heading("b2", 2, (Span("Section up"),)),
    )
    assert [note.id for note in found.footnotes] == ["n1"]


def test_comments_of_google_docs_stay_beside_the_text() -> None:
    html = """<style>.c1{font-weight:700}</style><p class="title c1">Gdoc</p><p>One <span class=c1>two</span><sup>
    <a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>
    <span>Is this so?</span></p></div>"""
    found = article(html)
    assert found.headline == "Gdoc"
    assert found.blocks == (p("b1", "One ", Span("two", BOLD)),)
    assert [comment.text for comment in found.comments] == ["Is this so?"]


@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.sampled_from(WORD.split("<")), max_size=25).map(
            lambda parts: "<".join(parts).encode("latin-1")
        ),
    )
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(Unreadable):
        from_json(read(data, {}).value["article"])
