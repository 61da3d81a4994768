"""All words of a part in plain lines, where formatting has no place: comments, headers, drawings, formulas."""

from __future__ import annotations

from app.formats.docx_names import Element, children, name, text_of

_TEXTS = frozenset((name("w:t"), name("a:t"), name("c:v"), name("m:t"), name("w:noBreakHyphen")))
_LINES = frozenset((name("w:p"), name("a:p"), name("c:pt")))
_BREAKS = {name("w:tab"): "\t", name("w:br"): "\n", name("w:cr"): "\n", name("a:br"): "\n"}
_SKIPPED = frozenset(name(tag) for tag in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "c:f", "c:formatCode"))
_BETWEEN = {name("m:f"): "/", name("m:sSup"): "^", name("m:sSub"): "_"}
_PROPERTIES = tuple(name(f"m:{tag}Pr") for tag in ("f", "sSup", "sSub", "ctrl"))


def words_in(element: Element) -> str:
    """The words of ``element`` as they read with changes accepted, one line a paragraph, without empty lines."""
    out: list[str] = []
    _collect(element, out)
    lines = "".join(out).replace("\u00ad", "").split("\n")
    return "\n".join(line for line in (line.strip() for line in lines) if line)


def formula(element: Element) -> str:
    """A formula in one line: fractions by ``/``, exponents by ``^``, indices by ``_``."""
    between = _BETWEEN.get(element.tag)
    if between:
        return between.join(formula(part) for part in element if part.tag not in _PROPERTIES)
    if element.tag in _TEXTS:
        return text_of(element)
    return "".join(formula(part) for part in children(element))


def _collect(element: Element, out: list[str]) -> None:
    for inner in children(element):
        if inner.tag in _TEXTS:
            out.append(text_of(inner) or "\u2011")
        elif inner.tag in _BREAKS:
            out.append(_BREAKS[inner.tag])
        elif inner.tag not in _SKIPPED:
            _collect(inner, out)
        if inner.tag in _LINES:
            out.append("\n")
