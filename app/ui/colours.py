"""The colours of the desk by name, light and dark, and the palette made of them.

Every pair that carries text keeps a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3); a test counts.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication


class Pair(NamedTuple):
    """What is written, and the ground that it is written on."""

    ink: str
    ground: str


class Colours(NamedTuple):
    """One scheme.  Values are ``#rrggbb``."""

    paper: str
    snow: str
    rail: str
    ink: str
    slate: str
    line: str
    selection: str
    pine: Pair
    plum: Pair
    amber: Pair
    red: Pair
    bamboo: Pair

    @property
    def quiet(self) -> Pair:
        """What carries no state."""
        return Pair(self.slate, self.rail)


LIGHT = Colours(
    paper="#FFFFFF",
    snow="#F6F7F5",
    rail="#EEF0ED",
    ink="#1D2226",
    slate="#5E6871",
    line="#E1E4DF",
    selection="#E0EAE5",
    pine=Pair("#2C5F51", "#E3EEE9"),
    plum=Pair("#8B3A62", "#F5E6EE"),
    amber=Pair("#8A5A10", "#FBF0DC"),
    red=Pair("#A8322F", "#F9E3E1"),
    bamboo=Pair("#47722A", "#E8F1DF"),
)
DARK = Colours(
    paper="#1C2023",
    snow="#181B1E",
    rail="#131618",
    ink="#E7E9E6",
    slate="#A0A9AF",
    line="#2C3236",
    selection="#22332F",
    pine=Pair("#7FC4AE", "#1F332D"),
    plum=Pair("#E29ABF", "#38222D"),
    amber=Pair("#E3B667", "#352A17"),
    red=Pair("#F08C86", "#3A2120"),
    bamboo=Pair("#A9D07F", "#253119"),
)


def of(palette: QPalette) -> Colours:
    """The scheme that a widget's palette was made of."""
    return DARK if palette.window().color().lightness() < 128 else LIGHT


def palette(colours: Colours) -> QPalette:
    """The palette of a scheme."""
    role = QPalette.ColorRole
    named = {
        role.Window: colours.snow,
        role.WindowText: colours.ink,
        role.Base: colours.paper,
        role.AlternateBase: colours.snow,
        role.Text: colours.ink,
        role.PlaceholderText: colours.slate,
        role.Button: colours.paper,
        role.ButtonText: colours.ink,
        role.BrightText: colours.red.ink,
        role.ToolTipBase: colours.rail,
        role.ToolTipText: colours.ink,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.ink,
        role.Accent: colours.pine.ink,
        role.Link: colours.pine.ink,
        role.LinkVisited: colours.pine.ink,
        role.Light: colours.paper,
        role.Midlight: colours.rail,
        role.Mid: colours.line,
        role.Dark: colours.slate,
        role.Shadow: colours.line,
    }
    made = QPalette()
    for place, colour in named.items():
        made.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, place, QColor(colours.slate))
    return made


class Dresser(QObject):
    """Keeps an application in the colours that the system asks for."""

    dressed = Signal()
    """The colours have changed.  (A widget that overrides ``changeEvent`` costs the start as much as a font.)"""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._follows = False
        # The style took its palette from the system, which is all that the first paint has to know.
        application.setPalette(palette(of(application.palette())))

    @Slot()
    def follow(self) -> None:
        """Change with the system from now on."""
        if self._follows:
            return
        self._follows = True
        hints = self._application.styleHints()
        hints.colorSchemeChanged.connect(self._dress)
        self._dress(hints.colorScheme())

    @Slot(object)
    def _dress(self, scheme: QtCore.Qt.ColorScheme) -> None:
        """Take the colours of a scheme; a system that does not know gets the light ones."""
        self._application.setPalette(palette(DARK if scheme == QtCore.Qt.ColorScheme.Dark else LIGHT))
        self.dressed.emit()


def sheet(colours: Colours) -> str:
    """What the style cannot take from a palette: the one filled button, fields, a warning."""
    return f"""
QPushButton {{ border: 1px solid {colours.line}; border-radius: 7px; padding: 4px 16px; background: {colours.paper}; }}
QPushButton#primary {{ border-color: {colours.pine.ink}; background: {colours.pine.ink}; color: {colours.paper}; }}
QPushButton#primary:disabled {{ border-color: {colours.line}; background: {colours.rail}; color: {colours.slate}; }}
QPushButton:focus {{ border: 2px solid {colours.ink}; }}
QLineEdit {{ border: 1px solid {colours.slate}; border-radius: 7px; padding: 4px 8px; background: {colours.paper}; }}
QLineEdit:focus {{ border: 2px solid {colours.pine.ink}; }}
QScrollBar:vertical {{ width: 12px; background: {colours.paper}; border: none; }}
QScrollBar::handle:vertical {{ background: {colours.line}; border-radius: 4px; min-height: 40px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {colours.slate}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QLabel#wrong {{ color: {colours.red.ink}; }}
QLabel#bar {{ color: {colours.amber.ink}; background: {colours.amber.ground}; padding: 8px 20px; }}
"""
