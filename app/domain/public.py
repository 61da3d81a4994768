"""What may leave: an article rebuilt from fields that are meant for readers.

There is no field here for a contributor, an address, a file name, a comment or a tracked change,
so an exporter cannot print one.  ``services.exporting`` builds it, ``formats`` writers consume it.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.article import Block, Footnote
from app.domain.magazine_page import Appeal, Captions, Labels, Link


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
class Teaser:
    """Another published piece, as "related" and "keep reading" show it; ``language`` is its own."""

    headline: str
    url: str
    standfirst: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A line of the printed masthead: the ``role`` by its key, its words, and who holds it."""

    role: str
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicMagazine:
    """The magazine around the article, as its profile says.

    ``address`` is the postal address, a line each; ``appeals`` stand after the article (to support, to
    subscribe), ``submit`` is the invitation to write, in the foot of the page.
    """

    key: str
    name: str
    motto: str
    url: str
    language: str
    masthead: tuple[Office, ...]
    address: tuple[str, ...]
    telephone: str
    email: str
    submit: Appeal | None
    appeals: tuple[Appeal, ...]
    copyright_line: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    captions: Captions
    labels: Labels


@dataclass(frozen=True, slots=True)
class PublicArticle:
    """One revision as readers will see it.

    ``byline`` is the printed name ("Li Wei"), ``date`` an ISO 8601 instant with offset or ``""`` while
    the piece has no date, ``date_text`` the same in the magazine's pattern, ``updated`` and ``updated_text``
    the last change since then, ``direction`` ``ltr`` or ``rtl``, ``breadcrumb`` leads from Home to the
    section, ``schema_type`` is a schema.org type name, ``words`` counts the body, ``correction`` is a dated
    note or ``""``.  A ``draft`` says so on its page.  ``categories`` are what the site calls its sections.
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
    updated_text: str
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
    draft: bool = False
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file that a writer made; ``name`` is relative, lower-case ASCII without spaces."""

    name: str
    media_type: str
    data: bytes
