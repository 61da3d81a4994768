"""A value that shows itself to nobody by accident."""

from __future__ import annotations

from hmac import compare_digest
from typing import Generic, NoReturn, TypeVar, final

Hidden = TypeVar("Hidden", str, bytes)

_SHOWN = "[protected]"


@final
class Secret(Generic[Hidden]):
    """A key or a protected word.  Printing, formatting and logging it give ``[protected]``.

    It cannot be pickled, copied by value, turned into JSON or bound to a query: those raise
    ``TypeError``.  Only ``reveal`` hands the value out, and only code that keeps secrets calls it.
    """

    __slots__ = ("__value",)

    def __init__(self, value: Hidden) -> None:
        self.__value: Hidden = value

    def reveal(self) -> Hidden:
        """The bare value."""
        return self.__value

    def __repr__(self) -> str:
        return _SHOWN

    def __str__(self) -> str:
        return _SHOWN

    def __format__(self, _spec: str) -> str:
        return _SHOWN

    def __eq__(self, other: object) -> bool:
        """Equal values, compared in constant time.  A secret has no hash, so it is no key of a dict."""
        return isinstance(other, Secret) and compare_digest(_bytes(self.__value), _bytes(other.reveal()))

    __hash__ = None  # type: ignore[assignment]

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a secret is not written down")


def _bytes(value: str | bytes) -> bytes:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
