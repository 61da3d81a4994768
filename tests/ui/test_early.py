"""What is painted first: in its own colours, cut at words, without the namespace ``Qt``."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui import early
from app.ui.early import CENTRE, LEFT, RIGHT, Face

PAPER, INK = "#ffffff", "#2c5f51"


def written(face: Face, text: str, width: int, side: float = LEFT) -> tuple[int, int]:
    """The first and the last column with ink of ``text`` in a box of ``width``; (-1, -1) for none."""
    image = QImage(width, face.height, QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER))
    with QPainter(image) as painter:
        face.write(painter, image.rect(), text, INK, side)
    paper = QColor(PAPER).rgb()
    inked = [x for x in range(width) if any(image.pixel(x, y) != paper for y in range(image.height()))]
    return (inked[0], inked[-1]) if inked else (-1, -1)


@pytest.fixture
def face(warm: QApplication) -> Face:
    return Face(warm.font())


def test_the_numbers_are_those_of_qt() -> None:
    role = Qt.ItemDataRole
    numbers = (role.DisplayRole, role.AccessibleTextRole, role.UserRole)
    assert tuple(map(int, numbers)) == (early.DISPLAY, early.SPOKEN, early.USER)


def test_a_line_stands_where_it_is_meant_to(face: Face) -> None:
    width = face.width("some words")
    for side, first in ((LEFT, 0), (CENTRE, (500 - width) // 2), (RIGHT, 500 - width)):
        left, right = written(face, "some words", 500, side)
        assert abs(left - first) <= 3
        assert abs(right - first - width) <= 3


def test_ink_and_ground_are_those_asked_for(warm: QApplication) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    face = Face(warm.font(), scale=3, strong=True)
    with QPainter(image) as painter:
        early.fill(painter, image.rect(), PAPER)
        face.write(painter, image.rect(), "█", INK)
    seen = {QColor(image.pixel(x, y)).name() for x in range(40) for y in range(40)}
    assert {PAPER, INK} <= seen


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one two three four", "one two…"),
        ("one\u2028two\nthree four", "one two…"),
        ("two words", "two words"),
    ],
)
def test_what_is_too_long_ends_at_a_word(face: Face, text: str, kept: str) -> None:
    width = face.width(kept) + face.width("th")
    assert written(face, text, width) == written(face, kept, width)


@pytest.mark.parametrize("letter", ["w", "𝒜", "封"])
def test_one_long_word_is_cut_between_letters(face: Face, letter: str) -> None:
    width = face.width(letter * 4 + "…") + 1
    assert written(face, letter * 40, width) == written(face, letter * 4 + "…", width)


def test_where_there_is_no_room_nothing_breaks(face: Face) -> None:
    assert written(face, "", 40) == (-1, -1)
    written(face, "words", 1)
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        face.write(painter, QRect(0, 0, -5, 4), "words", INK)


def test_painting_does_not_need_the_namespace_qt() -> None:
    script = """
from PySide6 import QtCore, QtGui, QtWidgets
from app.ui import early
application = QtWidgets.QApplication(["a", "-platform", "offscreen"])
image = QtGui.QPixmap(90, 40)
painter = QtGui.QPainter(image)
early.fill(painter, QtCore.QRect(0, 0, 90, 40), "#ffffff")
early.Face(application.font(), strong=True).write(painter, QtCore.QRect(0, 0, 90, 40), "far too many words", "#000000")
painter.end()
print("Qt" in vars(QtCore), "QStyle" in vars(QtWidgets))
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert result.stdout == "False False\n", result.stderr
