"""The first desk: every table, sketched here so that later code cannot change what this step made."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KINDS: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "number": sa.BigInteger().with_variant(sa.Integer, "sqlite"),
    "yes": sa.Boolean(),
    "bytes": sa.LargeBinary(),
}


def upgrade() -> None:
    """Make every table of a desk, and what the two databases need of their own."""
    for name, columns in _TABLES.items():
        _make(name, columns.split())
    for table, columns in _INDEXES:
        op.create_index(f"ix_{table}_{columns.replace(' ', '_')}", table, columns.split())
    shared = op.get_bind().dialect.name == "postgresql"
    for statement in _SHARED if shared else _LOCAL:
        op.execute(statement)


def _make(name: str, columns: list[str]) -> None:
    """A table of ``name:kind`` columns, the first its key; ``?`` is a column that may be NULL."""
    plain = [column.rstrip("?").split(":") for column in columns]
    op.create_table(
        name,
        *(
            sa.Column(column, _KINDS[kind], nullable=given.endswith("?"))
            for (column, kind), given in zip(plain, columns, strict=True)
        ),
        sa.PrimaryKeyConstraint(plain[0][0], name=f"pk_{name}"),
        *(
            sa.ForeignKeyConstraint([column], [target], name=f"fk_{name}_{column}")
            for table, column, target in _REFERENCES
            if table == name
        ),
        *(
            sa.UniqueConstraint(*unique.split(), name=f"uq_{name}_{unique.replace(' ', '_')}")
            for table, unique in _UNIQUE
            if table == name
        ),
        sqlite_autoincrement=name == "change_log",
    )


_TABLES = {
    "audit": "seq:number at:text actor:text act:text subject:text detail:text mac:text",
    "blob": "id:text size:number sealed:yes wrapped_key:bytes data:bytes? file:text?",
    "change_log": "seq:number kind:text thing:text",
    "contributor": (
        "id:text code:text byline:text protection:text created_at:text language:text bio:text "
        "url:text real_name_allowed:yes consent:text version:number"
    ),
    "counter": "name:text value:number",
    "piece": (
        "id:text token:text kind:text stage:text title:text received_at:text sent_at:text "
        "contributor:text language:text section:text also_in:text assignee:text due:text held:yes "
        "stage_before:text duplicate_of:text current:number words:number photos:number later:text "
        "planned:text slot:text zone:text published_at:text written_by:text translated_by:text "
        "byline_chosen:yes terms:text unpublished_claim:text slug:text correction:text "
        "readers:text read_until:text filed:yes "
        "version:number"
    ),
    "reservation": (
        "id:text piece:text message:text kind:text sentence:text subject:text until:text "
        "settled_by:text settled:text version:number"
    ),
    "search_entry": "id:number place:text ref:text piece:text",
    "setting": "id:text value:text version:number",
    "address": "id:text contributor:text? lookup:text value:text name:text version:number",
    "arrival": (
        "id:text sha256:text blob:text? size:number kind:text path:text at:text part:number "
        "state:text status:text reason:text message:text piece:text version:number"
    ),
    "asset": (
        "id:text message:text piece:text position:number name:text media_type:text size:number "
        "sha256:text blob:text? read:yes reason:text text:text parent:text role:text width:number "
        "height:number metadata:text report:text thumbnail:text sealed:bytes version:number"
    ),
    "gate_override": "id:text piece:text? gate:text lifts:text role:text person:text reason:text at:text",
    "history": (
        "id:text piece:text? at:text by:text act:text from_stage:text to_stage:text reason:text "
        "undoes:text before:text"
    ),
    "message": (
        "id:text arrival:text direction:text channel:text klass:text received_at:text piece:text "
        "event:text why:text message_id:text in_reply_to:text references:text date:text "
        "date_text:text sender_name:text sender_address:text to:text cc:text subject:text "
        "text:text folds:text head:text headers:text defects:text language:text "
        "contributor:text raw:text? sealed:bytes filed:yes corrected_by:text version:number"
    ),
    "permission": (
        "id:text piece:text? subject:text basis:text evidence_kind:text evidence:text at:text "
        "by:text quote:text terms:text media:text edits:text exclusivity:text start:text "
        "until:text status:text note:text details:text version:number"
    ),
    "publication": (
        "id:text piece:text? target:text at:text by:text revision:number content_hash:text "
        "files:text address:text"
    ),
    "recommendation": "id:text piece:text? person:text verdict:text note:text at:text",
    "revision": (
        "id:text piece:text? number:number at:text by:text note:text words:number hash:text "
        "article:text change:text"
    ),
    "sealed_term": "id:text contributor:text? sealed:bytes",
    "signature": (
        "id:text piece:text? role:text person:text at:text revision:number content_hash:text "
        "parts:text stand_in:text"
    ),
    "vault_record": "id:text contributor:text? sealed:bytes version:number",
    "photo_use": (
        "id:text piece:text? number:number asset:text? position:number caption:text credit:text "
        "credit_url:text source_line:text alt:text lead:yes used:yes crop:text masks:text "
        "version:number"
    ),
}
_REFERENCES = (
    ("address", "contributor", "contributor.id"),
    ("arrival", "blob", "blob.id"),
    ("asset", "blob", "blob.id"),
    ("gate_override", "piece", "piece.id"),
    ("history", "piece", "piece.id"),
    ("message", "raw", "blob.id"),
    ("permission", "piece", "piece.id"),
    ("photo_use", "asset", "asset.id"),
    ("photo_use", "piece", "piece.id"),
    ("publication", "piece", "piece.id"),
    ("recommendation", "piece", "piece.id"),
    ("revision", "piece", "piece.id"),
    ("sealed_term", "contributor", "contributor.id"),
    ("signature", "piece", "piece.id"),
    ("vault_record", "contributor", "contributor.id"),
)
_UNIQUE = (
    ("address", "lookup"),
    ("arrival", "sha256"),
    ("contributor", "code"),
    ("photo_use", "piece number"),
    ("piece", "token"),
    ("revision", "piece number"),
    ("search_entry", "ref"),
)
_INDEXES = (
    ("address", "contributor"),
    ("arrival", "state"),
    ("asset", "message"),
    ("asset", "piece"),
    ("asset", "sha256"),
    ("gate_override", "piece"),
    ("history", "piece"),
    ("message", "contributor"),
    ("message", "message_id"),
    ("message", "piece"),
    ("permission", "piece"),
    ("photo_use", "asset"),
    ("piece", "contributor"),
    ("piece", "duplicate_of id"),
    ("piece", "stage duplicate_of id"),
    ("publication", "piece"),
    ("recommendation", "piece"),
    ("reservation", "message"),
    ("reservation", "piece"),
    ("sealed_term", "contributor"),
    ("signature", "piece"),
    ("vault_record", "contributor"),
)
_LOCAL = (
    (
        "CREATE VIRTUAL TABLE search_text USING fts5(title, body, content='', contentless_delete=1,"
        " tokenize='unicode61 remove_diacritics 2')"
    ),
    # Words gather in memory and merge seldom: receiving is a third of the work of the default.
    "INSERT INTO search_text (search_text, rank) VALUES ('hashsize', 16777216)",
    "INSERT INTO search_text (search_text, rank) VALUES ('automerge', 16)",
    "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)
_SHARED = (
    "ALTER TABLE search_entry ADD COLUMN words tsvector",
    "CREATE INDEX ix_search_entry_words ON search_entry USING gin (words)",
    (
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
    ),
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION append_only()",
)
