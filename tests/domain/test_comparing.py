from dataclasses import replace

from app.domain.article import Article, Change, ChangeKind, Footnote, Heading, Mark, Paragraph, Span
from app.domain.comparing import Difference, differences


def _said(id: str, text: str) -> Paragraph:
    return Paragraph(id, (Span(text),))


BEFORE = Article(
    headline="A wall", tags=("walls",),
    blocks=(_said("b1", "One."), _said("b2", "Two."), _said("b3", "Three.")),
    footnotes=(Footnote("n1", (_said("n1p", "Note."),)),),
)  # fmt: skip


def test_an_article_does_not_differ_from_itself_with_other_ids() -> None:
    again = replace(BEFORE, blocks=tuple(replace(block, id=f"x{block.id}") for block in BEFORE.blocks))
    assert differences(BEFORE, again) == []


def test_heads_and_blocks_are_told_with_what_they_were() -> None:
    after = replace(
        BEFORE,
        headline="A fence",
        standfirst="New.",
        tags=(),
        blocks=(_said("b1", "One."), _said("b3", "Three, now.")),
    )
    assert differences(BEFORE, after) == [
        Difference("headline", "replace", "A wall", "A fence"),
        Difference("standfirst", "insert", "", "New."),
        Difference("tags", "delete", "walls", ""),
        Difference("text", "replace", "Two.\n\nThree.", "Three, now."),
    ]


def test_a_note_and_a_look_are_differences_too() -> None:
    bold = replace(BEFORE, blocks=(Heading("b1", 2, (Span("One."),)), *BEFORE.blocks[1:]))
    assert differences(BEFORE, bold) == [Difference("text", "replace", "One.", "One.")]
    strong = replace(
        BEFORE, blocks=(Paragraph("b1", (Span("One.", frozenset({Mark.BOLD})),)), *BEFORE.blocks[1:])
    )
    assert len(differences(BEFORE, strong)) == 1
    noted = replace(BEFORE, footnotes=())
    assert differences(BEFORE, noted) == [Difference("text", "delete", "Note.", "")]


def test_tracked_changes_are_compared_as_if_accepted() -> None:
    cut = Paragraph("b2", (Span("Two."), Span(" Cut.", change=Change(ChangeKind.DELETION))))
    assert differences(BEFORE, replace(BEFORE, blocks=(BEFORE.blocks[0], cut, BEFORE.blocks[2]))) == []
