"""One mailbox, several addresses: what mail servers take for the same one."""

from __future__ import annotations

_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
"""Domains whose servers do not look at dots before the ``@``, and which of them are one."""


def mailbox(address: str) -> str:
    """``address`` without its sub-address (``name+tag``, RFC 5233), for Gmail also without its dots.

    Not every server takes these for one mailbox.  Whoever has to be kept hidden is rather recognised in
    somebody else's letter than missed in an own one.
    """
    local, at, domain = address.strip().rpartition("@")
    base = local.partition("+")[0] or local
    known = _DOTLESS.get(domain.casefold())
    return f"{base.replace('.', '')}{at}{known}" if known else f"{base}{at}{domain}"
