"""The text of the English test article: every kind of block."""

from __future__ import annotations

from app.domain.article import (
    Align,
    Cell,
    Column,
    Download,
    Figure,
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
    Table,
)


def text(words: str, *marks: Mark, link: str = "", language: str = "") -> Span:
    """A run of text."""
    return Span(words, frozenset(marks), link, language)


def note(name: str) -> Span:
    """A reference to a footnote."""
    return Span(note=name)


def paragraph(number: int, *spans: Span | str, align: Align = Align.NATURAL) -> Paragraph:
    return Paragraph(
        f"b{number}", tuple(text(span) if isinstance(span, str) else span for span in spans), align
    )


def spans_of(words: str) -> Spans:
    return (text(words),)


BODY = (
    paragraph(
        1,
        "In the last week of September the village committee put a single sheet of paper on every table in the "
        "valley. It had four lines. The third asked each household to declare that it would no longer meet for ",
        text("dzin-la", Mark.ITALIC),
        ", the evening reading that has closed the working day here for as long as anyone can say.",
        note("n1"),
        " By the first of October, of one hundred and twelve sheets, ninety-seven had come back blank.",
    ),
    paragraph(
        2,
        "Nobody agreed this beforehand. “We did not talk about it,” a teacher told this magazine, “because we did "
        "not need to.” The ",
        text("provincial regulation", link="https://example.org/regulation?article=41&year=2017"),
        " that the sheet quotes does not mention evening readings at all. It mentions ",
        text("venues", Mark.BOLD),
        ", and a kitchen is not one.",
        note("n2"),
    ),
    Heading("b3", 2, spans_of("What the sheet says")),
    paragraph(
        4,
        "The text is short enough to print whole. It was typed, stamped and unsigned. Three of its four lines are "
        "copied from a form of the 1990s; only the third is new, and it is the one that nobody will put a name to.",
    ),
    Quote(
        "b5",
        (
            paragraph(
                51, "The undersigned household confirms that it holds no gatherings of a religious character."
            ),
            paragraph(52, "It will report such gatherings where it learns of them."),
        ),
        spans_of("The sheet, lines three and four"),
    ),
    Figure("b6", "p2"),
    Heading("b7", 3, spans_of("A blank is an answer")),
    paragraph(
        8,
        "Lawyers whom we asked differ. One holds that a blank sheet is no statement; another that it is the clearest "
        "there is. H",
        text("2", Mark.SUBSCRIPT),
        "O, he said, is also only a formula. The ",
        text("un", Mark.SMALL_CAPS),
        " rapporteur’s letter of the 21",
        text("st", Mark.SUPERSCRIPT),
        " asks for ",
        text("an end to", Mark.STRIKETHROUGH),
        " a review of the practice.",
    ),
    Quote("b9", (paragraph(91, "We did not talk about it, because we did not need to."),), pull=True),
    ListBlock(
        "b10",
        ordered=True,
        start=1,
        items=(
            ListItem(spans_of("The sheet is handed out by the committee.")),
            ListItem(
                spans_of("It comes back in one of three ways:"),
                (
                    ListBlock(
                        "b11",
                        items=(
                            ListItem(spans_of("signed, and filed in the township;")),
                            ListItem(spans_of("blank, and kept by the committee;")),
                            ListItem(spans_of("not at all.")),
                        ),
                    ),
                ),
            ),
            ListItem(spans_of("A visit follows within the month.")),
        ),
    ),
    Table(
        "b12",
        (
            (
                Cell(spans_of("Hamlet"), header=True),
                Cell(spans_of("Households"), header=True),
                Cell(spans_of("Signed"), header=True),
                Cell(spans_of("Blank"), header=True),
            ),
            (
                Cell(spans_of("Upper mill"), header=True),
                Cell(spans_of("41")),
                Cell(spans_of("3")),
                Cell(spans_of("38")),
            ),
            (
                Cell(spans_of("Ford"), header=True),
                Cell(spans_of("29")),
                Cell(spans_of("not known"), columns=2),
            ),
            (
                Cell(spans_of("Terraces"), header=True),
                Cell(spans_of("42")),
                Cell(spans_of("5")),
                Cell(spans_of("37")),
            ),
        ),
    ),
    Separator("b13"),
    Parallel(
        "b14",
        (
            Column("zh", (Paragraph("b141", (text("本户确认不举行任何宗教性质的聚会。", language="zh"),)),)),
            Column(
                "en",
                (paragraph(142, "This household confirms that it holds no gatherings of a religious kind."),),
            ),
        ),
    ),
    paragraph(
        15,
        "Snow on the lower road;\nthe lamp goes from house to house.\nNobody signs it.",
        align=Align.CENTER,
    ),
    paragraph(
        16,
        "The visits have begun. So far they are polite. The oldest reader of the valley, who is eighty-six, received "
        "hers with tea and the greeting ",
        text("السلام عليكم", language="ar"),
        ", which she learned from a trader as a girl, and which her visitors did not know how to answer.",
        note("n1"),
    ),
    Download("b17", "f1", spans_of("The sheet as handed out (PDF)")),
)
