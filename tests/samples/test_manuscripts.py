"""Sample manuscripts are real Word documents: structure, notes, changes, comments, properties."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from app.samples.documents import Changes, manuscript
from app.samples.texts import keys, sheet

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def member(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as package:
        return package.read(name).decode("utf-8")


def size(text: str, language: str) -> int:
    return len(re.findall(r"[\u4e00-\u9fff]", text)) if language == "zh" else len(text.split())


def test_twelve_articles_and_more_in_six_languages_are_long_enough_to_edit() -> None:
    sheets = [sheet("articles", key) for key in keys("articles")]
    long = [item for item in sheets if 200 <= size(item.body, item.head["language"]) <= 900]
    assert len(long) >= 12
    assert {item.head["language"] for item in sheets} == {"en", "it", "zh", "ar", "ru", "fr"}


@pytest.mark.parametrize("key", keys("articles"))
def test_every_manuscript_opens_and_comes_out_the_same_twice(key: str) -> None:
    data = manuscript(key, AT)
    assert data == manuscript(key, AT)
    document = Document(BytesIO(data))
    source = sheet("articles", key)
    assert document.core_properties.author == source.head["author"]
    assert document.core_properties.created == AT
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "**" not in text
    assert "{" not in text
    assert "[^" not in text


def test_a_manuscript_has_headings_lists_quotations_tables_links_and_notes() -> None:
    data = manuscript("en-registration", AT)
    document = Document(BytesIO(data))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Subtitle", "Heading 2", "Quote"} <= styles
    assert document.tables[0].cell(4, 2).text == "accepted"
    body = member(data, "word/document.xml")
    assert "w:hyperlink" in body
    assert "w:footnoteReference" in body
    assert "Article 4, second paragraph" in member(data, "word/footnotes.xml")
    assert "List Number" in {
        item.style.name for item in Document(BytesIO(manuscript("en-interview", AT))).paragraphs if item.style
    }


def test_verse_is_centred_and_keeps_its_lines() -> None:
    body = member(manuscript("en-poems", AT), "word/document.xml")
    assert body.count('w:jc w:val="center"') == 3
    assert "w:br" in body


def test_arabic_runs_from_right_to_left() -> None:
    body = member(manuscript("ar-door", AT), "word/document.xml")
    assert "<w:bidi/>" in body
    assert "<w:rtl/>" in body


@pytest.mark.parametrize(
    ("changes", "there", "gone"),
    [
        ("original", "a quarter to eleven", "10:45"),
        ("final", "10:45", "a quarter to eleven"),
    ],
)
def test_changes_are_refused_or_accepted(changes: Changes, there: str, gone: str) -> None:
    body = member(manuscript("en-registration", AT, changes), "word/document.xml")
    assert there in body
    assert gone not in body
    assert "<w:ins " not in body


def test_tracked_changes_and_comments_are_marked_with_name_and_time() -> None:
    data = manuscript("ru-court", AT)
    body = member(data, "word/document.xml")
    assert 'w:author="Sofia Brandvold" w:date="2026-11-20T09:30:00Z"' in body
    assert "<w:delText" in body
    assert "w:commentRangeStart" in body
    comments = member(data, "word/comments.xml")
    assert "в протоколе сказано" in comments
    assert 'w:date="2026-11-20T09:30:00Z"' in comments


def test_a_protected_authors_document_tells_on_its_author() -> None:
    data = manuscript("en-list", AT)
    assert "Chen Guowei" in member(data, "docProps/core.xml")
    assert "Luoshui No. 3 Middle School" in member(data, "docProps/app.xml")
    assert "Chen" not in member(data, "word/document.xml")
