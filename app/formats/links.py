"""Which targets of links an article keeps."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from app.formats.imported import Report

_LONGEST = 2048
_BAD = re.compile(r"[\s\x00-\x1f\x7f\"<>\\^`{|}]")


def web_link(target: str, anchor: str, report: Report) -> str:
    """An absolute http(s) or mailto address made of ``target`` and ``anchor``, or ``""``, which is reported."""
    target = target.strip().replace(" ", "%20")
    if not target:
        if anchor:
            report.count(
                "1 link inside the document was left out", "{n} links inside the document were left out"
            )
        return ""
    if target.lower().startswith("www."):
        target = "http://" + target
    if anchor and "#" not in target:
        target = f"{target}#{anchor}"
    if good_link(target):
        return target
    report.count(
        "1 link that is no address of the web or of mail was left out",
        "{n} links that are no addresses of the web or of mail were left out",
    )
    return ""


def good_link(target: str) -> bool:
    """Whether ``target`` is an absolute http(s) or mailto address."""
    if len(target) > _LONGEST or _BAD.search(target):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme in ("http", "https") and bool(parts.netloc)
