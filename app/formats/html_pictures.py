"""Pictures of an HTML page: those inside it are kept, those beside it are named, the rest is reported."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from app.domain.article_json import clean_text
from app.formats.imported import Imported

_EXTENSIONS = {
    "image/jpeg": "jpeg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/tiff": "tiff",
    "image/svg+xml": "svg",
    "image/bmp": "bmp",
    "image/heic": "heic",
    "image/avif": "avif",
}


class Pictures:
    """Takes pictures in; nothing is ever fetched."""

    def __init__(self, imported: Imported) -> None:
        self._imported = imported
        self._beside: dict[str, dict[str, Any]] = {}
        self._count = 0

    def key(self, element: Any) -> str:
        """The key of the photograph that ``img`` element shows, or ``""`` when it is not in the page."""
        source = (element.get("src") or "").strip()
        alt = clean_text(" ".join((element.get("alt") or "").split()))
        if source.lower().startswith("data:"):
            return self._embedded(source, alt)
        if source.lower().startswith("cid:"):
            return self._attached(unquote(source[4:]).strip("<> "), alt)
        self._imported.report.count(
            "1 picture is not in the file and was not fetched",
            "{n} pictures are not in the file and were not fetched",
        )
        if alt:
            self._imported.report.say(f"A picture that is not in the file is described as “{alt[:300]}”")
        return ""

    def beside(self) -> list[dict[str, Any]]:
        """Photographs that the page names by Content-ID (RFC 2392); their bytes are elsewhere in the mail."""
        return list(self._beside.values())

    def _embedded(self, source: str, alt: str) -> str:
        head, _, body = source[5:].partition(",")
        media_type, *parameters = (part.strip().lower() for part in head.split(";"))
        try:
            data = unquote_to_bytes(body)
            if "base64" in parameters:
                data = base64.b64decode(b"".join(data.split()) + b"==")
        except (binascii.Error, ValueError):
            data = b""
        if not data:
            self._imported.report.count(
                "1 picture inside the page is damaged", "{n} pictures inside the page are damaged"
            )
            return ""
        self._count += 1
        key = self._imported.picture(f"image{self._count}.{_EXTENSIONS.get(media_type, 'bin')}", data, alt)
        if not key:
            self._imported.report.count(
                "1 picture of a kind that is not printed was kept as a file",
                "{n} pictures of kinds that are not printed were kept as files",
            )
        return key

    def _attached(self, name: str, alt: str) -> str:
        held = self._beside.setdefault(
            name,
            {
                "key": f"c{len(self._beside) + 1}",
                "name": "",
                "media_type": "",
                "blob": None,
                "alt": alt,
                "cid": clean_text(name),
            },
        )
        return str(held["key"])
