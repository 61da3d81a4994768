"""The finished article as one page of HTML with its photographs beside it.

The page brings its own style and asks nobody for anything: no script, font, counter or frame from
elsewhere, and a policy inside it that forbids them.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, partial

from jinja2 import FunctionLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from app import assets
from app.domain.public import ExportFile, PublicArticle
from app.formats import html_head, printed
from app.formats.html_blocks import PageBody
from app.formats.html_inline import anchor, language_attributes

_PREFIX = re.compile("^https?://(?:www[.])?|^mailto:", re.IGNORECASE)


def write(article: PublicArticle) -> tuple[ExportFile, ...]:
    """``{slug}.html``, then each photograph."""
    body = PageBody(article)
    lead, own = printed.lead(article), article.magazine.language
    style = assets.text("page/article.css")
    page = _template().render(
        a=article,
        magazine=article.magazine,
        labels=article.magazine.labels,
        gap_after=printed.gap_after,
        link=anchor,
        byline_address=_PREFIX.sub("", printed.safe_link(article.byline_url)).rstrip("/"),
        own_words=language_attributes(own, article.language),
        own_language=Markup(' lang="{}"').format(own) if own != article.language else "",
        foreign=partial(language_attributes, around=own),
        meta=html_head.meta(article),
        json_ld=html_head.json_ld(article),
        canonical=printed.safe_link(article.canonical_url),
        style=style,
        policy=_policy(style),
        lead=body.figure(lead) if lead else "",
        body=body.blocks(),
        notes=body.notes(),
    )
    return ExportFile(f"{article.slug}.html", "text/html", page.encode("utf-8")), *printed.photo_files(
        article.photos
    )


def _policy(style: str) -> str:
    """A Content-Security-Policy (W3C CSP 3) that lets in this style and the pictures beside the page."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; img-src 'self'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _template() -> Template:
    environment = SandboxedEnvironment(
        loader=FunctionLoader(lambda name: assets.text(f"page/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("article.html.j2")
