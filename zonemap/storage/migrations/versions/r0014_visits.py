"""Records of visits: chains of entries that are never changed, who read them, how long they are kept.

Revision 0014, after 0013.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_SQLITE_NO_UPDATE = """
CREATE TRIGGER visit_entry_no_update BEFORE UPDATE ON visit_entry
BEGIN SELECT RAISE(ABORT, 'an entry of a visit is never changed'); END
"""
_SQLITE_NO_DELETE = """
CREATE TRIGGER visit_entry_no_delete BEFORE DELETE ON visit_entry
WHEN NOT EXISTS (SELECT 1 FROM visit_purged WHERE visit_purged.visit_id = OLD.visit_id)
BEGIN SELECT RAISE(ABORT, 'an entry of a visit is never removed'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE FUNCTION visit_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM visit_purged WHERE visit_purged.visit_id = OLD.visit_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'an entry of a visit is never changed or removed';
END $$
"""
_POSTGRESQL_TRIGGER = """
CREATE TRIGGER visit_entry_frozen BEFORE UPDATE OR DELETE ON visit_entry
FOR EACH ROW EXECUTE FUNCTION visit_entry_is_kept()
"""


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("opened_by", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name="fk_visit_facility_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_visit_facility_id", "visit", ["facility_id"])
    op.create_table(
        "visit_entry",
        sa.Column("visit_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False, server_default=""),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", "position", name="pk_visit_entry"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_visit_entry_visit_id", ondelete="RESTRICT"),
        sa.UniqueConstraint("id", name="uq_visit_entry_id"),
        sa.UniqueConstraint("hash", name="uq_visit_entry_hash"),
    )
    op.create_table(
        "visit_read",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("visit_id", sa.String(32), nullable=False),
        sa.Column("read_by", sa.String, nullable=False, server_default=""),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_visit_read"),
    )
    op.create_index("ix_visit_read_visit_id", "visit_read", ["visit_id"])
    op.create_table(
        "visit_rule",
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("keep_months", sa.Integer, nullable=False),
        sa.Column("hold_reason", sa.String, nullable=False, server_default=""),
        sa.Column("set_by", sa.String, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("facility_id", name="pk_visit_rule"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name="fk_visit_rule_facility_id", ondelete="CASCADE"),
    )
    op.create_table(
        "visit_purged",
        sa.Column("visit_id", sa.String(32), nullable=False),
        sa.Column("facility_id", sa.String(32), nullable=False),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purged_by", sa.String, nullable=False, server_default=""),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", name="pk_visit_purged"),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name="fk_visit_purged_facility_id", ondelete="RESTRICT"
        ),
    )
    op.create_index("ix_visit_purged_facility_id", "visit_purged", ["facility_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SQLITE_NO_UPDATE)
        op.execute(_SQLITE_NO_DELETE)
    else:
        op.execute(_POSTGRESQL_FUNCTION)
        op.execute(_POSTGRESQL_TRIGGER)


def downgrade() -> None:
    op.drop_table("visit_entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION visit_entry_is_kept()")
    for name in ("visit_purged", "visit_rule", "visit_read", "visit"):
        op.drop_table(name)
