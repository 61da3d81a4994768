"""What may leave: an article rebuilt from fields that are meant for readers.

There is no field here for a contributor, an address, a file name, a comment or a tracked change,
so an exporter cannot print one.  ``services.exporting`` builds it, ``formats`` writers consume it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.article import Block, Footnote
from app.domain.magazine_page import Appeal, Captions


@dataclass(frozen=True, slots=True)
class PublicPhoto:
    """A photograph as it will be printed: a rendition rebuilt from pixels.

    ``id`` is what ``Figure.photo`` names, ``name`` a neutral lower-case ASCII file name, ``data`` its
    bytes (``media_type`` JPEG or PNG, sRGB), ``width`` and ``height`` in pixels.
    """

    id: str
    name: str
    media_type: str
    width: int
    height: int
    data: bytes
    caption: str = ""
    credit: str = ""
    credit_url: str = ""
    source_line: str = ""
    alt: str = ""
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Teaser:
    """Another published piece, as "related" and "keep reading" show it."""

    headline: str
    url: str
    standfirst: str = ""


@dataclass(frozen=True, slots=True)
class PublicMagazine:
    """The magazine around the article, as its profile says.

    ``masthead`` pairs a role's label with a name; ``address`` is the postal address, a line each;
    ``appeals`` invite to submit, to subscribe, to support; ``labels`` are the page's own words in the
    magazine's language, by the names of ``magazine_page.Labels``.
    """

    key: str
    name: str
    motto: str
    url: str
    language: str
    masthead: tuple[tuple[str, str], ...]
    address: tuple[str, ...]
    telephone: str
    email: str
    appeals: tuple[Appeal, ...]
    copyright_line: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    labels: dict[str, str]
    captions: Captions = field(default_factory=Captions)


@dataclass(frozen=True, slots=True)
class PublicArticle:
    """One revision as readers will see it.

    ``byline`` is the printed name ("Li Wei"), ``date`` an ISO 8601 instant with offset or ``""`` while
    the piece has no date, ``date_text`` the same in the magazine's pattern, ``direction`` ``ltr`` or
    ``rtl``, ``breadcrumb`` leads from Home to the section, ``schema_type`` is a schema.org type name,
    ``words`` counts the body, ``correction`` is a dated note or ``""``.
    """

    token: str
    slug: str
    schema_type: str
    language: str
    direction: str
    headline: str
    standfirst: str
    byline: str
    byline_url: str
    translator: str
    dateline: str
    date: str
    date_text: str
    updated: str
    section: str
    breadcrumb: tuple[Link, ...]
    canonical_url: str
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    photos: tuple[PublicPhoto, ...]
    bio: str
    tags: tuple[str, ...]
    regions: tuple[str, ...]
    words: int
    correction: str
    related: tuple[Teaser, ...]
    keep_reading: tuple[Teaser, ...]
    magazine: PublicMagazine
    updated_text: str = ""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file that a writer made; ``name`` is relative, lower-case ASCII without spaces."""

    name: str
    media_type: str
    data: bytes
