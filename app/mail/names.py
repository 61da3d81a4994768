"""File names of attachments: shown as what they are, never as a path."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 255
"""Letters of a name; a longer one keeps its suffix."""

_ENDINGS = {
    "text/plain": "txt", "text/html": "html", "text/calendar": "ics", "text/csv": "csv", "text/vcard": "vcf",
    "text/x-vcard": "vcf", "text/rtf": "rtf", "text/markdown": "md", "text/enriched": "txt",
    "text/rfc822-headers": "txt", "message/rfc822": "eml", "message/global": "eml",
    "message/delivery-status": "txt", "message/disposition-notification": "txt", "image/jpeg": "jpg",
    "image/jpg": "jpg", "image/pjpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
    "image/tiff": "tif", "image/heic": "heic", "image/heif": "heif", "image/avif": "avif", "image/bmp": "bmp",
    "image/svg+xml": "svg", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav", "audio/mp4": "m4a",
    "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm", "application/pdf": "pdf",
    "application/rtf": "rtf", "application/msword": "doc", "application/zip": "zip",
    "application/x-zip-compressed": "zip", "application/json": "json", "application/pgp-signature": "asc",
    "application/pgp-keys": "asc", "application/pkcs7-signature": "p7s", "application/x-pkcs7-signature": "p7s",
    "application/ms-tnef": "dat", "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}  # fmt: skip
# Joiners are letters' business in Persian and Indic names; the rest of category Cf only hides or turns text.
_JOINERS = "\u200c\u200d"


def shown(raw: str | None, media: str, number: int) -> str:
    """A name fit for a list and a file system: the last path component without controls, marks that turn or hide
    text, and dots or blanks at its ends.  Without any it is ``part-3.jpg``, by number and declared type.
    """
    name = re.split(r"[/\\]", raw or "")[-1]
    name = "".join(
        char for char in name if char in _JOINERS or unicodedata.category(char)[0] != "C" or char == "\t"
    )
    name = " ".join(name.split()).rstrip(". ").lstrip(" ")
    if not name.strip("." + _JOINERS):
        return f"part-{number}.{_ENDINGS.get(media, 'bin')}"
    if len(name) > LONGEST:
        stem, dot, ending = name.rpartition(".")
        kept = dot + ending if dot and len(ending) <= 10 else ""
        name = (stem if kept else name)[: LONGEST - len(kept)] + kept
    return name
