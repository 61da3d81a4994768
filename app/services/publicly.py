"""Building what may leave: a ``PublicArticle`` from fields that are meant for readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.article import Article, Block, Download, Figure
from app.domain.changes import accepted
from app.domain.errors import RuleBroken
from app.domain.language import direction_of
from app.domain.magazine import (
    WITHHELD,
    Magazine,
    branch,
    format_date,
    kind_rule,
    person,
    section,
    section_url,
)
from app.domain.magazine_page import Link
from app.domain.pieces import ChangeClass, PhotoUse, Piece, Revision
from app.domain.plain_text import count_words, plain_text
from app.domain.public import Office, PublicArticle, PublicMagazine, PublicPhoto, Teaser
from app.domain.reading import Unreadable
from app.domain.slugs import slug
from app.services.dossiers import File, article_of, instant_of, revision
from app.services.ports import Readers, Unit

LONGEST_EDGE = 1600
"""Pixels of the longer edge of a photograph that leaves."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a photograph says about itself when it leaves: the allow-list of its metadata."""

    creator: str
    credit: str
    caption: str
    copyright_notice: str
    alt: str


Render = Callable[[bytes, int, int, Words], bytes]
"""Makes a new JPEG of RGB pixels with their width, height and words."""


def public_article(
    unit: Unit, file: File, magazine: Magazine, readers: Readers, render: Render, *, year: int
) -> PublicArticle:
    """The article as readers will see it, its photographs rebuilt from pixels.

    Raises:
        RuleBroken: ``photo.unreadable``.
        Unavailable: ``vault.locked`` for a protected person's photograph.
    """
    piece, article = file.piece, accepted(file.article)
    name = slug(article.headline) or piece.token.lower()
    printed = [use for use in file.dossier.photographs if use.used]
    photographs = tuple(
        _photo(unit, file, use, f"{piece.token.lower()}-{number:02d}.jpg", readers, render, magazine)
        for number, use in enumerate(printed, 1)
    )
    when, date_text = _date(piece, magazine)
    updated, updated_text = _updated(unit, piece, magazine)
    language = article.language or piece.language or magazine.languages[0]
    key = piece.section or kind_rule(magazine, piece.kind).section or magazine.default_section
    node = section(magazine, key)
    others = [section(magazine, other) for other in piece.also_in if other != key]
    text = plain_text(replace(article, headline="", standfirst=""))
    return PublicArticle(
        token=piece.token,
        slug=name,
        schema_type=node.schema_type or kind_rule(magazine, piece.kind).schema_type,
        language=language,
        direction=direction_of(language),
        headline=article.headline or piece.title,
        standfirst=article.standfirst,
        byline=article.byline,
        byline_url=file.author_url,
        translator=person(magazine, piece.translated_by).name if piece.translated_by else "",
        dateline=article.dateline,
        date=when,
        date_text=date_text,
        updated=updated,
        updated_text=updated_text,
        categories=tuple(each.category or each.label for each in (node, *others)),
        section=node.label,
        breadcrumb=_breadcrumb(magazine, key),
        canonical_url=f"{magazine.site}/{name}/",
        blocks=_blocks(article, printed),
        footnotes=article.footnotes,
        photos=photographs,
        bio=article.bio if magazine.page.author_box else "",
        tags=article.tags if magazine.page.tags else (),
        regions=tuple(
            place.name for place in magazine.regions if place.key in article.regions and place.key != WITHHELD
        ),
        words=count_words(text),
        correction=_corrections(piece, magazine),
        related=_teasers(unit, piece, magazine, magazine.page.related, same_section=True),
        keep_reading=_teasers(unit, piece, magazine, magazine.page.keep_reading, same_section=False),
        magazine=public_magazine(magazine, int(when[:4]) if when else year),
    )


def public_magazine(magazine: Magazine, year: int) -> PublicMagazine:
    """The magazine around the article."""
    page = magazine.page
    return PublicMagazine(
        key=magazine.key,
        name=magazine.name,
        motto=magazine.motto,
        url=magazine.site,
        language=magazine.languages[0],
        masthead=tuple(
            Office(line.role, line.label, tuple(person(magazine, key).name for key in line.persons))
            for line in magazine.masthead
            if line.persons
        ),
        address=magazine.address.lines,
        telephone=magazine.address.telephone,
        email=magazine.address.email,
        submit=page.submit,
        appeals=tuple(appeal for appeal in (page.support, page.newsletter) if appeal),
        copyright_line=page.copyright.format(year=year),
        navigation=tuple(
            Link(node.label, section_url(magazine, node.key)) for node in magazine.sections if not node.parent
        ),
        footer=(*page.footer, *page.social, *page.partners),
        captions=magazine.captions,
        labels=page.labels,
    )


def _photo(
    unit: Unit,
    file: File,
    use: PhotoUse,
    name: str,
    readers: Readers,
    render: Render,
    magazine: Magazine,
) -> PublicPhoto:
    asset = file.assets[use.asset]
    options: dict[str, Any] = {
        "mode": "pixels",
        "max_edge": LONGEST_EDGE,
        "masks": [list(box) for box in use.masks],
    }
    if use.crop:
        options["crop"] = list(use.crop)
    try:
        result = readers.run("photo", unit.blob(asset.blob), options)
    except Unreadable as error:
        raise RuleBroken("photo.unreadable", number=use.number, reason=error.reason) from None
    width, height = int(result.value["width"]), int(result.value["height"])
    if len(result.blobs) != 1 or len(result.blobs[0]) != width * height * 3:
        raise RuleBroken("photo.unreadable", number=use.number, reason="the pixels do not fit the size")
    # The magazine prints the pictures of others; it does not own them.
    whose = " / ".join(filter(None, (use.credit, magazine.name)))
    words = Words(use.credit, use.credit, use.caption, whose, use.alt)
    return PublicPhoto(
        id=use.id,
        name=name,
        media_type="image/jpeg",
        width=width,
        height=height,
        data=render(result.blobs[0], width, height, words),
        caption=use.caption,
        credit=use.credit,
        credit_url=use.credit_url,
        source_line=use.source_line,
        alt=use.alt,
        lead=use.lead,
    )


def _blocks(article: Article, printed: Iterable[PhotoUse]) -> tuple[Block, ...]:
    """The body without what is not printed; a photograph that has no place in the text stands at its end."""
    uses = {use.id: use for use in printed}
    kept = [
        block
        for block in article.blocks
        if not isinstance(block, Download)
        and (not isinstance(block, Figure) or (block.photo in uses and not uses[block.photo].lead))
    ]
    placed = {block.photo for block in kept if isinstance(block, Figure)}
    rest = [use for use in uses.values() if not use.lead and use.id not in placed]
    return (*kept, *(Figure(f"photo-{use.number}", use.id) for use in rest))


def _date(piece: Piece, magazine: Magazine) -> tuple[str, str]:
    """When it went out, else when it is to go out."""
    if piece.published_at:
        at: datetime | None = datetime.fromisoformat(piece.published_at).astimezone(ZoneInfo(magazine.zone))
    else:
        at = instant_of(piece)
    if at is None:
        return "", ""
    return at.isoformat(timespec="seconds"), format_date(magazine, at.date())


def _updated(unit: Unit, piece: Piece, magazine: Magazine) -> tuple[str, str]:
    """When the text last changed after it was published, by more than typography."""
    changed = [
        row.at
        for row in unit.find(Revision, piece=piece.id)
        if row.number <= piece.current and row.change != ChangeClass.TYPOGRAPHICAL
    ]
    if not piece.published_at or (last := max(changed)) <= piece.published_at:
        return "", ""
    at = datetime.fromisoformat(last).astimezone(ZoneInfo(magazine.zone))
    return at.isoformat(timespec="seconds"), format_date(magazine, at.date())


def _corrections(piece: Piece, magazine: Magazine) -> str:
    """What was corrected since the piece was published, each with its day."""
    said = (line.partition(" ") for line in piece.correction.splitlines())
    dated = ((format_date(magazine, date.fromisoformat(day)), note) for day, _, note in said)
    return " ".join(f"{day}: {note}" if note else f"{day}." for day, note in dated)


def _breadcrumb(magazine: Magazine, key: str) -> tuple[Link, ...]:
    if not magazine.page.breadcrumb:
        return ()
    home = Link(magazine.page.labels.home, f"{magazine.site}/")
    return (home, *(Link(node.label, section_url(magazine, node.key)) for node in branch(magazine, key)))


def _teasers(
    unit: Unit, piece: Piece, magazine: Magazine, count: int, *, same_section: bool
) -> tuple[Teaser, ...]:
    """Published pieces of the same section, or of the others, the newest first."""
    if not count:
        return ()
    published = [
        other
        for other in unit.find(Piece, stage="published", order="-published_at")
        if other.id != piece.id and not other.held and (other.section == piece.section) is same_section
    ]
    return tuple(_teaser(unit, other, magazine) for other in published[:count])


def _teaser(unit: Unit, piece: Piece, magazine: Magazine) -> Teaser:
    article = article_of(revision(unit, piece))
    headline = article.headline or piece.title
    return Teaser(
        headline,
        f"{magazine.site}/{slug(headline) or piece.token.lower()}/",
        article.standfirst,
        article.language or piece.language or magazine.languages[0],
    )
