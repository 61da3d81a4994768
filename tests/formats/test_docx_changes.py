"""Tracked changes of Word files: what the article holds, and how it reads accepted and rejected."""

from __future__ import annotations

from app.domain.article import Change, ChangeKind, Mark, Paragraph, Span
from app.domain.changes import accepted, rejected
from app.domain.plain_text import plain_text
from tests.support.word_files import paragraph, read_word, run, word_file

_WHEN = "2026-11-23T09:00:00Z"


def _change(kind: str, inner: str, by: str = "Ed", more: str = "") -> str:
    return f'<w:{kind} w:id="1" w:author="{by}" w:date="{_WHEN}"{more}>{inner}</w:{kind}>'


def _deleted(text: str, by: str = "Ed") -> str:
    return _change("del", f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>', by)


def _inserted(text: str, by: str = "Ed") -> str:
    return _change("ins", run(text), by)


def _ended(text: str, kind: str) -> str:
    return paragraph(text, "", f"<w:rPr>{_change(kind, '')}</w:rPr>")


def _both(body: str) -> tuple[str, str]:
    article, _, _ = read_word(word_file(body))
    return plain_text(accepted(article)), plain_text(rejected(article))


def test_insertions_and_deletions_are_spans_with_author_and_time() -> None:
    article, report, _ = read_word(
        word_file(
            paragraph(run("Eleven believers ") + _deleted("was") + _inserted("were") + run(" detained."))
        )
    )
    assert article.blocks == (
        Paragraph(
            "b1",
            (
                Span("Eleven believers "),
                Span("was", change=Change(ChangeKind.DELETION, "Ed", _WHEN)),
                Span("were", change=Change(ChangeKind.INSERTION, "Ed", _WHEN)),
                Span(" detained."),
            ),
        ),
    )
    assert report == []


def test_the_true_time_wins_over_the_clock_of_the_author() -> None:
    body = paragraph(_change("ins", run("x"), more=' w16du:dateUtc="2026-11-23T08:00:00Z"'))
    article, _, _ = read_word(word_file(body))
    assert article.blocks[0].spans[0].change == Change(ChangeKind.INSERTION, "Ed", "2026-11-23T08:00:00Z")  # type: ignore[union-attr]


def test_an_inserted_paragraph_goes_when_rejected() -> None:
    body = paragraph("One.") + _ended(_inserted("New."), "ins") + paragraph("Two.")
    assert _both(body) == ("One.\n\nNew.\n\nTwo.", "One.\n\nTwo.")


def test_a_deleted_paragraph_goes_when_accepted() -> None:
    body = paragraph("One.") + _ended(_deleted("Cut."), "del") + paragraph("Two.")
    assert _both(body) == ("One.\n\nTwo.", "One.\n\nCut.\n\nTwo.")


def test_a_split_is_joined_when_rejected() -> None:
    body = _ended(run("One.") + _deleted(" "), "ins") + paragraph("Two.")
    assert _both(body) == ("One.\n\nTwo.", "One. Two.")


def test_a_merge_is_joined_when_accepted() -> None:
    body = _ended(run("Three.") + _inserted(" "), "del") + paragraph("Four.")
    assert _both(body) == ("Three. Four.", "Three.\n\nFour.")


def test_spaces_beside_a_tracked_end_of_paragraph_stay() -> None:
    assert _both(_ended(run("One. "), "ins") + paragraph("Two.")) == ("One. \n\nTwo.", "One. Two.")
    assert _both(_ended(run("One."), "ins") + paragraph(" Two."))[1] == "One. Two."


def test_an_empty_paragraph_between_two_ends_keeps_them_apart() -> None:
    body = _ended(run("One."), "del") + paragraph("<w:r/>") + paragraph("Two.")
    assert _both(body)[0] == "One.\n\nTwo."


def test_text_that_moved_is_deleted_there_and_inserted_here() -> None:
    body = paragraph(run("a ") + _change("moveFrom", run("b "))) + paragraph(
        run("c ") + _change("moveTo", run("b"))
    )
    assert _both(body) == ("a \n\nc b", "a b \n\nc ")


def test_text_inserted_by_one_and_deleted_by_another_is_deleted() -> None:
    body = paragraph(run("x") + _change("ins", _deleted("y", "Ann")))
    article, report, _ = read_word(word_file(body))
    assert article.blocks[0].spans[1].change == Change(ChangeKind.DELETION, "Ann", _WHEN)  # type: ignore[union-attr]
    assert report == ["1 passage was inserted and then deleted; it is shown as deleted"]


def test_a_change_of_format_remembers_the_look_before() -> None:
    body = paragraph(
        run("title", "<w:i/>" + _change("rPrChange", "<w:rPr><w:b/></w:rPr>"))
        + run("font", _change("rPrChange", '<w:rPr><w:sz w:val="20"/></w:rPr>'))
    )
    article, report, _ = read_word(word_file(body))
    first, second = article.blocks[0].spans  # type: ignore[union-attr]
    assert first.marks == {Mark.ITALIC}
    assert first.change == Change(ChangeKind.FORMAT, "Ed", _WHEN, frozenset({Mark.BOLD}))
    assert second == Span("font")
    assert report == ["Tracked changes of font, size or colour were accepted"]


def test_changes_inside_links_notes_and_rows_are_kept() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("new", "row"))
    row = f"<w:tr><w:trPr>{_change('ins', '')}</w:trPr>{cells}</w:tr>"
    body = (
        paragraph(f'<w:hyperlink r:id="l">{_inserted("link")}</w:hyperlink>')
        + paragraph(run("t") + _change("ins", '<w:r><w:footnoteReference w:id="2"/></w:r>'))
        + f"<w:tbl>{row}</w:tbl>"
    )
    article, report, _ = read_word(
        word_file(
            body,
            {"l": ("hyperlink", "https://example.org")},
            footnotes=f'<w:footnote w:id="2">{paragraph(_inserted("note"))}</w:footnote>',
        )
    )
    assert plain_text(rejected(article)).strip(" |\n") == "t"
    assert plain_text(accepted(article)) == "link\n\nt[1]\n\nnew | row\n\n[1] note"
    assert report == ["Tracked changes of table rows stand in the text of their cells"]


def test_changes_of_layout_are_reported() -> None:
    body = paragraph("x", "", _change("pPrChange", "<w:pPr/>"))
    assert read_word(word_file(body))[1] == ["Tracked changes of layout were accepted"]


def test_a_picture_that_was_deleted_is_taken_in_and_reported() -> None:
    shape = '<w:r><w:pict><v:shape><v:textpath string="ART"/></v:shape></w:pict></w:r>'
    article, report, _ = read_word(word_file(paragraph(_change("del", shape))))
    assert plain_text(article) == "ART"
    assert "1 drawing or picture is marked as deleted; it was taken in" in report
