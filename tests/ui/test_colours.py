"""The colours can be read, and follow the system."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.ui import colours
from app.ui.colours import DARK, LIGHT, Colours, Dresser, Pair


def luminance(name: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    colour = QColor(name)
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4) for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_that_carries_text_can_be_read(scheme: Colours) -> None:
    grounds = (scheme.paper, scheme.snow, scheme.rail, scheme.selection)
    pairs = [(ink, ground) for ink in (scheme.ink, scheme.slate) for ground in grounds]
    for value in scheme:
        if isinstance(value, Pair):
            pairs += [(value.ink, value.ground), (value.ink, scheme.paper), (value.ink, scheme.snow)]
    pairs.append((scheme.paper, scheme.pine.ink))
    assert {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5} == {}


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_widget_tells_its_scheme_from_its_palette(scheme: Colours) -> None:
    palette = colours.palette(scheme)
    assert colours.of(palette) is scheme
    assert palette.color(QPalette.ColorRole.Accent) == QColor(scheme.pine.ink)


def test_the_application_follows_the_system(warm: QApplication) -> None:
    dresser = Dresser(warm)
    hints = warm.styleHints()
    for _ in range(2):
        dresser.follow()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert colours.of(warm.palette()) is DARK
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert colours.of(warm.palette()) is LIGHT
    dresser.deleteLater()
