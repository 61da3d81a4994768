"""The audit log's chain: each entry's code covers the entry and, through the one before, all earlier ones."""

from __future__ import annotations

import hmac

from app.vault.secret import Secret

MAC_BYTES = 32
START = bytes(MAC_BYTES)
"""What stands before the first entry."""


def link(key: Secret[bytes], previous: bytes, payload: bytes) -> bytes:
    """The code (HMAC-SHA256, RFC 2104) of the entry ``payload`` after the entry with the code ``previous``.

    ``previous`` has 32 bytes, so no payload can be moved across the border; otherwise ``ValueError``.
    """
    if len(previous) != MAC_BYTES:
        raise ValueError("the code before an entry has 32 bytes")
    return hmac.digest(key.reveal(), previous + payload, "sha256")
