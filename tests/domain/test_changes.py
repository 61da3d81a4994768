from dataclasses import replace

import pytest
from hypothesis import given

from app.domain.article import (
    Article,
    Block,
    Change,
    ChangeKind,
    Comment,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Mark,
    Paragraph,
    Parallel,
    Quote,
    Separator,
    Span,
    Spans,
)
from app.domain.article_json import from_json, to_json
from app.domain.changes import accepted, has_open_changes, rejected
from app.domain.plain_text import block_text
from app.domain.spans import merged
from tests.support.articles import articles

INS = Change(ChangeKind.INSERTION, "Ann")
DEL = Change(ChangeKind.DELETION, "Ann")


def paragraph(name: str, *spans: Span, end: Change | None = None) -> Paragraph:
    return Paragraph(name, spans, break_change=end)


def texts(article: Article) -> list[str]:
    return [block_text(block) for block in article.blocks]


def test_an_insertion_stays_when_accepted_and_goes_when_rejected() -> None:
    spans = Span("One "), Span("more ", change=INS), Span("less", change=DEL)
    article = Article(blocks=(paragraph("b1", *spans),))
    assert accepted(article).blocks == (paragraph("b1", Span("One more ")),)
    assert rejected(article).blocks == (paragraph("b1", Span("One less")),)


def test_a_format_change_goes_back_to_the_look_before() -> None:
    bold, italic = frozenset({Mark.BOLD}), frozenset({Mark.ITALIC})
    change = Change(ChangeKind.FORMAT, before=italic)
    article = Article(blocks=(paragraph("b1", Span("x", bold, change=change)),))
    assert accepted(article).blocks == (paragraph("b1", Span("x", bold)),)
    assert rejected(article).blocks == (paragraph("b1", Span("x", italic)),)


def test_a_deleted_end_joins_the_paragraph_to_the_next_whose_properties_stay() -> None:
    article = Article(blocks=(paragraph("b1", Span("Three."), end=DEL), Heading("b2", 3, (Span("Four."),))))
    assert accepted(article).blocks == (Heading("b2", 3, (Span("Three.Four."),)),)
    assert texts(rejected(article)) == ["Three.", "Four."]


def test_an_inserted_end_belongs_to_the_first_half_of_a_split() -> None:
    first = paragraph("b1", Span("One."), Span(" ", change=DEL), end=INS)
    article = Article(blocks=(first, paragraph("b2", Span("Two."))))
    assert texts(accepted(article)) == ["One.", "Two."]
    assert texts(rejected(article)) == ["One. Two."]


def test_a_cut_paragraph_goes_and_one_with_its_end_kept_stays_empty() -> None:
    article = Article(
        blocks=(
            paragraph("b1", Span("Cut", change=DEL), end=DEL),
            Figure("b2", "p1"),
            paragraph("b3", Span("Cut", change=DEL)),
            Separator("b4"),
            paragraph("b5", Span("last"), end=DEL),
        )
    )
    assert accepted(article).blocks == (
        Figure("b2", "p1"),
        paragraph("b3"),
        Separator("b4"),
        paragraph("b5", Span("last")),
    )


INNER = ListBlock("b2", items=(ListItem((Span("x"),)),))


@pytest.mark.parametrize(
    ("items", "left"),
    [
        ((ListItem((Span("a"),), break_change=DEL), ListItem((Span("b"),))), (ListItem((Span("ab"),)),)),
        ((ListItem((Span("a", change=DEL),), break_change=DEL),), None),
        (
            (ListItem((Span("a"),), (INNER,), DEL), ListItem((Span("b"),))),
            (ListItem((Span("a"),), (INNER,)), ListItem((Span("b"),))),
        ),
    ],
)
def test_items_join_like_paragraphs(items: tuple[ListItem, ...], left: tuple[ListItem, ...] | None) -> None:
    blocks = accepted(Article(blocks=(ListBlock("b1", items=items),))).blocks
    assert blocks == (() if left is None else (ListBlock("b1", items=left),))


def test_a_quotation_without_words_goes_but_an_attribution_keeps_it() -> None:
    gone = paragraph("b2", Span("x", change=DEL), end=DEL)
    assert not accepted(Article(blocks=(Quote("b1", (gone,)),))).blocks
    kept: Block = Quote("b1", (gone,), (Span("Li"),))
    assert accepted(Article(blocks=(kept,))).blocks == (Quote("b1", (), (Span("Li"),)),)


def test_a_footnote_goes_with_its_last_reference() -> None:
    notes = tuple(Footnote(name, (paragraph(f"{name}p", Span("x")),)) for name in ("n1", "n2", "n3"))
    notes = (replace(notes[0], paragraphs=(paragraph("n1p", Span("see"), Span(note="n2")),)), *notes[1:])
    article = Article(blocks=(paragraph("b1", Span(note="n1", change=DEL)),), footnotes=notes)
    assert [note.id for note in accepted(article).footnotes] == ["n3"]
    assert [note.id for note in rejected(article).footnotes] == ["n1", "n2", "n3"]


def test_comments_follow_their_words() -> None:
    article = Article(
        blocks=(
            paragraph("b1", Span("one", change=DEL), Span("two"), end=DEL),
            paragraph("b2", Span("three")),
            paragraph("b3", Span("cut", change=DEL), end=DEL),
            Separator("b4"),
        ),
        comments=(
            Comment("c1", "b1", 3, 6, "two"),
            Comment("c2", "b2", 0, 5, "three"),
            Comment("c3", "b3", 0, 3, "cut"),
            Comment("c4", "nowhere", 0, 0, "stray"),
        ),
    )
    assert [(c.id, c.block, c.start, c.end) for c in accepted(article).comments] == [
        ("c1", "b2", 0, 3),
        ("c2", "b2", 3, 8),
        ("c4", "nowhere", 0, 0),
    ]


def test_changes_are_found_wherever_they_are() -> None:
    inner = ListBlock("b2", items=(ListItem(break_change=INS),))
    blocks: tuple[Block, ...] = (
        ListBlock("b1", items=(ListItem(lists=(inner,)),)),
        Quote("b3", (paragraph("b4", end=INS),)),
    )
    for block in blocks:
        assert has_open_changes(Article(blocks=(block,)))
    assert has_open_changes(Article(footnotes=(Footnote("n1", (paragraph("b1", Span("x", change=INS)),)),)))
    assert not has_open_changes(Article(blocks=(Parallel("b1"), paragraph("b2", Span("x")))))


@given(articles())
def test_nothing_is_open_afterwards_and_a_second_time_changes_nothing(article: Article) -> None:
    for settle in (accepted, rejected):
        settled = settle(article)
        assert not has_open_changes(settled)
        assert settle(settled) == settled
        assert from_json(to_json(settled)) == settled
        ends = {block.id: len(block_text(block)) for block in settled.blocks}
        assert all(0 <= c.start <= c.end <= ends[c.block] for c in settled.comments)
        figures = [block for block in article.blocks if isinstance(block, Figure)]
        assert [block for block in settled.blocks if isinstance(block, Figure)] == figures


@given(articles(tracked=False))
def test_an_article_without_changes_stays_the_same(article: Article) -> None:
    assert accepted(article) == rejected(article) == article


@given(articles())
def test_what_stays_is_what_was_not_taken_away(article: Article) -> None:
    def words(blocks: tuple[Block, ...], gone: ChangeKind | None) -> str:
        def kept(spans: Spans) -> str:
            return "".join(s.text for s in spans if s.change is None or s.change.kind is not gone)

        return "".join(kept(block.spans) for block in blocks if isinstance(block, Paragraph | Heading))

    for settle, gone in ((accepted, ChangeKind.DELETION), (rejected, ChangeKind.INSERTION)):
        left = words(settle(article).blocks, None)
        assert merged([Span(left)]) == merged([Span(words(article.blocks, gone))])
