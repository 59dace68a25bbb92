"""The response protocol as a chain of entries that are never changed; referral lists; what is set for handouts.

Revision 0017, after 0016.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_SQLITE = """
CREATE TRIGGER protocol_entry_no_{deed} BEFORE {deed} ON protocol_entry
BEGIN SELECT RAISE(ABORT, 'an entry of a protocol is never changed or removed'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE FUNCTION protocol_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an entry of a protocol is never changed or removed';
END $$
"""
_POSTGRESQL_TRIGGER = """
CREATE TRIGGER protocol_entry_frozen BEFORE UPDATE OR DELETE ON protocol_entry
FOR EACH ROW EXECUTE FUNCTION protocol_entry_is_kept()
"""
_TEXTS = ("org", "phone", "hours", "timezone", "area", "source_url", "verified_by", "note")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False, server_default="")


def upgrade() -> None:
    op.create_table(
        "protocol_entry",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _text("recorded_by"),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("facility_id", "position", name="pk_protocol_entry"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_protocol_entry_facility_id", ondelete="RESTRICT"
        ),
        sa.UniqueConstraint("hash", name="uq_protocol_entry_hash"),
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        *map(_text, _TEXTS),
        sa.Column("text_ok", sa.Boolean, nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("verified_on", sa.Date),
        sa.Column("show_to", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name="fk_referral_facility_id", ondelete="CASCADE"),
    )
    op.create_index("ix_referral_facility_id", "referral", ["facility_id"])
    op.create_table(
        "handout_setting",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("stale", sa.String(20), nullable=False),
        _text("phone"),
        sa.Column("seen", sa.JSON, nullable=False),
        _text("set_by"),
        sa.PrimaryKeyConstraint("facility_id", name="pk_handout_setting"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_handout_setting_facility_id", ondelete="CASCADE"
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(deed=deed))
    else:
        op.execute(_POSTGRESQL_FUNCTION)
        op.execute(_POSTGRESQL_TRIGGER)


def downgrade() -> None:
    op.drop_table("protocol_entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION protocol_entry_is_kept()")
    op.drop_table("handout_setting")
    op.drop_index("ix_referral_facility_id", "referral")
    op.drop_table("referral")
