from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.article import Article, Cell, Heading, ListBlock, ListItem, Paragraph, Separator, Span, Table
from app.domain.article_json import clean_text, from_json
from app.domain.plain_text import plain_text
from app.domain.reading import Unreadable
from app.formats.text_reader import read


def article(text: str | bytes, **options: Any) -> Article:
    return from_json(read(text if isinstance(text, bytes) else text.encode(), options).value["article"])


def paragraphs(text: str) -> list[str]:
    return ["".join(s.text for s in b.spans) for b in article(text).blocks if isinstance(b, Paragraph)]


PROSE = """They came at night, when the lamps were out and nobody was awake but the
old woman at the end of the lane, who saw three lorries without lights turn
in from the upper road and stop beside the well.

By the morning the chapel was empty. The benches stood in the yard under the
first snow, and the door had been taken away."""
PROSE_LINES = [" ".join(part.split()) for part in PROSE.split("\n\n")]


def test_hard_wrapped_prose_becomes_paragraphs() -> None:
    assert paragraphs(PROSE) == PROSE_LINES
    assert paragraphs(PROSE.replace("\n", "\r\n")) == PROSE_LINES


def test_without_empty_lines_a_short_or_an_indented_line_ends_a_paragraph() -> None:
    assert paragraphs(PROSE.replace("\n\n", "\n")) == PROSE_LINES
    assert (
        paragraphs(PROSE.replace("beside the well.", "beside the well, all of them in one row and"))
        != PROSE_LINES
    )
    indented = PROSE.replace("\n\nBy", "\n   By")
    assert paragraphs(indented) == PROSE_LINES


def test_one_line_a_paragraph_is_told_by_its_length() -> None:
    assert paragraphs("\n".join([*PROSE_LINES, *PROSE_LINES])) == [*PROSE_LINES, *PROSE_LINES]


VERSE = """I had a door of cedar wood
    that opened on the sea,
I had a lamp, I had a book,
    and nobody but me."""


def test_verse_keeps_its_lines_and_their_indents() -> None:
    assert paragraphs(VERSE) == [VERSE]
    assert paragraphs(f"{PROSE}\n\n{VERSE}\n\n{VERSE}") == [*PROSE_LINES, VERSE, VERSE]
    assert paragraphs(VERSE.replace("    ", "") + "\n") == [VERSE.replace("    ", "")]


def test_long_lines_of_verse_that_all_begin_with_a_capital_stay_lines() -> None:
    verse = "\n".join(
        f"{word} walked along the river in the evening of the longest day"
        for word in ("I", "We", "You", "They")
    )
    assert paragraphs(verse) == [verse]


def test_chinese_is_joined_without_spaces() -> None:
    line = "昨天晚上警察来到我们的村子带走了三个人我不知道他们现在在哪里也不知道"
    assert paragraphs(f"{line}\n{line}\n{line}。\n\n完") == [f"{line * 3}。", "完"]


def test_a_word_divided_at_the_end_of_a_line_is_joined() -> None:
    assert "well-known" in paragraphs(PROSE.replace("old woman at", "well-\nknown woman at"))[0]


def test_lists_keep_their_numbers() -> None:
    text = "Three things:\n1. one\n2. two,\n   wrapped\n   - inner\n   - more\n3. three"
    text += "\n\n* a\n\n* b\n\n7. seven\n8. eight"
    assert article(text).blocks == (
        Paragraph("b1", (Span("Three things:"),)),
        ListBlock(
            "b2",
            True,
            1,
            (
                ListItem((Span("one"),)),
                ListItem(
                    (Span("two, wrapped"),),
                    (ListBlock("b3", items=(ListItem((Span("inner"),)), ListItem((Span("more"),)))),),
                ),
                ListItem((Span("three"),)),
            ),
        ),
        ListBlock("b4", items=(ListItem((Span("a"),)), ListItem((Span("b"),)))),
        ListBlock("b5", True, 7, (ListItem((Span("seven"),)), ListItem((Span("eight"),)))),
    )


@pytest.mark.parametrize(
    "text",
    [
        "- Who is there?",
        "1999. A year.",
        "2. Only one",
        "– Ja.\n– Nein.",
        "-x\n-y",
        "1) a\n2) b",
        "01. a\n02. b",
    ],
)
def test_what_only_looks_like_a_list_is_not_one(text: str) -> None:
    assert paragraphs(text) == [text]


def test_numbers_that_leap_begin_a_new_list() -> None:
    assert plain_text(article("1. a\n2. b\n5. c\n6. d")) == "1. a\n2. b\n\n5. c\n6. d"


def test_breaks_between_scenes_are_told() -> None:
    assert article("One\n\n* * *\n\nTwo\n\n***\n\nThree").blocks[1::2] == (Separator("b2"), Separator("b4"))


def test_a_title_is_one_only_with_a_line_drawn_under_it() -> None:
    found = article("A wall\n======\n\nText\n\nPart two\n--------\nMore")
    assert found.headline == "A wall"
    assert found.blocks == (
        Paragraph("b1", (Span("Text"),)),
        Heading("b2", 2, (Span("Part two"),)),
        Paragraph("b3", (Span("More"),)),
    )
    assert article("A wall\n\nText").headline == ""


@pytest.mark.parametrize(
    "data",
    [
        "Привет, é".encode("utf-8-sig"),
        "Привет, é".encode("utf-16"),
        "Привет, é wide".encode("utf-16-be"),
        "Привет, é".encode(),
    ],
)
def test_unicode_is_read_with_and_without_a_mark(data: bytes) -> None:
    assert plain_text(article(data)).startswith("Привет, é")


def test_csv_becomes_a_table() -> None:
    found = article('Place;Year\n"Upper; mill";1999\n\nFord\n', kind="csv")
    assert found.blocks == (
        Table(
            "b1",
            (
                (Cell((Span("Place"),), True), Cell((Span("Year"),), True)),
                (Cell((Span("Upper; mill"),)), Cell((Span("1999"),))),
                (Cell((Span("Ford"),)), Cell()),
            ),
        ),
    )
    assert not article("a,1\nb,2", kind="csv").blocks[0].rows[0][0].header  # type: ignore[union-attr]
    assert plain_text(article('a\tb\n"x\r\n y"\tz', kind="csv")) == "a | b\nx y | z"


def test_what_could_not_be_read_is_reported() -> None:
    found = read("wide text".encode("utf-16-le") + b"\x00\xd8a\x00", {}).value
    assert found["report"] == ["1 character could not be read"]


@pytest.mark.parametrize(
    "data", [b"", b" \n\t", bytes(range(32)) * 4, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data, {})


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), min_size=1, max_size=12)
pieces = st.one_of(st.sampled_from((" ", " ", "\n", "\n\n", "  ", "1. ", "2. ", "- ", "\t", "-\n")), words)


@given(st.lists(pieces, max_size=40).map("".join).map(clean_text))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    with suppress(Unreadable):
        printed = plain_text(article(text.encode()))
        bare, found = ("".join(char for char in part if not char.isspace()) for part in (text, printed))
        if "***" not in found:
            assert found == bare.lstrip("\ufeff")


@given(st.binary(max_size=200), st.sampled_from(("", "csv")))
def test_any_bytes_are_read_or_refused(data: bytes, kind: str) -> None:
    with suppress(Unreadable):
        article(data, kind=kind)
