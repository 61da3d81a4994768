"""Letters of symbol fonts as Unicode, for text whose bytes mean nothing without the font."""

from __future__ import annotations

_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
"""Adobe's Symbol encoding from 0x20 to 0x7E."""
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
"""The same from 0xA0 to 0xEF."""

_WINGDINGS = {
    0x21: "✏",
    0x22: "✂",
    0x28: "☎",
    0x29: "✆",
    0x2A: "✉",
    0x3A: "💻",
    0x41: "✌",
    0x45: "☜",
    0x46: "☞",
    0x47: "☝",
    0x48: "☟",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x51: "✈",
    0x52: "☼",
    0x54: "❄",
    0x55: "✞",
    0x58: "✠",
    0x59: "✡",
    0x5A: "☪",
    0x5B: "☯",
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x73: "⬧",
    0x74: "⧫",
    0x75: "◆",
    0x76: "❖",
    0x77: "⬥",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xAB: "★",
    0xB6: "☆",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xEF: "⇦",
    0xF0: "⇨",
    0xF1: "⇧",
    0xF2: "⇩",
    0xF3: "⬄",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x97: "●", 0xA3: "□", 0x98: "◉"}

UNKNOWN = "□"
"""Stands for a sign that has no letter."""


def is_symbol_font(font: str) -> bool:
    """Whether the letters of ``font`` are signs."""
    return _family(font) in ("symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings")


def symbol(font: str, code: int) -> str:
    """The character at ``code`` of ``font``; ``UNKNOWN`` when it has none."""
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    match _family(font):
        case "symbol":
            if 0x20 <= code < 0x20 + len(_SYMBOL):
                return _SYMBOL[code - 0x20]
            return _SYMBOL_HIGH[code - 0xA0] if 0xA0 <= code < 0xA0 + len(_SYMBOL_HIGH) else UNKNOWN
        case "wingdings":
            return " " if code == 0x20 else _WINGDINGS.get(code, UNKNOWN)
        case "wingdings 2":
            return _WINGDINGS_2.get(code, UNKNOWN)
        case "wingdings 3" | "webdings":
            return UNKNOWN
    printable = 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    return chr(code) if printable and not 0xE000 <= code <= 0xF8FF else UNKNOWN


def private_text(font: str, text: str) -> str:
    """``text`` with letters of the private area (U+F000 to U+F0FF) replaced by what ``font`` shows."""
    if text.isascii() or not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    return "".join(
        symbol(font or "wingdings", ord(char)) if "\uf000" <= char <= "\uf0ff" else char for char in text
    )


def _family(font: str) -> str:
    return font.strip().lower().removesuffix(" mt").removesuffix("ps")
