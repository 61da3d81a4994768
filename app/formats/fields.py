"""Fields of Word and RTF files: what a computed piece of text stands for (ISO/IEC 29500-1, 17.16)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.formats.imported import Report
from app.formats.links import web_link

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_PAGES = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"))
_TABLES = frozenset(("TOC", "INDEX", "TOA", "RD", "XE", "TC", "TA"))
_OUTSIDE = frozenset(
    ("INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE")
)
_RUNNING = frozenset(("MACROBUTTON", "ADDIN", "CONTROL"))


@dataclass
class Field:
    """One open field: its code, whether its result has begun, where it links to, the sign of a form."""

    code: str = ""
    in_result: bool = False
    address: str = ""
    sign: str = ""

    def begin_result(self, report: Report) -> None:
        """The code is complete."""
        self.in_result = True
        self.address = self._link(report)

    def drops(self) -> str:
        """What the result is when it stays out of the article: ``"page"``, ``"table"`` or ``""``."""
        kind = self.kind()
        return "page" if kind in _PAGES else "table" if kind in _TABLES else ""

    def kind(self) -> str:
        """The first word of the code, such as ``HYPERLINK``."""
        words = self.code.split(None, 1)
        return words[0].upper() if words else ""

    def _link(self, report: Report) -> str:
        if self.kind() != "HYPERLINK":
            return ""
        words = [quoted.replace("\\\\", "\\") or bare for quoted, bare in _WORD.findall(self.code)][1:]
        target, anchor = "", ""
        place = 0
        while place < len(words):
            if words[place] in ("\\l", "\\o", "\\t", "\\m"):
                anchor = words[place + 1] if words[place] == "\\l" and place + 1 < len(words) else anchor
                place += 2
            else:
                target = target or ("" if words[place].startswith("\\") else words[place])
                place += 1
        return web_link(target, anchor, report)

    def tell(self, report: Report) -> None:
        """Say what of the field was left out."""
        kind = self.kind()
        if kind in _OUTSIDE:
            report.count(
                "1 field asks for another file or program; it was not followed",
                "{n} fields ask for another file or program; they were not followed",
            )
        elif kind in _RUNNING:
            report.count("1 field that runs a macro was left out", "{n} fields that run macros were left out")
        elif kind in _PAGES:
            report.count("1 automatic page number was left out", "{n} automatic page numbers were left out")
