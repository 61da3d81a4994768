"""The fixed table of readers, the only names that a child of the sandbox may be asked for.

Two kinds of zygote keep them apart: the one that splits mail has no document library loaded, so
a flaw in one of those cannot be reached by a message's structure.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

READERS: Mapping[str, str] = MappingProxyType(
    {
        "mime": "app.mail.mime",
        "file": "app.formats.file_reader",
        "photo": "app.formats.photo_reader",
        "text": "app.formats.text_reader",
    }
)
"""Name of the reader to its module, whose ``read(data, options)`` is called."""

THEN = "then"
"""The option that names the reader by which the words of each message are read on in the same child."""

SELF_TEST = "self-test"
"""The reader of every kind that tries what is forbidden."""

MAIL = "mail"
DOCUMENTS = "documents"
EXTRA = "extra"
"""The kind of the readers that a test brings along."""

_OF_MAIL = frozenset({"mime", "text"})
"""The words of messages may meet in one child as the messages did; a text file of its own goes by "file"."""


def kind_of(reader: str) -> str:
    """The kind of zygote that ``reader`` belongs to."""
    return MAIL if reader in _OF_MAIL else DOCUMENTS


def modules(kind: str) -> dict[str, str]:
    """Name to module of the readers that a zygote of ``kind`` loads before it is jailed."""
    table = {name: module for name, module in READERS.items() if kind_of(name) == kind}
    return table | {SELF_TEST: "app.sandbox.selftest"}
