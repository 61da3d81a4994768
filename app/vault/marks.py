"""Short keyed marks: the lookup column of addresses, and the signature in a reply address."""

from __future__ import annotations

import hmac
import unicodedata
from contextlib import suppress

from app.vault.secret import Secret

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_TAG_LETTERS = 12


def address_mark(key: Secret[bytes], address: str) -> bytes:
    """What the lookup column holds for a mail address: the same 32 bytes however the address is written.

    It tells that a sender is known without telling who.  Its limit: whoever holds the desk key can mark
    addresses of his own choice and so try guesses.
    """
    return hmac.digest(key.reveal(), normal_address(address).encode("utf-8", "surrogatepass"), "sha256")


def normal_address(address: str) -> str:
    """One spelling for one mailbox: trimmed, NFKC, case folded, the domain in ASCII (RFC 3490), no last dot.

    Sub-addresses (``name+tag``) stay: not every server treats them as one mailbox.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", address.strip()).casefold())
    local, at, domain = folded.rpartition("@")
    with suppress(UnicodeError):
        domain = domain.rstrip(".").encode("idna").decode("ascii")
    return local + at + domain


def reply_tag(key: Secret[bytes], token: str) -> str:
    """Twelve letters (60 bits) behind a piece's token in the reply address: proof that we wrote it."""
    number = int.from_bytes(hmac.digest(key.reveal(), token.upper().encode(), "sha256")[:8])
    return "".join(_LETTERS[number >> 5 * place & 31] for place in range(_TAG_LETTERS))


def is_reply_tag(key: Secret[bytes], token: str, tag: str) -> bool:
    """Whether ``tag`` belongs to ``token``; mail servers change the case of either."""
    return hmac.compare_digest(reply_tag(key, token).encode(), tag.lower().encode("utf-8", "surrogatepass"))
