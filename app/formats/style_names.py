"""What role a style has by its name."""

from __future__ import annotations

import re

from app.formats.lines import Role

_HEADING = re.compile(
    r"(?:heading|überschrift|berschrift|titre|titolo|título|titulo|ttulo|заголовок|标题|標題|見出し|제목|rubrik"
    r"|overskrift|otsikko|kop|nagłówek|nadpis|címsor|naslov|başlık|tiêu đề|επικεφαλίδα|عنوان|antraštė|virsraksts)"
    r"\s*([1-9])(?:\s.*)?"
)
_NAMES = {
    Role.TITLE: "title|titel|titre|titolo|título|titulo|название|заголовок|标题|標題|表題|제목|tytuł|cím|otsikko|tittel"
    "|název|naslov|konu başlığı|τίτλος|العنوان",
    Role.SUBTITLE: "subtitle|standfirst|deck|dek|untertitel|sous-titre|soustitre|sottotitolo|subtítulo|подзаголовок"
    "|副标题|副標題|副題|부제"
    "|ondertitel|underrubrik|undertitel|podtytuł|alcím",
    Role.QUOTE: "quote|quotation|quotations|block text|blocktext|block quote|block quotation|blockquote|html blockquote"
    "|zitat|citation|citazione|cita"
    "|citação|цитата|引用|인용|citat|cytat|quoted",
    Role.PULL: "pull quote|pullquote|intense quote|intensequote|intensives zitat|citation intense|citazione intensa"
    "|cita destacada|выделенная цитата|明显引用",
    Role.ATTRIBUTION: "attribution|quote source|quote attribution",
}
"""Names of built-in styles, as programs in other languages write them; Word itself keeps to English."""
_ROLES = {style: role for role, names in _NAMES.items() for style in names.split("|")}


def named_role(style: str) -> tuple[Role, int]:
    """The role of a style called ``style``, with the level of a heading."""
    style = " ".join(style.lower().split())
    heading = _HEADING.fullmatch(style)
    if heading:
        return Role.HEADING, int(heading[1])
    return _ROLES.get(style, Role.BODY), 0
