"""The tables, told from the row dataclasses: one table a class, one column a field."""

from __future__ import annotations

import types
from dataclasses import fields
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

import sqlalchemy as sa

from app.domain.messages import Arrival, Asset, Message, Reservation
from app.domain.people import Address, Contributor, SealedTerm, VaultRecord
from app.domain.pieces import History, Override, PhotoUse, Piece, Publication, Recommendation, Revision
from app.domain.rights import Grant
from app.domain.signing import Signature
from app.services.stored import AuditEntry, Setting

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_REFERENCES = {
    (Revision, "piece"): "piece.id",
    (History, "piece"): "piece.id",
    (Recommendation, "piece"): "piece.id",
    (Override, "piece"): "piece.id",
    (Publication, "piece"): "piece.id",
    (PhotoUse, "piece"): "piece.id",
    (PhotoUse, "asset"): "asset.id",
    (Grant, "piece"): "piece.id",
    (Signature, "piece"): "piece.id",
    (Address, "contributor"): "contributor.id",
    (VaultRecord, "contributor"): "contributor.id",
    (SealedTerm, "contributor"): "contributor.id",
    (Message, "raw"): "blob.id",
    (Arrival, "blob"): "blob.id",
    (Asset, "blob"): "blob.id",
}
_UNIQUE = {
    Piece: (("token",),),
    Revision: (("piece", "number"),),
    Arrival: (("sha256",),),
    Address: (("lookup",),),
    PhotoUse: (("piece", "number"),),
    Contributor: (("code",),),
}
_INDEXES = {
    Piece: (("stage", "duplicate_of", "id"), ("contributor",), ("duplicate_of", "id")),
    History: (("piece",),),
    Message: (("piece",), ("message_id",), ("contributor",)),
    Asset: (("message",), ("piece",), ("sha256",)),
    Arrival: (("state",),),
    PhotoUse: (("asset",),),
    Grant: (("piece",),),
    Signature: (("piece",),),
    Reservation: (("piece",), ("message",)),
    Recommendation: (("piece",),),
    Override: (("piece",),),
    Publication: (("piece",),),
    Address: (("contributor",),),
    SealedTerm: (("contributor",),),
    VaultRecord: (("contributor",),),
}
_NAMES: dict[type, str] = {
    Setting: "setting",
    AuditEntry: "audit",
    Contributor: "contributor",
    Address: "address",
    VaultRecord: "vault_record",
    SealedTerm: "sealed_term",
    Piece: "piece",
    Arrival: "arrival",
    Message: "message",
    Asset: "asset",
    Reservation: "reservation",
    Revision: "revision",
    History: "history",
    Recommendation: "recommendation",
    Override: "gate_override",
    PhotoUse: "photo_use",
    Grant: "permission",
    Signature: "signature",
    Publication: "publication",
}

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

blob = sa.Table(
    "blob",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("size", _NUMBER, nullable=False),
    sa.Column("sealed", sa.Boolean, nullable=False),
    sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    sa.Column("data", sa.LargeBinary),
    sa.Column("file", sa.Text),
)
counter = sa.Table(
    "counter",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", _NUMBER, nullable=False),
)
change_log = sa.Table(
    "change_log",
    metadata,
    sa.Column("seq", _NUMBER, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("thing", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
search_entry = sa.Table(
    "search_entry",
    metadata,
    sa.Column("id", _NUMBER, primary_key=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("piece", sa.Text, nullable=False),
    sa.UniqueConstraint("ref"),
)

JSON_KINDS = (dict, tuple)
_COLUMN_TYPES: dict[type, Any] = {
    str: sa.Text(),
    int: _NUMBER,
    bool: sa.Boolean(),
    float: sa.Float(),
    bytes: sa.LargeBinary(),
}


def plain_kind(hint: Any) -> type:
    """The Python type that a field's annotation boils down to: ``tuple[str, ...]`` is ``tuple``."""
    origin = get_origin(hint)
    if origin is types.UnionType:
        return plain_kind(next(kind for kind in get_args(hint) if kind is not type(None)))
    kind: type = origin or hint
    return str if issubclass(kind, StrEnum) else kind


def _column(cls: type, name: str, hint: Any) -> sa.Column[Any]:
    kind = plain_kind(hint)
    reference = _REFERENCES.get((cls, name))
    return sa.Column(
        name,
        sa.Text() if kind in JSON_KINDS else _COLUMN_TYPES[kind],
        *([sa.ForeignKey(reference)] if reference else []),
        primary_key=name in ("id", "seq"),
        nullable=reference is not None,
    )


def _table(cls: type, name: str) -> sa.Table:
    hints = get_type_hints(cls)
    table = sa.Table(name, metadata, *(_column(cls, f.name, hints[f.name]) for f in fields(cls)))
    for columns in _UNIQUE.get(cls, ()):
        table.append_constraint(sa.UniqueConstraint(*columns))
    for columns in _INDEXES.get(cls, ()):
        sa.Index(None, *(table.c[column] for column in columns))
    return table


TABLES: dict[type, sa.Table] = {cls: _table(cls, name) for cls, name in _NAMES.items()}
