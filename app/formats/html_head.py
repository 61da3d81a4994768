"""What machines read of a page: Open Graph, article tags, and JSON-LD (schema.org NewsArticle)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from app.domain.public import PublicArticle, PublicPhoto
from app.formats import printed
from app.formats.printed import safe_link

_LONGEST_HEADLINE = 110
"""Characters of a headline that search engines take (Google Search Central, Article)."""

_HIDDEN = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Signs that could end the script element, as JSON escapes (HTML standard, restrictions for contents)."""


def meta(article: PublicArticle) -> list[tuple[str, str, str]]:
    """``(attribute, name, content)`` of every meta element, empty ones left out."""
    photo = printed.lead(article)
    elements = [
        ("name", "description", article.standfirst),
        ("name", "author", article.byline),
        ("property", "og:type", "article"),
        ("property", "og:site_name", article.magazine.name),
        ("property", "og:title", article.headline),
        ("property", "og:description", article.standfirst),
        ("property", "og:url", safe_link(article.canonical_url)),
        ("property", "og:locale", _locale(article.language)),
        ("property", "article:published_time", article.date),
        ("property", "article:modified_time", article.updated),
        ("property", "article:author", safe_link(article.byline_url)),
        ("property", "article:section", article.section),
        *(("property", "article:tag", tag) for tag in article.tags),
        ("name", "twitter:card", "summary_large_image" if photo else "summary"),
    ]
    if photo and safe_link(article.canonical_url):
        elements += [
            ("property", "og:image", _address(article, photo)),
            ("property", "og:image:width", str(photo.width)),
            ("property", "og:image:height", str(photo.height)),
            ("property", "og:image:alt", photo.alt),
        ]
    return [element for element in elements if element[2]]


def json_ld(article: PublicArticle) -> str:
    """The article and its breadcrumb as JSON that can stand in a script element as it is."""
    nodes = [_article(article)]
    if article.breadcrumb:
        nodes.append(_breadcrumb(article))
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, indent=1)
    for sign, escaped in _HIDDEN.items():
        text = text.replace(sign, escaped)
    return text


def _article(article: PublicArticle) -> dict[str, Any]:
    url = safe_link(article.canonical_url)
    publisher = _publisher(article)
    author = {"@type": "Person", "name": article.byline, "url": safe_link(article.byline_url)}
    return _full(
        {
            "@type": article.schema_type,
            "@id": url,
            "mainEntityOfPage": url,
            "url": url,
            "headline": _short(article.headline),
            "description": article.standfirst,
            "datePublished": article.date,
            "dateModified": article.updated or article.date,
            "inLanguage": article.language,
            "articleSection": article.section,
            "keywords": list(article.tags),
            "contentLocation": [{"@type": "Place", "name": region} for region in article.regions],
            "wordCount": article.words,
            "isAccessibleForFree": True,
            "author": _full(author)
            if article.byline
            else {"@type": publisher["@type"], "name": publisher["name"]},
            "editor": _holders(article, "editor-in-chief"),
            "accountablePerson": _holders(article, "director"),
            "translator": _full({"@type": "Person", "name": article.translator})
            if article.translator
            else "",
            "publisher": publisher,
            "correction": _full({"@type": "CorrectionComment", "text": article.correction})
            if article.correction
            else "",
            "image": [
                _image(article, photo) for photo in sorted(article.photos, key=lambda photo: not photo.lead)
            ],
        }
    )


def _publisher(article: PublicArticle) -> dict[str, Any]:
    magazine = article.magazine
    roles = [
        {"@type": "OrganizationRole", "roleName": office.label, "member": {"@type": "Person", "name": name}}
        for office in magazine.masthead
        for name in office.names
    ]
    return _full(
        {
            "@type": "NewsMediaOrganization",
            "name": magazine.name,
            "slogan": magazine.motto,
            "url": safe_link(magazine.url),
            "email": magazine.email,
            "telephone": magazine.telephone,
            "address": ", ".join(magazine.address),
            "member": roles,
        }
    )


def _holders(article: PublicArticle, role: str) -> list[dict[str, Any]]:
    return [
        {"@type": "Person", "name": name}
        for office in article.magazine.masthead
        if office.role == role
        for name in office.names
    ]


def _locale(language: str) -> str:
    """Open Graph's ``language_TERRITORY``, or nothing where the tag names no territory."""
    primary, *rest = language.split("-")
    territory = next((part.upper() for part in rest if len(part) == 2), "")
    return f"{primary}_{territory}" if territory else ""


def _image(article: PublicArticle, photo: PublicPhoto) -> dict[str, Any]:
    return _full(
        {
            "@type": "ImageObject",
            "contentUrl": _address(article, photo),
            "width": photo.width,
            "height": photo.height,
            "caption": photo.caption,
            "creditText": photo.credit,
            "acquireLicensePage": safe_link(photo.credit_url),
        }
    )


def _breadcrumb(article: PublicArticle) -> dict[str, Any]:
    steps = [
        _full({"@type": "ListItem", "position": number, "name": link.label, "item": safe_link(link.url)})
        for number, link in enumerate(article.breadcrumb, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _address(article: PublicArticle, photo: PublicPhoto) -> str:
    return urljoin(safe_link(article.canonical_url), photo.name)


def _full(node: dict[str, Any]) -> dict[str, Any]:
    """``node`` without its empty fields."""
    return {name: value for name, value in node.items() if value not in ("", [])}


def _short(headline: str) -> str:
    if len(headline) <= _LONGEST_HEADLINE:
        return headline
    cut = headline[: _LONGEST_HEADLINE - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"
