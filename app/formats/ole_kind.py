"""Which kind of old Office file an OLE compound file is ([MS-CFB]), told from the names of its streams."""

from __future__ import annotations

_STREAMS = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("VisioDocument", "application/vnd.visio"),
    ("Quill", "application/x-mspublisher"),
)

_MESSAGE = "__properties_version1.0"
"""A message ([MS-OXMSG]); asked first, since a locked document may be attached to it."""

_WORD_97 = b"\xec\xa5"
_ENCRYPTED_BIT = 0x01
"""Bit fEncrypted of the second byte of the flags at offset 10 ([MS-DOC] 2.5.2)."""


def media_type(data: bytes) -> tuple[str, bool]:
    """The media type of the compound file in ``data``, and whether a password locks it."""
    if _MESSAGE.encode("utf-16-le") in data:
        return "application/vnd.ms-outlook", False
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "application/x-ole-storage", True
    for stream, found in _STREAMS:
        if stream.encode("utf-16-le") in data:
            locked = data[512:514] == _WORD_97 and len(data) > 523 and bool(data[523] & _ENCRYPTED_BIT)
            return found, locked and found == "application/msword"
    return "application/x-ole-storage", False
