"""The organization's own protocol for the sites of one state and kind: a chain of entries that are never changed.

Revision 0026, after 0025.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_SQLITE = """
CREATE TRIGGER shared_protocol_entry_no_{deed} BEFORE {deed} ON shared_protocol_entry
BEGIN SELECT RAISE(ABORT, 'an entry of a protocol is never changed or removed'); END
"""
_POSTGRESQL = """
CREATE TRIGGER shared_protocol_entry_frozen BEFORE UPDATE OR DELETE ON shared_protocol_entry
FOR EACH ROW EXECUTE FUNCTION protocol_entry_is_kept()
"""


def upgrade() -> None:
    op.create_table(
        "shared_protocol_entry",
        sa.Column("scope", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False, server_default=""),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("scope", "position", name="pk_shared_protocol_entry"),
        sa.UniqueConstraint("hash", name="uq_shared_protocol_entry_hash"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(deed=deed))
    else:
        op.execute(_POSTGRESQL)


def downgrade() -> None:
    op.drop_table("shared_protocol_entry")
