from hypothesis import given
from hypothesis import strategies as st

from app.domain.article import Article, Mark, Paragraph, Span
from app.domain.spans import merged, runs, same_look, trimmed, with_runs, words_of
from tests.support.articles import articles, texts

BOLD = frozenset({Mark.BOLD})


def test_neighbours_of_one_look_become_one_span() -> None:
    spans = (Span("a"), Span("b"), Span(""), Span("c", BOLD), Span(note="n1"), Span("d", BOLD), Span("e"))
    assert merged(spans) == (Span("ab"), Span("c", BOLD), Span(note="n1"), Span("d", BOLD), Span("e"))
    assert merged((Span("e"), Span("\u0301"))) == (Span("é"),)
    assert same_look(Span("a", BOLD), Span("b", BOLD))
    assert not same_look(Span("a", BOLD), Span("a"))


def test_white_space_goes_at_both_ends_but_not_inside() -> None:
    assert trimmed((Span(" \n"), Span(" a", BOLD), Span(" b\u3000"), Span("\n", BOLD))) == (
        Span("a", BOLD),
        Span(" b"),
    )
    assert trimmed((Span(note="n1"), Span(" "))) == (Span(note="n1"),)
    assert trimmed((Span(" "),)) == ()


@given(st.lists(st.builds(Span, texts, st.sampled_from((BOLD, frozenset())))))
def test_merging_loses_no_words_and_is_done_once(spans: list[Span]) -> None:
    once = merged(spans)
    assert merged(once) == once
    assert words_of(merged([Span(words_of(once))])) == words_of(merged([Span(words_of(spans))]))


@given(articles())
def test_every_run_can_be_changed(article: Article) -> None:
    for block in article.blocks:
        assert with_runs(block, lambda spans: spans) == block
        emptied = with_runs(block, lambda spans: ())
        assert not any(spans for spans in runs(emptied))


def test_a_paragraph_keeps_everything_else() -> None:
    assert with_runs(Paragraph("b1", (Span("a"),)), lambda spans: (Span("b"),)) == Paragraph(
        "b1", (Span("b"),)
    )
