"""The words of an HTML body as plain text.

A scanner of its own, since the standard one needs quadratic time on unclosed markup: each character is looked at a
fixed number of times.  Nothing is fetched, followed or run.  Block elements become lines, list items get a dash or
their number, table rows one line each.  Only a quotation that a mail program marked as the earlier message gets
``>``; a quotation by the author is indented.
"""

from __future__ import annotations

import html
import re

DEEPEST = 30
"""Levels of quotation and lists that are shown."""

_MARK = re.compile(r"<[/!?a-zA-Z]")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{1,40})\s*=\s*("[^"]*+"?|'[^']*+'?|[^\s>]++)""")
_QUOTED = re.compile(r""""[^"]*+"?|'[^']*+'?""")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_NO_WORDS = "script style title template noembed noframes iframe object svg math audio video select"
_LINES = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr html li main nav ol option p pre section summary table tbody tfoot thead tr ul"
)
_PARAGRAPHS = "h1 h2 h3 h4 h5 h6 p pre table ul ol blockquote figure dl hr"
_EMPTY = "area base br col embed hr img input link meta param source track wbr"
_UNSHOWN, _BLOCKS, _APART, _VOID = (
    frozenset(names.split()) for names in (_NO_WORDS, _LINES, _PARAGRAPHS, _EMPTY)
)
_CITE = re.compile(
    r"gmail_quote|protonmail_quote|yahoo_quoted|moz-cite|zmail_extra|tutanota_quote|quotation", re.I
)


def text_of(source: str) -> str:
    """Readable text of an HTML document or fragment.  Never raises."""
    page = _Page()
    at, size = 0, len(source)
    gone: set[str] = set()
    while at < size:
        mark = None if ">" in gone else _MARK.search(source, at)
        page.words(source[at : mark.start() if mark else size])
        at = _markup(page, source, mark.start(), gone) if mark else size
    return page.finished()


def _markup(page: _Page, source: str, mark: int, gone: set[str]) -> int:
    """Handles what begins with ``<`` and says where to go on; ``gone`` remembers ends that no longer come."""
    if source.startswith("<!--", mark):
        end = -1 if "-->" in gone else source.find("-->", mark + 2)
        if end >= 0:
            return end + 3
        gone.add("-->")
        return _simple_end(page, source, mark)
    if source.startswith(("<!", "<?"), mark):
        return _simple_end(page, source, mark)
    tag = _TAG.match(source, mark)
    end = _tag_end(source, tag.end(), gone) if tag else -1
    if tag is None or end < 0:
        page.words("<")
        return mark + 1
    name = tag[2].lower()
    if tag[1]:
        page.close(name)
        return end + 1
    page.open(name, source[tag.end() : min(end, tag.end() + 4000)])
    if name in _UNSHOWN and source[end - 1] != "/":
        closing = f"</{name}"
        found = -1 if closing in gone else _find_folded(source, closing, end)
        if found >= 0:
            return found
        gone.add(closing)
    return end + 1


def _simple_end(page: _Page, source: str, mark: int) -> int:
    end = source.find(">", mark)
    if end < 0:
        page.words(source[mark:])
        return len(source)
    return end + 1


def _find_folded(source: str, closing: str, at: int) -> int:
    found = re.compile(re.escape(closing), re.I).search(source, at)
    return found.start() if found else -1


def _tag_end(source: str, at: int, gone: set[str]) -> int:
    """The ``>`` that ends a tag, not one inside a quoted attribute; -1 when there is none."""
    if ">" in gone:
        return -1
    plain = source.find(">", at)
    if plain < 0:
        gone.add(">")
    if plain < 0 or "quotes" in gone:
        return plain
    place = at
    while True:
        end = source.find(">", place)
        if end < 0:
            gone.add("quotes")
            return plain
        quote = min(
            (q for q in (source.find('"', place, end), source.find("'", place, end)) if q >= 0), default=-1
        )
        if quote < 0 or source[quote - 1] not in "= \t\n":
            return end
        place = source.find(source[quote], quote + 1) + 1
        if place == 0:
            gone.add("quotes")
            return plain


def _attributes(text: str) -> dict[str, str]:
    return {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(text)}


class _Page:
    """The lines written so far, and what the next words will be part of."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._blank = False
        self._quotes: list[str] = []
        self._lists: list[int] = []
        self._pre = 0
        self._hidden: tuple[str, int, list[str], int] | None = None
        self._nested = 0
        self._bullet = ""

    def words(self, text: str) -> None:
        """Text between tags."""
        if not text:
            return
        text = html.unescape(text).replace("\xa0", " ") if "&" in text else text.replace("\xa0", " ")
        if self._pre:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._line.append(first)
            for line in rest:
                self._flush(keep=True)
                self._line.append(line)
            return
        text = _SPACE.sub(" ", text)
        if text == " " and not self._line:
            return
        if text.startswith(" ") and (not self._line or self._line[-1].endswith((" ", "\t"))):
            text = text[1:]
        if text:
            self._line.append(text)

    def open(self, name: str, attributes: str) -> None:
        """A start tag."""
        if name == "br":
            self._flush(keep=True)
            return
        if name in _BLOCKS:
            self._flush()
            self._blank = self._blank or name in _APART
        if name in ("td", "th") and self._line:
            self._line.append("\t")
        given = _attributes(attributes) if "=" in attributes else {}
        if name == "img":
            self._emoji(given.get("alt", ""))
        elif name == "hr":
            self._line.append("* * *")
            self._flush()
            self._blank = True
        elif name == "pre":
            self._pre += 1
        elif name == "blockquote":
            cited = given.get("type", "").lower() == "cite" or _CITE.search(given.get("class", ""))
            if len(self._quotes) < DEEPEST:
                self._quotes.append("> " if cited else "    ")
        elif name in ("ul", "ol") and len(self._lists) < DEEPEST:
            self._lists.append(0 if name == "ol" else -1)
        elif name == "li":
            self._item()
        if attributes or self._hidden:
            self._hide(name, attributes, given)

    def close(self, name: str) -> None:
        """An end tag."""
        if self._hidden and self._hidden[0] == name:
            self._nested -= 1
            if self._nested == 0:
                _, count, line, quotes = self._hidden
                del self._lines[count:], self._quotes[quotes:]
                self._line, self._hidden = line, None
                return
        if name in _BLOCKS:
            self._flush()
            self._blank = self._blank or name in _APART
        if name == "pre":
            self._pre = max(0, self._pre - 1)
        elif name == "blockquote" and self._quotes:
            self._quotes.pop()
        elif name in ("ul", "ol") and self._lists:
            self._lists.pop()

    def finished(self) -> str:
        """All lines, without blank ones at either end."""
        self._flush()
        return "\n".join(self._lines).strip("\n")

    def _flush(self, keep: bool = False) -> None:
        """Ends the line; an empty one is written only when ``keep`` says that it was meant."""
        if not self._line and not keep:
            return
        line = "".join(self._line).rstrip()
        if not self._pre:
            line = line.lstrip(" ")
        self._line = []
        if not line and not keep:
            return
        prefix = "".join(self._quotes)
        if self._blank and self._lines and self._lines[-1].strip(" >"):
            shared = (
                prefix[:end] for end in range(len(prefix), -1, -1) if self._lines[-1].startswith(prefix[:end])
            )
            self._lines.append(next(shared).rstrip())
        self._blank = False
        bullet, self._bullet = (self._bullet, "") if line else ("", self._bullet)
        self._lines.append((prefix + bullet + line).rstrip())

    def _item(self) -> None:
        depth = len(self._lists)
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self._bullet = "  " * (depth - 1) + f"{self._lists[-1]}. "
        else:
            self._bullet = "  " * max(depth - 1, 0) + "- "

    def _emoji(self, alt: str) -> None:
        """The picture of an emoji stands for its character; other pictures are attachments."""
        shown = html.unescape(alt)
        if shown and len(shown) <= 8 and min(shown) > "\u2000":
            self._line.append(shown)

    def _hide(self, name: str, attributes: str, given: dict[str, str]) -> None:
        """Remembers where an element began that no reader sees; it is taken out only if it is closed."""
        if self._hidden:
            self._nested += self._hidden[0] == name
        elif name not in _VOID and ("hid" in attributes or "display" in attributes):
            bare = _QUOTED.sub("", attributes).lower().split()
            if "hidden" in bare or _HIDDEN.search(given.get("style", "")):
                self._hidden = (name, len(self._lines), list(self._line), len(self._quotes))
                self._nested = 1
